"""What waits for somebody today: each app registers providers, the home page asks those."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from congress import together
from congress.permissions import Standing


@dataclass(frozen=True)
class Todo:
    """A line on the home page: how many rows wait. `tone` is info, warning or danger; where the hint tells of `some` of them
    it holds {} for how many, and is said only where there are any."""

    label: str
    count: int | QuerySet
    url: str
    tone: str = "info"
    hint: str = ""
    some: int | QuerySet | None = None

    @property
    def said(self) -> str:
        """How many wait, in words; call once they are counted."""
        return f"{together.said(self.count)}件"  # type: ignore[arg-type]


_providers: list[Callable[[Standing], Iterable[Todo]]] = []


def provider(function: Callable[[Standing], Iterable[Todo]]):
    """Decorator: the function gives the lines for a standing, inside the scope of its place."""
    if function not in _providers:
        _providers.append(function)
    return function


def waiting_for(standing: Standing) -> list[Todo]:
    """All lines with something to do, the most urgent tone first; everything is counted in one statement."""
    order = {"danger": 0, "warning": 1, "info": 2}
    lines = _counted([line for ask in _providers for line in ask(standing)])
    return sorted((line for line in lines if line.count), key=lambda line: order[line.tone])


def _counted(lines: list[Todo]) -> list[Todo]:
    asked = {id(rows): rows for line in lines for rows in (line.count, line.some) if isinstance(rows, QuerySet)}
    found = together.numbers(asked)

    def number(rows) -> int:
        return found.get(id(rows), rows)

    return [
        replace(line, count=number(line.count), hint=_hint(line.hint, number(line.some)), some=None) for line in lines
    ]


def _hint(words: str, some: int | None) -> str:
    return words if some is None else words.format(together.said(some)) if some else ""
