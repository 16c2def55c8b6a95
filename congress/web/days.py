"""The days from and until which a list is shown, both included, as its address says them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from congress.clock import SHANGHAI

FROM, UNTIL = "from", "until"  # the parameters
TURNED = "起始日期在截止日期之后，请改一下日期再查。"


@dataclass(frozen=True)
class Days:
    """From the first day to the last one, both included; None where that side is open."""

    first: date | None = None
    last: date | None = None

    def __bool__(self):
        return bool(self.first or self.last)

    @property
    def fault(self) -> str:
        """Why these are no days to look for; empty where they are."""
        return TURNED if self.first and self.last and self.first > self.last else ""

    def of(self, rows: QuerySet, path: str) -> QuerySet:
        """The rows whose day, or moment of that day here, at the path lies within; none where there is a fault."""
        if self.fault:
            return rows.none()
        if self.first:
            rows = rows.filter(**{f"{path}__gte": _begins(self.first)})
        if self.last and self.last < date.max:
            rows = rows.filter(**{f"{path}__lt": _begins(self.last + timedelta(days=1))})
        return rows


def asked(said: Mapping[str, str]) -> Days:
    """The days an address names; what is no day is passed over, as with every other filter."""
    return Days(_day(said.get(FROM, "")), _day(said.get(UNTIL, "")))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)  # of a field of days only the day is compared
