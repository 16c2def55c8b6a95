"""Figures about the days on which stations received voters."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from congress.figures import THIS_YEAR, Asked, Figure, Kind, Row
from congress.law.periods import add_months
from congress.recording import Facts, dated
from deputies.models import Station
from proposals.figures.receptions import receptions_in, register
from proposals.models import Reception

dated(
    Facts(Reception, "held_on", only=(("origin", Reception.Origin.STATION),)),
    "stations.open_days",
    "stations.months_open",
)


def whole_months(first: date, last: date) -> list[tuple[int, int]]:
    """(year, month) of every month that lies between two days, both counted, with all its days."""
    month = first if first.day == 1 else add_months(first.replace(day=1), 1)
    found = []
    while (after := add_months(month, 1)) - timedelta(days=1) <= last:
        found.append((month.year, month.month))
        month = after
    return found


def _at_stations(asked: Asked) -> list[Reception]:
    return [one for one in receptions_in(asked) if one.origin == Reception.Origin.STATION]


def _open_days(asked: Asked) -> Iterable[Row]:
    first: dict = {}
    for reception in _at_stations(asked):
        first.setdefault((reception.station_id, reception.held_on), reception)
    return [Row.of(one, str(one.station), one.held_on) for one in first.values()]


def _opened(asked: Asked) -> QuerySet:
    return asked.kept(Station).filter(opened_on__lte=asked.period.end).order_by("name", "pk")


def _months_open(asked: Asked) -> Iterable[Row]:
    """A station's row counts the months in which it received, of those in which it was in use from the first day to the last."""
    held: dict = {}
    for one in _at_stations(asked):
        held.setdefault(one.station_id, set()).add((one.held_on.year, one.held_on.month))
    rows = []
    for station in asked.read(_opened):
        until = station.closed_on - timedelta(days=1) if station.closed_on else asked.period.end
        months = whole_months(max(asked.period.start, station.opened_on), min(until, asked.period.end))
        if months:
            done = held.get(station.pk, set()).intersection(months)
            rows.append(Row.of(station, station.name, station.opened_on, value=len(done), whole=len(months)))
    return rows


register(
    Figure(
        "stations.open_days",
        "联络站",
        "联络站开放",
        "天",
        "本年度联络站（点）接待选民的天数，各站分别计，同一站同一天接待几次的只计一天；流动接待不计，撤回的不计",
        THIS_YEAR,
        _open_days,
    ),
    Figure(
        "stations.months_open",
        "联络站",
        "联络站按月开放率",
        "",
        "本年度、截止日前各联络站（点）启用的整月中，至少有一天在站里接待选民的月数",
        THIS_YEAR,
        _months_open,
        Kind.SHARE,
        "各联络站（点）启用的整月数之和，启用、停用和截止日所在的月份不满一个月的不计",
    ),
)
