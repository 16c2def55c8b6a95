"""The vote of a district brought to its end, for the tests: ledger, count by two people, declaration."""

from datetime import time

from congress.counting.life import COUNT
from congress.guard.action import action
from elections.actions import ballots
from elections.actions import rounds as acts
from elections.life import ROUND
from elections.models import Election, LedgerLine, PollingPlace, Round
from elections.queries.rounds import RoundFacts
from tests.cast import SET_UP
from tests.counting import room
from tests.elections.campaigns import ELECTION_DAY, districts, voters
from tests.elections.candidates import FIRST_ON, FORMAL_ON, TALKED_ON, settled

PEOPLE = tuple(
    f"东{word}" for word in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
)  # with four more, 24 voters of the district
DECLARE = {"declared_by": "云溪镇选举委员会", "paper": "公告第9号"}


def begun(world, election: Election, days=(FIRST_ON, TALKED_ON, FORMAL_ON)) -> Round:
    """The first vote of the first district: 24 voters, 29 ballots, one polling place; 丁一, 于二, 王三 for two seats."""
    voters(election, *PEOPLE)
    settled(world, election, days)
    ballots.order(world.clerk, election, ordered_on=days[-1], spare=5, first_stub=1, colour="浅红")
    with action(SET_UP, actor=None):
        PollingPlace.objects.create(
            township=world.township,
            campaign=election.campaign,
            district=districts(election)[0],
            name="东山村投票站",
            spot="村委会",
            opens_at=time(8),
        )
    return acts.begin(world.clerk, election)[0]


def line(world, row: Round, issued: int = 20, **values) -> LedgerLine:
    """The ledger of its place: everything that was not handed out is left over."""
    place = PollingPlace.objects.get(district=row.district)
    given = {"place": place, "received": row.printed, "in_person": issued, "left_over": row.printed - issued} | values
    return acts.LEDGER.record(world.clerk, LedgerLine(township=row.township, round=row, **given))


def take(user, row: Round, key: str, on=ELECTION_DAY, **data):
    """A step of a round."""
    return ROUND.take(key, user, row, on=on, **data)


def balanced(world, row: Round, issued: int = 20, on=ELECTION_DAY) -> None:
    """Its ledger comes out: three blank ballots are filed, the others destroyed."""
    line(world, row, issued)
    rest = row.printed - issued
    take(world.clerk, row, "settle", on, filed=3, destroyed=rest - 3, lost=0, witnesses="甲、乙", settled_note="")


def counted(world, row: Round, yes: tuple[int, ...], issued: int = 20, **more) -> RoundFacts:
    """Counted and closed: these votes for the names of the ballot, one after the other."""
    balanced(world, row, issued)
    take(world.clerk, row, "count")
    room.people(world)
    return again(world, row, yes, issued, **more)


def again(world, row: Round, yes: tuple[int, ...], issued: int = 20, identified=(), **more) -> RoundFacts:
    """The same where the room has its people, who say of the `identified` written names that they are voters of the district."""
    count = facts(row).count
    COUNT.take("open", world.clerk, count)
    COUNT.take("confirm", world.chair, count)
    unit = room.unit_of(count)
    room.settled(world, unit, room.good(count, yes, issued, 0, **more))
    room.signed(world, unit)
    for name in identified:
        said = {"names": [name], "votes": None, "person": name, "who": "district", "reason": "看票"}
        COUNT.take("identify", world.clerk, count, **said)
        COUNT.take("agree", world.chair, count, which=str(COUNT.find(count.pk).identified[-1].pk))
    for user in (world.chair, world.clerk):
        COUNT.take("sign", user, count, on=ELECTION_DAY, capacity="scrutineer", note="已查明")
    COUNT.take("close", world.clerk, count)
    COUNT.take("confirm", world.chair, count)
    return facts(row)


def declared(world, row: Round, on=ELECTION_DAY) -> RoundFacts:
    """Declared by clerk and chair."""
    take(world.clerk, row, "declare", on, **DECLARE)
    take(world.chair, row, "confirm", on)
    return facts(row)


def names(row: Round) -> list[str]:
    """The names of its ballot in their order."""
    return list(row.names.order_by("position").values_list("name", flat=True))


def facts(row: Round) -> RoundFacts:
    """A round as it stands."""
    return RoundFacts(ROUND.find(row.pk))
