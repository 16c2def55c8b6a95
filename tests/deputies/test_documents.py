"""The roster as it is printed: who is on it in which order, with what, and how many are women."""

from datetime import date

import pytest

from congress.guard.action import action
from deputies.documents import COLUMNS, roster_context
from deputies.models import Group, Mandate
from tests.cast import SET_UP, make_deputy

ON = date(2022, 6, 10)


@pytest.fixture
def five(world):
    """Beside 曾田 and 单木 two men of which one has everything a row tells, and one whose mandate has ended by the day."""
    with world.in_township():
        with action(SET_UP, actor=None):
            group = Group.objects.create(township=world.township, name="第一代表小组")
            told = {"birth_date": date(1980, 3, 5), "education": "bachelor", "employer_post": "云溪村党支部书记"}
            make_deputy(
                world.township,
                "丁一凡",
                term=world.term,
                gender="male",
                ethnicity="汉族",
                party="cpc",
                group=group,
                **told,
            )
            make_deputy(world.township, "丁二", term=world.term, gender="male")
            gone = make_deputy(world.township, "丁三", term=world.term)
            Mandate.objects.filter(deputy=gone).update(ended_on=date(2022, 6, 9), end_reason="died")
        yield world


@pytest.mark.parametrize(
    ("convention", "names"),
    [("xingming", ["丁一凡", "丁二", "单木", "曾田"]), ("xingshi", ["丁二", "丁一凡", "单木", "曾田"])],
)
def test_the_roster_of_a_day_tells_everybody_in_order_and_how_many_are_women(five, convention, names):
    told = roster_context(five.township, five.term, ON, convention)
    assert [row[1] for row in told["rows"]] == names
    assert told["notes"][0] == "注：本届代表名额50名，截至2022年6月10日实有代表4名，其中妇女代表1名；"
    assert told["title"] == "云溪镇第十七届人民代表大会代表花名册"


def test_a_row_tells_under_each_heading_what_belongs_there(five):
    rows = {row[1]: row for row in roster_context(five.township, five.term, ON)["rows"]}
    assert dict(zip((column.label for column in COLUMNS), rows["丁一凡"], strict=True)) == {
        "序号": "1",
        "姓名": "丁一凡",
        "性别": "男",
        "民族": "汉族",
        "出生年月": "1980.03",
        "政治面貌": "中共党员",
        "文化程度": "本科",
        "工作单位及职务": "云溪村党支部书记",
        "选区": "第1选区",
        "代表小组": "第一代表小组",
    }
    assert [rows["曾田"][at] for at in (2, 4, 7, 9)] == ["女", "", "", ""]  # nothing stands for what nobody wrote down
