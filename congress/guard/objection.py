"""A refusal that belongs to one field of a form, for rules of plain sense that no article is needed for."""

from collections.abc import Iterable
from dataclasses import dataclass

from congress.guard.action import Refused


@dataclass(frozen=True)
class Objection:
    """Has the shape of a finding; `pages.perform` shows it at the form field it names."""

    message: str
    field: str = ""
    code: str = "objection"
    citation: None = None
    blocking: bool = True


def refuse(objections: Iterable[tuple[bool, str, str]]) -> None:
    """Raises Refused with every objection whose condition is true; each is (condition, field, message)."""
    found = [Objection(message, field) for wrong, field, message in objections if wrong]
    if found:
        raise Refused(found)
