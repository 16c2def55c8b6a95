"""A general election on its day: 6 districts of the township and 2 of the county, each with its voters, its ballot and its place."""

from datetime import date, time

from congress import clock
from congress.counting.life import COUNT
from congress.guard.action import action
from deputies.models import District, Level, Term
from elections.actions import rounds as acts
from elections.life import ROUND
from elections.models import (
    Campaign,
    CandidateEntry,
    CandidateList,
    Election,
    LedgerLine,
    PollingPlace,
    Round,
    RoundName,
    VoterGroup,
)
from elections.queries.rounds import RoundFacts, where
from tests.cast import SET_UP
from tests.counting import room
from tests.elections.campaigns import LAST_DAY, voters
from tests.elections.candidates import named
from tests.elections.rounds import facts

OWN, ABOVE = 6, 2
HERE = 24  # voters of a district of the township; one of the county has three of these
SPARE = 5
FAMILIES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦", "一二三四五六七八九十百千万丰禾谷田木林森石金银玉"


def people(district: int) -> list[str]:
    """Names of its voters, each borne by one person."""
    return [f"{FAMILIES[district - 1]}{one}" for one in GIVEN[:HERE]]


def general(world, held_on: date) -> dict[str, Election]:
    """Both levels before the first ballot is handed out; two seats and three names a district, one and two for the county's."""
    with action(SET_UP, actor=None):
        given = {
            "name": "换届选举",
            "begun_on": date(held_on.year, 1, 4),
            "election_day": held_on,
            "last_day": LAST_DAY,
        }
        work = Campaign.objects.create(township=world.township, **given)
        found = {level: _level(world, work, level) for level in (Level.TOWNSHIP, Level.COUNTY)}
        _places(world, work, found)
    for election in found.values():
        for district in District.objects.filter(term=election.term).order_by("number"):
            _round(world, election, district)
    return found


def _level(world, work: Campaign, level: str) -> Election:
    number = world.term.number + 1 if level == Level.TOWNSHIP else 7
    seats = 2 * OWN if level == Level.TOWNSHIP else ABOVE
    term = Term.objects.create(township=world.township, level=level, number=number, seats=seats)
    days = {"begun_on": work.begun_on, "election_day": work.election_day}
    return Election.objects.create(township=world.township, campaign=work, term=term, **days)


def _places(world, work: Campaign, found: dict[str, Election]) -> None:
    """Districts, each of the township's with its group and its place; three of them are one of the county's."""

    def district(level: str, number: int, name: str, seats: int) -> District:
        given = {"term": found[level].term, "number": number, "name": name, "seats": seats, "population": 400}
        return District.objects.create(township=world.township, **given)

    above = [district(Level.COUNTY, at + 1, f"{'东西南北中外'[at]}片", 1) for at in range(ABOVE)]
    for at in range(OWN):
        own = district(Level.TOWNSHIP, at + 1, f"{FAMILIES[at]}家村", 2)
        of = {"township": world.township, "district": own, "county_district": above[at // 3]}
        VoterGroup(number=1, name=f"{own.name}一组", **of).save()
        PollingPlace.objects.create(campaign=work, name=f"{own.name}投票站", spot="村委会", opens_at=time(8), **of)


def _round(world, election: Election, district: District) -> None:
    """Its voters, those who stand, and the ballots that were printed."""
    county = election.term.level == Level.COUNTY
    first = 3 * district.number - 2 if county else district.number
    if not county:
        voters(election, *people(district.number), district=district.number)
    number = HERE * (3 if county else 1)
    standing = [f"{FAMILIES[first - 1]}{one}" for one in ("江河" if county else "春夏秋")]
    said = {"declared_on": election.begun_on, "funding": "no", "consent": "agreed"}
    made = named(election, *standing, district=district.number, form="", **said)
    with action(SET_UP, actor=None):
        of = {"township": world.township, "election": election, "district": district, "seats": district.seats}
        row = Round.objects.create(
            kind="first", number=1, held_on=election.election_day, voters=number, printed=number + SPARE, **of
        )
        of = {"township": world.township, "election": election, "district": district}
        listed = CandidateList.objects.create(kind="formal", locked_at=clock.now(), fingerprint="0" * 64, **of)
        for at, one in enumerate(made, start=1):
            of = {"township": world.township, "position": at, "nominee": one}
            CandidateEntry.objects.create(candidate_list=listed, **of)
            RoundName.objects.create(round=row, name=one.name, **of)


def settled(world, row: Round, issued: int = 22) -> None:
    """So many ballots handed out at each place; what was left over is destroyed before two people."""
    places, _ = where(row)
    rest = row.printed - issued * len(places)
    for at, place in enumerate(places):
        over = rest if at == 0 else 0
        given = {"place": place, "received": issued + over, "in_person": issued, "left_over": over}
        acts.LEDGER.record(world.clerk, LedgerLine(township=row.township, round=row, **given))
    said = {"filed": 0, "destroyed": rest, "lost": 0, "witnesses": "甲某、乙某", "settled_note": ""}
    ROUND.take("settle", world.clerk, row, on=row.held_on, **said)


def read(world, row: Round, yes: tuple[int, ...], *, on: date, **more) -> RoundFacts:
    """Opened, every unit read alike by two and signed, the whole signed and closed: these votes at each unit."""
    count = facts(row).count
    COUNT.take("open", world.clerk, count)
    COUNT.take("confirm", world.chair, count)
    for at in range(len(room.facts(count).read)):
        unit = room.unit_of(count, at)
        room.settled(world, unit, room.good(count, yes, unit.took_part, 0, **more))
        room.signed(world, unit)
    close(world, count, on)
    return facts(row)


def close(world, count, on: date) -> None:
    """The whole is signed and closed by two."""
    for user in (world.chair, world.clerk):
        COUNT.take("sign", user, count, on=on, capacity="scrutineer", note="已查明")
    COUNT.take("close", world.clerk, count)
    COUNT.take("confirm", world.chair, count)


def counted(world, row: Round, yes: tuple[int, ...], *, issued: int = 22, on: date, **more) -> RoundFacts:
    """From the ledger to the closed count."""
    settled(world, row, issued)
    ROUND.take("count", world.clerk, row, on=on)
    return read(world, row, yes, on=on, **more)
