"""The figures of an election under way come from its records: districts and seats of the term, voters of the published list."""

from datetime import date

import pytest

from congress import figures
from congress.guard import scope
from congress.guard.action import action
from elections import queries
from elections.actions import roll
from elections.life import VOTER_LIST
from elections.models import Election, RollChange
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY, campaign, freeze, voters
from tests.elections.test_lists import LATER, PLACES, PUBLISHED

KEYS = ("elections.districts", "elections.seats", "elections.registered", "elections.took_part", "elections.turnout")


@pytest.fixture
def election(world):
    with scope.township(world.township):
        found = campaign(world)
        voters(found, "丁一", "于二", "王三")
        yield found


def told(world, cut_off=date(2026, 12, 31)):
    answers = figures.compute(KEYS, world.township, 2026, cut_off)
    return {key.partition(".")[2]: answers[key].shown for key in KEYS}


def test_districts_seats_and_the_published_list_tell_the_numbers(world, election):
    before = told(world)
    assert (before["districts"], before["seats"], before["registered"]) == ("2", "4", "0")
    found = freeze(world, election)
    assert told(world)["registered"] == "0"  # a list nobody has seen is no fact
    VOTER_LIST.take("publish", world.clerk, found, on=PUBLISHED, **PLACES)
    assert told(world)["registered"] == "3"


def test_the_last_supplement_tells_how_many_there_are(world, election):
    found = freeze(world, election)
    VOTER_LIST.take("publish", world.clerk, found, on=PUBLISHED, **PLACES)
    row = queries.on_roll(election).select_related("election", "voter").first()
    roll.change(world.clerk, row, RollChange.Kind.DIED, LATER, roll.Basis(paper="死亡证明"))
    assert told(world)["registered"] == "3"
    VOTER_LIST.take("supplement", world.clerk, found, on=LATER)
    assert told(world)["registered"] == "2"


def test_an_election_day_to_come_counts_for_no_report(world, election):
    assert told(world, cut_off=date.fromordinal(ELECTION_DAY.toordinal() - 1))["districts"] == "0"


def test_what_the_count_has_not_said_yet_is_no_turnout_of_nought(world, election):
    assert told(world)["turnout"] == "—"
    assert not figures.compute(KEYS, world.township, 2026, date(2026, 12, 31))["elections.took_part"].rows


def test_an_election_entered_by_its_totals_tells_those(world):
    with scope.township(world.township), action(SET_UP, actor=None):
        given = {"districts": 21, "seats": 50, "registered": 10268, "took_part": 9858}
        day = {"begun_on": date(2026, 1, 4), "election_day": date(2026, 5, 6)}
        Election.objects.create(township=world.township, term=world.term, **day, **given)
        found = told(world)
    assert (found["districts"], found["registered"], found["turnout"]) == ("21", "10268", "96.01%")
