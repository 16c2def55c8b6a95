"""The township, its scope open for the whole test."""

import pytest

from congress import clock
from tests.proposals.helpers import day


@pytest.fixture
def town(world):
    """The cast inside the township's scope."""
    with world.in_township():
        yield world


@pytest.fixture
def june():
    """The first of June 2022."""
    with clock.frozen(day(6, 1)):
        yield
