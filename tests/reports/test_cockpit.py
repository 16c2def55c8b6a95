"""The county's first page and its years: what is told, from which rows, and that it costs the same with more of them."""

import html
import io
import re
from collections import Counter
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from openpyxl import load_workbook

from congress import clock, figures
from congress.assembly.models import Session
from congress.guard import scope
from congress.guard.action import action
from congress.models import Township
from deputies.models import Term
from elections.models import Round
from proposals.models import SuggestionSummary
from proposals.stages import Stage
from reports.models import TownshipFigures
from reports.queries import cockpit, shown
from reports.queries import county as queries
from reports.queries.charts import Chart, Point, Series, bars
from reports.queries.county import Kept, Line, Told, summed
from reports.queries.shown import CATEGORIES, FEW, KEYS, MONTHLY
from reports.tasks import take_all_figures, take_figures
from reports.views.cockpit import _in_part
from tests.elections.campaigns import peopled
from tests.elections.desks import polling
from tests.reports.year import FILL, add_reception, add_suggestion

TODAY = date(2022, 12, 21)
CODE = "990101000000"
HOME = ("county_home", [CODE])
YEARS = ("reports-county-years", [CODE])
BOARD = ("county-deadlines", [CODE])
UNITS = ("reports-county-units", [CODE])
OPEN = ("reports-county-open", [CODE])


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(TODAY):
        yield


def at(place):
    return reverse(place[0], args=place[1])


def read(world):
    return scope.reading([world.township, world.neighbour])


def late_suggestion(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2022-8", date(2022, 8, 1), assigned=date(2022, 8, 10))


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


def test_the_red_list_says_why(world, year, browse):
    late_suggestion(world, year)
    page = browse(world.county_viewer).get(at(HOME))
    red = {township.name: [words for words, _ in reasons] for township, reasons in page.context["red"]}
    assert "代表建议逾期未答复1件" in red["云溪镇"]
    assert red["石桥乡"] == ["本年还没有接待选民", "本年还没有代表参加活动的记录"]
    client, text = browse(world.county_viewer), page.content.decode()
    for _, reasons in page.context["red"]:
        for words, url in reasons:
            assert words in text
            assert client.get(url).status_code == 200
    assert all(deputy.name not in text for deputy in year.deputies)


def test_on_the_red_list_most_reasons_come_first_and_without_deputies_none_is_missed():
    values = {"receptions.count": 1, "deputies.in_office": 0, "activities.deputies": 0}
    said = {key: told(key, value) for key, value in values.items()}
    places = [Township(pk=number, code=f"{number:012}", name=f"{number}乡") for number in (1, 2, 3)]
    lines = [Line(place, said, place.pk - 1, clock.now(), True, False) for place in places]
    red = cockpit.attention(lines, {3: 2})
    assert [(one.township.pk, len(one.reasons)) for one in red] == [(3, 2), (2, 1)]


def test_of_as_many_reasons_those_with_more_that_is_late_come_first():
    values = {"receptions.count": 1, "deputies.in_office": 0, "activities.deputies": 0}
    said = {key: told(key, value) for key, value in values.items()}
    places = [Township(pk=number, code=f"{number:012}", name=f"{number}乡") for number in (1, 2, 3)]
    lines = [Line(place, said, 4, clock.now(), True, False) for place in places]
    assert [one.township.pk for one in cockpit.attention(lines, {1: 1, 2: 9, 3: 1})] == [2, 1, 3]


@pytest.mark.parametrize(("number", "shown", "more"), [(3, 3, None), (7, 3, 4)])
def test_what_is_below_on_the_red_list_is_counted_on_the_wall(number, shown, more):
    red = [(Township(code=f"{one:012}", name=f"第{one}乡"), [("逾期", "/x/")]) for one in range(number)]
    context = {"red": red, "alerts": [], "total": Line(None, {}, 0, clock.now(), True, False), "old": [], "year": 2022}
    wall = render_to_string("reports/_county_screen.html", context | {"at": clock.now()})
    assert wall.count('class="place"') == shown
    assert ("另有" in wall) is bool(more)
    assert more is None or f"另有{more}个乡镇需要关注" in wall


def test_many_townships_with_new_records_are_counted_and_few_named():
    lines = [Line(Township(name=f"第{one}乡"), {}, 0, clock.now(), True, True) for one in range(4)]
    context = {"red": [], "alerts": [], "total": lines[0], "year": 2022, "at": clock.now()}
    many, few = (render_to_string("reports/_county_screen.html", context | {"old": old}) for old in (lines, lines[:3]))
    assert "4个乡镇此后有新的记录" in many
    assert "第0乡、第1乡、第2乡此后有新的记录" in few


def test_what_voters_speak_of_is_added_up_and_the_most_frequent_comes_first():
    rows = [TownshipFigures(parts={"categories": found}) for found in ({"道路": 2, "水利": 2}, {"水利": 1, "教育": 2})]
    years = cockpit.Years([], {(2022, number): row for number, row in enumerate(rows)}, [2022])
    assert years.categories(2022) == [("水利", 3), *sorted([("道路", 2), ("教育", 2)])]


def test_of_the_months_of_this_year_those_that_are_over_or_begun_are_drawn(world, year, browse):
    with clock.frozen(date(2022, 7, 15)):
        take_all_figures()
        [drawn] = [one for one in browse(world.county_viewer).get(at(HOME)).context["charts"] if "各月" in one.title]
    assert {len(drawn.labels), *(len(one.points) for one in drawn.series)} == {7}


def test_missed_deadlines_are_counted_apart_from_replies_and_listed_over_all_townships(world, year, browse):
    late_suggestion(world, year)
    with read(world):
        late = cockpit.over(TODAY).missed
    board = browse(world.county_viewer).get(at(BOARD))
    overdue = [row for row in board.context["page"] if row.due_on < TODAY]
    replies = [row for row in overdue if row.key in cockpit.REPLIES]
    assert [row.title for row in replies] != []
    assert sum(late.values()) == len(overdue) - len(replies)
    assert "云溪镇" in board.content.decode()
    other = browse(world.county_viewer).get(at(BOARD), {"township": world.neighbour.code}).context["page"]
    assert [row for row in other if row.township_id != world.neighbour.pk] == []


@pytest.mark.parametrize("place", [HOME, YEARS, BOARD, UNITS, OPEN])
@pytest.mark.parametrize(("who", "status"), [("county_viewer", 200), ("far_viewer", 404), ("clerk", 404)])
def test_only_the_county_sees_it(world, browse, place, who, status):
    assert browse(world.users[who]).get(at(place)).status_code == status


def test_the_cost_does_not_grow_with_records_and_years(world, year, browse, django_assert_max_num_queries):
    take_all_figures()
    client = browse(world.county_viewer)
    client.get(at(HOME))
    with django_assert_max_num_queries(15) as before:
        client.get(at(HOME))
    with scope.township(world.township), action(FILL, actor=None):
        for number in range(6):
            add_reception(year, date(2022, 7, 1 + number))
            add_suggestion(year, f"2022-7{number}", date(2022, 7, 1), assigned=date(2022, 7, 2))
    take_all_figures()
    with django_assert_max_num_queries(len(before)):
        client.get(at(HOME))


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


def told(key, value, denominator=None):
    return Told(figures.registered()[key], value, denominator)


@pytest.mark.parametrize(
    ("value", "whole", "few"),
    [(0, 0, False), (0, 19, True), (0, 20, False), (1, 40, True), (19, 40, True), (20, 40, False), (20, 20, False)],
)
def test_of_fewer_than_twenty_people_nothing_personal_is_told(value, whole, few):
    one = told("deputies.women", value, whole)
    assert one.few is few
    assert (one.shown == f"不足{FEW}") is few
    assert (one.rank == -1) is (few or whole == 0)
    assert not told("receptions.count", value).few
    assert shown.few("sessions.attendance", value, whole) is False


def test_a_sum_does_not_tell_the_few_that_are_hidden():
    many, one, other, third = (told("deputies.women", value, 60) for value in (30, 5, 6, 15))
    assert summed([many, many]).shown == "50%"
    assert summed([many, one]).shown == "从略"
    assert summed([many, one, other]).shown == "从略"  # eleven together
    assert summed([many, one, third]).few is False
    assert summed([one]).shown == "不足20"


def test_the_rows_of_a_sum_are_not_shown_where_they_would_tell_a_hidden_part():
    many, one, other = (told("deputies.women", value, 60) for value in (30, 5, 6))
    assert many.opens
    assert summed([many, many]).opens
    assert not one.opens
    assert not summed([many, one]).opens
    assert not summed([many, one, other]).opens


def test_two_hidden_townships_are_not_told_by_the_rows_of_all_together(world, year, browse):
    take_figures(2022)
    for place in (world.township, world.neighbour):
        with scope.township(place), action(FILL, actor=None):
            row = TownshipFigures.objects.get(township=place, year=2022)
            row.told["deputies.women"] = [15, 60]
            row.save()
    client, address = browse(world.county_viewer), reverse("reports-county-figure", args=[CODE, "deputies.women"])
    page = client.get(reverse("reports-county", args=[CODE]), {"theme": "deputies"})
    whole = next(cell for cell in page.context["lines"][-1]["cells"] if cell["key"] == "deputies.women")
    assert (whole["shown"], whole["url"]) == ("25%", "")
    assert client.get(address).status_code == 404
    with read(world):
        assert queries.behind([world.township], "deputies.women", 2022, TODAY) is None
        assert queries.behind([world.township], "receptions.count", 2022, TODAY).value == 2


def test_what_is_hidden_leads_nowhere(world, year, browse):
    client = browse(world.county_viewer)
    page = client.get(reverse("reports-county", args=[CODE]), {"theme": "deputies"})
    hidden = [cell for line in page.context["lines"] for cell in line["cells"] if cell["told"].few]
    assert hidden != []
    assert {cell["url"] for cell in hidden} == {""}
    label = figures.registered()["deputies.women"].label
    assert f'aria-label="云溪镇{label}"' not in page.content.decode()  # no bar as long as what is not told
    rates = client.get(reverse("reports-county", args=[CODE]), {"theme": "suggestions"}).content.decode()
    assert 'aria-label="云溪镇' in rates
    sheet = client.get(reverse("reports-county", args=[CODE]), {"theme": "deputies", "format": "xlsx"})
    values = [cell.value for row in load_workbook(io.BytesIO(sheet.content)).active.iter_rows() for cell in row]
    assert "不足20" in values
    assert client.get(reverse("reports-county-figure", args=[CODE, "deputies.women"])).status_code == 404


@pytest.mark.parametrize("theme", list(shown.THEMES))
def test_every_theme_has_its_page_with_definitions(world, year, browse, theme):
    page = browse(world.county_viewer).get(reverse("reports-county", args=[CODE]), {"theme": theme})
    text = page.content.decode()
    for key, label in shown.THEMES[theme].columns.items():
        assert label in text
        assert figures.registered()[key].definition in text
    nothing = browse(world.county_viewer).get(reverse("reports-county", args=[CODE]), {"theme": "no"})
    assert nothing.context["theme"] == shown.MAIN


def test_what_is_opened_on_a_county_without_townships(world, browse):
    client, code = browse(world.far_viewer), "990201000000"
    for name in ("years", "screen", "tiles", "units", "overdue", "questions", "ask", "rules", "lay"):
        assert client.get(reverse(f"reports-county-{name}", args=[code])).status_code == 200, name
    for name in ("county_home", "county-deadlines", "reports-county", "elections-county", "county-search"):
        assert client.get(reverse(name, args=[code])).status_code == 200, name
    assert "还没有登记乡镇" in client.get(reverse("county_home", args=[code])).content.decode()
    assert "还没有登记乡镇" in client.get(reverse("reports-county-screen", args=[code])).content.decode()
    assert client.get(reverse("reports-county", args=[code]), {"format": "xlsx"}).status_code == 200
    assert client.get(reverse("reports-county-years", args=[code]), {"format": "xlsx"}).status_code == 200
    assert client.get(reverse("reports-county-figure", args=[code, "receptions.count"])).status_code == 404


def test_one_value_is_read_and_not_drawn():
    one = Chart("x", "line", ["2022年"], [Series("合计", [Point(3, "3")])])
    assert not one.drawable
    assert bars("x", [("道路", 3, ""), ("水利", 1, "")]).drawable
    assert bars("x", []).series == []
    assert Point.of(None) == Point(None, "未汇总")
    assert Point.of(told("suggestions.on_time_rate", 2, 3)).drawn == 66.67
    assert Point.of(told("suggestions.on_time_rate", 0, 0)).drawn is None


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


def test_what_is_under_way_is_told_by_unit_and_by_stage(world, year, browse, django_assert_num_queries):
    late_suggestion(world, year)
    with read(world):
        kept = list(SuggestionSummary.objects.filter(is_open=True))
        with django_assert_num_queries(2):
            units = cockpit.by_unit([world.township, world.neighbour], TODAY)
            stages = cockpit.by_stage([world.township, world.neighbour])
    assert sum(number for _, number in stages) == len(kept)
    assert sum(one.open for one in units) == len([row for row in kept if row.units])
    late = [one for one in units if one.late]
    assert [(one.late, one.first_due) for one in late] == [(1, date(2022, 11, 10))]
    page = browse(world.county_viewer).get(at(UNITS))
    text = page.content.decode()
    assert late[0].units in text
    assert all(Stage(key).label in text for key, _ in stages)
    with read(world):
        assert cockpit.by_unit([world.township], date(2022, 11, 10)) != units


def test_each_number_of_a_unit_and_of_a_stage_leads_to_as_many_suggestions(world, year, browse):
    late_suggestion(world, year)
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2022-9", date(2022, 11, 20), assigned=date(2022, 11, 25))
    client = browse(world.county_viewer)
    page = client.get(at(UNITS)).content.decode()
    led = re.findall(r'href="(/c/[0-9]+/open/[^"]*)"[^>]*>(\d+)<', page)
    assert {url.partition("?")[2].partition("=")[0] for url, _ in led} == {"units", "stage"}
    late, owed = ({n for url, n in led if f"state={state}" in url} for state in ("late", "owed"))
    assert (late, owed) == ({"1"}, {"2"})
    for url, number in led:
        rows = client.get(html.unescape(url)).content.decode()
        assert f"共 {number} 条" in rows, url
    with read(world):
        unknown = client.get(f"/c/{CODE}/open/", {"units": "没有的单位"}).content.decode()
        assert f"共 {cockpit.under_way([world.township, world.neighbour]).count()} 条" in unknown


def test_of_an_election_the_first_page_tells_how_many_districts_were_declared(world, browse):
    with world.in_township():
        row = polling(world, peopled(world))
    client = browse(world.county_viewer)

    def told() -> list[str]:
        return [vote.declared_said for _, vote in client.get(at(HOME)).context["elections"] if vote]

    assert told() == ["0 / 2"]
    with scope.township(world.township), action(FILL, actor=None):
        Round.objects.filter(pk=row.pk).update(asked_by=world.clerk, confirmed_by=world.chair, declared_on=TODAY)
    assert told() == ["1 / 2"]
    assert "1 / 2" in client.get(at(HOME)).content.decode()
    with scope.township(world.township), action(FILL, actor=None):
        Round.objects.filter(pk=row.pk).update(withdrawn_at=clock.now())
    assert told() == ["0 / 1"]
