"""Pages of long lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.guard.action import action
from congress.web import paging
from congress.web.paging import Pages
from deputies.models import Group
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
