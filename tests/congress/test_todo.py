"""Who is asked what waits: a provider that has nothing to say for years is not put its questions in them."""

import pytest

from congress.guard.action import action
from congress.models import Unit
from congress.permissions import standing_in_county, standing_in_township
from congress.web import todo
from congress.web.todo import Todo
from deputies.models import Group
from tests.cast import SET_UP


@pytest.fixture
def asked(monkeypatch):
    """The providers that were asked; one of them has nothing to say while there is no group."""
    monkeypatch.setattr(todo, "_providers", {})
    named = []

    @todo.provider
    def always(standing):
        named.append("always")
        yield Todo("承办单位", Unit.objects.kept(), "/units/")

    @todo.provider_while(Group.objects.kept)
    def sometimes(standing):
        named.append("sometimes")
        yield Todo("代表小组", Group.objects.kept(), "/groups/", "danger")

    return named


def test_a_provider_is_asked_while_there_is_something_for_it(world, asked, django_assert_num_queries):
    standing = standing_in_township(world.clerk, world.township)
    with world.in_township():
        with django_assert_num_queries(2):
            lines = todo.waiting_for(standing)
        assert ([one.label for one in lines], asked) == (["承办单位"], ["always"])
        with action(SET_UP, actor=None):
            Group.objects.create(township=world.township, name="第一组")
        lines = todo.waiting_for(standing)
    assert [(one.label, one.said) for one in lines] == [("代表小组", "1件"), ("承办单位", lines[1].said)]
    assert asked == ["always", "sometimes"]  # what the first says is known


def test_outside_a_township_such_a_provider_is_never_asked(world, asked):
    standing = standing_in_county(world.users["county_viewer"], world.county)
    with world.in_township():
        with action(SET_UP, actor=None):
            Group.objects.create(township=world.township, name="第一组")
        todo.waiting_for(standing)
    assert asked == ["always"]
