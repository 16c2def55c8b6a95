"""Lists of candidates."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Model

from elections.actions import candidate_lists as acts
from elections.life import CANDIDATE_LIST
from elections.models import Nominee
from tests.congress.walks.walking import Walk, steps_of
from tests.elections.campaigns import campaign
from tests.elections.candidates import leave, named
from tests.proposals.helpers import day

PLACES = {"places": "各村公告栏"}


def candidate_lists(world) -> Iterator[tuple[str, Model]]:
    """The first list drawn up, closed, published, changed; one closed that somebody left before it was published; a formal one."""
    election = campaign(world, begun_on=day(1, 4), election_day=date(2022, 8, 20))
    people = named(election, "丁一", "于二", "王三")
    named(election, "张四", district=2)
    row, other = acts.draw(world.clerk, election, "first")
    yield "drawn", row
    go = steps_of(CANDIDATE_LIST, row)
    go("lock", world.clerk, day(5, 1))
    yield "locked", row
    go("publish", world.chair, day(5, 2), **PLACES)
    yield "published", row
    leave(people[1])
    yield "somebody left", row
    go("notice", world.clerk, day(5, 3))
    yield "told", row
    steps_of(CANDIDATE_LIST, other)("lock", world.clerk, day(5, 1))
    formal, _ = acts.draw(world.clerk, election, "formal")
    yield "a formal one", formal
    yield "the first one under it", other


def _names(world) -> str:
    return "\n".join(Nominee.objects.filter(district__number=1, left_on=None).values_list("name", flat=True))


CANDIDATE_LISTS = Walk(
    candidate_lists,
    {
        "lock": lambda world: {},
        "publish": lambda world: PLACES,
        "notice": lambda world: {},
        "choose": lambda world: {"nominees": list(Nominee.objects.filter(district__number=1)[:1])},
        "arrange": lambda world: {"order": _names(world)},
        "unlock": lambda world: {"reason": "写错"},
        "discard": lambda world: {"reason": "写错"},
    },
)
