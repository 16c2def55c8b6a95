"""The township whose room counts."""

import pytest

from congress import clock
from tests.counting.room import people


@pytest.fixture
def room(world):
    """The township with its tellers, on one day."""
    people(world)
    with world.in_township(), clock.frozen(clock.today()):
        yield world
