"""Values that stand in several columns: what is ticked, year and month."""

import pytest

from congress.spreadsheets.build import Building
from congress.spreadsheets.columns import Column
from congress.spreadsheets.mapping import find_tables
from congress.spreadsheets.preview import Rules
from congress.spreadsheets.read import read_pasted, read_workbook
from tests.spreadsheets.books import PARTY, SEX, workbook

COLUMNS = (
    Column("name", "姓名", required=True, kind="name"),
    Column("sex", "性别", kind="choice", choices=SEX),
    Column("born", "出生年月", ("出生日期",), kind="birth", personal=True),
    Column(
        "party", "政治面貌", kind="choice", choices=PARTY, coarse=lambda text: "群众" if text == "少先队员" else None
    ),
    Column("rated", "评价", ("满意度",), kind="choice", choices=["满意", "基本满意", "不满意"]),
    Column("other", "结果评价", kind="choice", choices=["满意", "基本满意", "不满意"]),
    Column("agreed", "是否一致", kind="yes_no"),
    Column("remark", "备注"),
)


class _Plain(Rules):
    def columns(self):
        return COLUMNS


def preview(book):
    building = Building(find_tables(book, COLUMNS).tables, _Plain())
    building.preview.rows = [row for piece in building.pieces() for row in piece]
    return building.preview


def pasted(*rows):
    return preview(read_pasted("\n".join("\t".join(map(str, row)) for row in rows)))


def said(found, *keys):
    return [tuple(row.values.get(key) for key in keys) for row in found.rows]


@pytest.mark.parametrize("tick", ["√", "✓", "☑", "是", "1", "○", "●", "女"])
def test_what_is_ticked_is_the_value(tick):
    found = pasted(["姓名", "男", "女", "党员"], ["张伟", "", tick, "√"], ["李强", "√", "", ""])
    assert said(found, "sex", "party") == [("女", "中共党员"), ("男", None)]
    assert (found.errors, found.unknown) == ([], [])


def test_two_ticks_in_one_row_are_told_at_the_second():
    found = pasted(["姓名", "男", "女"], ["张伟", "√", "√"], ["李强", "√", "×"], ["王芳", "", "也许"])
    assert [str(error) for error in found.errors] == [
        "第2行C列：“男”和“女”都打了勾，请只留一处",
        "第4行C列：“女”一栏请打“√”或者留空",
    ]
    assert said(found, "sex")[1] == ("男",)


def test_options_stand_under_a_merged_heading():
    head = ["姓名", "性别", None, "满意度", None, None, "结果评价", None, None, "是否一致", None, "备注"]
    below = [None, "男", "女", *["满意", "基本满意", "不满意"] * 2, "是", "否", None]
    row = ["张伟", "√", None, None, "√", None, "√", None, None, None, "√", "好"]
    down = [(1, place, 2, place) for place in (0, 11)]
    across = [(1, 1, 1, 2), (1, 3, 1, 5), (1, 6, 1, 8), (1, 9, 1, 10)]
    found = preview(read_workbook(workbook([["情况表"], head, below, row], [*down, *across]), "表.xlsx"))
    assert said(found, "sex", "rated", "other", "agreed", "remark") == [("男", "基本满意", "满意", False, "好")]
    assert (found.errors, found.unknown) == ([], [])


def test_options_under_a_heading_that_nobody_knows():
    book = workbook([["姓名", "组别", None, "备注"], [None, "男", "女", None], ["张伟", None, "√", ""]], [(0, 1, 0, 2)])
    assert said(preview(read_workbook(book, "表.xlsx")), "sex") == [("女",)]


def test_a_word_that_says_more_than_any_option_is_told():
    found = pasted(["姓名", "群众", "少先队员"], ["张伟", "", "√"])
    assert said(found, "party") == [("群众",)]
    assert found.rows[0].notes == ["政治面貌“少先队员”登记为“群众”"]


def test_a_column_that_is_no_tick_or_of_several_is_left_as_before():
    found = pasted(["姓名", "党员", "满意", "不满意"], ["张伟", "2001.5入党", "√", ""])
    assert found.unknown == ["B列“党员”", "C列“满意”", "D列“不满意”"]
    assert said(found, "party", "rated") == [(None, None)]
    both = pasted(["姓名", "性别", "男"], ["张伟", "女", "√"])
    assert (said(both, "sex"), both.unknown) == ([("女",)], ["C列“男”"])


@pytest.mark.parametrize(
    ("head", "row", "born"),
    [
        (["姓名", "出生年", "月"], ["张伟", "1975", "8"], "1975-08"),
        (["姓名", "出生年份", "月份"], ["张伟", "１９７５年", "八月"], "1975-08"),
        (["姓名", "出生年", "出生月", "出生日"], ["张伟", "1975", "08", "12日"], "1975-08-12"),
    ],
)
def test_a_day_stands_in_several_columns(head, row, born):
    found = pasted(head, row)
    assert said(found, "born") == [(born,)]
    assert (found.errors, found.unknown) == ([], [])


def test_year_month_and_day_under_a_merged_heading():
    rows = [["姓名", "出生日期", None, None, "备注"], [None, "年", "月", "日", None], ["张伟", 1975, 8.0, 12, ""]]
    rows += [
        ["李强", 1975, None, None, ""],
        ["王芳", None, None, None, ""],
        ["赵敏", 75, 8, 1, ""],
        ["孙丽", "1980", "13", "1", ""],
    ]
    found = preview(read_workbook(workbook(rows, [(0, 1, 0, 3)]), "表.xlsx"))
    assert said(found, "born") == [("1975-08-12",), (None,), (None,), (None,), (None,)]
    assert [str(error) for error in found.errors] == [
        "第4行B列：出生年月只有年份，请写成1975-08这样的年月",
        "第6行B列：出生年月年份请写四位，如1975年8月写成1975-08",
        "第7行B列：出生年月没有这一天，请核对",
    ]


def test_a_year_alone_is_no_day():
    found = pasted(["姓名", "出生年", "备注"], ["张伟", "1975", ""])
    assert (said(found, "born"), found.unknown) == ([(None,)], ["B列“出生年”"])


def test_a_heading_of_the_whole_is_nothing_to_tick():
    where = Column("from", "户籍", ("户籍地",), kind="choice", choices=["本县", "县外"], coarse=lambda text: "本县")
    assert where.option("户籍地") is None
    assert where.option("县外") == "县外"


def test_pasted_text_knows_no_merges():
    found = pasted(["姓名", "结果评价", "", ""], ["", "满意", "不满意", "", ""], ["张伟", "", "√", "", ""])
    assert said(found, "other") == [("不满意",)]
    assert preview(read_pasted("姓名\n张伟")).rows[0].values["name"] == "张伟"
