"""A township in the middle of its general election, for the tests: two districts with their voters' groups."""

from datetime import date

from congress.guard.action import action
from congress.names.keys import set_keys
from congress.people import keys
from congress.people.record import prepare_bulk
from deputies.models import District, Level, Term
from elections.actions import lists
from elections.life import VOTER_LIST
from elections.models import (
    Campaign,
    DistrictDay,
    Election,
    Registration,
    RollChange,
    Round,
    Voter,
    VoterGroup,
    VoterList,
)
from tests.cast import SET_UP

BEGUN, LAST_DAY, ELECTION_DAY = date(2026, 9, 1), date(2021, 10, 20), date(2026, 12, 20)
OWN_DAY = date(2026, 12, 27)  # of a district that votes later


def campaign(world, *, level=Level.TOWNSHIP, later=1, **values) -> Election:
    """The election of one level in a campaign of its own, `later` terms on; call in the township's scope."""
    given = {"name": "2026年换届选举", "begun_on": BEGUN, "election_day": ELECTION_DAY, "last_day": LAST_DAY} | values
    with action(SET_UP, actor=None):
        work = Campaign.objects.create(township=world.township, **given)
        term = Term.objects.create(township=world.township, level=level, number=world.term.number + later, seats=4)
        election = Election.objects.create(
            township=world.township,
            campaign=work,
            term=term,
            begun_on=work.begun_on,
            election_day=work.election_day,
        )
        for number, name in ((1, "东山村"), (2, "西山村")):
            district = District.objects.create(
                township=world.township, term=term, number=number, name=name, seats=2, population=1200
            )
            group = VoterGroup(township=world.township, district=district, number=1, name=f"{name}一组")
            group.save()
    return election


def districts(election: Election) -> list[District]:
    """Its districts in the order of their numbers."""
    return list(District.objects.filter(term=election.term).order_by("number"))


def voters(election: Election, *names: str, district: int = 1, **values) -> list[Registration]:
    """Voters of these names on the roll of a district, sealed under one key."""
    place = districts(election)[district - 1]
    group = place.voter_groups.first()
    given = {"gender": Voter.Gender.FEMALE, "birth_date": date(1980, 3, 4)} | values
    with action(SET_UP, actor=None):
        key = keys.new_data_key(election.township_id, "elections.roll")
        key.save(force_insert=True)
        people = [Voter(township=election.township, name=name, data_key=key, **given) for name in names]
        for person in people:
            set_keys(person)
        Voter.objects.bulk_create(prepare_bulk(people, key))
        rows = [
            Registration(
                township=election.township,
                voter=person,
                election=election,
                district=place,
                group=group,
                ground=Registration.Ground.CARRIED,
                way=Registration.Way.DOOR,
                registered_on=BEGUN,
            )
            for person in people
        ]
        return Registration.objects.bulk_create(rows)


def peopled(world, **values) -> Election:
    """A campaign with four voters in its first district and two in its second."""
    election = campaign(world, **values)
    voters(election, "丁一", "于二", "王三", "欧阳小明")
    voters(election, "张四", "李五", district=2)
    return election


def freeze(world, election: Election) -> VoterList:
    """The list of an election frozen by clerk and chair."""
    found: VoterList = VOTER_LIST.take("confirm", world.chair, lists.ask(world.clerk, election))
    return found


def late(election: Election, name: str, on: date, district: int = 1) -> Registration:
    """An entry after the freeze with its change."""
    (row,) = voters(election, name, district=district)
    with action(SET_UP, actor=None):
        Registration.objects.filter(pk=row.pk).update(after_freeze=True)
        RollChange.objects.create(
            township=election.township,
            registration=row,
            election=election,
            kind=RollChange.Kind.ADDED,
            happened_on=on,
            after_freeze=True,
        )
    return row


def another_vote(election: Election, on: date, **values) -> Round:
    """The first district votes once more, for one seat."""
    of = {"township": election.township, "election": election, "district": districts(election)[0]}
    numbers = {"kind": Round.Kind.ANOTHER, "number": 2, "seats": 1, "voters": 24, "printed": 30}
    with action(SET_UP, actor=None):
        return Round.objects.create(held_on=on, **of | numbers | values)


def moved(election, day: date = OWN_DAY, district: int = 2) -> DistrictDay:
    """A district votes on a day of its own."""
    place = districts(election)[district - 1]
    with action(SET_UP, actor=None):
        return DistrictDay.objects.create(
            township=election.township, election=election, district=place, day=day, reason="山洪"
        )
