"""Computing the figures of the year a test begins with."""

from congress import figures
from congress.guard import scope
from reports import growth
from reports.queries.before import a_year_before
from reports.story import Value
from tests.reports.year import CUT_OFF


def compute(world, *keys, cut_off=CUT_OFF, year=2022):
    with scope.township(world.township):
        return figures.compute(keys or figures.registered(), world.township, year, cut_off)


def year_before(township, year, cut_off) -> dict[str, Value]:
    """What stories hold the figures of a year against. Call in a scope that reads the township."""
    last = figures.compute(figures.registered(), township, year - 1, a_year_before(cut_off))
    return {key: Value.of(one) for key, one in last.items() if growth.compares(one.figure)}
