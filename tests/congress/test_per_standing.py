"""What is put together for a standing is kept for whoever would be given the same, and for nobody else."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from congress import clock, together
from congress.guard.action import action
from congress.models import Role, Township, Unit
from congress.permissions import standing_in_township
from congress.web import overall, todo
from congress.web.per_standing import PerStanding
from tests.cast import SET_UP


@pytest.fixture
def standing(world):
    """The clerk's, in the scope of the township."""
    with world.in_township():
        yield standing_in_township(world.clerk, world.township)


@pytest.fixture
def made():
    """What was made so far."""
    return []


def keeping(made, tell, most=100):
    """Something that tells of a standing and is noted whenever it is made."""

    def make(what, standing):
        made.append(what)
        return what, tell(standing)

    return PerStanding(make, most)


def test_standings_of_the_same_roles_are_given_the_same(world, standing, made):
    kept = keeping(made, lambda one: one.has(Role.CLERK))
    other = replace(standing, user=world.chair, township=world.neighbour)
    assert [kept("line", standing), kept("line", other)] == [("line", True)] * 2
    assert kept("another", standing) == ("another", True)
    assert made == ["line", "another"]
    assert kept("line", replace(standing, roles=frozenset({str(Role.DEPUTY)}))) == ("line", False)
    assert kept("line", replace(standing, delegated=frozenset({"some.right"}))) == ("line", True)
    assert made == ["line", "another", "line", "line"]


def test_what_was_asked_of_a_standing_tells_it_from_others(world, standing, made):
    kept = keeping(made, lambda one: (one.user.username, one.township.name))
    for one in (standing, replace(standing, user=world.chair), replace(standing, township=world.neighbour)):
        assert kept("line", one)[1] == (one.user.username, one.township.name)
        assert kept("line", one)[1] == (one.user.username, one.township.name)
    assert len(made) == 3


def test_what_is_asked_of_some_alone_is_noted_for_these(world, standing, made):
    """Where the answer to one question decides whether another one is put."""
    kept = keeping(made, lambda one: one.township.name if one.writes else "")
    county = replace(standing, township=None)
    for _ in range(2):
        assert kept("line", standing)[1] == world.township.name
        assert kept("line", county)[1] == ""
        assert kept("line", replace(standing, township=world.neighbour))[1] == world.neighbour.name
    assert len(made) == 3


@pytest.mark.parametrize("change", ["motto", "county"])
def test_a_place_that_changed_is_another_one(world, standing, made, change):
    kept = keeping(made, lambda one: (one.township.motto, one.township.county.name))
    kept("line", standing)
    place = Township.objects.select_related("county").get(pk=world.township.pk)
    if change == "motto":
        place.motto = "美丽云溪"
    else:
        place.county.name = "清江市"
    assert kept("line", replace(standing, township=place))[1] == (place.motto, place.county.name)
    assert len(made) == 2


def test_the_next_day_it_is_made_anew(standing, made):
    kept = keeping(made, lambda one: clock.today())
    for day in (date(2022, 3, 1), date(2022, 3, 2)):
        with clock.frozen(day):
            assert kept("line", standing)[1] == day
    assert len(made) == 2


def test_what_asks_the_database_is_made_each_time(world, standing, made):
    kept = keeping(made, lambda one: Unit.objects.kept().filter(name="新设的所").exists())
    assert kept("line", standing)[1] is False
    with action(SET_UP, actor=None):
        Unit.objects.create(township=world.township, name="新设的所")
    assert kept("line", standing)[1] is True
    assert len(made) == 2


def test_no_more_are_kept_than_were_asked_for(standing, made):
    kept = keeping(made, lambda one: one.writes, most=2)
    for what in ("first", "second", "third", "third", "first"):
        assert kept(what, standing) == (what, True)
    assert made == ["first", "second", "third", "first"]


def _said(made) -> str:
    """What is asked, in words: lines of the first page, or what a search is put together of."""
    if isinstance(made, list):
        return str([(line.label, line.url, line.tone, line.hint, _put(line.count), _put(line.some)) for line in made])
    return _put(together.Fixed(made.rows))


def _put(rows) -> str:
    return str(vars(rows)["_made"]) if hasattr(rows, "query") else str(rows)


@pytest.mark.parametrize("name", ["clerk", "chair", "deputy_user", "handler", "county_viewer"])
def test_nothing_kept_hangs_on_the_hour(world, name, monkeypatch):
    """What the first page and the search keep for a day says the same at its end."""
    monkeypatch.setattr(todo, "_lines", PerStanding(todo._answered, 0))
    monkeypatch.setattr(overall, "_sought", PerStanding(overall._Sought, 0))
    standing = standing_in_township(world.users[name], world.township)
    assert standing is not None
    kept = [(todo._lines, ask) for ask in todo._providers] + [(overall._sought, kind) for kind in overall.kinds()]
    with world.in_township():
        said = []
        for hour in (0, 23):
            with clock.frozen(datetime(2022, 9, 1, hour, 30, tzinfo=clock.SHANGHAI)):
                said.append([_said(keep(what, standing)) for keep, what in kept])
    assert len(said[0]) > 20
    assert said[0] == said[1]
