"""The days off and the working days moved, as the office has entered them, for the law's functions."""

from datetime import date

from congress.law.finding import Finding
from congress.law.periods import WorkCalendar, check_rest
from congress.models import Holiday
from congress.prepared import Prepared

_entered = Prepared(lambda: Holiday.objects.values_list("day", "is_workday"))


def work_calendar() -> WorkCalendar:
    """The days off and make-up workdays the office has entered, a year known once its list is whole; one query."""
    off, worked = ([day for day, is_workday in _entered() if is_workday is kind] for kind in (False, True))
    return WorkCalendar.of(off, worked)


def at_rest(last: date, calendar: WorkCalendar | None = None) -> list[Finding]:
    """What is to be said of a period that runs forward and ends on this day."""
    return list(check_rest(last, calendar or work_calendar()))
