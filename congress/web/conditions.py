"""What conditions of a search are put together of."""

import re
from collections.abc import Iterable

from django.db.models import Q

NOTHING = Q(pk__in=[])
# Characters that no other becomes in upper case: a word of them is compared as it is, in a third of the time.
ONE_CASE = re.compile("[0-9\u4e00-\u9fff]+")


def any_of(conditions: Iterable[Q]) -> Q:
    """The conditions joined by OR; what no row fulfils when there are none."""
    found = [one for one in conditions if one != NOTHING]
    if len(found) < 2:
        return found[0] if found else NOTHING
    flat = [[one] if one.negated or (len(one) > 1 and one.connector != Q.OR) else one.children for one in found]
    return Q(*(child for children in flat for child in children), _connector=Q.OR)


def contains(word: str) -> str:
    """How a text is asked whether it contains a word."""
    return "contains" if ONE_CASE.fullmatch(word) else "icontains"
