"""What many tests begin with is built once, stands for each of them alike, and for no other."""

import copy
from types import SimpleNamespace

import pytest

from congress.guard.action import action
from deputies.models import Station
from tests import states
from tests.cast import SET_UP
from tests.states import state


def added(world, name: str) -> Station:
    with world.in_township(), action(SET_UP, actor=None):
        return Station.objects.create(township=world.township, name=name, opened_on=world.station.opened_on)


def names(world) -> set[str]:
    with world.in_township():
        return set(Station.objects.values_list("name", flat=True))


BUILT = []


@state
def second(world):
    BUILT.append("second")
    return added(world, "第二站")


@state(on=second)
def third(world, station):
    BUILT.append("third")
    return added(world, f"{station.name}分站")


@state
def elsewhere(world):
    return None


@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_writes_is_gone_before_the_next(world, second, turn):
    assert names(world) == {"云溪联络站", "第二站"}
    assert BUILT.count("second") == 1
    added(world, "第三站")


@pytest.mark.parametrize("turn", [1, 2])
def test_one_state_stands_on_another(world, second, third, turn):
    assert (second.name, third.name) == ("第二站", "第二站分站")
    assert names(world) == {"云溪联络站", "第二站", "第二站分站"}
    assert BUILT == ["second", "third"]
    added(world, "第三站")


def test_who_asks_for_none_finds_none(world):
    assert names(world) == {"云溪联络站"}


def item(*fixtures) -> SimpleNamespace:
    """A test as far as the states look at it."""
    found = {str(at): [SimpleNamespace(func=each)] for at, each in enumerate(fixtures)}
    return SimpleNamespace(nodeid="test_of_these", _fixtureinfo=SimpleNamespace(name2fixturedefs=found))


def standing(fixture):
    return fixture._get_wrapped_function()


def test_two_states_of_which_neither_stands_on_the_other_are_refused():
    assert [one.__name__ for one in states.asked(item(standing(second), standing(third), len))] == ["second", "third"]
    with pytest.raises(ValueError, match="two states"):
        states.asked(item(standing(third), standing(elsewhere)))


def test_the_tests_of_a_state_come_in_a_row_and_the_others_as_they_were():
    class Test(SimpleNamespace):
        __hash__ = object.__hash__

    tests = [Test(name=name, **vars(item(*map(standing, asked)))) for name, *asked in (
        ("a",), ("b", third), ("c", elsewhere), ("d", second), ("e",), ("f", third, second),
    )]  # fmt: skip
    ordered = copy.copy(tests)
    states.in_a_row(ordered)
    assert [one.name for one in ordered] == list("dbfcae")
