"""Rolls as they come from villages: each oddity has its verdict, at the cell and in plain words."""

import datetime

import pytest

from congress import imports
from congress.guard.action import action
from congress.spreadsheets.read import SheetRefused
from elections.models import Registration, Voter
from tests.cast import SET_UP
from tests.elections.imports.rolls import HEAD, citizen, line, roll_of, said
from tests.imports.test_whole_file import book
from tests.spreadsheets.books import id_number, with_part, workbook
from tests.spreadsheets.test_read import PLAIN

NUMBER = id_number(1, "19750812")


def verdicts(bring, *rows, **changed) -> list[list[str]]:
    """What the preview says of each row, without the place in front."""
    found = imports.preview_of(bring(list(rows), **changed)).rows
    return [[error.message for error in row.errors] + row.notes for row in found]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"身份证号": 4.5e17}, "该列是数值格式，末三位已丢失，请把列设为文本后重新填写"),
        ({"身份证号": "4.5E+17"}, "该列是数值格式，末三位已丢失，请把列设为文本后重新填写"),
        ({"身份证号": NUMBER[:17] + "0"}, "身份证号校验位应为"),
        ({"出生日期": "1980-03-05", "身份证号": NUMBER}, "出生日期与身份证号不一致"),
        ({"性别": "女", "身份证号": NUMBER, "出生日期": None}, "性别与身份证号不一致"),
        ({"出生日期": "1980年3月"}, "只有年月，请对照户口簿填写完整的出生日期"),
        ({"出生日期": None}, "没有出生日期，也没有身份证号，不能认定是否年满十八周岁"),
        (
            {"出生日期": "2008-12-21"},
            "到选举日（2026年12月20日）未满十八周岁，2026年12月21日才满，不能登记（选举法四）",
        ),
        ({"性别": None}, "没有身份证号的，必须填写性别"),
        ({"备注": "2025年病故"}, "写着“病故”，没有登记；已在册的，请按事由除名并附依据材料"),
        ({"登记类型": "死亡"}, "写着“死亡”，没有登记；已在册的，请按事由除名并附依据材料"),
        ({"登记类型": "迁出"}, "写着“迁出”，没有登记；已在册的，请按事由除名并附依据材料"),
        ({"选区": "9"}, "这次选举没有这个选区，请先在“届次与选区”中登记"),
        ({"选区": "第1选区（西山村）"}, "选区1是“东山村”，与写着的“西山村”不一致"),
        ({"出生日期": "农历1975年七月初六"}, "写的是农历，折算成公历是1975年8月12日，请对照户口簿核实后填公历日期"),
        ({"出生日期": "1975年闰七月初六"}, "写的是农历，折算不出公历，请对照户口簿填公历日期"),
        ({"出生日期": "1984年闰十月初一"}, "写的是农历，折算成公历是1984年11月23日，请对照户口簿核实后填公历日期"),
        ({"备注": "本人电话13800138000"}, "写有身份证号或者电话号码，请删去"),
    ],
)
def test_a_wrong_cell_is_told_in_words(world, under, bring, cells, words):
    with world.in_township():
        rows = [HEAD, line("钱二", **cells)]
        (row,) = imports.preview_of(bring(workbook(rows))).rows
        assert row.status == "wrong"
        assert row.errors[0].message.startswith(words)
        assert row.errors[0].place == HEAD.index(next(iter(cells)))


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"身份证号": NUMBER[:6] + NUMBER[8:17], "出生日期": None, "性别": "男"}, "id_number", NUMBER),
        ({"身份证号": "１１０１０５" + NUMBER[6:], "出生日期": None, "性别": None}, "id_number", NUMBER),
        ({"出生日期": datetime.date(1980, 3, 5)}, "birth_date", "1980-03-05"),
        ({"出生日期": 29285}, "birth_date", "1980-03-05"),
        ({"出生日期": "1980.3.5"}, "birth_date", "1980-03-05"),
        ({"出生日期": "一九八〇年三月五日"}, "birth_date", "1980-03-05"),
        ({"出生日期": "农历1975年七月初六", "身份证号": NUMBER, "性别": "男"}, "birth_date", "1975-08-12"),
        ({"出生日期": "2008-12-20"}, "birth_date", "2008-12-20"),
        ({"选区": "第一选区"}, "district", "第1选区（东山村）"),
        ({"选区": "东山村", "选民小组": "第一小组"}, "group", "第1小组（东山一组）"),
        ({"户籍地": "清江县石桥乡"}, "household", "县内其他乡镇"),
        ({"户籍地": "远方省某市"}, "household", "县外"),
        ({"户籍地": "云溪镇东山村"}, "household", "本乡镇"),
        ({"登记类型": "新满18"}, "ground", "新满十八周岁"),
        ({"姓名": "马力（女，回族）", "民族": None}, "ethnicity", "回族"),
        ({"备注": "恢复政治权利，未被剥夺政治权利"}, "remark", "恢复政治权利，未被剥夺政治权利"),
    ],
)
def test_what_is_written_otherwise_is_understood(world, under, bring, cells, field, value):
    with world.in_township():
        batch = bring(workbook([HEAD, line(cells.get("姓名", "钱二"), **cells)]))
        (row,) = imports.preview_of(batch).rows
        assert (row.status.value, row.values[field]) == ("new", value), row.errors


def test_born_on_a_leap_day_is_listed_and_shown_to_a_human(world, under, bring):
    under.election.election_day = datetime.date(2026, 2, 28)
    with world.in_township():
        with action(SET_UP, actor=None):
            under.election.save()
        assert "有两种算法，请选举委员会确认" in verdicts(bring, line("钱二", 出生日期="2008-02-29"))[0][0]


def test_what_tells_of_health_is_left_out_and_said(world, under, bring, take):
    """X-X03."""
    head = [*HEAD, "接种情况", "健康状况"]
    with world.in_township():
        batch = bring([[*line("钱二", 备注="精神病患者"), "已接种", "良好"]], head=head)
        preview = imports.preview_of(batch)
        assert "接种情况、健康状况属于健康信息，与选民登记无关，没有读取" in preview.left[0]
        assert "仍应列入名单" in preview.rows[0].notes[0]
        take(batch)
        assert Voter.objects.get().remark == ""


def test_titles_totals_hidden_sheets_and_households_side_by_side(world, under, bring, take):
    pair = ["户号", "姓名", "性别", "出生日期"]
    rows = [
        ["东山村选民登记册"],
        ["填报单位：东山村委会"],
        [*pair, *pair],
        ["1", "钱一", "男", "1980-03-05", "2", "孙一", "女", "1981.3.5"],
        ["1", "钱二", "女", "1982年3月5日", "2", "孙二", "男", 29285],
        ["1", "钱三", "女", "19830305"],
        ["合计", "5人"],
        ["填表人：王某", None, None, "2026年11月1日"],
    ]
    data = book(("东山", rows), ("旧册", [pair, ["9", "周一", "男", "1950-01-01"]]), hidden=("旧册",))
    with world.in_township():
        batch = bring(data, district=str(under.districts[0].pk))
        preview = imports.preview_of(batch)
        assert [row.values["name"] for row in preview.rows] == ["钱一", "钱二", "钱三", "孙一", "孙二"]
        assert preview.errors == []
        assert preview.warnings == []
        assert preview.left == ["隐藏的工作表“旧册”（2行）没有读取"]
        assert [reason for _, _, reason in preview.skipped] == ["合计行", "说明或签字行"]
        take(batch)
        assert {name for name, *_ in roll_of(under)} == {"钱一", "钱二", "钱三", "孙一", "孙二"}
        assert Registration.objects.filter(voter__household_no="2").count() == 2


def test_a_total_that_differs_from_the_rows_is_told(world, under, bring):
    with world.in_township():
        rows = [HEAD, citizen(1), citizen(2), ["合计", None, None, "3人"]]
        assert imports.preview_of(bring(workbook(rows))).warnings == ["第4行合计写着3，上面读到2行，请核对有没有漏行"]


def test_a_csv_of_gb18030_is_read(world, under, bring):
    text = "\r\n".join(
        ",".join("" if cell is None else cell for cell in row) for row in [HEAD, line("钱㐱", 住址="东山村")]
    )
    with world.in_township():
        (row,) = imports.preview_of(bring(text.encode("gb18030"), "名册.csv")).rows
        assert (row.status.value, row.values["name"]) == ("new", "钱㐱")


def test_macros_and_bombs_are_refused_and_leave_nothing(world, under, bring):
    bomb = with_part(PLAIN, "xl/media/image1.bin", b"0" * 60_000_000)
    for data in (with_part(PLAIN, "xl/vbaProject.bin", b"x"), bomb):
        with world.in_township(), pytest.raises(SheetRefused) as refused:
            bring(data)
        assert refused.value.code in ("macros", "unpacks_too_large", "ratio")


def test_a_table_without_a_district_column_needs_one_for_all(world, under, bring):
    head, row = ["姓名", "性别", "出生日期"], ["钱二", "女", "1980-03-05"]
    with world.in_township():
        assert imports.preview_of(bring([row], head=head)) is None, "its columns are to be named"
        batch = bring([row], head=head, district=str(under.districts[1].pk))
        assert said(batch) == [("new", [])]
        assert imports.preview_of(batch).rows[0].values["district"] == "第2选区（西山村）"


def test_a_title_that_says_they_are_gone_keeps_the_rows_below_it_out(world, under, bring, take):
    rows = [HEAD, citizen(1), ["二、本月去世人员（1人）"], citizen(2), ["三、迁入选民"], citizen(3)]
    with world.in_township():
        batch = bring(workbook(rows))
        found = imports.preview_of(batch).rows
        assert [row.status for row in found] == ["new", "wrong", "new"]
        assert found[1].errors[0].message.startswith("这一行列在“二、本月去世人员（1人）”之下，写着“去世”，没有登记")
        take(batch)
        assert Registration.objects.kept().filter(election=under.election).count() == 2


@pytest.mark.parametrize(
    ("title", "status"),
    [("死亡除名人员", "wrong"), ("东山村选民（除去世人员）", "new"), ("全体选民（含拟迁出）", "new")],
)
def test_a_title_may_speak_of_some_of_them_only(world, under, bring, title, status):
    with world.in_township():
        (row,) = imports.preview_of(bring(workbook([HEAD, citizen(1)], sheet=title))).rows
        assert row.status == status


def test_a_title_that_names_a_group_says_it_of_the_rows_below(world, under, bring):
    rows = [HEAD, ["第一小组（1人）"], citizen(1, 选民小组=None), ["第一选区第二小组"], citizen(2, 选民小组=None),
            citizen(3, 选民小组="1.0")]  # fmt: skip
    with world.in_township():
        found = imports.preview_of(bring(workbook(rows))).rows
        assert [row.values["group"] for row in found] == ["第1小组（东山一组）", "第二小组", "第1小组（东山一组）"]
        assert found[1].notes == ["选民小组按标题“第一选区第二小组”登记"]


def test_a_column_that_is_not_read_may_not_say_that_somebody_is_gone(world, under, bring, take):
    head = [*HEAD, "人员状态"]
    with world.in_township():
        batch = bring(workbook([head, [*citizen(1), "正常"], [*citizen(2), "2025年去世"]]))
        first, second = imports.preview_of(batch).rows
        assert (first.status, second.status) == ("new", "wrong")
        assert str(second.errors[0]).startswith("第3行N列：“人员状态”一列没有读取，写着“去世”，没有登记")
        take(batch)
        assert Registration.objects.kept().filter(election=under.election).count() == 1
