"""The county's pages: townships side by side, looked into and never changed."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from congress import clock
from congress.guard import scope
from congress.guard.action import action
from reports.queries import county as queries
from tests.reports.year import FILL, add_matter, add_reception, add_suggestion, fill_year

TODAY = date(2022, 12, 21)
OVERVIEW = ("reports-county", ["990101000000"])
OVERDUE = ("reports-county-overdue", ["990101000000"])


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(TODAY):
        yield


def at(place):
    return reverse(place[0], args=place[1])


def test_the_lines_are_what_the_records_say(world, year):
    with scope.reading([world.township, world.neighbour]):
        found = queries.overview(world.county, 2022, TODAY)
    first, second = found.lines
    assert (first.receptions, first.people, first.matters, first.resolved) == (2, 47, 10, 8)
    assert (first.suggestions, first.replied, first.closed, first.overdue) == (3, 1, 2, 0)
    assert (first.in_time, first.judged, first.on_time) == (2, 3, "66.67%")
    assert first.deputies == 5
    assert (second.people, second.deputies, second.on_time) == (0, 1, "—")
    assert (found.total.people, found.total.deputies) == (47, 6)


def test_what_was_sent_elsewhere_is_no_part_of_the_share_that_is_resolved(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        for number in range(2):
            add_matter(year, year.joint, f"2022-9{number}", channel="declined", on=date(2022, 6, 1))
    with scope.reading([world.township]):
        line = queries.overview(world.county, 2022, TODAY).lines[0]
    assert (line.matters, line.declined, line.resolved_share) == (12, 2, "80%")


def test_overdue_is_counted_and_listed_with_its_ground(world, year, browse):
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2022-8", date(2022, 8, 1), assigned=date(2022, 8, 10))
    page = browse(world.county_viewer).get(at(OVERDUE)).content.decode()
    assert "2022-8" in page
    assert "2022-11-10" in page
    assert "第四十二条" in page
    home = browse(world.county_viewer).get(reverse("county_home", args=["990101000000"])).content.decode()
    assert "代表建议逾期未答复" in home


@pytest.mark.parametrize("place", [OVERVIEW, OVERDUE])
@pytest.mark.parametrize(
    ("who", "status"), [("county_viewer", 200), ("far_viewer", 404), ("clerk", 404), ("chair", 404), ("system", 404)]
)
def test_only_the_county_sees_it(world, browse, place, who, status):
    assert browse(world.users[who]).get(at(place)).status_code == status


def test_the_page_leads_into_the_townships(world, year, browse):
    client = browse(world.county_viewer)
    page = client.get(at(OVERVIEW)).content.decode()
    inside = reverse("township_home", args=["990101101000"])
    assert inside in page
    assert client.get(inside).status_code == 200


def test_sorting_turns_the_order_round(world, year, browse):
    client = browse(world.county_viewer)
    for sort, first in (("people", "石桥乡"), ("-people", "云溪镇"), ("-on_time", "云溪镇"), ("nonsense", "云溪镇")):
        page = client.get(at(OVERVIEW), {"sort": sort}).content.decode()
        table = page[page.index("<tbody>") :]
        assert table.index(first) < table.index("云溪镇" if first == "石桥乡" else "石桥乡"), sort


def test_the_table_goes_out_as_a_workbook(world, year, browse):
    answer = browse(world.county_viewer).get(at(OVERVIEW), {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0][0] == "乡镇"
    assert [row[0] for row in rows[1:]] == ["云溪镇", "石桥乡", "合计"]
    assert rows[1][3] == 47
    overdue = browse(world.county_viewer).get(at(OVERDUE), {"format": "xlsx"})
    assert load_workbook(io.BytesIO(overdue.content)).active.cell(2, 2).value == "乡镇"


def test_another_year_is_chosen_and_nonsense_falls_back_to_this_one(world, year, browse):
    client = browse(world.county_viewer)
    assert "2021年各乡镇情况" in client.get(at(OVERVIEW), {"year": "2021"}).content.decode()
    for text in ("1850", "x", "２０２１"):
        assert "2022年各乡镇情况" in client.get(at(OVERVIEW), {"year": text}).content.decode()


def test_the_number_of_queries_does_not_grow(world, year, django_assert_max_num_queries):
    with scope.reading([world.township, world.neighbour]), django_assert_max_num_queries(24):
        queries.overview(world.county, 2022, TODAY)
    with scope.township(world.township), action(FILL, actor=None):
        for number in range(4):
            add_reception(year, date(2022, 7, 1 + number))
            add_suggestion(year, f"2022-7{number}", date(2022, 7, 1), assigned=date(2022, 7, 2))
    with scope.reading([world.township, world.neighbour]), django_assert_max_num_queries(24):
        queries.overview(world.county, 2022, TODAY)


def test_names_of_voters_and_deputies_stay_inside(world, browse):
    filled = fill_year(world)
    page = browse(world.county_viewer).get(at(OVERVIEW)).content.decode()
    assert all(deputy.name not in page for deputy in filled.deputies)
