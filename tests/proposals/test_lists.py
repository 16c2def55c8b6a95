"""Lists: found, taken along, and never dearer for being longer; the lines of the home page."""

import pytest
from django.urls import reverse

from congress.models import Unit
from proposals import actions
from proposals.life import SUGGESTION
from proposals.listings.suggestions import _grade, _replied_on
from tests.proposals.helpers import (
    a_matter,
    assigned,
    at,
    day,
    rated,
    registered,
    replied,
    signed,
    submit,
    text_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june")]


FOUND = (
    ("suggestions", "stage=registered", "待交办的一件", "已交办的一件"),
    ("suggestions", "stage=chair", "待交办的一件", "已交办的一件"),
    ("suggestions", "stage=assigned", "已交办的一件", "待交办的一件"),
    ("suggestions", "due=now", "逾期的一件", "已交办的一件"),
    ("suggestions", "due=week", "快到期的一件", "逾期的一件"),
    ("suggestions", "q=快到期", "快到期的一件", "逾期的一件"),
    ("suggestions", "q=曾田", "快到期的一件", "没有符合条件"),
    ("suggestions", "session=none", "快到期的一件", "没有符合条件"),
    ("suggestions", "year=2021", "快到期的一件", "没有符合条件"),
    ("matters", "state=waiting", "没有分流的事", "交给单位的事"),
    ("matters", "state=open", "交给单位的事", "没有分流的事"),
    ("matters", "channel=unit", "交给单位的事", "没有分流的事"),
    ("matters", "q=分流", "没有分流的事", "交给单位的事"),
    ("matters", "year=2022", "没有分流的事", "没有符合条件"),
    ("receptions", "q=曾田", "云溪联络站</span>", "没有符合条件"),
    ("receptions", "q=无此人", "没有符合条件", "云溪联络站</span>"),
)


def test_lists_are_searched_and_filtered(world, browse):
    with world.in_township():
        registered(world, title="待交办的一件")
        assigned(world, title="已交办的一件", on=day(5, 1))
        _assigned_on(world, day(2, 10), "逾期的一件")
        _assigned_on(world, day(3, 5), "快到期的一件")
        a_matter(world, words="没有分流的事")
        a_matter(world, words="交给单位的事", channel="unit", unit=world.unit)
    client = browse(world.clerk)
    for name, query, found, missing in FOUND:
        page = text_of(client.get(f"{at(world, name)}?{query}"))
        assert found in page, (name, query)
        assert missing not in page, (name, query)


def _assigned_on(world, on, title) -> None:
    row = submit(world, title=title, on=on)
    SUGGESTION.take("register", world.clerk, row, on=on)
    SUGGESTION.take("assign", world.chair, row, lead=world.unit, on=on)


@pytest.mark.parametrize("name", ["suggestions", "matters", "receptions"])
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_lists_are_taken_along(world, browse, name, form):
    with world.in_township():
        rated(world)
        a_matter(world, visitor=actions.NewVisitor("曾阿水", "13812345678", ""))
    answer = browse(world.clerk).get(f"{at(world, name)}?format={form}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    if form == "csv":
        assert "13812345678" not in text_of(answer)


# As tests/architecture/test_lists.py counts them.
MOST = 15


def _count(client, url, django_assert_max_num_queries) -> int:
    client.get(url)  # the first request of a session writes the session
    with django_assert_max_num_queries(200) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


READ_BY = (
    ("suggestions", "clerk"),
    ("suggestions", "handler"),
    ("suggestions", "county_viewer"),
    ("matters", "clerk"),
    ("receptions", "clerk"),
    ("handling", "handler"),
    ("mine", "deputy_user"),
    *(("the home page", user) for user in ("clerk", "chair", "deputy_user", "handler")),
)


def test_no_page_asks_much_or_more_for_three_rows_than_for_one(world, browse, django_assert_max_num_queries):
    def asked() -> dict:
        found = {}
        for name, user in READ_BY:
            home = reverse("township_home", args=[world.township.code])
            url = home if name == "the home page" else at(world, name)
            found[name, user] = _count(browse(world.users[user]), url, django_assert_max_num_queries)
        return found

    with world.in_township():
        _one_of_each(world)
    one = asked()
    with world.in_township():
        _one_of_each(world)
        _one_of_each(world)
    assert asked() == one
    assert max(count for (_, user), count in one.items() if user in ("clerk", "chair", "county_viewer")) <= MOST
    assert max(count for (name, _), count in one.items() if name == "the home page") <= MOST


def _one_of_each(world) -> None:
    submit(world)
    registered(world)
    assigned(world, assisting=[world.other_unit])
    replied(world)
    a_matter(world, channel="unit", unit=world.unit)
    a_matter(world)


def test_todo_lines_lead_to_what_they_count(world, browse):
    with world.in_township():
        _one_of_each(world)
    home = reverse("township_home", args=[world.township.code])
    expected = {
        "clerk": ["代表建议待登记", "反映事项待分流"],
        "chair": ["代表建议待交办"],
        "deputy_user": ["建议已答复，请评价"],
        "handler": ["代表建议待签收", "转办事项待办理"],
    }
    for user, lines in expected.items():
        page = text_of(browse(world.users[user]).get(home))
        for line in lines:
            assert line in page, (user, line)


def test_files_of_a_suggestion_are_for_those_who_see_it(world, browse):
    with world.in_township():
        row = assigned(world)
        other = registered(world)
    attach = reverse("attach", args=[world.township.code, "proposals.suggestion", row.pk])
    assert browse(world.handler).get(attach).status_code == 200
    hidden = reverse("attach", args=[world.township.code, "proposals.suggestion", other.pk])
    assert browse(world.handler).get(hidden).status_code in (403, 404)
    assert browse(world.county_viewer).get(attach).status_code == 403


def test_a_period_is_set_on_its_page(world, browse):
    data = {"kind": "follow_up", "value": "15", "effective_from": "2022-07-01", "basis": "主席团会议确定"}
    assert browse(world.chair).post(at(world, "period-new"), data).status_code == 302
    assert "主席团会议确定" in text_of(browse(world.clerk).get(at(world, "periods")))


def test_a_page_leaves_other_units_names_out_of_choices_of_other_places(world, browse):
    page = text_of(browse(world.deputy_user).get(at(world, "reception-new")))
    assert "MARK" not in page
    with world.in_township():
        assert Unit.objects.filter(name="水利站").exists()


def test_the_ledger_tells_day_and_class_of_the_last_answer_and_nothing_before_it(town):
    row = SUGGESTION.find(replied(town).pk)
    assert (_replied_on(row), _grade(row)) == (day(5, 10), "A")
    waiting = SUGGESTION.find(signed(town).pk)
    assert (_replied_on(waiting), _grade(waiting)) == ("", "")
