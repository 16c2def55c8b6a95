"""What grows with the years is read in its order from an index, by key, and counted without the rows that are shown."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress import clock
from congress.permissions import Standing
from congress.views.board import BOARD
from congress.web import paging, search
from congress.web.orders import by_index
from congress.web.table import Listing
from congress.work import deadlines
from proposals.listings.receptions import MATTERS, RECEPTIONS, matter_rows, reception_rows
from proposals.listings.suggestions import suggestions
from proposals.queries import visible_matters, visible_receptions, visible_suggestions
from proposals.views import mine
from reports.queries import county
from tests.proposals.helpers import a_matter, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june", "own_planner")]


def order_of(rows: QuerySet) -> str:
    """How the database reads the first rows in their order where sorting them all is the last thing it would do."""
    sql, params = rows.values_list("pk")[:50].query.sql_with_params()
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        lines = [line for (line,) in cursor.fetchall()]
        cursor.execute("RESET ALL")
    return "\n".join(lines)


def lists(standing: Standing) -> dict[str, tuple[Listing, QuerySet]]:
    """Lists that grow with the years, by the index of their order."""
    return {
        "reception_by_day": (RECEPTIONS, reception_rows(visible_receptions(standing))),
        "matters_by_day": (MATTERS, matter_rows(visible_matters(standing))),
        "suggestions_by_day": (suggestions(standing), visible_suggestions(standing)),
        "due_days_waiting": (BOARD, deadlines.open_days()),
    }


@pytest.mark.parametrize("index", ["reception_by_day", "matters_by_day", "suggestions_by_day", "due_days_waiting"])
def test_a_list_that_grows_is_read_in_the_order_of_an_index(town, index):
    listing, rows = lists(Standing(town.clerk, town.township, roles=frozenset({"clerk"})))[index]
    plan = order_of(by_index(listing.arranged(rows, ""), town.township))
    # Where a county has hardly more rows than the township, the index of the county's order reads them as well.
    assert index in plan or (index == "due_days_waiting" and "due_days_anywhere" in plan)
    assert plan.count("Sort Key") == plan.count("Presorted Key")


def test_what_is_late_in_a_county_is_sorted_by_index_and_counted_without_the_suggestions(town):
    plan = order_of(county.overdue([town.township, town.neighbour], clock.today()).order_by("due_on", "pk"))
    assert "summaries_owed_anywhere" in plan
    assert plan.count("Sort Key") == plan.count("Presorted Key")
    assert "proposals_suggestion " not in plan


def test_the_due_days_of_a_county_are_sorted_by_index(town):
    plan = order_of(deadlines.open_days().order_by("due_on", "title", "pk"))
    assert "due_days_anywhere" in plan
    assert "Sort Key" not in plan


@pytest.mark.parametrize("kind", ["reception_by_day", "matters_by_day", "suggestions_by_day"])
def test_a_word_that_is_no_day_number_or_state_is_looked_for_by_the_index_of_words(town, kind):
    listing, rows = lists(Standing(town.clerk, town.township, roles=frozenset({"clerk"})))[kind]
    assert search.narrow_words(rows.model, listing.finds, "路灯 2026 水渠") == ["路灯", "水渠"]


def statements(client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return [one["sql"] for one in asked]


def test_matters_of_receptions_are_counted_for_the_receptions_that_are_shown(town, browse, monkeypatch):
    monkeypatch.setattr(paging, "NARROW", 1)
    a_matter(town)
    asked = statements(browse(town.clerk), reverse("proposals-receptions", args=[town.township.code]))
    counting = [sql for sql in asked if "matter_count" in sql]
    assert len(counting) == 1
    assert '"proposals_reception"."id" IN (' in counting[0]
    assert not [sql for sql in asked if 'GROUP BY "proposals_reception"' in sql]


def test_rows_that_a_search_has_found_are_read_without_searching_again(town, browse, monkeypatch):
    monkeypatch.setattr(paging, "NARROW", 1)
    signed(town)
    asked = statements(browse(town.clerk), reverse("proposals-suggestions", args=[town.township.code]) + "?q=灌溉")
    searching = [sql for sql in asked if "guard_found" in sql]
    assert [sql for sql in searching if '"proposals_suggestion"."title"' in sql.partition("FROM")[0]] == []
    assert [sql for sql in asked if '"proposals_suggestion"."title"' in sql.partition("FROM")[0]]


def test_the_server_does_not_remember_what_somebody_looked_for(town, browse):
    signed(town)
    url = reverse("proposals-suggestions", args=[town.township.code])
    assert "灌溉" in browse(town.clerk).get(f"{url}?q=灌溉").content.decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE statement LIKE '%guard_found(%') FROM pg_prepared_statements"
        )
        known, looked_for = cursor.fetchone()
    assert known > 0
    assert looked_for == 0


def test_a_unit_s_open_matters_are_counted_where_they_are_summed_up(town, browse):
    a_matter(town, channel="unit", unit=town.unit)
    asked = statements(browse(town.clerk), reverse("township_home", args=[town.township.code]))
    counted = next(sql for sql in asked if " asked)" in sql)
    assert '"proposals_matter"' not in counted


@pytest.mark.parametrize("most", [0, 2_000])
def test_what_many_rows_hold_is_found_as_what_few_hold(town, browse, monkeypatch, most):
    monkeypatch.setattr(search, "BY_KEY", most)
    for words in ("村口的路灯不亮", "路灯杆歪了", "水渠漏水"):
        a_matter(town, words=words)
    url = reverse("proposals-matters", args=[town.township.code])
    asked = statements(browse(town.clerk), f"{url}?q=路灯")
    page = browse(town.clerk).get(f"{url}?q=路灯").content.decode()
    assert ["村口的路灯" in page, "路灯杆" in page, "水渠漏水" in page] == [True, True, False]
    by_key = [sql for sql in asked if '"proposals_matter"."id" = ANY(' in sql]
    counted = [sql for sql in asked if sql.startswith("SELECT COUNT(*)") and '"proposals_matter"' in sql]
    # Few: their keys, which the first look brought, are sorted, and looked for no more. Many: compared in the order of the list,
    # and counted up to the bound.
    assert (bool(by_key), bool(counted)) == (most > 0, most == 0)
    assert most == 0 or len([sql for sql in asked if "guard_found" in sql]) == 1


def test_a_unit_and_a_deputy_are_shown_the_most_urgent_of_what_is_open_and_told_that_there_is_more(
    town, browse, monkeypatch
):
    monkeypatch.setattr(mine, "SHOWN", 1)
    first, second = signed(town), signed(town)
    a_matter(town, channel="unit", unit=town.unit, words="路灯不亮")
    a_matter(town, channel="unit", unit=town.unit, words="水渠漏水")
    unit = browse(town.handler).get(reverse("proposals-handling", args=[town.township.code]))
    assert [line["row"].pk for line in unit.context["to_reply"]] == [min(first.pk, second.pk)]
    assert len(unit.context["matters"]) == 1
    assert unit.content.decode().count("这里只列出先到期的1件") == 2
    own = browse(town.deputy_user).get(reverse("proposals-mine", args=[town.township.code]))
    assert len(own.context["open"]) == 1
    assert "这里只列出近期提出的1件" in own.content.decode()
