"""The numbers that only some kinds of activity have, and the days of groups."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from congress import clock
from congress.guard.action import Refused, action
from deputies.actions.activities import wrong_counts
from deputies.actions.terms import _check_group, _check_term
from deputies.models import Activity, Group
from tests.cast import SET_UP
from tests.deputies.pages import text_of


def told(answer) -> str:
    """The words of a page without its tags."""
    return " ".join(re.sub("<[^>]+>", " ", text_of(answer)).split())


APPRAISAL = {
    "kind": "appraisal",
    "title": "站所工作评议",
    "held_on": "2022-05-01",
    "half_days": 1,
    "people": 4,
    "appraised": 2,
    "opinions": 5,
    "mended": 3,
    "mended_on": "2022-06-20",
    "votes_good": 28,
    "votes_fair": 3,
    "votes_bad": 1,
}


@pytest.mark.parametrize(("kind", "more"), [("visit", "visited"), ("publicity", "papers"), ("inquiry", "reports")])
def test_a_kind_is_asked_for_its_numbers_and_one_left_empty_is_none(world, browse, at, kind, more):
    client, url = browse(world.clerk), at("deputies-activity-new")
    asked = client.get(url, {"kind": kind}).context["form"].fields
    assert set(asked) & set(Activity.COUNTS) == {name for name, kinds in Activity.COUNTS.items() if kind in kinds}
    sent = {"kind": kind, "title": "活动", "held_on": "2022-05-01", "half_days": 1, "people": 0}
    assert client.post(url, sent | {more: ""}).status_code == 302
    assert client.post(url, sent | {"title": "另一次", more: "300"}).status_code == 302
    with world.in_township():
        assert set(Activity.objects.values_list("title", more)) == {("活动", 0), ("另一次", 300)}


def test_an_appraisal_is_recorded_with_its_units_opinions_and_votes(world, browse, at):
    client = browse(world.clerk)
    answer = client.post(at("deputies-activity-new"), APPRAISAL)
    assert answer.status_code == 302
    page = told(client.get(answer.url))
    for shown in ("被评议单位数 2", "评议意见条数 5", "整改落实条数 3", "2022年6月20日", "测评满意率 87.50%（32票）"):
        assert shown in page
    with world.in_township():
        assert Activity.objects.get().mended_on == date(2022, 6, 20)


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"mended": 6}, "mended", "不能多于评议意见"),
        ({"mended_on": ""}, "mended_on", "请填写整改落实的日期"),
        ({"mended": ""}, "mended", "请填写条数"),
        ({"mended_on": "2022-04-30"}, "mended_on", "不能早于评议日期"),
        ({"mended_on": "2099-01-01"}, "mended_on", "不能晚于今天"),
    ],
)
def test_numbers_of_an_appraisal_that_cannot_be_are_refused_at_their_field(world, browse, at, changed, field, said):
    answer = browse(world.clerk).post(at("deputies-activity-new"), APPRAISAL | changed)
    assert said in str(answer.context["form"].errors[field])
    assert answer.context["form"]["title"].value() == "站所工作评议"
    with world.in_township():
        assert not Activity.objects.exists()


def test_a_group_is_formed_and_dissolved_on_a_day(world, browse, at):
    client = browse(world.clerk)
    with world.in_township(), action(SET_UP, actor=None):
        group = Group.objects.create(township=world.township, name="第九小组", formed_on=date(2022, 1, 5))
    url = at("deputies-group-edit", group.pk)
    early = {"name": "第九小组", "formed_on": "2022-01-05", "dissolved_on": "2022-01-04", "version": 0}
    assert "不能早于成立日期" in str(client.post(url, early).context["form"].errors["dissolved_on"])
    assert client.post(url, early | {"dissolved_on": "2023-02-01"}).status_code == 302
    page = told(client.get(at("deputies-group", group.pk)))
    assert "成立日期 2022年1月5日" in page
    assert "撤销日期 2023年2月1日" in page
    offered = client.get(at("deputies-new")).context["form"].fields["group"].queryset
    with world.in_township():
        assert group not in offered


HELD = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({}, None),
        ({"mended": 3}, "mended"),
        ({"mended_on": HELD - timedelta(days=1)}, "mended_on"),
        ({"mended_on": HELD + timedelta(days=1)}, "mended_on"),
        ({"mended_on": None}, "mended_on"),
        ({"mended": 0}, "mended"),
    ],
)
def test_what_was_put_right_of_an_activity_fits_its_opinions_and_days(changed, field):
    values = {"mended": 2, "opinions": 2, "held_on": HELD, "mended_on": HELD} | changed
    with clock.frozen(HELD):
        assert [at for wrong, _, at in wrong_counts(SimpleNamespace(**values)) if wrong] == ([field] if field else [])


@pytest.mark.parametrize(
    ("check", "first", "last"),
    [(_check_term, "started_on", "ended_on"), (_check_group, "formed_on", "dissolved_on")],
)
def test_a_term_and_a_group_may_end_on_the_day_they_began_and_not_before(check, first, last):
    check(SimpleNamespace(**{first: HELD, last: HELD}))
    with pytest.raises(Refused) as refused:
        check(SimpleNamespace(**{first: HELD, last: HELD - timedelta(days=1)}))
    assert [one.field for one in refused.value.findings] == [last]
