"""How far a demonstration has been filled: one line on every page of it while that goes on.

Kept in the cache and for a short while only, so that nobody reads it after the filling was broken off.
"""

from django.conf import settings
from django.core.cache import cache

_KEY, _SECONDS = "filling", 120


def tell(line: str) -> None:
    """Say how far it is; the line goes when nothing was said for two minutes."""
    cache.set(_KEY, line, _SECONDS)


def done() -> None:
    """Nothing is being filled any more."""
    cache.delete(_KEY)


def told() -> str:
    """The line, empty when nothing is being filled; only a demonstration ever asks."""
    return (cache.get(_KEY) or "") if settings.DEMO else ""
