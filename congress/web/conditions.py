"""What conditions of a search are put together of."""

import functools
import re
from collections.abc import Iterable

from django.db.models import Q

NOTHING = Q(pk__in=[])
# Characters that no other becomes in upper case: a word of them is compared as it is, in a third of the time.
ONE_CASE = re.compile("[0-9\u4e00-\u9fff]+")


def any_of(conditions: Iterable[Q]) -> Q:
    """The conditions joined by OR; what no row fulfils when there are none."""
    return functools.reduce(lambda one, other: one if other == NOTHING else one | other, conditions, NOTHING)


def contains(word: str) -> str:
    """How a text is asked whether it contains a word."""
    return "contains" if ONE_CASE.fullmatch(word) else "icontains"
