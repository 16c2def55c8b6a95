"""The roll the tests of papers begin with; modules with another one have their own."""

import pytest

from congress.guard import scope
from elections.models import Voter
from tests.elections.campaigns import campaign, voters


@pytest.fixture
def election(world):
    """Six voters in two districts; the township's scope is open."""
    with scope.township(world.township):
        found = campaign(world)
        voters(found, "丁一", "于二", "王三", "欧阳小明")
        voters(found, "张四", "李五", district=2, gender=Voter.Gender.MALE)
        yield found
