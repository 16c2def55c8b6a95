"""Pages of long lists."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext

from congress import together
from congress.guard.action import action
from congress.web import paging
from congress.web.paging import Pages
from congress.web.todo import Todo
from deputies.models import Group, Station
from tests.cast import SET_UP

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups(world):
    with world.in_township():
        with action(SET_UP, actor=None):
            Group.objects.bulk_create(Group(township=world.township, name=f"第{at:02}组") for at in range(12))
        yield Group.objects.order_by("name", "pk")


def test_a_list_within_the_bound_is_counted_and_paged_whole(groups):
    pages = Pages(groups, 5)
    assert (pages.said, pages.more, pages.num_pages) == ("12", False, 3)
    assert [row.name for row in pages.page(3)] == ["第10组", "第11组"]


def test_beyond_the_bound_nothing_is_counted_or_shown_and_the_words_say_so(groups, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 10)
    pages = Pages(groups, 4)
    assert (pages.said, pages.more, pages.num_pages) == ("10+", True, 3)
    assert [row.name for row in pages.page(3)] == ["第08组", "第09组"]
    assert [row.name for row in pages.get_page("99")] == ["第08组", "第09组"]


@pytest.mark.parametrize("bound", [12, 13])
def test_exactly_as_many_as_the_bound_are_no_more(groups, monkeypatch, bound):
    monkeypatch.setattr(paging, "COUNTED", bound)
    assert (Pages(groups, 4).said, Pages(groups, 4).more) == ("12", False)


def test_of_a_long_list_the_rows_of_the_page_alone_are_read_whole_in_their_order(groups, monkeypatch):
    monkeypatch.setattr(paging, "NARROW", 12)
    with CaptureQueriesContext(connection) as asked:
        names = [row.name for row in Pages(groups.reverse(), 5).page(2)]
    assert names == ["第06组", "第05组", "第04组", "第03组", "第02组"]
    assert len(asked) == 3  # the count, the keys, the rows
    assert '"name"' not in asked[1]["sql"].partition("FROM")[0]


def test_lines_that_are_no_rows_are_paged_as_they_are(monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 10)
    pages = Pages(list(range(20)), 15)
    assert (pages.said, pages.more) == ("20", False)
    assert list(pages.page(2)) == [15, 16, 17, 18, 19]


@pytest.mark.parametrize("order", [("name", "pk"), ("-name", "pk"), ("note", "-name", "pk"), ("-note", "name", "pk")])
def test_beyond_the_bound_one_turns_on_to_the_last_row_and_back_to_the_first(world, monkeypatch, order):
    monkeypatch.setattr(paging, "COUNTED", 6)
    with world.in_township():
        with action(SET_UP, actor=None):
            Station.objects.bulk_create(
                Station(
                    township=world.township, name=f"甲{at:02}", closed_on=date(2025, 1, 1 + at % 3) if at % 4 else None
                )
                for at in range(13)
            )
        fields = [name.replace("note", "closed_on") for name in order]
        rows = Station.objects.filter(name__startswith="甲").order_by(*fields)
        page, seen = Pages(rows, 3).get_page("2"), [row.pk for row in rows[:3]]
        while True:
            seen += [row.pk for row in page]
            if not page.on:
                break
            page = Pages(rows, 3).get_page(page.on)
            assert page.number == 0
        assert seen == [row.pk for row in rows]
        back = [row.pk for row in page]
        while page.back:
            page = Pages(rows, 3).get_page(page.back)
            back = [*(row.pk for row in page), *back]
        assert back == seen


def test_a_key_that_is_none_leads_to_the_first_page_and_so_does_one_where_nothing_is_beyond(groups, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 6)
    first = [row.name for row in Pages(groups, 3).get_page(1)]
    for typed in (
        "after:",
        "after:x",
        f"before:{uuid.uuid4()}",
        f"after:{groups.last().pk}",
        f"before:{groups.first().pk}",
    ):
        assert [row.name for row in Pages(groups, 3).get_page(typed)] == first
    monkeypatch.setattr(paging, "COUNTED", 50)
    assert [row.name for row in Pages(groups, 3).get_page(f"after:{groups[4].pk}")] == first
    assert Pages(groups, 3).get_page(4).on == ""


def test_where_no_field_says_the_order_nothing_turns_beyond_the_bound(groups, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 6)
    rows = groups.order_by(Length("name").desc(), "pk")
    assert not Pages(rows, 3).turns
    assert Pages(rows, 3).get_page(2).on == ""


def test_what_waits_is_counted_up_to_the_bound_as_well(groups, monkeypatch):
    assert together.numbers({"all": groups, "two": groups.filter(name__lt="第02")}, 3) == {"all": 4, "two": 2}
    assert [together.said(number) for number in (0, 10_000, 10_001)] == ["0", "10000", "10000+"]
    assert Todo("待办", 10_001, "/").said == "10000+件"
