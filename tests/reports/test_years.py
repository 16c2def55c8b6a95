"""The county's years: what is kept of them, how they stand side by side, and which were recorded in part."""

import io
from collections import Counter
from datetime import date

import pytest
from openpyxl import load_workbook

from congress import clock, figures
from congress.assembly.models import Session
from congress.guard import scope
from congress.guard.action import action
from congress.models import Township
from deputies.models import Term
from reports.models import TownshipFigures
from reports.queries import cockpit
from reports.queries import county as queries
from reports.queries.county import Kept
from reports.queries.shown import CATEGORIES, KEYS, MONTHLY, SHOWN, to_choose
from reports.tasks import take_all_figures, take_figures
from reports.views.cockpit import _in_part
from tests.reports.cockpits import HOME, TODAY, YEARS, at, read
from tests.reports.year import FILL, add_reception, add_suggestion

pytestmark = pytest.mark.usefixtures("december")


@pytest.mark.parametrize("number", [2021, 2022])
def test_what_is_kept_is_what_a_recount_gives(world, year, number):
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2021-50", date(2021, 12, 27), assigned=date(2022, 1, 5), replied=date(2022, 3, 20))
    take_figures(number)
    with read(world):
        kept = TownshipFigures.objects.get(township=world.township, year=number)
    with scope.township(world.township):
        again = figures.compute((*KEYS, CATEGORIES), world.township, number, queries.cut_off_of(number, TODAY))
    assert kept.told == {key: [again[key].value, again[key].denominator] for key in KEYS}
    assert kept.parts["categories"] == dict(Counter(row.word for row in again[CATEGORIES].rows))
    assert set(kept.parts["months"]) == set(MONTHLY)
    for key, months in kept.parts["months"].items():
        of_year = [row for row in again[key].rows if row.on and row.on.year == number]
        assert [sum(row.value for row in of_year if row.on.month == month) for month in range(1, 13)] == months, key
    if number == 2022:
        assert kept.parts["months"]["receptions.people"] != [0] * 12
        assert sum(kept.parts["months"]["receptions.people"]) == kept.told["receptions.people"][0]


def test_years_are_read_in_one_statement_and_a_sum_lacks_no_township(world, year, django_assert_num_queries):
    take_figures(2022)
    take_figures(2021, [world.township.pk])
    townships = [world.township, world.neighbour]
    with read(world), django_assert_num_queries(1):
        told = cockpit.over_years(townships, TODAY, KEYS)
        assert told.shown == [2018, 2019, 2020, 2021, 2022]
        assert told.of(2022, world.township, "receptions.people").value == 47
        assert told.together(2022, "receptions.people").value == 47
        assert told.together(2021, "receptions.people") is None
        assert told.of(2021, world.neighbour, "receptions.people") is None
        assert sum(told.months(2022, "receptions.people")) == 47
        assert told.months(2019, "receptions.people") == []
        assert sum(number for _, number in told.categories(2022)) == 10
        assert told.categories(2020) == []
        wanted = told.to_tell(TODAY)
    assert wanted[2021] == [world.neighbour.pk]
    assert 2022 not in wanted
    assert len(wanted[2018]) == 2


def test_a_year_recorded_in_part_says_so_where_years_stand_side_by_side(world, year, browse):
    with scope.township(world.neighbour), action(FILL, actor=None):
        of = {"township": world.neighbour}
        term = Term.objects.create(**of, level="township", number=18, started_on=date(2021, 9, 6))
        Session.objects.create(**of, term=term, number=1, opened_on=date(2021, 9, 6), entitled=9)
    take_all_figures()
    townships = [world.township, world.neighbour]
    with read(world):
        told = cockpit.over_years(townships, TODAY, ["sessions.count"])
        kept = TownshipFigures.objects.get(township=world.neighbour, year=2021).parts["begun"]
    assert kept["sessions.count"] == "2021-09-06"
    assert told.begun(2021, world.neighbour, "sessions.count") == date(2021, 9, 6)
    assert told.begun(2022, world.neighbour, "sessions.count") is None
    asked = {"figure": "sessions.count", "township": world.neighbour.code}
    page = browse(world.county_viewer).get(at(YEARS), asked)
    [line] = page.context["chart"].series
    assert [point.note for point in line.points] == ["", "", "", "9月6日起才有记录", ""]
    assert page.context["chart"].note == "2021年石桥乡9月6日起才有记录，不宜同其他年份比较。"
    assert (
        page.content.decode().count("9月6日起才有记录") == 3
    )  # beside the point of the chart, below it, and in the table
    sheet = load_workbook(io.BytesIO(browse(world.county_viewer).get(at(YEARS), asked | {"format": "xlsx"}).content))
    assert [row[-1].value for row in sheet.active.iter_rows(min_row=3)][1] == "2021年9月6日起才有记录"
    other = browse(world.county_viewer).get(at(YEARS), asked | {"township": world.township.code})
    assert "石桥乡" not in other.context["chart"].note


def test_what_an_older_program_told_says_of_no_year_that_it_was_recorded_in_part(world, year, browse):
    take_all_figures()
    for place in (world.township, world.neighbour):
        with scope.township(place), action(FILL, actor=None):
            for row in TownshipFigures.objects.all():
                del row.parts["begun"]
                row.save()
    page = browse(world.county_viewer).get(at(YEARS), {"figure": "receptions.people"})
    assert page.context["chart"].note == ""
    assert browse(world.county_viewer).get(at(HOME)).status_code == 200


def test_figures_to_choose_are_told_apart_by_their_names():
    groups = to_choose()
    names = [name for _, rows in groups for _, name in rows]
    assert len(names) == len({*names}) == len(SHOWN)
    assert ("receptions.people", "接待选民（人次）") in dict(groups)["接待选民"]


def test_many_townships_that_began_within_a_year_are_counted_and_few_named():
    places = [Township(pk=number, name=f"第{number}乡") for number in range(4)]
    row = Kept(2022, TODAY, clock.now(), False, {}, {"begun": {"sessions.count": "2022-05-04"}})
    told = cockpit.Years(places, {(2022, one.pk): row for one in places}, [2021, 2022])
    assert _in_part(told, "sessions.count", places) == "2022年有4个乡镇年内才开始有记录，不宜同其他年份比较。"
    few = "第0乡5月4日起、第1乡5月4日起、第2乡5月4日起"
    assert _in_part(told, "sessions.count", places[:3]) == f"2022年{few}才有记录，不宜同其他年份比较。"
    assert _in_part(told, "receptions.count", places) == ""


def test_a_row_of_a_program_that_knew_fewer_figures_is_told_anew(world, year):
    take_figures(2022)
    with read(world):
        row = TownshipFigures.objects.with_behind().get(township=world.township, year=2022)
    assert not queries.is_old(row, TODAY)
    del row.told[KEYS[0]]
    assert queries.is_old(row, TODAY)


def test_what_voters_speak_of_is_added_up_and_the_most_frequent_comes_first():
    rows = [TownshipFigures(parts={"categories": found}) for found in ({"道路": 2, "水利": 2}, {"水利": 1, "教育": 2})]
    years = cockpit.Years([], {(2022, number): row for number, row in enumerate(rows)}, [2022])
    assert years.categories(2022) == [("水利", 3), *sorted([("道路", 2), ("教育", 2)])]


def test_two_townships_over_the_years_are_drawn_and_taken_along(world, year, browse):
    take_all_figures()
    client = browse(world.county_viewer)
    asked = {"figure": "receptions.people", "township": [world.township.code, world.neighbour.code, "nowhere"]}
    page = client.get(at(YEARS), asked)
    assert [one.name for one in page.context["chart"].series] == ["云溪镇", "石桥乡"]
    assert [point.shown for point in page.context["chart"].series[0].points][-1] == "47"
    text = page.content.decode()
    assert page.context["figure"].definition in text
    sheet = load_workbook(io.BytesIO(client.get(at(YEARS), asked | {"format": "xlsx"}).content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0] == ["乡镇", "2018年", "2019年", "2020年", "2021年", "2022年", "说明"]
    assert rows[1][-2:] == [47, "2022年5月15日起才有记录"]
    assert [row[0] for row in rows[1:]] == ["云溪镇", "石桥乡", "合计"]
    whole = client.get(at(YEARS), {"figure": "nobody.has"}).context
    assert (whole["figure"].key, [one.name for one in whole["chart"].series]) == ("receptions.people", ["合计"])


def test_a_year_that_was_not_told_is_no_zero(world, year, browse):
    page = browse(world.county_viewer).get(at(YEARS), {"figure": "receptions.people"})
    assert "未汇总" in page.content.decode()
    assert page.context["chart"].series[0].points[-1].drawn is None


def test_the_first_page_has_this_year_told_anew_and_a_past_one_where_it_never_was(world, year, browse):
    take_all_figures()
    with scope.township(world.township), action(FILL, actor=None):
        add_reception(year, date(2022, 7, 1))
    with read(world):
        told = cockpit.over_years([world.township, world.neighbour], TODAY, KEYS)
        assert told.to_tell(TODAY) == {2022: [world.township.pk]}
    home = browse(world.county_viewer)
    first, second = (home.get(at(HOME), {"sort": sort}).context["lines"] for sort in ("name", "-name"))
    assert [str(one["line"].township) for one in first] == ["云溪镇", "石桥乡", "None"]
    assert [str(one["line"].township) for one in second] == ["石桥乡", "云溪镇", "None"]
