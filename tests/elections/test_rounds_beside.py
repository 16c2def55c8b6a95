"""What a round says beside its own numbers: the other level's vote at the same place (W112), and who bears a written name."""

import pytest

from congress.counting.life import COUNT
from congress.counting.queries import rolls
from congress.guard.action import action
from deputies.models import Level, Term
from elections.models import Election, LedgerLine, Round
from tests.cast import SET_UP
from tests.counting import room
from tests.elections.campaigns import ELECTION_DAY, peopled, voters
from tests.elections.rounds import balanced, begun, facts, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(world):
    """The first vote of the first district, not yet counted."""
    with world.in_township():
        found = peopled(world)
        yield begun(world, found)


def county_line(world, row: Round, issued: int, **round_values) -> LedgerLine:
    """The same place on the same day, for the deputies of the county."""
    election = row.election
    with action(SET_UP, actor=None):
        term = Term.objects.create(township=world.township, level=Level.COUNTY, number=9, seats=2)
        other = Election.objects.create(
            township=world.township,
            campaign=election.campaign,
            term=term,
            begun_on=election.begun_on,
            election_day=election.election_day,
        )
        values = {"kind": "first", "number": 1, "held_on": row.held_on, "seats": 1, "voters": 24, "printed": 29}
        county = Round.objects.create(
            township=world.township, election=other, district=row.district, **values | round_values
        )
        place = LedgerLine.objects.get(round=row).place
        return LedgerLine.objects.create(
            township=world.township, round=county, place=place, received=29, in_person=issued, left_over=29 - issued
        )


def said(row: Round) -> list[str]:
    """The codes the ledger of a round is told with."""
    return [one.code for one in facts(row).ledger_findings]


def test_w112_both_levels_at_one_place_are_compared_and_a_reason_is_enough(world, row):
    balanced(world, row, 20)
    county = county_line(world, row, 21)
    found = facts(row)
    told = next(one for one in found.ledger_findings if one.code == "rounds.levels")
    assert told.message.startswith("W112 ")
    assert "乡镇参加投票20人，县级21人，相差1人" in told.message
    assert (told.blocking, told.field, found.balanced) == (False, "note", True)
    mine = LedgerLine.objects.get(round=row)
    with action(SET_UP, actor=None):
        mine.note = "1人只参加县级选举"
        mine.save()
    assert "rounds.levels" not in said(row)
    assert "rounds.levels" in said(county.round)  # which has its own reason to tell


def test_w112_says_nothing_where_as_many_took_part_or_the_day_is_another(world, row):
    balanced(world, row, 20)
    county = county_line(world, row, 20)
    assert "rounds.levels" not in said(row)
    with action(SET_UP, actor=None):
        county.in_person = 19
        county.save()
    assert "rounds.levels" in said(row)
    with action(SET_UP, actor=None):
        county.round.held_on = ELECTION_DAY.replace(day=ELECTION_DAY.day - 1)
        county.round.save()
    assert "rounds.levels" not in said(row)


def test_w01_the_roll_says_how_many_bear_a_written_name_and_takes_nobody_for_one(world, row, browse):
    voters(row.election, "李强", "李强", "孙一")
    voters(row.election, "李强", "孙二", district=2)
    balanced(world, row, 20)
    take(world.clerk, row, "count")
    count = facts(row).count
    told = rolls.known(count, ["李强", "孙一", "孙二", "没有此人"])
    assert told == {
        "李强": "选民册上本选区2人，其他选区1人叫这个姓名；同名，不能自动认定",
        "孙一": "选民册上本选区1人叫这个姓名",
        "孙二": "选民册上其他选区1人叫这个姓名",
        "没有此人": "选民册上没有这个姓名：看是不是别字、简称，或者不是选民",
    }
    assert rolls.known(count, []) == {}
    room.people(world)
    COUNT.take("open", world.clerk, count)
    COUNT.take("confirm", world.chair, count)
    unit = room.unit_of(count)
    room.settled(world, unit, room.good(count, (5, 4, 2), 20, 0, write_ins={"李强": 12}))
    page = browse(world.clerk).get(f"/t/{world.township.code}/counting/{count.pk}/identify/").content.decode()
    assert "本选区2人，其他选区1人叫这个姓名" in page
