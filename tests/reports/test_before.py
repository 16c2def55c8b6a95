"""A figure beside that of the year before: told by the same days, and compared only where they mean the same."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from congress.guard import scope
from congress.guard.action import action
from deputies.models import Activity
from reports import actions
from reports.queries import annual
from reports.queries.before import a_year_before, years_before
from tests.reports.steps import begin_report
from tests.reports.test_pages import url
from tests.reports.year import CUT_OFF, FILL, add_reception, add_suggestion


def before(world, report, key):
    with scope.township(world.township):
        return years_before(report, annual.kept_figures(report))[key]


def begun(world, since: date):
    """The report of the same year that tells of other days than the calendar's."""
    with scope.township(world.township):
        return actions.start(
            world.clerk, world.township, year=2022, cut_off=CUT_OFF, on=date(2022, 12, 21), since=since
        )


@pytest.fixture
def report(world, year):
    """Begun in the test, after what it writes into the years before."""
    return begin_report(world)


@pytest.fixture
def earlier(world, year):
    """What the township did in 2021, and that it kept such records before."""
    with scope.township(world.township), action(FILL, actor=None):
        add_reception(year, date(2020, 6, 1))
        Activity.objects.create(township=world.township, kind="visit", title="走访", held_on=date(2020, 6, 1))
        add_suggestion(year, "2020-1", date(2020, 2, 1), assigned=date(2020, 3, 1), replied=date(2020, 5, 1))
        add_reception(year, date(2021, 12, 20), people=30)
        add_reception(year, date(2021, 12, 21), people=9)
        Activity.objects.create(township=world.township, kind="visit", title="走访", held_on=date(2021, 3, 1))
        dates = {"assigned": date(2021, 3, 1), "replied": date(2021, 5, 1), "grade": "B"}
        add_suggestion(year, "2021-1", date(2021, 2, 1), **dates)
    return year


@pytest.mark.parametrize(
    ("key", "shown", "step"),
    [
        ("receptions.people", "30人次", "增加17人次"),
        ("visits.count", "1次", "持平"),
        ("suggestions.solved_rate", "0%", "提高66.67个百分点"),
        ("suggestions.reply_rate", "100%", "持平"),
        ("deputies.in_office", "5名", "持平"),
        ("stations.kinds", "联络站1个", ""),
    ],
)
def test_the_year_before_is_told_up_to_the_same_day(world, earlier, report, key, shown, step):
    found = before(world, report, key)
    assert (found.shown, found.step, found.why) == (shown, step, "")


def test_what_had_no_record_a_year_before_is_not_compared(world, report):
    found = before(world, report, "trainings.count")
    assert (found.shown, found.step, found.why) == ("—", "", "上年无记录")
    with scope.township(world.township), action(FILL, actor=None):
        report.figures.filter(key="trainings.count").update(last_cut_off=None)  # begun before figures kept it
    found = before(world, report, "trainings.count")
    assert (found.shown, found.step, found.why) == ("—", "", "上年无记录")


def test_what_covers_two_years_is_not_compared(world, earlier, report):
    assert before(world, report, "elections.registered").why == "跨年度统计，不比较"


def test_the_days_of_several_years_are_not_compared(world, earlier):
    assert before(world, begun(world, date(2021, 12, 20)), "receptions.people").why == "报告期超过一年，不比较"


def test_the_days_of_another_year_are_compared_with_the_same_days_before(world, earlier):
    found = before(world, begun(world, date(2021, 12, 21)), "receptions.people")
    assert (found.shown, found.step) == ("30人次", "增加26人次")


def test_a_figure_kept_by_another_definition_is_not_compared(world, earlier, report):
    with scope.township(world.township), action(FILL, actor=None):
        old = {"definition": "另一种口径", "last_cut_off": None, "last_value": None}  # begun before figures kept it
        report.figures.filter(key="receptions.people").update(**old)
    found = before(world, report, "receptions.people")
    assert (found.shown, found.step, found.why) == ("30人次", "", "口径已变，不比较")


@pytest.mark.parametrize(
    ("day", "earlier_day"),
    [
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2025, 2, 28), date(2024, 2, 28)),
        (date(2022, 12, 31), date(2021, 12, 31)),
    ],
)
def test_a_year_before_a_day(day, earlier_day):
    assert a_year_before(day) == earlier_day


def test_the_pages_show_year_before_base_and_who_keeps_the_facts(world, earlier, report, browse):
    client = browse(world.clerk)
    listed = client.get(url(report, "figures")).content.decode()
    for shown in ("增加17人次", "提高66.67个百分点", "2/3", "上年无记录"):
        assert shown in listed, shown
    page = client.get(url(report, "figure", "receptions.people")).content.decode()
    for shown in ("30人次", "增加17人次", "2021年1月1日至2021年12月20日", 'receptions/">接待选民</a>'):
        assert shown in page, shown
    turnout = client.get(url(report, "figure", "elections.turnout")).content.decode()
    assert "跨年度统计，不比较" in turnout


def test_the_table_names_the_cells_that_cannot_be_filled(world, earlier, report, browse):
    answer = browse(world.clerk).get(url(report, "figures"), {"format": "xlsx"})
    rows = [*load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)]
    head = next(row for row in rows if "不能填写的原因" in row)
    lines = {row[head.index("数据")]: dict(zip(head, row, strict=True)) for row in rows if row[0] != head[0]}
    people = lines["接待选民"]
    assert (people["结果"], people["单位"], people["上年同期"], people["增减"]) == (47, "人次", "30人次", "增加17人次")
    assert not people["不能填写的原因"]
    assert (lines["按期答复率"]["结果"], lines["按期答复率"]["计算"]) == ("66.67%", "2/3")
    assert lines["逾期建议"]["结果"] == 1
    assert lines["催办次数"]["结果"] == 0  # nobody was pressed, which is a figure
    empty = lines["专题调研"]
    assert empty["结果"] in (None, "")
    assert "没有登记" in empty["不能填写的原因"]
    assert empty["来自"] == "履职活动"
