"""The county's pages: townships side by side, looked into and never changed."""

import io
from datetime import date, datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from congress import clock, figures
from congress.guard import scope
from congress.guard.action import action
from congress.models import Holiday
from proposals.models import Suggestion
from reports.models import TownshipFigures
from reports.queries import county as queries
from reports.queries.shown import KEYS
from reports.tasks import take_all_figures, take_figures
from tests.reports.year import FILL, add_matter, add_reception, add_suggestion, fill_year

TODAY = date(2022, 12, 21)
OVERVIEW = ("reports-county", ["990101000000"])
OVERDUE = ("reports-county-overdue", ["990101000000"])
FIGURE = ("reports-county-figure", ["990101000000", "suggestions.submitted"])


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(TODAY):
        yield


def at(place):
    return reverse(place[0], args=place[1])


def overview(world, year=2022):
    with scope.reading([world.township, world.neighbour]):
        return queries.overview(world.county, year, TODAY)


def values(line) -> dict:
    return {key: one.value for key, one in line.told.items()}


def test_the_lines_are_what_the_records_say(world, year):
    (first, second), total = overview(world)
    found = values(first)
    assert set(found) == set(KEYS)
    assert (
        found
        | {
            "deputies.in_office": 5,
            "receptions.count": 2,
            "receptions.people": 47,
            "receptions.matters": 10,
            "receptions.resolved": 7,
            "suggestions.submitted": 3,
            "suggestions.assigned": 3,
            "suggestions.replied": 3,
            "suggestions.unanswered": 0,
            "suggestions.closed": 1,
            "suggestions.on_time_rate": 2,
            "receptions.resolved_rate": 7,
        }
        == found
    )
    assert first.told["suggestions.on_time_rate"].shown == "66.67%"
    assert first.overdue == 0
    assert (values(second)["receptions.people"], values(second)["deputies.in_office"]) == (0, 1)
    assert second.told["suggestions.on_time_rate"].shown == "—"
    assert (values(total)["receptions.people"], values(total)["deputies.in_office"]) == (47, 6)


@pytest.mark.parametrize("number", [2021, 2022])
def test_a_county_reads_the_same_figures_as_the_reports_of_its_townships(world, year, number):
    """A suggestion of December handled in spring counts in each year with what was done in it, here as there."""
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2021-50", date(2021, 12, 27), assigned=date(2022, 1, 5), replied=date(2022, 3, 20))
    lines, total = overview(world, number)
    for line in lines:
        with scope.township(line.township):
            report = figures.compute(line.told, line.township, number, min(TODAY, date(number, 12, 31)))
        assert {key: (one.value, one.denominator) for key, one in line.told.items()} == {
            key: (one.value, one.denominator) for key, one in report.items()
        }
    mine = values(lines[0])
    assert (mine["suggestions.submitted"], mine["suggestions.assigned"]) == {2021: (1, 0), 2022: (3, 4)}[number]
    assert values(total) == {key: sum(values(line)[key] for line in lines) for key in mine}


def test_each_number_leads_to_the_rows_it_is_made_of(world, year, browse):
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2022-8", date(2022, 8, 1), assigned=date(2022, 8, 10))
    client = browse(world.county_viewer)
    page = client.get(at(OVERVIEW))
    led = 0
    for line in page.context["lines"]:
        for cell in line["cells"]:
            told = cell["told"]
            assert bool(cell["url"]) is bool(told.value or told.denominator)
            if cell["url"]:
                sheet = load_workbook(io.BytesIO(client.get(f"{cell['url']}&format=xlsx").content)).active
                heads, *rows = [[one.value for one in row] for row in sheet.iter_rows(min_row=2)]
                assert sum(row[heads.index("计数")] for row in rows) == told.value, cell["key"]
                if told.denominator is not None:
                    assert sum(row[heads.index("分母")] for row in rows) == told.denominator
                led += 1
        late = client.get(line["overdue_url"]).context["page"] if line["overdue_url"] else []
        assert len(late) == line["line"].overdue
    assert led > 20
    cell = page.context["lines"][0]["cells"][5]
    shown = client.get(cell["url"]).content.decode()
    assert "本年度登记的代表建议" in shown
    with scope.township(world.township):
        first = Suggestion.objects.get(number="2022-8")
    assert reverse("proposals-suggestion", args=[world.township.code, first.pk]) in shown


def test_no_other_number_and_no_other_place_is_asked(world, year, browse):
    client = browse(world.county_viewer)
    for key in ("suggestions.upward", "x"):
        assert client.get(reverse("reports-county-figure", args=["990101000000", key])).status_code == 404
    url = reverse("reports-county-figure", args=["990101000000", "receptions.people"])
    assert client.get(url, {"township": "nowhere"}).context["told"].value == 47


def test_what_was_sent_elsewhere_is_no_part_of_the_share_that_is_resolved(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        for number in range(2):
            add_matter(year, year.joint, f"2022-9{number}", channel="declined", on=date(2022, 6, 1))
    (line, _), _ = overview(world)
    assert (values(line)["receptions.matters"], line.told["receptions.resolved_rate"].shown) == (12, "70%")


def test_overdue_is_counted_and_listed_with_its_ground(world, year, browse):
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2022-8", date(2022, 8, 1), assigned=date(2022, 8, 10))
    page = browse(world.county_viewer).get(at(OVERDUE)).content.decode()
    assert "2022-8" in page
    assert "2022-11-10" in page
    assert "第四十二条" in page
    home = browse(world.county_viewer).get(reverse("county_home", args=["990101000000"])).content.decode()
    assert "代表建议逾期未答复" in home


@pytest.mark.parametrize("place", [OVERVIEW, OVERDUE, FIGURE])
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
    for sort, first in (
        ("receptions.people", "石桥乡"),
        ("-receptions.people", "云溪镇"),
        ("-suggestions.on_time_rate", "云溪镇"),
        ("overdue", "云溪镇"),
        ("nonsense", "云溪镇"),
    ):
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


def more_of_july(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        for number in range(4):
            add_reception(year, date(2022, 7, 1 + number))
            add_suggestion(year, f"2022-7{number}", date(2022, 7, 1), assigned=date(2022, 7, 2))


def test_the_number_of_queries_does_not_grow(world, year, django_assert_max_num_queries):
    with scope.reading([world.township, world.neighbour]), django_assert_max_num_queries(27):
        queries.overview(world.county, 2022, TODAY)
    more_of_july(world, year)
    with scope.reading([world.township, world.neighbour]), django_assert_max_num_queries(27):
        queries.overview(world.county, 2022, TODAY)


def kept(world):
    with scope.reading([world.township, world.neighbour]):
        return {row.township_id: row for row in TownshipFigures.objects.filter(year=2022).with_behind()}


def test_what_was_told_is_read_in_two_statements_and_told_as_it_was_with_its_hour(
    world, year, browse, django_assert_num_queries
):
    with clock.frozen(datetime(2022, 12, 21, 9, 30, tzinfo=clock.SHANGHAI)):
        assert take_figures() == 2
    before = [values(line) for line in overview(world)[0]]
    more_of_july(world, year)
    with scope.reading([world.township, world.neighbour]), django_assert_num_queries(2):
        lines, total = queries.overview(world.county, 2022, TODAY)
    assert [values(line) for line in lines] == before
    assert [line.behind for line in lines] == [True, False]
    assert (total.behind, total.told["receptions.count"].value) == (True, 2)
    page = browse(world.county_viewer).get(at(OVERVIEW)).content.decode()
    assert "数据是今天9时30分汇总的" in page
    assert "云溪镇在汇总以后有新的记录，正在重新汇总" in page
    rows = browse(world.county_viewer).get(reverse("reports-county-figure", args=["990101000000", "receptions.count"]))
    assert rows.context["told"].value == 6
    assert "总览上是2，今天9时30分汇总；此后记录有变化" in rows.content.decode()
    with clock.frozen(datetime(2022, 12, 21, 9, 40, tzinfo=clock.SHANGHAI)):
        assert take_figures() == 1
    (first, second), total = overview(world)
    assert (first.told["receptions.count"].value, first.behind, total.behind) == (6, False, False)
    assert (first.taken_at - second.taken_at).total_seconds() == 600
    assert total.taken_at == second.taken_at


def test_figures_are_told_again_when_the_day_or_the_rules_are_others_and_not_when_a_table_was_taken_along(
    world, year, browse
):
    assert (take_figures(2022), take_figures(2022)) == (2, 0)
    assert browse(world.county_viewer).get(at(OVERVIEW), {"format": "xlsx"}).status_code == 200
    assert browse(world.clerk).get(reverse("units", args=[world.township.code]), {"format": "csv"}).status_code == 200
    assert [row.behind for row in kept(world).values()] == [False, False]
    with clock.frozen(date(2022, 12, 22)):
        with scope.reading([world.township, world.neighbour]):
            lines, _ = queries.overview(world.county, 2022, date(2022, 12, 22))
        assert all(line.behind for line in lines)
        assert take_figures(2022) == 2
        with action(FILL, actor=None):
            Holiday.objects.create(day=date(2022, 12, 30), name="假", basis="通知")
        assert (take_figures(2022), take_figures(2022)) == (2, 0)


def test_a_year_that_is_over_is_told_at_night_and_for_the_places_that_are_asked(world, year):
    assert take_figures(2021, [world.township.pk]) == 1
    assert take_all_figures() == 2 * queries.YEARS_BACK - 1
    assert take_all_figures() == 0


def test_whoever_presses_the_button_or_finds_old_figures_has_them_told_anew(
    world, year, browse, django_capture_on_commit_callbacks
):
    client = browse(world.county_viewer)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(at(OVERVIEW) + "?year=2021", follow=True)
    assert "已开始重新汇总" in answer.content.decode()
    with scope.reading([world.township, world.neighbour]):
        assert set(TownshipFigures.objects.values_list("year", flat=True)) == {2021}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.get(at(OVERVIEW)).context["total"].kept is False
    more_of_july(world, year)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.get(at(OVERVIEW))
    assert (page.context["total"].kept, [line.township for line in page.context["old"]]) == (True, [world.township])
    assert client.get(at(OVERVIEW)).context["old"] == []


def test_a_county_without_townships_has_nothing_to_tell(world, browse):
    page = browse(world.far_viewer).get(reverse("reports-county", args=["990201000000"]))
    assert (page.status_code, page.context["lines"]) == (200, [])
    url = reverse("reports-county-figure", args=["990201000000", "receptions.count"])
    assert browse(world.far_viewer).get(url).status_code == 404


def test_names_of_voters_and_deputies_stay_inside(world, browse):
    filled = fill_year(world)
    page = browse(world.county_viewer).get(at(OVERVIEW)).content.decode()
    assert all(deputy.name not in page for deputy in filled.deputies)
