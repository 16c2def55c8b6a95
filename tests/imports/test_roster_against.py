"""What a file says against seating somebody, wherever it says it: the sheet, the title, a column of its own, a line of figures."""

import pytest

from congress.imports.batches import look_again
from deputies.models import Deputy, Mandate
from tests.imports.ledgers import seen
from tests.imports.test_whose import book

HEAD = ["姓名", "性别", "选区"]


def test_figures_and_page_numbers_below_a_list_are_nobody(world, bring, take):
    below = [
        ["其中：男1名，女0名"],
        ["代表总数", "2"],
        ["男", "1"],
        ["女", "1"],
        ["党员比例", "100%"],
        ["第1页 共2页"],
        ["— 1 —"],
    ]
    with world.in_township():
        batch = bring(book(名册=[HEAD, ["赵一", "男", "1"], *below]))
        assert [row.values["name"] for row in seen(batch).rows] == ["赵一"]
        assert [reason for _, _, reason in seen(batch).skipped] == [
            "说明或签字行",
            *["统计行"] * 4,
            *["说明或签字行"] * 2,
        ]
        take(batch)
        assert not Deputy.objects.filter(name__in=["男", "女", "代表总数"]).exists()


def test_what_changed_within_the_term_has_columns_of_its_own(world, bring, take):
    head = [*HEAD, "变动原因", "变动时间"]
    rows = [
        ["赵一", "男", "1", "", ""],
        ["钱二", "女", "1", "去世", "2023.5.6"],
        ["孙三", "男", "1", "补选", "2023.6.7"],
    ]
    with world.in_township():
        take(bring([head, *rows]))
        seats = Mandate.objects.filter(deputy__name__in=["赵一", "钱二", "孙三"]).order_by("deputy__name")
        assert {
            (seat.deputy.name, seat.how, str(seat.elected_on), str(seat.ended_on), seat.end_reason) for seat in seats
        } == {
            ("赵一", "general", "2021-10-20", "None", ""),
            ("钱二", "general", "2021-10-20", "2023-05-06", "died"),
            ("孙三", "by_election", "2023-06-07", "None", ""),
        }


def test_a_post_told_under_a_heading_of_standing_takes_nobodys_seat(world, bring):
    rows = [[*HEAD, "任职情况"], ["赵一", "男", "1", "镇长"], ["钱二", "女", "1", ""], ["孙三", "男", "1", "已离任"]]
    with world.in_township():
        preview = seen(bring(rows))
        assert [row.status for row in preview.rows] == ["new", "new", "wrong"]
        assert not any("只导入基本信息" in note for row in preview.rows for note in row.notes)


@pytest.mark.parametrize("heading", ["近况", "镇上意见"])
def test_a_column_that_is_not_read_may_not_contradict_the_seat(world, bring, heading):
    rows = [[*HEAD, heading], ["赵一", "男", "1", "2023年病故"], ["钱二", "女", "1", "良好"]]
    with world.in_township():
        batch = bring(rows)
        assert [row.status for row in seen(batch).rows] == ["wrong", "new"]
        assert str(seen(batch).errors[0]).startswith(
            f"第2行D列：“{heading}”一列没有读取，写着“病故”，不能登记为在任代表"
        )
        left_out = look_again(world.clerk, batch, columns={heading: ""})
        assert seen(left_out).counts["wrong"] == 0, "the clerk said that the column is to be left out"


def test_a_life_told_in_a_column_says_nothing_of_the_seat(world, bring):
    with world.in_township():
        assert seen(bring([[*HEAD, "工作简历"], ["赵一", "男", "1", "2010年调离县委"]])).errors == []


@pytest.mark.parametrize(("sheet", "word"), [("去世调离", "去世"), ("往届", "往届"), ("去世及调离人员", "去世")])
def test_nobody_is_seated_against_the_name_of_the_sheet(world, bring, sheet, word):
    with world.in_township():
        batch = bring(book(**{"在任": [HEAD, ["赵一", "男", "1"]], sheet: [HEAD, ["钱二", "女", "1"]]}))
        assert [row.status for row in seen(batch).rows] == ["new", "wrong"]
        assert f"这一行列在“{sheet}”之下，写着“{word}”" in str(seen(batch).errors[0])


def test_sheets_named_after_districts_say_the_district(world, bring):
    head = ["姓名", "性别"]
    with world.in_township():
        preview = seen(bring(book(**{"云溪村": [head, ["赵一", "男"]], "1": [head, ["钱二", "女"]]})))
        assert [row.values.get("district") for row in preview.rows] == ["第1选区（云溪村）", None]
        assert preview.rows[0].notes == ["选区按标题“云溪村”登记"]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("云溪镇第十六届人民代表大会代表名册", "写的是第十六届，与所选的第十七届不同，请核对"),
        ("清江县第十七届人民代表大会代表（云溪镇代表团）名册", "写的不是乡镇代表，请核对"),
        ("云溪镇第十七届人大代表正式候选人名册", "写着“候选人”，表里的人会登记为在任代表，请核对"),
        ("云溪镇第十七届人民代表大会代表名册", ""),
    ],
)
def test_a_title_against_what_was_chosen_is_pointed_out(world, bring, title, told):
    with world.in_township():
        said = seen(bring(book(名册=[[title], HEAD, ["赵一", "男", "1"]]))).warnings
        assert [words for words in said if "应选" not in words and "没有写" not in words] == (
            [f"“{title}”{told}"] if told else []
        )


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("是否连任", "否"), ("是否妇女代表", "×"), ("爱人情况", "已故"), ("配偶单位", "已调离"), ("荣誉", "殉职烈属")],
)
def test_columns_that_speak_of_other_things_say_nothing_of_the_seat(world, bring, heading, cell):
    with world.in_township():
        assert seen(bring([[*HEAD, heading], ["赵一", "男", "1", cell]])).errors == []


@pytest.mark.parametrize("sheet", ["补选后名册", "代表名册（含已离任）", "扣除去世人员", "辞职补选调整后"])
def test_a_sheet_that_speaks_of_some_of_them_says_nothing_of_each(world, bring, sheet):
    with world.in_township():
        (row,) = seen(bring(book(**{sheet: [HEAD, ["赵一", "男", "1"]]}))).rows
        assert (row.status, row.notes) == ("new", [])


def test_a_sheet_of_those_elected_in_between_says_so_of_each(world, bring):
    with world.in_township():
        (row,) = seen(bring(book(**{"2023年5月20日补选代表": [HEAD, ["赵一", "男", "1"]]}))).rows
        assert (row.values["how"], row.values["elected_on"]) == ("补选", "2023-05-20")
