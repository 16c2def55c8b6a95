"""Where the county's pages are, and what they are read by, for the tests of them."""

from datetime import date

from django.urls import reverse

from congress import figures
from congress.guard import scope
from reports.queries.county import Told

TODAY = date(2022, 12, 21)
CODE = "990101000000"
HOME = ("county_home", [CODE])
YEARS = ("reports-county-years", [CODE])
BOARD = ("county-deadlines", [CODE])
UNITS = ("reports-county-units", [CODE])
OPEN = ("reports-county-open", [CODE])


def at(place):
    return reverse(place[0], args=place[1])


def read(world):
    return scope.reading([world.township, world.neighbour])


def told(key, value, denominator=None):
    return Told(figures.registered()[key], value, denominator)
