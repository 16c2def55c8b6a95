"""Fixtures of the reports: a filled year, and a report begun on it."""

from datetime import date

import pytest

from congress.guard import scope
from reports import actions
from tests.reports.field import fill_field
from tests.reports.year import CUT_OFF, fill_year


@pytest.fixture
def year(world):
    return fill_year(world)


@pytest.fixture
def report(world, year):
    with scope.township(world.township):
        return actions.start(world.clerk, world.township, year=2022, cut_off=CUT_OFF, on=date(2022, 12, 21))


@pytest.fixture
def field(year):
    """The same year with what only some townships tell."""
    return fill_field(year)


@pytest.fixture
def here(world):
    """The scope of the township, for what is asked outside of a request."""
    with scope.township(world.township):
        yield world.township
