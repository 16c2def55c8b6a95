"""How far a year and its report have come where many tests begin (`tests/states.py`)."""

from tests.reports.field import fill_field
from tests.reports.steps import begin_report
from tests.reports.year import fill_year
from tests.states import state


@state
def filled_year(world):
    """A year of records."""
    return fill_year(world)


@state(on=filled_year)
def filled_field(world, year):
    """The same year with what only some townships tell."""
    return fill_field(year)


@state(on=filled_year)
def begun_report(world, year):
    """Its report, begun."""
    return begin_report(world)
