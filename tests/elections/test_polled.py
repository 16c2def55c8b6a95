"""How far the vote of a level is, as its county is told: totals, and nothing of a box."""

import uuid

import pytest

from congress import together
from congress.counting.life import COUNT
from congress.counting.models import CountEntry
from congress.guard.action import action
from elections.queries import polled
from elections.queries.polled import Polled
from tests.cast import SET_UP
from tests.counting import room
from tests.elections.rounds import balanced, begun, facts, take


@pytest.fixture
def election(peopled_election):
    """Two districts with a few voters; the township's scope is open."""
    return peopled_election


ASKED = together.Lists(polled.questions)


def told(election) -> Polled | None:
    return polled.told(ASKED(elections=[election.pk])).get(election.pk)


def test_a_unit_counts_once_two_people_have_read_it_and_no_longer_where_one_is_sent_back(world, election):
    assert told(election) is None
    row = begun(world, election)
    assert told(election) == Polled(districts=2)
    balanced(world, row)
    take(world.clerk, row, "count")
    room.people(world)
    count = facts(row).count
    for key, user in (("open", world.clerk), ("confirm", world.chair)):
        COUNT.take(key, user, count)
    unit, sheet = room.unit_of(count), room.good(count, (15, 12, 3), 20, 0)
    room.read(world.teller, unit, sheet)
    assert told(election) == Polled(units=1, districts=2)
    room.read(world.teller2, unit, sheet)
    assert told(election) == Polled(units=1, read=1, districts=2)
    entry = CountEntry.objects.filter(reader__unit=unit).first()
    with action(SET_UP, actor=None):
        CountEntry.objects.filter(pk=entry.pk).update(sent_back_by=world.chair)
    assert told(election) == Polled(units=1, districts=2)
    assert (told(election).read_said, told(election).declared_said) == ("0 / 1", "0 / 2")


def test_a_unit_that_was_mixed_into_another_is_counted_there(world, election, row):
    balanced(world, row)
    take(world.clerk, row, "count")
    unit = room.unit_of(facts(row).count)
    with action(SET_UP, actor=None):
        mixed = type(unit).objects.create(
            township=world.township, count=unit.count, number=9, name="混合", kind="mixed", issued=20, took_part=20
        )
        type(unit).objects.filter(pk=unit.pk).update(mixed_into=mixed)
    assert told(election).units == 1


def test_several_levels_are_asked_in_one_statement_and_none_in_none(world, election, django_assert_num_queries):
    begun(world, election)
    with django_assert_num_queries(1):
        assert set(polled.told(ASKED(elections=[election.pk, uuid.uuid4()]))) == {election.pk}
    assert polled.told(ASKED(elections=[])) == {}


@pytest.mark.parametrize(("number", "said"), [(0, ""), (1, "不足20"), (19, "不足20"), (20, 20)])
def test_a_handful_of_voters_is_not_told(number, said):
    assert Polled(issued=number).issued_said == said
