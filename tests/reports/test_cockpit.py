"""The county's first page: what is told, what needs attention, and that it costs the same with more records."""

import html
import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse

from congress import clock, figures
from congress.guard import scope
from congress.guard.action import action
from congress.models import Township, Unit
from elections.models import Round
from proposals.models import Assignment, Reply, SuggestionSummary
from proposals.stages import Stage
from reports.queries import cockpit, shown
from reports.queries.charts import Chart, Point, Series, bars
from reports.queries.county import Line
from reports.tasks import take_all_figures
from reports.views.cockpit import _spoken_of
from tests.elections.campaigns import peopled
from tests.elections.desks import polling
from tests.reports.cockpits import BOARD, CODE, HOME, OPEN, TODAY, UNITS, YEARS, at, read, told
from tests.reports.year import FILL, add_reception, add_suggestion

pytestmark = pytest.mark.usefixtures("december")


def late_suggestion(world, year):
    with scope.township(world.township), action(FILL, actor=None):
        add_suggestion(year, "2022-8", date(2022, 8, 1), assigned=date(2022, 8, 10))


def test_the_red_list_says_why(world, year, browse):
    late_suggestion(world, year)
    page = browse(world.county_viewer).get(at(HOME))
    red = {township.name: [words for words, _ in reasons] for township, reasons in page.context["red"]}
    assert "代表建议逾期未答复1件" in red["云溪镇"]
    assert "数据是2022年的，" in page.content.decode()
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


def test_of_the_months_of_this_year_those_that_are_over_or_begun_are_drawn(world, year, browse):
    with clock.frozen(date(2022, 7, 15)):
        take_all_figures()
        charts = browse(world.county_viewer).get(at(HOME)).context["charts"]
    [drawn] = [one for one in charts if "各月" in one.title]
    assert {one.title: one.unit for one in charts if "各年" in one.title} == {
        "接待选民（各年）": "人次",
        "反映事项办结率（各年）": "%",
        "按期答复率（各年）": "%",
        "最终满意率（各年）": "%",
    }
    assert {len(drawn.labels), *(len(one.points) for one in drawn.series)} == {7}


def test_before_a_day_of_a_whole_county_the_database_plans_anew(world, year):
    with read(world):
        cockpit.over(TODAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        remembered = [statement for (statement,) in cursor]
    assert [one for one in remembered if "jsonb_agg" in one and "congress_dueday" in one] == []


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
    assert late[0].unit in text
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
    assert {url.partition("?")[2].partition("=")[0] for url, _ in led} == {"unit", "owing", "stage"}
    late, owed = ({n for url, n in led if f"state={state}" in url} for state in ("late", "owed"))
    assert (late, owed) == ({"1"}, {"2"})
    for url, number in led:
        rows = client.get(html.unescape(url)).content.decode()
        assert f"共 {number} 条" in rows, url
    with read(world):
        unknown = client.get(f"/c/{CODE}/open/", {"unit": "没有的单位"}).content.decode()
        assert f"共 {cockpit.under_way([world.township, world.neighbour]).count()} 条" in unknown


def test_units_of_one_name_are_told_by_their_township_and_a_department_of_the_county_as_one(world, year):
    """Each township has a unit of that name: one sum over all of them says of no unit how it works."""
    late_suggestion(world, year)
    with read(world):
        ours = year.suggestions[-1].assignments.get().unit
        before = {one.unit: one.late for one in cockpit.by_unit([world.township, world.neighbour], TODAY)}
    assert before[f"云溪镇{ours.name}"] == 1
    assert ours.name not in before
    for changed in ({"level": Unit.Level.COUNTY}, {"level": ours.level, "name": f"云溪镇{ours.name}"}):
        with scope.township(world.township), action(FILL, actor=None):
            Unit.objects.filter(pk=ours.pk).update(**changed)
        with read(world):
            called = {one.unit for one in cockpit.by_unit([world.township], TODAY) if one.late}
        assert called == {changed.get("name", ours.name)}


def test_what_several_units_handle_is_told_with_each_and_owed_by_those_that_have_not_replied(world, year, browse):
    late_suggestion(world, year)
    with scope.township(world.township), action(FILL, actor=None):
        row = year.suggestions[-1]
        row.assignments.update(part=Assignment.Part.SEPARATE)
        other = Unit.objects.create(township=world.township, name="环卫所")
        beside = {"township": world.township, "suggestion": row, "unit": other, "strand": 2}
        Assignment.objects.create(**beside, part=Assignment.Part.SEPARATE, assigned_on=date(2022, 8, 10))
        Reply.objects.create(**beside, replied_on=date(2022, 9, 1), grade="A", text="答复")
    with read(world):
        found = {one.unit: (one.open, one.owed, one.late) for one in cockpit.by_unit([world.township], TODAY)}
    assert found["云溪镇环卫所"] == (1, 0, 0)
    assert found[f"云溪镇{year.unit.name}"][1:] == (1, 1)
    rows = browse(world.county_viewer).get(at(OPEN), {"unit": "云溪镇环卫所"}).content.decode()
    assert "共 1 条" in rows
    assert f"{year.unit.name}（未答复）、环卫所（已答复）" in rows


def test_of_an_election_the_first_page_tells_how_many_districts_were_declared(
    world, browse, django_assert_max_num_queries
):
    with world.in_township():
        row = polling(world, peopled(world))
    take_all_figures()
    client = browse(world.county_viewer)

    def told() -> list[str]:
        return [one.polled.declared_said for one in client.get(at(HOME)).context["elections"]]

    assert told() == ["0 / 2"]
    with django_assert_max_num_queries(18):  # of which three open and end the transaction within that of the test
        assert told() == ["0 / 2"]
    with scope.township(world.township), action(FILL, actor=None):
        Round.objects.filter(pk=row.pk).update(asked_by=world.clerk, confirmed_by=world.chair, declared_on=TODAY)
    assert told() == ["1 / 2"]
    assert "1 / 2" in client.get(at(HOME)).content.decode()
    with scope.township(world.township), action(FILL, actor=None):
        Round.objects.filter(pk=row.pk).update(withdrawn_at=clock.now())
    assert told() == ["0 / 1"]


@pytest.mark.parametrize(("kinds", "last"), [(8, "类7"), (9, "类8"), (10, "另外2类"), (13, "另外5类")])
def test_the_bars_of_what_voters_spoke_of_add_up_to_all(kinds, last):
    every = [(f"类{number}", 20 - number) for number in range(kinds)]
    shown_bars = _spoken_of(SimpleNamespace(categories=lambda year: every), 2022)
    assert sum(number for _, number, _ in shown_bars) == sum(number for _, number in every)
    assert shown_bars[-1][0] == last
