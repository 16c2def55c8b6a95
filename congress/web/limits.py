"""How often one address may use the public pages of one township; counted in Redis, forgotten with the window.

Behind one address may sit a village hall or a telephone company's whole town: the limits are wide enough for people and
settable (`settings.PUBLIC_LIMITS`), and what one address used up in one township is free in the next.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache

from congress import clock

WINDOW = 600  # seconds


@dataclass(frozen=True)
class Spent:
    """Nothing more until a moment; `first` is the request by which the limit was passed. `unknown` where Redis does not
    answer, and nobody can say how often it was."""

    until: datetime
    first: bool = False
    unknown: bool = False


def spend(kind: str, *whose, number: int | None = None, seconds: int = WINDOW) -> Spent | None:
    """Count one use of a kind under these words; what it is spent to when that was one too many. `number` are allowed within
    so many seconds, unless said the kind's in `settings.PUBLIC_LIMITS`. None while there is room."""
    allowed = settings.PUBLIC_LIMITS[kind] if number is None else number
    counted = cache.count(":".join(["public", kind, *map(str, whose)]), seconds)
    if counted is None:
        return Spent(clock.now() + timedelta(minutes=1), unknown=True)
    times, left = counted
    return Spent(clock.now() + timedelta(seconds=left), first=times == allowed + 1) if times > allowed else None
