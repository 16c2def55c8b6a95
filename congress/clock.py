"""The one place that knows what time it is; the law is always told the date.

`frozen()` is for tests, `running()` for telling a history in order; demo mode may set CONGRESS_DEMO_TODAY so that a
demonstration always shows the same day.
"""

import contextlib
import contextvars
import time as machine
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
_set: contextvars.ContextVar[Callable[[], datetime] | None] = contextvars.ContextVar("set", default=None)


def now() -> datetime:
    """The current moment in Asia/Shanghai, or the one that was set."""
    moment = _set.get()
    if moment is not None:
        return moment()
    real = datetime.now(SHANGHAI)
    if settings.DEMO and settings.DEMO_TODAY:
        return datetime.combine(date.fromisoformat(settings.DEMO_TODAY), real.timetz())
    return real


def today() -> date:
    """Today's date in Asia/Shanghai, or the one that was set."""
    return now().date()


def _moment(given: date | datetime) -> datetime:
    if not isinstance(given, datetime):
        return datetime.combine(given, time(9), SHANGHAI)
    return given if given.tzinfo else given.replace(tzinfo=SHANGHAI)


@contextlib.contextmanager
def _told(tell: Callable[[], datetime]):
    token = _set.set(tell)
    try:
        yield
    finally:
        _set.reset(token)


def frozen(moment: date | datetime):
    """Within the block `now()` and `today()` give this moment (a date means 09:00)."""
    fixed = _moment(moment)
    return _told(lambda: fixed)


def running(moment: date | datetime):
    """Within the block the clock starts at this moment (a date means 09:00) and goes on, so that rows keep their order."""
    start, began = _moment(moment), machine.monotonic()
    return _told(lambda: start + timedelta(seconds=machine.monotonic() - began))
