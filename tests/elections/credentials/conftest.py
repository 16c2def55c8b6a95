"""Two districts with a few voters, on the day after the last step of a review."""

from datetime import timedelta

import pytest

from congress import clock
from congress.guard import scope
from congress.guard.action import action
from deputies.models import Deputy
from tests.cast import SET_UP
from tests.elections.campaigns import peopled
from tests.elections.credentials import PUBLISHED, committee


@pytest.fixture(autouse=True)
def _afterwards():
    """The last step has its day."""
    with clock.frozen(PUBLISHED + timedelta(days=1)):
        yield


@pytest.fixture
def election(world):
    """Two districts with a few voters, nobody of whom is in the roster; the township's scope is open."""
    with scope.township(world.township):
        found = peopled(world)
        with action(SET_UP, actor=None):
            Deputy.objects.filter(name__in=("丁一", "于二")).update(name="程旧")
        committee(world)
        yield found
