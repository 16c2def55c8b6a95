"""Fixtures of the reports: a filled year, and a report begun on it."""

import copy

import pytest

from congress import clock
from congress.guard import scope
from tests.reports import cockpits, standing

filled_year, filled_field, begun_report = standing.filled_year, standing.filled_field, standing.begun_report


@pytest.fixture
def year(world, filled_year):
    return copy.deepcopy(filled_year)


@pytest.fixture
def report(world, year, begun_report):
    """The report of the year; modules that write more into the year before it is begun have their own."""
    return copy.deepcopy(begun_report)


@pytest.fixture
def field(world, filled_field):
    """The same year with what only some townships tell."""
    return copy.deepcopy(filled_field)


@pytest.fixture
def here(world):
    """The scope of the township, for what is asked outside of a request."""
    with scope.township(world.township):
        yield world.township


@pytest.fixture
def december():
    """The day on which the county looks at the year."""
    with clock.frozen(cockpits.TODAY):
        yield
