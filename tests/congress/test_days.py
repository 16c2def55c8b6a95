from datetime import date

import pytest

from congress import clock
from congress.guard import scope
from congress.models import AuditEvent
from congress.web.days import Days, asked


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ({"from": "2022-03-01", "until": "2022-03-31"}, Days(date(2022, 3, 1), date(2022, 3, 31))),
        ({"from": "2022-03-01"}, Days(date(2022, 3, 1))),
        ({"until": "昨天"}, Days()),
        ({"from": "2022-02-30\0"}, Days()),
        ({}, Days()),
    ],
)
def test_what_is_no_day_is_passed_over(said, days):
    assert asked(said) == days
    assert bool(days) is bool(days.first or days.last)


def test_only_days_the_wrong_way_round_are_at_fault():
    assert Days(date(2022, 3, 2), date(2022, 3, 1)).fault
    assert not Days(date(2022, 3, 1), date(2022, 3, 1)).fault
    assert not Days(None, date(2022, 3, 1)).fault


def test_the_last_minute_of_a_day_here_belongs_to_it(db, world):
    """The database keeps moments of another zone, in which it is still the day before until eight in the morning."""
    with scope.audit():
        events = AuditEvent.objects.all()
        at = events.order_by("seq").first().at.astimezone(clock.SHANGHAI)
        assert Days(at.date(), at.date()).of(events, "at").filter(at=at).exists()
        for hour, minute in ((0, 0), (23, 59)):
            moment = at.replace(hour=hour, minute=minute)
            same = Days(moment.date(), moment.date())
            assert (
                same.of(events, "at").query.where.children[0].rhs
                <= moment
                < same.of(events, "at").query.where.children[1].rhs
            )


def test_the_end_of_the_calendar_leaves_every_row_and_days_at_fault_none(world):
    with scope.audit():
        events = AuditEvent.objects.all()
        assert Days(None, date.max).of(events, "at").count() == events.count() > 0
        assert not Days(date(2022, 3, 2), date(2022, 3, 1)).of(events, "at").exists()
