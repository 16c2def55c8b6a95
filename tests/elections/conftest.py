"""The roll the tests of papers and registers begin with; modules with another one have their own."""

import copy

import pytest

from congress.guard import scope
from tests.elections import standing
from tests.elections.desks import at_hour

six_voters, their_register = standing.six_voters, standing.their_register
few_voters, first_vote = standing.few_voters, standing.first_vote
polling_day, open_register = standing.polling_day, standing.open_register


@pytest.fixture
def election(world, six_voters):
    """Six voters in two districts; the township's scope is open."""
    with scope.township(world.township):
        yield copy.deepcopy(six_voters)


@pytest.fixture
def peopled_election(world, few_voters):
    """Two districts with a few voters; the township's scope is open. Modules call it `election`."""
    with scope.township(world.township):
        yield copy.deepcopy(few_voters)


@pytest.fixture
def row(peopled_election, first_vote):
    """The first vote of the first district, arranged."""
    return copy.deepcopy(first_vote)


@pytest.fixture
def register(election, their_register):
    """The register of the first district's place, on the morning of polling day."""
    with at_hour(8):
        yield copy.deepcopy(their_register)
