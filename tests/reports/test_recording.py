"""A year of which a township recorded only a part: said as it is, and nothing held against it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress import clock, figures, recording
from congress.figures import ELECTION, THIS_YEAR, Kind, Period
from congress.guard import scope
from congress.guard.action import action
from congress.recording import Facts, in_part
from deputies.models import Activity
from proposals.models import Reception
from reports import actions
from reports.life import ANNUAL
from reports.queries import annual, offering
from reports.queries.before import years_before
from reports.queries.missing import missing
from tests.reports.test_pages import url
from tests.reports.year import CUT_OFF, FILL, add_reception

YEAR = Period(date(2021, 1, 1), date(2021, 12, 20))
EARLIER, SPRING, JULY, AUGUST = date(2020, 5, 1), date(2021, 3, 2), date(2021, 7, 1), date(2021, 8, 3)
LONG_AGO, LATER = date(2019, 1, 1), date(2026, 1, 8)
TEXT = "接待选民{{figure.receptions.people}}人次，比上年同期{{figure.receptions.people|增减}}。"


@pytest.mark.parametrize(
    ("ever", "inside", "opened", "told"),
    [
        (EARLIER, SPRING, LONG_AGO, None),  # there were such records before
        (SPRING, SPRING, LONG_AGO, SPRING),  # the first of its kind
        (date(2021, 1, 20), date(2021, 1, 20), LONG_AGO, None),  # the first ones come within weeks
        (JULY, JULY, None, JULY),
        (AUGUST, AUGUST, JULY, JULY),  # the township began before it received anybody
        (EARLIER, AUGUST, JULY, JULY),  # what it entered of long ago says nothing of the spring
        (EARLIER, SPRING, JULY, None),  # what was before it began was entered later
        (SPRING, SPRING, JULY, SPRING),
        (EARLIER, SPRING, LATER, None),  # the whole ledger was brought in later
        (None, None, JULY, None),
        (date(2022, 3, 1), date(2022, 3, 1), JULY, None),  # nothing in the period at all
    ],
)
def test_from_which_day_on_a_year_was_recorded(ever, inside, opened, told):
    assert in_part(YEAR, ever, inside, opened) == told


DAYS = st.dates(date(2020, 1, 1), date(2022, 12, 31))


@given(start=DAYS, length=st.integers(0, 366), records=st.lists(DAYS, max_size=4), opened=st.none() | DAYS)
def test_a_day_that_is_told_lies_within_the_period_and_nothing_of_it_stands_before(start, length, records, opened):
    period = Period(start, start + timedelta(days=length))
    inside = min((day for day in records if day >= start), default=None)
    told = in_part(period, min(records, default=None), inside, opened)
    if told is not None:
        assert period.start < told <= period.end
        assert not [day for day in records if period.start <= day < told]
        assert told in (inside, opened)


def test_every_figure_that_compares_over_days_says_of_which_records_it_is_made():
    over_days = [one for one in figures.registered().values() if one.period is THIS_YEAR and one.kind is not Kind.WORDS]
    assert [one.key for one in over_days if recording.facts_of(one.key) is None] == []
    assert [
        one.key for one in figures.registered().values() if one.period is ELECTION and one.key in recording._facts
    ] == []


def test_the_records_of_a_figure_are_named_once():
    with pytest.raises(ValueError, match="named twice"):
        recording.dated(Facts(Activity, "held_on"), "receptions")


@pytest.fixture
def july(world, year):
    """Receptions are on record from July of the year before on."""
    with scope.township(world.township), action(FILL, actor=None):
        add_reception(year, JULY, people=30)
    return year


def begun(world):
    with scope.township(world.township):
        return actions.start(world.clerk, world.township, year=2022, cut_off=CUT_OFF, on=date(2022, 12, 21))


def people(world, report):
    with scope.township(world.township):
        return years_before(report, annual.kept_figures(report))["receptions.people"]


def text_of(world, report) -> str:
    with scope.township(world.township):
        return "".join(section.text for section in annual.sections(report))


def test_nothing_is_held_against_a_year_that_was_recorded_in_part(world, july, browse):
    report = begun(world)
    told = people(world, report)
    assert (told.shown, told.step, told.why) == ("30人次", "", "上年7月1日起才有记录，不比较")
    assert "receptions.people|" not in text_of(world, report)
    with scope.township(world.township):
        assert not {one.key for one in offering.problems_of(report)} & {"fewer_receptions"}
        notes = [one.message for one in missing(report) if one.code == "figure.partly"]
    assert len(notes) == 1
    assert "接待选民上年7月1日起才有记录，没有同上年比较。" in notes[0]
    client = browse(world.clerk)
    assert "接待选民上年7月1日起才有记录，没有同上年比较。" in client.get(url(report, "edit")).content.decode()
    assert "上年7月1日起才有记录，不比较" in client.get(url(report, "figures")).content.decode()


def test_what_the_office_compares_by_hand_is_told_with_the_day(world, july):
    report = begun(world)
    with scope.township(world.township):
        first = annual.sections(report)[0]
        actions.save_section(world.clerk, first, version=first.version, heading=first.heading, text=TEXT)
        [one] = [one for one in missing(report) if one.code == "figure.alone"]
    assert one.blocking
    assert one.message == "“接待选民”上年7月1日起才有记录，不能比较，请删去同上年比较的话。"


def test_records_of_the_years_before_make_it_a_year_to_compare_with(world, july):
    with scope.township(world.township), action(FILL, actor=None):
        add_reception(july, EARLIER)
    report = begun(world)
    assert people(world, report).step == "增加17人次"
    assert "receptions.people|" in text_of(world, report)


def test_where_the_township_began_within_the_year_older_records_do_not_make_it_whole(world, july):
    with scope.township(world.township):
        with clock.frozen(SPRING), action(FILL, actor=None):
            add_reception(july, EARLIER)
        report = begun(world)
    assert people(world, report).why == "上年3月2日起才有记录，不比较"


def test_a_draft_hears_when_the_first_day_moves(world, july):
    report = begun(world)
    with scope.township(world.township):
        with action(FILL, actor=None):
            add_reception(july, EARLIER)
        drift = annual.drifts(report, ["receptions.people"])["receptions.people"]
        assert (drift.changed, drift.step, drift.why()) == (True, "的上年同期数由—变为30", "上年的记录有变动")
        report = ANNUAL.take("recompute", world.clerk, report)
        assert people(world, report).step == "增加17人次"
        with action(FILL, actor=None):
            Reception.objects.filter(held_on=EARLIER).update(withdrawn_at=clock.now(), withdrawn_reason="误录")
        drift = annual.drifts(report, ["receptions.people"])["receptions.people"]
        assert (drift.step, drift.why()) == ("的上年同期数不能比较", "上年7月1日起才有记录")
