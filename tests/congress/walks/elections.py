"""Lists of voters and appeals against them."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Model

from elections import queries
from elections.actions import appeals as acts
from elections.actions import lists, roll
from elections.life import APPEAL, VOTER_LIST
from elections.models import Appeal, Election, RollChange
from tests.congress.walks.walking import Walk, steps_of
from tests.elections.campaigns import campaign, freeze, late, voters
from tests.proposals.helpers import day

PLACES = {"places": "各村公告栏", "appeal_place": "镇政府一楼"}


def _election(world) -> Election:
    election = campaign(world, begun_on=day(1, 4), election_day=date(2022, 8, 20))
    voters(election, "丁一", "于二", "王三", "张四")
    return election


def voter_lists(world) -> Iterator[tuple[str, Model]]:
    """Asked for, frozen, published, with a change to tell, supplemented."""
    election = _election(world)
    row = lists.ask(world.clerk, election)
    yield "asked", row
    go = steps_of(VOTER_LIST, row)
    go("confirm", world.chair, day(4, 20))
    yield "frozen", row
    go("publish", world.clerk, day(5, 1), **PLACES)
    yield "published", row
    struck = queries.on_roll(election).select_related("election", "voter").order_by("voter__name").first()
    roll.change(world.clerk, struck, RollChange.Kind.DIED, day(5, 2), roll.Basis(paper="死亡证明"))
    yield "changed", row
    go("supplement", world.clerk, day(5, 3))
    yield "supplemented", row


VOTER_LISTS = Walk(
    voter_lists,
    {
        "confirm": lambda world: {},
        "revoke": lambda world: {"reason": "漏了一个村"},
        "publish": lambda world: PLACES,
        "supplement": lambda world: {},
        "unfreeze": lambda world: {"reason": "漏了一个村"},
    },
)


def appeals(world) -> Iterator[tuple[str, Model]]:
    """Received, decided, delivered, sued over, judged; one of somebody missing that holds."""
    election = _election(world)
    found = freeze(world, election)
    VOTER_LIST.take("publish", world.clerk, found, on=day(5, 1), **PLACES)
    place = {"township": world.township, "voter_list": found, "appellant": "于二", "words": "请核对"}
    listed = queries.on_roll(election).order_by("voter__name").first()
    given = {"kind": Appeal.Kind.LISTED, "subject": listed.voter.name, "registration": listed}
    row = acts.receive(world.clerk, Appeal(received_on=day(5, 2), **place, **given))
    yield "received", row
    go = steps_of(APPEAL, row)
    go("decide", world.clerk, day(5, 3), upheld=False, decision="不成立")
    yield "decided", row
    go("deliver", world.clerk, day(5, 4))
    yield "delivered", row
    go("sue", world.chair, day(5, 5), court="清江县人民法院")
    yield "sued", row
    go("judge", world.clerk, day(5, 20), judged_for=False, judgement="（2022）民特1号")
    yield "judged", row
    missing = Appeal(received_on=day(5, 2), kind=Appeal.Kind.MISSING, subject="周六", **place)
    row = acts.receive(world.clerk, missing)
    APPEAL.take("decide", world.clerk, row, on=day(5, 3), upheld=True, decision="成立")
    yield "upheld", row
    late(election, "周六", day(5, 4))
    yield "to enter", row


def _entered(world):
    election = Election.objects.get(campaign__isnull=False)
    return queries.entered_late(election).first() or queries.on_roll(election).order_by("voter__name").first()


APPEALS = Walk(
    appeals,
    {
        "decide": lambda world: {"upheld": True, "decision": "成立", "ground": "mistaken"},
        "deliver": lambda world: {},
        "enter": lambda world: {"entered": _entered(world)},
        "sue": lambda world: {"court": "清江县人民法院"},
        "judge": lambda world: {"judged_for": True, "judgement": "（2022）民特2号", "ground": "mistaken"},
        "take-back": lambda world: {"reason": "核对后没有异议"},
    },
)
