"""One row of an inspection, and how values are put into words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One row of the inspection: clause, what was looked at, whether it is in order, what was found and expected."""

    clause: str
    title: str
    ok: bool
    measured: str
    expected: str = ""


def passed(checks: Iterable[Check]) -> bool:
    """True when every row is in order."""
    return all(row.ok for row in checks)


def few(items: Iterable[object], most: int = 4) -> str:
    """The first items, and how many there are when that is more."""
    shown = [str(item) for item in items]
    return "；".join(shown[:most]) + (f"；等{len(shown)}处" if len(shown) > most else "")


def span(values: Iterable[float]) -> str:
    """Smallest and largest value in millimetres."""
    numbers = list(values)
    return f"{min(numbers):.2f}—{max(numbers):.2f}毫米" if numbers else "无"
