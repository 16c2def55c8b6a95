"""How many deputies reported and were trained, and whether stations kept their days open: the right number, what must not count."""

from datetime import date, timedelta

import pytest

from congress import clock
from congress.guard import scope
from congress.guard.action import action
from deputies.models import Activity, ActivityAttendance, Deputy, Mandate, Station, Term
from proposals.figures.opened import whole_months
from tests.reports.figuring import compute
from tests.reports.year import CUT_OFF, FILL, add_reception

REPORTED, TRAINED = "duty_reports.coverage", "trainings.coverage"
DAYS, MONTHS = "stations.open_days", "stations.months_open"


def share(world, key, cut_off=CUT_OFF):
    found = compute(world, key, cut_off=cut_off)[key]
    return found.value, found.denominator


def attend(year, kind: str, on: date, deputy: Deputy, part: str = "attended") -> ActivityAttendance:
    activity = Activity.objects.create(township=year.township, kind=kind, title="又一次", held_on=on)
    return ActivityAttendance.objects.create(township=year.township, activity=activity, deputy=deputy, part=part)


def test_of_those_in_office_who_reported_in_the_term_and_who_was_trained_in_the_year(world, year):
    of = compute(world, "deputies.in_office")["deputies.in_office"].value
    assert share(world, REPORTED) == (2, of)
    assert share(world, TRAINED) == (2, of)
    with scope.township(world.township), action(FILL, actor=None):
        third, fourth = year.deputies[2], year.deputies[3]  # the fourth is of the county and none of these
        term = Term.objects.get(township=year.township, level="township")
        attend(year, "duty_report", term.started_on, third, "reported")
        attend(year, "duty_report", CUT_OFF, third, "reported")
        attend(year, "duty_report", CUT_OFF, fourth, "reported")
        attend(year, "training", date(2021, 12, 31), third)
        attend(year, "training", CUT_OFF + timedelta(days=1), third)
    assert share(world, REPORTED) == (3, of)
    assert share(world, TRAINED) == (2, of)
    with scope.township(world.township), action(FILL, actor=None):
        row = attend(year, "training", CUT_OFF, third)
    assert share(world, TRAINED) == (3, of)
    with scope.township(world.township), action(FILL, actor=None):
        Activity.objects.filter(pk=row.activity_id).update(withdrawn_at=clock.now(), withdrawn_reason="误录")
        Mandate.objects.filter(deputy=year.deputies[0]).update(ended_on=CUT_OFF, end_reason="resigned")
    assert share(world, REPORTED) == (2, of - 1)
    assert share(world, TRAINED) == (1, of - 1)


@pytest.mark.parametrize(
    ("days_before", "part", "counts"), [(1, "reported", 0), (0, "attended", 0), (0, "reported", 1)]
)
def test_a_report_of_the_term_before_or_hearing_others_is_none(world, year, days_before, part, counts):
    before = share(world, REPORTED)[0]
    with scope.township(world.township), action(FILL, actor=None):
        term = Term.objects.get(township=year.township, level="township")
        attend(year, "duty_report", term.started_on - timedelta(days=days_before), year.deputies[2], part)
    assert share(world, REPORTED)[0] == before + counts


def test_a_day_of_a_station_counts_once_and_the_market_is_no_station(world, year):
    assert share(world, DAYS) == (2, None)
    with scope.township(world.township), action(FILL, actor=None):
        again = add_reception(year, date(2022, 9, 15))
        other = Station.objects.create(township=year.township, name="下坝点", opened_on=date(2022, 9, 2))
        type(again).objects.filter(pk=add_reception(year, date(2022, 9, 15)).pk).update(station=other)
        type(again).objects.filter(pk=add_reception(year, date(2022, 9, 16)).pk).update(origin="market", station=None)
        add_reception(year, CUT_OFF + timedelta(days=1))
    assert share(world, DAYS) == (3, None)


def test_of_the_whole_months_in_which_a_station_is_in_use_those_count_in_which_it_received(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        Station.objects.update(opened_on=date(2022, 3, 2), closed_on=None)
        add_reception(year, date(2022, 3, 31))  # not a whole month
        add_reception(year, date(2022, 5, 31))  # a second day of May
    assert share(world, MONTHS) == (2, 8)  # April to November; in May and September
    assert share(world, MONTHS, date(2022, 11, 29)) == (2, 7)
    with scope.township(world.township), action(FILL, actor=None):
        Station.objects.update(closed_on=date(2022, 9, 1))
    assert share(world, MONTHS) == (1, 5)
    with scope.township(world.township), action(FILL, actor=None):
        Station.objects.update(opened_on=date(2022, 8, 2))
    assert share(world, MONTHS) == (0, 0)


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        ("2022-01-01", "2022-12-31", 12),
        ("2022-01-02", "2022-12-30", 10),
        ("2022-12-01", "2022-12-31", 1),
        ("2021-12-01", "2022-01-31", 2),
        ("2024-02-01", "2024-02-28", 0),
        ("2023-02-01", "2023-02-28", 1),
        ("2022-05-10", "2022-05-09", 0),
    ],
)
def test_only_months_with_all_their_days_are_whole(first, last, number):
    found = whole_months(date.fromisoformat(first), date.fromisoformat(last))
    assert len(found) == number
    assert found == sorted(set(found))
