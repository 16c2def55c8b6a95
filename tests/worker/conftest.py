"""Workers that are gone when the test is over, whatever happened."""

import pytest

from tests.worker.processes import Workers, own_redis


@pytest.fixture
def workers(transactional_db, world, tmp_path):
    """Real workers on the committed cast; all of them are killed before the tables are emptied."""
    with own_redis() as address:
        started = Workers(address, tmp_path / "worker.log")
        try:
            yield started
        finally:
            started.close()
