"""What a roster says of seats: how one came and ended, whose it is, of which district, and how many there are."""

from datetime import date

import pytest

from congress.guard.action import action
from deputies.imports import words
from deputies.models import Deputy, Mandate
from tests.cast import SET_UP
from tests.imports.ledgers import seen


def said(batch):
    """What is told of the whole, but for what new entries are taken to be."""
    return [line for line in seen(batch).warnings if "按“" not in line]


HOW_HEAD = ["姓名", "性别", "出生年月", "当选方式", "当选时间", "备注"]


def test_how_and_when_a_seat_came_is_read(world, bring, take):
    rows = [["赵一", "男", "1970-01", "换届选举", "2021.10.20", None], ["钱二", "女", "1971-02", "补选", "2023.8.18", "补选"],
            ["孙三", "男", "1972-03", None, "2021年10月", None]]  # fmt: skip
    with world.in_township():
        take(bring([HOW_HEAD, *rows]))
        seats = Mandate.objects.filter(deputy__name__in=["赵一", "钱二", "孙三"])
        assert {seat.deputy.name: (seat.how, seat.elected_on) for seat in seats.select_related("deputy")} == {
            "赵一": ("general", date(2021, 10, 20)),
            "钱二": ("by_election", date(2023, 8, 18)),
            "孙三": ("general", date(2021, 10, 20)),
        }
        assert Deputy.objects.get(name="钱二").remark == "补选"


@pytest.mark.parametrize(
    ("cells", "words_"),
    [
        ({"当选方式": "补选", "当选时间": None}, "补选产生的要写明当选日期"),
        ({"当选时间": "2023.8"}, "当选日期只有年月"),
        ({"当选时间": "2099-01-01"}, "当选日期不能晚于今天"),
        ({"备注": "2024年3月去世"}, "写着“去世”，不能登记为在任代表"),
        ({"备注": "已调离"}, "写着“调离”"),
        ({"备注": "2023年辞职"}, "写着“辞职”"),
        ({"备注": "列席"}, "写着“列席”"),
        ({"备注": "2020年3月5日去世"}, "终止日期不能早于当选日期"),
    ],
)
def test_nobody_is_seated_against_the_words_of_the_row(world, bring, cells, words_):
    usual = {
        "姓名": "赵一",
        "性别": "男",
        "出生年月": "1970-01",
        "当选方式": "换届选举",
        "当选时间": "2021.10.20",
        "备注": None,
    }
    with world.in_township():
        preview = seen(bring([HOW_HEAD, [(usual | cells)[name] for name in HOW_HEAD]]))
        assert [row.status for row in preview.rows] == ["wrong"]
        assert words_ in str(preview.errors[0])


@pytest.mark.parametrize(
    ("head", "cell", "words_"),
    [
        ("届次", "十六", "写的是第十六届，与所选的第十七届不同"),
        ("届", "第十五届、第十六届", "第十五届、第十六届"),
        ("代表级别", "县级", "这一行写的不是乡镇代表"),
        ("任职状态", "已离任", "写着“离任”"),
        ("是否在任", "否", "写着“否”"),
        ("代表资格", "终止", "写着“终止”"),
        ("终止原因", "辞职", "写明终止原因的，要有终止日期"),
        ("终止日期", "2023-05-01", "写明终止日期的，要有终止原因"),
    ],
)
def test_columns_that_say_whose_seat_it_is_are_read(world, bring, head, cell, words_):
    with world.in_township():
        preview = seen(bring([["姓名", "性别", head], ["赵一", "男", cell]]))
        assert words_ in str(preview.errors[0])


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("届次", "17"),
        ("届", "十六、十七届"),
        ("代表级别", "县、乡"),
        ("状态", "在任"),
        ("备注", "连任"),
        ("代表层次", "城市居民"),
    ],
)
def test_columns_that_agree_with_the_batch_pass(world, bring, head, cell):
    with world.in_township():
        assert seen(bring([["姓名", "性别", head], ["赵一", "男", cell]])).errors == []


def test_whose_seats_do_not_name_the_term_is_taken_without_one_and_the_preview_says_so(world, bring):
    rows = [["姓名", "性别", "代表资格"], ["赵一", "男", "第十六届"], ["钱二", "女", None]]
    with world.in_township():
        preview = seen(bring(rows))
        said = "“代表资格”一栏没有写本届在任，只导入基本信息"
        assert [(row.status, said in row.notes) for row in preview.rows] == [("new", True), ("new", True)]


def test_an_end_with_its_day_is_registered_as_an_end(world, bring, take):
    head = ["姓名", "性别", "终止时间", "终止原因", "备注"]
    rows = [["赵一", "男", None, None, "2024年3月5日去世"], ["钱二", "男", "2023.5.6", "辞职", None]]
    with world.in_township():
        take(bring([head, *rows]))
        ends = Mandate.objects.filter(ended_on__isnull=False).order_by("ended_on")
        assert list(ends.values_list("ended_on", "end_reason")) == [
            (date(2023, 5, 6), "resigned"),
            (date(2024, 3, 5), "died"),
        ]
        half = seen(bring([head, ["孙三", "男", "2023.5.6", None, None]]))
        assert "要有终止原因" in str(half.errors[0])


def test_a_title_that_says_they_left_flags_the_rows_below_it(world, bring):
    rows = [["赵一", "男"], ["已调离代表"], ["钱二", "女"], ["第二代表小组"], ["孙三", "男"]]
    with world.in_township():
        preview = seen(bring([["姓名", "性别"], *rows]))
        assert [row.status for row in preview.rows] == ["new", "wrong", "new"]
        assert "列在“已调离代表”之下" in str(preview.errors[0])


@pytest.mark.parametrize("title", ["二、已调离代表（1名）", "已调离 1人", "（二）届内去世的", "3.往届代表：2名"])
def test_such_a_title_is_known_with_its_number_and_count_and_beside_the_columns(world, bring, title):
    rows = [["1", "赵一", "男"], [title, None, None], ["2", "钱二", "女"]]
    with world.in_township():
        preview = seen(bring([["序号", "姓名", "性别"], *rows]))
        assert [row.status for row in preview.rows] == ["new", "wrong"]
        assert preview.skipped[0][1:] == [3, "分组标题或说明"]


def test_a_title_that_names_a_district_says_it_of_the_rows_below(world, bring):
    head = ["序号", "姓名", "性别"]
    rows = [
        ["一、云溪村选区代表（2名）", None, None],
        head,
        ["1", "赵一", "男"],
        ["第九选区", None, None],
        ["2", "钱二", "女"],
    ]
    with world.in_township():
        preview = seen(bring(rows))
        assert [row.values.get("district") for row in preview.rows] == ["第1选区（云溪村）", None]
        assert preview.rows[0].notes == ["选区按标题“一、云溪村选区代表（2名）”登记"]
        assert preview.warnings[-1] == "1人没有写选区，导入后代表资格上没有选区：第5行"


def test_districts_that_only_titles_name_are_registered_with_the_rows(world, bring, take):
    rows = [["序号", "姓名", "性别"], ["第五选区（西山村，2名）", None, None], ["1", "赵一", "男"], ["六、第六选区代表", None, None],
            ["2", "钱二", "女"]]  # fmt: skip
    with world.in_township():
        assert [row.values.get("district") for row in seen(bring(rows)).rows] == [None, None]
        batch = bring(rows, create=True)
        assert seen(batch).makes == ["选区2个：第5选区（西山村，1名）、第6选区（第6选区，1名）"]
        take(batch)
        assert {str(seat.district) for seat in Mandate.objects.filter(deputy__name__in=["赵一", "钱二"])} == {
            "第5选区（西山村）",
            "第6选区",
        }


@pytest.mark.parametrize("name", ["空缺", "待补选"])
def test_an_empty_seat_is_nobody(world, bring, name):
    with world.in_township():
        batch = bring([["姓名", "性别", "选区"], [name, "男", "1"], ["赵一", "男", "1"]])
        assert [str(error) for error in seen(batch).errors] == [
            f"第2行A列：写着“{name}”，不是姓名；空缺的席位不用登记，请删去这一行"
        ]


def test_a_by_election_told_in_the_remark_is_no_general_election(world, bring, take):
    head = ["姓名", "性别", "备注"]
    rows = [["赵一", "男", "2023年5月20日补选（接钱二）"], ["孙三（补选）", "男", None], ["李四", "男", "2023年补选"],
            ["周五", "女", "2023年5月补选为副镇长"]]  # fmt: skip
    with world.in_township():
        batch = bring([head, *rows])
        assert [row.status for row in seen(batch).rows] == ["new", "wrong", "wrong", "new"]
        assert [str(error) for error in seen(batch).errors] == [
            "第3行C列：补选产生的要写明当选日期，如2023年5月20日补选",
            "第4行C列：补选产生的要写明当选日期，如2023年5月20日补选",
        ]
        take(batch)
        made = Mandate.objects.filter(deputy__name__in=["赵一", "周五"]).order_by("elected_on")
        assert [(seat.how, str(seat.elected_on)) for seat in made] == [
            ("general", "2021-10-20"),
            ("by_election", "2023-05-20"),
        ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2021年10月20日当选，2024年3月5日去世", {"ended_on": "2024-03-05", "end_reason": "去世"}),
        ("2024年3月5日，因病过世", {"ended_on": "2024-03-05", "end_reason": "去世"}),
        ("2023.5.20补选；2024.3.5调离", {"how": "补选", "elected_on": "2023-05-20", "ended_on": "2024-03-05",
                                   "end_reason": "迁出或者调离"}),
        ("2021年10月20日当选，2024年3月5日报告，去世", {}),
        ("补选为副镇长", {}),
    ],
)  # fmt: skip
def test_each_day_of_a_remark_belongs_to_its_own_words(text, told):
    assert words.spread_remark(text) == told


def test_more_deputies_than_seats_and_somebody_under_age_are_told_with_numbers(world, bring):
    head = ["姓名", "性别", "出生年月", "选区"]
    rows = [[f"赵{'一二三'[n]}", "男", "1970-01", "1"] for n in range(3)] + [["钱二", "女", "2003-10-21", "1"]]
    with world.in_township():
        with action(SET_UP, actor=None):
            world.term.seats = 5
            world.term.save()
        assert said(bring([head, *rows])) == [
            "第1选区（云溪村）应选2名，导入后有6名",
            "乡镇第十七届代表名额5名，导入后有6名",
            "1人当选日未满18周岁：第5行",
        ]
        assert said(bring([head, ["钱二", "女", "2003-10-20", None]])) == [
            "1人没有写选区，导入后代表资格上没有选区：第2行"
        ]


def test_a_district_whose_number_and_name_differ_is_refused(world, bring):
    with world.in_township():
        preview = seen(
            bring(
                [["姓名", "性别", "选区号", "选区名称"], ["赵一", "男", "1", "东山村"], ["钱二", "男", "1", "云溪村"]]
            )
        )
        assert [str(error) for error in preview.errors] == ["第2行C列：选区1是“云溪村”，与写着的“东山村”不一致"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3", (3, "")), ("第三选区", (3, "")), ("第3选区（东山村）", (3, "东山村")), ("3 东山村", (3, "东山村")),
        ("东山村", (None, "东山村")),
        ("一心村", (None, "一心村")), ("3 第三选区", (3, "")), ("十二号选区", (12, "")), ("一 第一选区", (1, "")),
        ("3.东山村", (3, "东山村")), ("（3）东山村", (3, "东山村")), ("3、东山村", (3, "东山村")), ("3-东山村", (3, "东山村")),
        ("东山村（第三选区）", (3, "东山村")), ("东山村第三选区", (3, "东山村")), ("云溪镇第三选区", (3, "")), ("3.0", (3, "")),
        ("第三选区（2名）", (3, "")), ("第三选区-东山村", (3, "东山村")), ("3-5村", (None, "3-5村")), ("百户村", (None, "百户村")),
    ],
)  # fmt: skip
def test_districts_as_rosters_write_them(text, found):
    assert words.district_in(text) == found


def test_a_row_of_several_levels_names_each_of_them():
    assert words.levels_in("县、镇两级代表") == {"county", "township"}
    assert words.levels_in("市县乡三级") == {"city", "county", "township"}
    assert words.levels_in("妇女代表") == set()
