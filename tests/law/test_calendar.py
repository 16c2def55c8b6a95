"""Working days: what is known of a year, and what is known of every year."""

from datetime import date, timedelta

from congress.law.periods import WorkCalendar, add_working_days

SPRING = frozenset(date(2026, 2, 16) + timedelta(days=n) for n in range(4))
WHOLE_2026 = SPRING | {
    date(2026, month, day)
    for month, day in ((1, 1), (4, 5), (5, 1), (5, 2), (6, 19), (9, 25), (10, 1), (10, 2), (10, 3))
}


def test_one_holiday_entered_does_not_make_a_year_known():
    one = WorkCalendar.of(frozenset({date(2027, 2, 5)}), frozenset())
    assert one.covered_years == frozenset()
    due = add_working_days(date(2026, 12, 30), 7, one)
    assert due.provisional
    # 1 January is no working day, whatever list was entered
    assert due.date == date(2027, 1, 11)
    assert not one.is_workday(date(2027, 1, 1))


def test_a_year_is_known_once_its_list_is_whole():
    assert len(WHOLE_2026) == 13
    assert WorkCalendar.of(WHOLE_2026, frozenset()).covered_years == {2026}
    assert WorkCalendar.of(WHOLE_2026 - {date(2026, 6, 19)}, frozenset()).covered_years == frozenset()
    without_new_year = (WHOLE_2026 - {date(2026, 1, 1)}) | {date(2026, 6, 18)}
    assert WorkCalendar.of(without_new_year, frozenset()).covered_years == frozenset()


def test_before_2025_a_year_had_eleven_days_off():
    spring = {(2, 10), (2, 11), (2, 12)}
    dates = spring | {(1, 1), (4, 4), (5, 1), (6, 10), (9, 17), (10, 1), (10, 2), (10, 3)}
    days = frozenset(date(2024, month, day) for month, day in dates)
    assert len(days) == 11
    assert WorkCalendar.of(days, frozenset()).covered_years == {2024}


def test_a_make_up_day_is_a_working_day_but_never_a_fixed_day_off():
    calendar = WorkCalendar.of(frozenset(), frozenset({date(2026, 2, 14), date(2026, 10, 1)}))
    assert calendar.is_workday(date(2026, 2, 14))
    assert not calendar.is_workday(date(2026, 10, 1))
