"""The roll the tests of papers and registers begin with; modules with another one have their own."""

import pytest

from congress.guard import scope
from elections.models import Voter
from tests.elections.campaigns import campaign, peopled, voters
from tests.elections.desks import at_hour, opened, polling


@pytest.fixture
def election(world):
    """Six voters in two districts; the township's scope is open."""
    with scope.township(world.township):
        found = campaign(world)
        voters(found, "丁一", "于二", "王三", "欧阳小明")
        voters(found, "张四", "李五", district=2, gender=Voter.Gender.MALE)
        yield found


@pytest.fixture
def peopled_election(world):
    """Two districts with a few voters; the township's scope is open. Modules call it `election`."""
    with scope.township(world.township):
        yield peopled(world)


@pytest.fixture
def register(world, election):
    """The register of the first district's place, on the morning of polling day."""
    polling(world, election)
    with at_hour(8):
        yield opened(world, election)
