"""A desk at which ballots are handed out, for the tests: the first district votes at one place, its voters have numbers."""

from datetime import datetime, time

from congress import clock
from congress.guard.action import action
from elections.actions import issue as acts
from elections.life import REGISTER
from elections.models import BallotIssue, Election, IssueRegister, PollingPlace, ProxyVote, Registration, Round
from elections.queries import issue as queries
from elections.queries.issue import Desk, Person
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY, districts
from tests.elections.rounds import begun

MORNING = datetime.combine(ELECTION_DAY, time(8, 30), clock.SHANGHAI)


def at_hour(hour: int, minute: int = 30):
    """The clock of polling day."""
    return clock.frozen(datetime.combine(ELECTION_DAY, time(hour, minute), clock.SHANGHAI))


def polling(world, election: Election) -> Round:
    """The first vote of the first district, whose voters are numbered in the order in which they were entered."""
    row = begun(world, election)
    numbered(election)
    return row


def numbered(election: Election) -> None:
    """Give its voters numbers in the order in which they were entered."""
    with action(SET_UP, actor=None):
        for number, one in enumerate(Registration.objects.filter(election=election).order_by("created_at", "pk"), 1):
            Registration.objects.filter(pk=one.pk).update(card_no=number)


def opened(world, election: Election, place: PollingPlace | None = None) -> IssueRegister:
    """The register of a place, opened on the morning of polling day."""
    with at_hour(8):
        return acts.open_register(world.clerk, election.campaign, place or PollingPlace.objects.get())


def another_place(election: Election, name: str = "西坡投票站", district: int = 1) -> PollingPlace:
    """A second place of a district."""
    with action(SET_UP, actor=None):
        return PollingPlace.objects.create(
            township=election.township,
            campaign=election.campaign,
            district=districts(election)[district - 1],
            name=name,
            spot="学校",
            opens_at=time(8),
        )


def desk(register: IssueRegister) -> Desk:
    """The desk as it stands."""
    return Desk(queries.registers().get(pk=register.pk))


def voter(election: Election, name: str):
    """The key of a voter of that name."""
    return Registration.objects.get(election=election, voter__name=name).voter_id


def person(register: IssueRegister, election: Election, name: str) -> Person:
    """A voter as the desk sees them."""
    return desk(register).person(voter(election, name))


def handed(register: IssueRegister, election: Election, *names: str, way: str = "person") -> None:
    """Ballots handed to these voters, one after the other."""
    for name in names:
        acts.issue(register, voter(election, name), way)


def entrusted(election: Election, principal: str, agent: str, number: int, **values) -> ProxyVote:
    """An authority as it stands in the register of proxies."""
    entries = {one.voter.name: one for one in Registration.objects.filter(election=election).select_related("voter")}
    given = {"state": "agreed", "place": number, "settled_on": ELECTION_DAY} | values
    with action(SET_UP, actor=None):
        return ProxyVote.objects.create(
            township=election.township,
            election=election,
            number=ProxyVote.objects.count() + 1,
            principal=entries[principal],
            agent=entries[agent],
            came_on=ELECTION_DAY,
            **given,
        )


def closed(world, register: IssueRegister, **data) -> None:
    """The register closed in the evening."""
    with at_hour(18):
        REGISTER.take("close", world.clerk, register, on=ELECTION_DAY, **data)


def issued(register: IssueRegister) -> list[str]:
    """How each ballot of a register was handed out."""
    return sorted(BallotIssue.objects.kept().filter(register=register).values_list("way", flat=True))
