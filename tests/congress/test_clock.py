"""The clock that can be set."""

from datetime import UTC, date, datetime

from congress import clock


def test_running_clock_starts_at_the_moment_and_goes_on():
    with clock.running(date(2022, 5, 18)):
        first, second = clock.now(), clock.now()
    assert first.strftime("%F %R") == "2022-05-18 09:00"
    assert first < second


def test_frozen_clock_stands_and_the_outer_one_comes_back():
    with clock.running(date(2021, 1, 1)):
        with clock.frozen(datetime(2022, 5, 18, 15, 30)):
            assert clock.now() == clock.now() == datetime(2022, 5, 18, 7, 30, tzinfo=UTC)
        assert clock.today() == date(2021, 1, 1)


def test_demo_day_holds_in_demonstrations_only(settings):
    settings.DEMO_TODAY = "2026-03-01"
    assert clock.today() != date(2026, 3, 1) or settings.DEMO
    settings.DEMO = True
    assert clock.today() == date(2026, 3, 1)
