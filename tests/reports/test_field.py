"""The figures that reports of real townships tell beside the usual ones."""

from datetime import date

import pytest

from congress.guard import scope
from congress.guard.action import action
from deputies.models import Activity
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
