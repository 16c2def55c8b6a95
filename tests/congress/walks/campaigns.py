"""The work of an election."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Model

from congress.guard.action import action
from deputies.models import District, Level, Term
from elections.actions.campaigns import begin
from elections.actions.work import TASKS
from elections.life import CAMPAIGN
from elections.models import Campaign, CampaignTask, Election, Round
from tests.cast import SET_UP
from tests.congress.walks.walking import Walk, steps_of
from tests.proposals.helpers import day


def campaigns(world) -> Iterator[tuple[str, Model]]:
    """Of one level, of two, without any, closed and opened again; one whose days are planned, and in which somebody has voted."""
    row = Campaign(township=world.township, name="2022年换届选举", begun_on=day(3, 1), election_day=day(6, 1))
    row = begin(world.clerk, row, [Term(township=world.township, level=Level.TOWNSHIP, number=world.term.number + 1)])
    go = steps_of(CAMPAIGN, row)
    yield "one level", row
    go("add-level", world.clerk, day(3, 2), level=Level.COUNTY, number=19)
    yield "two levels", row
    for election in Election.objects.kept().filter(campaign=row):
        go("drop-level", world.clerk, day(3, 3), election=election, reason="登错了")
    yield "no level", row
    go("close", world.chair, day(6, 2))
    yield "closed", row
    other = Campaign(township=world.township, name="2027年换届选举", begun_on=day(3, 1), election_day=day(6, 1))
    other = begin(
        world.clerk, other, [Term(township=world.township, level=Level.TOWNSHIP, number=world.term.number + 2)]
    )
    of = {"township": world.township, "campaign": other}
    TASKS.record(world.clerk, CampaignTask(**of, label="宣传发动", planned_on=day(3, 9)))
    yield "planned", other
    with action(SET_UP, actor=None):
        election = Election.objects.kept().get(campaign=other)
        district = District.objects.create(
            township=world.township, term=election.term, number=1, name="东山村", seats=2, population=1200
        )
        Round.objects.create(
            township=world.township,
            election=election,
            district=district,
            kind=Round.Kind.FIRST,
            number=1,
            held_on=day(3, 10),
            seats=2,
            voters=24,
            printed=29,
        )
    yield "voted", other


def _level(world) -> Election:
    """The election the walk speaks of."""
    rows = Election.objects.filter(campaign__isnull=False).select_related("term")
    return rows.latest("withdrawn_at", "created_at", "term__level")  # made in one moment: the township's


CAMPAIGNS = Walk(
    campaigns,
    {
        "plan": lambda world: {"local": True},
        "done": lambda world: {"tasks": list(CampaignTask.objects.kept()), "as_planned": False},
        "seats": lambda world: {"election": _level(world), "seats": 50, "paper": "常委会决定"},
        "carry-districts": lambda world: {"election": _level(world), "former": world.term},
        "move-day": lambda world: {"election_day": date(2022, 7, 1), "day_paper": "第2号公告"},
        "add-level": lambda world: {"level": Level.COUNTY, "number": 20},
        "drop-level": lambda world: {"election": _level(world), "reason": "登错了"},
        "close": lambda world: {},
        "reopen": lambda world: {},
    },
)
