"""A district's vote, from the printed ballots to the round that follows."""

from collections.abc import Iterator

from django.db.models import Model

from congress import clock
from congress.guard.action import action
from deputies.models import Level
from elections.actions import issue
from elections.life import REGISTER, ROUND
from elections.models import Election, PollingPlace, Registration
from tests.cast import SET_UP
from tests.congress.walks.walking import ON, Walk
from tests.elections import rounds as votes
from tests.elections.campaigns import peopled
from tests.proposals.helpers import day

USERS = ("clerk", "chair", "deputy_user", "county_viewer")
ISSUED = 20
SENT = {"sent_paper": "投票情况报告"}
VACANT = {"vacant_paper": "批复2号", "vacant_why": "没有人可以列为候选人"}
ENTERED = {"declared_by": "清江县选举委员会", "paper": "公告第3号", "elected": "丁一 15", "nobody": False}


def rounds(world) -> Iterator[tuple[str, Model]]:
    """Nothing entered, the ledger comes out, counted and closed, asked to be declared, declared with a seat unfilled, followed."""
    election = peopled(world, begun_on=day(1, 4), election_day=day(5, 20))
    row = votes.begun(world, election, (day(5, 4), day(5, 6), day(5, 12)))
    yield "arranged", row
    votes.balanced(world, row, ISSUED, ON)
    yield "its ballots come out", row
    ROUND.take("count", world.clerk, row, on=ON)
    yield "it is counted", row
    votes.again(world, row, (15, 9, 6), ISSUED)
    yield "counted", row
    yield from _of_the_county(world, row, election)
    ROUND.take("declare", world.clerk, row, on=ON, **votes.DECLARE)
    yield "asked to be declared", row
    ROUND.take("confirm", world.chair, row, on=ON)
    yield "declared, one seat short", row
    ROUND.take("vacate", world.clerk, row, on=ON, **VACANT)
    yield "left a seat vacant", row
    ROUND.take("resume", world.clerk, row, on=ON, reason="登错")
    made = ROUND.take("follow", world.clerk, row, on=ON, names=["于二", "王三"], printed=29)
    yield "followed", row
    yield "the next one", made


def counted_and_declared(world) -> Election:
    """The election of whose first district two deputies are declared elected."""
    election = peopled(world, begun_on=day(1, 4), election_day=day(5, 20))
    row = votes.begun(world, election, (day(5, 4), day(5, 6), day(5, 12)))
    votes.balanced(world, row, ISSUED, ON)
    ROUND.take("count", world.clerk, row, on=ON)
    votes.again(world, row, (15, 12, 9), ISSUED)
    ROUND.take("declare", world.clerk, row, on=ON, **votes.DECLARE)
    ROUND.take("confirm", world.chair, row, on=ON)
    return election


def registers(world) -> Iterator[tuple[str, Model]]:
    """Open with a ballot handed out, and closed; today is polling day."""
    election = peopled(world, begun_on=day(1, 4), election_day=ON)
    votes.begun(world, election, (day(5, 24), day(5, 26), day(6, 1)))
    with action(SET_UP, actor=None):  # voting goes on until the day of the trials
        PollingPlace.objects.update(closes_on=day(6, 10))
    with clock.frozen(ON):
        row = issue.open_register(world.clerk, election.campaign, PollingPlace.objects.get())
        issue.issue(row, Registration.objects.get(voter__name="丁一", election=election).voter_id)
    yield "open", row
    with clock.frozen(ON):
        REGISTER.take("close", world.clerk, row, on=ON, queued=True)
    yield "closed", row


REGISTERS = Walk(
    registers,
    {"close": lambda world: {"queued": True}, "reopen": lambda world: {"reason": "关早了"}},
    USERS,
)


def _of_the_county(world, row: Model, election: Election) -> Iterator[tuple[str, Model]]:
    """The same count of a district of the county: sent up, its declaration entered; and as it was before."""
    _level(election, Level.COUNTY)
    yield "counted, for the county", row
    ROUND.take("send", world.clerk, row, on=ON, **SENT)
    yield "sent up", row
    ROUND.take("enter", world.clerk, row, on=ON, **ENTERED)
    yield "the county's declaration entered", row
    ROUND.take("revoke", world.chair, row, on=ON, reason="抄错")
    _level(election, Level.TOWNSHIP)


def _level(election: Election, level: str) -> None:
    with action(SET_UP, actor=None):
        election.term.level = level
        election.term.save()


ROUNDS = Walk(
    rounds,
    {
        "settle": lambda world: {"filed": 3, "destroyed": 6, "lost": 0, "witnesses": "甲、乙", "settled_note": "当众"},
        "count": lambda world: {},
        "declare": lambda world: votes.DECLARE,
        "send": lambda world: SENT,
        "enter": lambda world: ENTERED,
        "confirm": lambda world: {},
        "revoke": lambda world: {"reason": "公告写错"},
        "follow": lambda world: {"names": ["于二", "王三"], "printed": 29},
        "vacate": lambda world: VACANT,
        "resume": lambda world: {"reason": "登错"},
        "discard": lambda world: {"reason": "排错了"},
    },
    USERS,
)
