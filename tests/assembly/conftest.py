"""What the tests of sessions, meetings and officers begin with."""

import pytest

from congress.guard import scope


@pytest.fixture
def here(world):
    """The township, its scope open."""
    with scope.township(world.township):
        yield world.township
