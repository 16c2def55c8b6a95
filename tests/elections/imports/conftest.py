"""Rolls of voters brought in by the clerk, inside the township's scope."""

import pytest

from congress import imports
from congress.models import ImportBatch
from tests.elections.imports.rolls import HEAD, Under, election_under_way, options_of


@pytest.fixture
def under(world) -> Under:
    """The election under way."""
    return election_under_way(world)


@pytest.fixture
def bring(world, under):
    """Upload rows of a roll, or a file by its name, inside the township's scope; what is said for the whole may be changed."""

    def act(table, name="选民名册.xlsx", kind="elections.roll", head=HEAD, **changed) -> ImportBatch:
        rows = [head, *table] if isinstance(table, list) else []
        text = "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)
        given = {"text": text} if text else {"data": table, "file_name": name}
        return imports.upload(
            world.clerk, world.township, imports.kind_of(kind), options=options_of(under) | changed, **given
        )

    return act


@pytest.fixture
def take(world):
    """Take a batch, the good rows only where some are wrong."""
    return lambda batch: imports.take(world.clerk, batch, only_good=True)
