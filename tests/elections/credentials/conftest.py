"""Two districts with a few voters, on the day after the last step of a review."""

import copy
from datetime import timedelta

import pytest

from congress import clock
from congress.guard import scope
from congress.guard.action import action
from deputies.models import Deputy
from tests.cast import SET_UP
from tests.elections import standing
from tests.elections.credentials import PUBLISHED, committee, elected
from tests.states import state

AFTERWARDS = PUBLISHED + timedelta(days=1)


@pytest.fixture(autouse=True)
def _afterwards():
    """The last step has its day."""
    with clock.frozen(AFTERWARDS):
        yield


@state(on=standing.few_voters)
def outgoing(world, election):
    """Nobody of its voters is in the roster, and the outgoing congress has its committee."""
    with scope.township(world.township), clock.frozen(AFTERWARDS):
        with action(SET_UP, actor=None):
            Deputy.objects.filter(name__in=("丁一", "于二")).update(name="程旧")
        committee(world)
        return election


@state(on=outgoing)
def two_elected(world, election):
    """丁一 and 于二 are declared elected."""
    with scope.township(world.township), clock.frozen(AFTERWARDS):
        return elected(world, election).row


@pytest.fixture
def election(world, outgoing):
    """Two districts with a few voters, nobody of whom is in the roster; the township's scope is open."""
    with scope.township(world.township):
        yield copy.deepcopy(outgoing)
