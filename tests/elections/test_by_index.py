"""What is asked over the rolls of a whole county is found by index, however many stand on them."""

import itertools
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.guard import scope
from congress.guard.action import action
from congress.models import Township
from congress.web.orders import keys_by_index
from elections.actions import duplicates
from elections.listings.roll import ROLL, VOTERS
from elections.models import Registration, Voter
from elections.queries import roll as queries
from tests.cast import SET_UP

pytestmark = pytest.mark.usefixtures("own_planner")


@pytest.mark.parametrize("asked", ["numbers", "the whole roll"])
def test_a_number_is_looked_for_once_and_not_again_in_each_election(world, election, asked):
    with CaptureQueriesContext(connection) as seen:
        duplicates.elsewhere(world.clerk, election.campaign, indexes=[b"x" * 32] if asked == "numbers" else None)
    question = next(query["sql"] for query in seen.captured_queries if "WITH met" in query["sql"])
    with scope.reading(Township.objects.all()), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (COSTS off) {question}")
        plan = [line for (line,) in cursor.fetchall()]
    begin = next(at for at, line in enumerate(plan) if line.strip() == "CTE met")
    depth = len(plan[begin]) - len(plan[begin].lstrip())
    inside = list(itertools.takewhile(lambda line: len(line) - len(line.lstrip()) > depth, plan[begin + 1 :]))
    assert any("on elections_voter voter" in line for line in inside)
    assert not any("on elections_election election" in line for line in inside)


def test_the_index_of_numbers_begins_with_the_number(world):
    """With the township first each number would be looked for once a township."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef('voter_id_once'::regclass, 1, true)")
        assert cursor.fetchone() == (Voter._meta.get_field("id_index").column,)


@pytest.mark.parametrize("sort", ["", "-name"])
def test_the_roll_is_read_in_the_order_of_names_from_an_index(world, election, sort):
    """For each voter in turn their entry, however the planner judges the two tables together."""
    rows = ROLL.arranged(queries.roll(election), sort)
    with CaptureQueriesContext(connection) as seen:
        keys = keys_by_index(rows, world.township, 1, 4)
    assert keys == [row.pk for row in rows][1:4]
    assert keys_by_index(rows, None, 1, 4) == keys
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {seen.captured_queries[-1]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
        cursor.execute("RESET ALL")
    assert "voter_by_strokes" in plan
    assert "Join" not in plan
    assert plan.count("Sort Key") == plan.count("Presorted Key")


def test_rows_that_point_at_one_record_stand_together_and_none_is_left_out(world, election):
    voter = Voter.objects.order_by("stroke_key").last()
    with action(SET_UP, actor=None):
        again = Registration.objects.get(voter=voter)
        again.pk, again.on_roll = uuid.uuid4(), False
        again.save(force_insert=True)
    rows = queries.entries(election).order_by("voter__stroke_key", "pk")
    assert keys_by_index(rows, world.township, 0, 10) == [row.pk for row in rows]


@pytest.mark.parametrize("word", ["张文", "12"])
@pytest.mark.parametrize("listing", [ROLL, VOTERS], ids=["roll", "voters"])
def test_who_is_looked_for_is_compared_in_an_index_and_the_rows_are_left_alone(world, election, listing, word):
    """The rows of fifty thousand voters are five times as much to read, with all that is sealed in them."""
    rows = queries.entries(election).select_related(None) if listing is ROLL else Voter.objects.kept()
    asked = listing.nearest(listing.arranged(listing.found(rows, word), ""), word).values("pk")
    with CaptureQueriesContext(connection) as seen:
        list(asked)
    compared = set(re.findall(r'"elections_voter"\."(\w+)"', seen.captured_queries[-1]["sql"]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT attname FROM pg_attribute WHERE attrelid = 'voter_by_strokes'::regclass")
        held = {name for (name,) in cursor.fetchall()}
    assert {"name", "village", "household_no"} <= compared
    assert compared <= held
