"""Computing the figures of the year a test begins with."""

from congress import figures
from congress.guard import scope
from tests.reports.year import CUT_OFF


def compute(world, *keys, cut_off=CUT_OFF, year=2022):
    with scope.township(world.township):
        return figures.compute(keys or figures.registered(), world.township, year, cut_off)
