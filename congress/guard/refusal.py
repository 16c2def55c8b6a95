"""How an action is refused: one sentence, at the field of the form it concerns when there is one.

Everything raised here is `Refused` with findings; the page shows them at their fields and loses nothing typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from congress.guard.action import Refused
from congress.guard.record import Record
from congress.law.finding import Citation, Finding, blocking


@dataclass(frozen=True, slots=True)
class InTheWay(Finding):
    """That a record stands already: `about` is that one, to which the page leads."""

    about: Record | None = None


def refuse(message: str, field: str = "", code: str = "refused", citation: Citation | None = None) -> NoReturn:
    """Raises Refused with one finding. `message` is a whole sentence; `field` the form's field, if it belongs to one."""
    raise Refused([Finding(code, message, citation, field=field)])


def refuse_where(checks: Iterable[tuple[bool, str, str]]) -> None:
    """Raises Refused with every check that is wrong, all at once; each is (wrong, message, field)."""
    refuse_blocking(Finding("refused", message, field=field) for wrong, message, field in checks if wrong)


def refuse_blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Raises Refused with the findings that forbid; when none does, returns all of them (they are warnings)."""
    findings = list(findings)
    if forbidding := blocking(findings):
        raise Refused(forbidding)
    return findings
