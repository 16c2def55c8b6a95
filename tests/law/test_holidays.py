"""When a year's list of days off is complete, judged by the lists that were announced."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from congress.law.holidays import missing, statutory
from congress.law.periods import WorkCalendar, add_working_days


def announced(year: int) -> tuple[list[date], list[date]]:
    """Weekdays off and worked weekends as the notice of a year had them."""
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    days = [day for day in days if day.year == year]
    off = [day for day in days if chinese_calendar.is_holiday(day) and day.weekday() < 5]
    return off, [day for day in days if chinese_calendar.is_workday(day) and day.weekday() >= 5]


@pytest.mark.parametrize("year", range(2016, 2027))
def test_the_lists_that_were_announced_are_complete(year):
    off, _ = announced(year)
    assert missing(year, off) == []
    assert all(chinese_calendar.is_holiday(day) for day in statutory(year))


@pytest.mark.parametrize("year", range(2016, 2051))
def test_a_year_has_the_number_of_days_the_regulation_gives(year):
    # 中秋 may fall into the days of 国庆, and is then celebrated with them.
    assert len(statutory(year)) in ((13, 12) if year >= 2025 else (11, 10))


def test_one_day_entered_does_not_make_a_year_known():
    half = WorkCalendar.of([date(2027, 1, 4)], [])
    assert not half.covered_years
    due = add_working_days(date(2026, 12, 28), 10, half)
    # 29-31 December; 1 January is nobody's working day, 4 January was entered as a day off; 5-8 and 11-13 January.
    assert due.date == date(2027, 1, 13)
    assert due.provisional
    assert "录全" in due.formula


def test_a_list_is_known_with_its_last_day_and_no_sooner():
    off, worked = announced(2025)
    assert WorkCalendar.of(off, worked).covered_years == {2025}
    for day in statutory(2025) & set(off):
        assert not WorkCalendar.of(set(off) - {day}, worked).covered_years, day


def test_nobody_works_on_a_statutory_day_before_its_list_is_entered():
    empty = WorkCalendar()
    assert [day for day in statutory(2031) if empty.is_workday(day)] == []
    assert empty.is_workday(date(2031, 1, 2))
    # Years without the moon's calendar: the days with a fixed date.
    assert not empty.is_workday(date(1995, 10, 2))
    assert empty.is_workday(date(2060, 2, 3))
