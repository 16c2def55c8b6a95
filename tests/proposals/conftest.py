"""The township, its scope open for the whole test."""

import pytest


@pytest.fixture
def town(world):
    """The cast inside the township's scope."""
    with world.in_township():
        yield world
