"""Bringing tables in as the clerk, inside the township's scope."""

import pytest

from congress import imports
from tests.imports.ledgers import CREATE


@pytest.fixture
def options(world):
    """The township's term and the day its deputies were elected."""
    return {"term": str(world.term.pk), "elected_on": "2021-10-20"}


@pytest.fixture
def bring(world, options):
    """Upload rows of a roster, a workbook or a file by its name; what was said for the whole table may be changed."""

    def act(table, name="名册.xlsx", kind="deputies.roster", **changed):
        text = "\n".join("\t".join(str(cell or "") for cell in row) for row in table) if isinstance(table, list) else ""
        given = {"text": text} if text else {"data": table, "file_name": name}
        return imports.upload(world.clerk, world.township, imports.kind_of(kind), options=options | changed, **given)

    return act


@pytest.fixture
def take(world):
    """Take a batch, the good rows only where some are wrong."""
    return lambda batch: imports.take(world.clerk, batch, only_good=True)


@pytest.fixture
def ledger(bring):
    """Bring rows of a ledger in; names that are not registered yet come with it."""
    return lambda kind, *rows, **changed: bring(list(rows), kind=kind, **CREATE | changed)
