"""The figures that reports of real townships tell beside the usual ones."""

from datetime import date

import pytest

from congress.guard import scope
from congress.guard.action import action
from deputies.models import Activity
from proposals.models import Handing, Matter
from tests.reports.figuring import compute
from tests.reports.year import FILL


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("visits.villages", "1"),
        ("visits.teams", "3"),
        ("visits.visited", "85"),
        ("visits.deputies", "2"),
        ("publicity.people", "60"),
        ("activities.papers", "340"),
        ("activities.posters", "100"),
        ("activities.deeds", "7"),
        ("other_activities.count", "1"),
        ("inquiries.reports", "1"),
        ("appraisals.count", "2"),
        ("appraisals.deputies", "2"),
        ("appraisals.units", "3"),
        ("appraisals.opinions", "6"),
        ("appraisals.mended", "3"),
        ("appraisals.good_rate", "95%"),
        ("duty_reports.good_rate", "95%"),
        ("deputies.groups", "2"),
        ("deputies.any_level", "7"),
        ("stations.kinds", "联络站1个"),
        ("matters.by_visit", "2"),
        ("matters.by_outreach", "2"),
        ("receptions.people", "47"),
        ("receptions.on_the_spot", "6"),
        ("receptions.suggestions", "1"),
        ("receptions.satisfied_rate", "100%"),
        ("receptions.passed_on", "5"),
        ("receptions.passed_on_rate", "40%"),
        ("receptions.kinds", "2"),
        ("receptions.short_term", "2"),
        ("receptions.long_term", "3"),
        ("contacts.people", "132"),
        ("suggestions.grade_a", "2"),
        ("suggestions.grade_b", "1"),
        ("suggestions.grade_c", "1"),
        ("suggestions.grade_d", "0"),
        ("sessions.entitled", "50"),
        ("sessions.present", "48"),
        ("sessions.on_leave", "2"),
        ("sessions.reports", "3"),
        ("sessions.projects", "12"),
        ("officers.this_year", "1"),
        ("officers.names", "镇人大主席戊二、镇长丁一"),
    ],
)
def test_figure_gives_what_the_records_say(world, field, key, shown):
    assert compute(world, key)[key].shown == shown


def test_what_was_put_right_counts_in_the_year_it_was_put_right(world, field):
    with scope.township(world.township), action(FILL, actor=None):
        Activity.objects.filter(mended=3).update(mended_on=date(2023, 1, 9))
    told = [compute(world, "appraisals.mended", cut_off=date(of, 12, 31), year=of) for of in (2022, 2023, 2024)]
    assert [one["appraisals.mended"].value for one in told] == [0, 3, 0]


def test_what_a_unit_gave_back_was_with_it_until_that_day(world, field):
    """The step writes the way anew; the row of who had it before tells what was so until then."""
    given, back = date(2022, 5, 15), date(2022, 8, 1)
    with scope.township(world.township), action(FILL, actor=None):
        matter = Matter.objects.get(number="2022-008")
        Handing.objects.create(
            township=world.township, matter=matter, unit=field.unit, handed_on=given, ended_on=back, reason="不属职责"
        )
        Matter.objects.filter(pk=matter.pk).update(channel="declined", channelled_on=back, unit=None)
    keys = ("receptions.handed", "receptions.passed_on", "receptions.declined")
    told = [
        [answer.value for answer in compute(world, *keys, cut_off=day).values()] for day in (date(2022, 7, 31), back)
    ]
    assert told == [[2, 4, 0], [1, 3, 1]]
