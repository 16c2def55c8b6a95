"""A chain with something in it."""

import pytest

from congress import audit
from tests.guard.chains import note


@pytest.fixture
def chain(transactional_db):
    """Five committed events of the system's chain, the third one sealed."""
    note(3)
    audit.anchor()
    note(2, first=3)
