"""The statistics of the votes: every number from ledger, count and declaration, each district once, sums that are checked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from congress.guard.action import action
from elections.actions.rounds import LEDGER
from elections.models import Round, Winner
from elections.queries import statistics as asked
from elections.queries import voted
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY
from tests.elections.rounds import balanced, counted, declared, facts, line, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def election(peopled_election):
    """Two districts with their voters; the township's scope is open."""
    return peopled_election


def values(election) -> dict:
    return {one.key: one.value for one in asked.indicators(asked.facts(election))}


def codes(election) -> list[str]:
    return [one.code for one in asked.check(asked.facts(election)) if one.code.startswith("vote.")]


def test_nothing_is_told_before_a_vote_is_arranged(election):
    assert not [key for key in values(election) if key.startswith(("vote.", "ballots.", "result.", "seats."))]
    assert codes(election) == []


def test_a_vote_is_told_by_ways_ballots_and_result(world, election, row):
    assert values(election)["result.open"] == 2
    counted(world, row, (15, 12, 9))
    told = values(election)
    assert [told[f"vote.{key}"] for key in ("took_part", "station", "meeting", "mobile", "proxy")] == [20, 20, 0, 0, 0]
    other = Round.objects.exclude(pk=row.pk).get()
    assert told["ballots.printed"] == row.printed + other.printed
    assert [told[f"ballots.{key}"] for key in ("issued", "replaced", "filed", "destroyed", "lost")] == [20, 0, 3, 6, 0]
    assert [told[f"ballots.{key}"] for key in ("collected", "valid", "void")] == [20, 20, 0]
    assert told["seats.elected"] == 0, "nobody is elected before two people declare it"
    declared(world, row)
    told = values(election)
    assert [told[f"result.{key}"] for key in ("settled", "again", "another", "anew", "open")] == [1, 0, 0, 0, 1]
    assert [told[f"seats.{key}"] for key in ("due", "elected", "candidates", "written", "missing", "vacant")] == [
        row.seats + other.seats,
        2,
        2,
        0,
        other.seats,
        0,
    ]
    assert codes(election) == []


def test_a_district_counts_once_by_its_first_cause_and_its_voters_once(world, election, row):
    counted(world, row, (15, 9, 6))
    declared(world, row)
    assert values(election)["result.open"] == 2, "the further vote is not arranged yet"
    made = take(world.clerk, row, "follow", on=ELECTION_DAY + timedelta(days=7), names=["于二", "王三"], printed=29)
    told = values(election)
    assert (told["result.another"], told["result.settled"], told["seats.vacant"]) == (1, 0, 0)
    balanced(world, made, 18, on=made.held_on)
    with action(SET_UP, actor=None):
        after = Round.objects.get(pk=made.pk)
        after.pk, after.number, after.kind, after.follows = None, 3, "again", made
        after.save(force_insert=True)
    told = values(election)
    assert (told["result.another"], told["result.again"]) == (1, 0)
    assert (told["vote.took_part"], told["ballots.issued"]) == (20, 38)
    assert told["seats.due"] == sum(one.seats for one in Round.objects.filter(number=1))


def test_a_vote_held_anew_stands_for_the_void_one(world, election, row):
    line(world, row, 5)
    with action(SET_UP, actor=None):
        anew = Round.objects.get(pk=row.pk)
        anew.pk, anew.number, anew.kind, anew.follows = None, 2, "anew", row
        anew.save(force_insert=True)
    line(world, anew, 15, by_proxy=2, left_over=12)
    told = values(election)
    assert (told["vote.took_part"], told["vote.station"], told["vote.proxy"], told["result.anew"]) == (17, 15, 2, 1)


def test_somebody_written_in_is_told_apart_and_sums_that_differ_are_named(world, election, row):
    other = Round.objects.exclude(pk=row.pk).get()
    balanced(world, row)
    with action(SET_UP, actor=None):
        for at in range(1, row.seats + other.seats + 2):
            Winner.objects.create(township=row.township, round=row, position=at, name=f"程{at}", votes=9)
        Round.objects.filter(pk=row.pk).update(voters=19)
        Round.objects.filter(pk=other.pk).update(settled_on=ELECTION_DAY, destroyed=other.printed - 1, voters=0)
    told = values(election)
    assert told["seats.written"] == told["seats.elected"] == row.seats + other.seats + 1
    assert told["seats.candidates"] == 0
    assert codes(election) == ["vote.above", "vote.ballots", "vote.seats"]
    with action(SET_UP, actor=None):
        Round.objects.filter(pk=other.pk).update(withdrawn_at=row.created_at)
    assert "vote.districts" in codes(election)
    with action(SET_UP, actor=None):
        type(election).objects.filter(pk=election.pk).update(how="by_election")
    election.refresh_from_db()
    assert "vote.districts" not in codes(election)


def test_counted_sums_that_differ_are_named(world, election, row):
    counted(world, row, (15, 12, 9))
    read = asked.facts(election).votes
    assert [str(key) for key in read.results] == [str(row.pk)]
    result = facts(row).result
    broken = {key: _with(result, collected=99, valid=20) for key in read.results}
    alone = [one for one in read.rounds if str(one["pk"]) == str(row.pk)]
    found = voted.check(voted.Votes(alone, read.lines, read.winners, broken), 1)
    assert [one.code for one in found] == ["vote.collected", "vote.valid"]
    assert "收回99张，多于发出的20张" in found[0].message


def _with(result, **totals):
    return replace(result, totals=replace(result.totals, **totals))


def test_a_ledger_line_taken_back_counts_no_longer(world, election, row):
    made = line(world, row)
    assert values(election)["ballots.issued"] == 20
    LEDGER.withdraw(world.clerk, made, "登错了", made.version)
    assert values(election)["ballots.issued"] == 0
