"""The one place that knows what time it is; the law is always told the date.

`frozen()` is for tests; demo mode may set CONGRESS_DEMO_TODAY so that a demonstration always shows the same day.
"""

import contextlib
import contextvars
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
_frozen: contextvars.ContextVar[datetime | None] = contextvars.ContextVar("frozen", default=None)


def now() -> datetime:
    """The current moment in Asia/Shanghai, or the frozen one."""
    frozen_at = _frozen.get()
    if frozen_at is not None:
        return frozen_at
    real = datetime.now(SHANGHAI)
    if settings.DEMO and settings.DEMO_TODAY:
        return datetime.combine(date.fromisoformat(settings.DEMO_TODAY), real.timetz())
    return real


def today() -> date:
    """Today's date in Asia/Shanghai, or the frozen one."""
    return now().date()


@contextlib.contextmanager
def frozen(moment: date | datetime):
    """Within the block `now()` and `today()` give this moment (a date means 09:00)."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(9), SHANGHAI)
    elif moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
