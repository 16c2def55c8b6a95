"""Part of a file never vanishes in silence: sheets, blocks, lower tables, error cells, columns, totals, changed words."""

import datetime
import io

import pytest
import xlsxwriter
import xlwt

from congress import imports
from congress.imports import batches
from congress.spreadsheets.marks import marks_of, shows_month
from deputies.models import Deputy
from tests.imports.ledgers import seen
from tests.spreadsheets.books import id_number

HEAD = ["序号", "姓名", "性别", "出生年月", "单位及职务"]
ONE = [1, "赵一", "男", "1970-01", "甲村村民"]
TWO = [2, "钱二", "女", "1971-02", "乙村村民"]
THREE = [3, "孙三", "男", "1972-03", "丙村村民"]


def book(*sheets, hidden=(), date1904=False) -> bytes:
    """A workbook of (name, rows) sheets; a cell may be (value, number format) or an error as text beginning with #."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": date1904, "strings_to_numbers": False})
    for name, rows in sheets:
        page = made.add_worksheet(name)
        if name in hidden:
            page.hide()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                _put(made, page, number, place, cell)
    made.close()
    return stream.getvalue()


def _put(made, page, number, place, cell):
    if isinstance(cell, tuple):
        page.write(number, place, cell[0], made.add_format({"num_format": cell[1]}))
    elif isinstance(cell, str) and cell.startswith("#"):
        page.write_formula(number, place, "=A1", None, cell)
    elif isinstance(cell, str):
        page.write_string(number, place, cell)
    elif cell is not None:
        page.write(number, place, cell)


def names(preview) -> list[str]:
    return [row.values["name"] for row in preview.rows]


def test_every_visible_sheet_with_the_heading_is_read_and_the_others_are_named(world, bring):
    note = ("说明", [["填表要求"], ["请如实填写"]])
    data = book(
        ("东片", [HEAD, ONE]), ("西片", [HEAD, TWO, THREE]), note, ("旧名单", [HEAD, ONE, TWO]), hidden=("旧名单",)
    )
    with world.in_township():
        preview = seen(bring(data))
        assert names(preview) == ["赵一", "钱二", "孙三"]
        assert [(part.sheet, part.rows) for part in preview.parts] == [("东片", 1), ("西片", 2)]
        assert preview.left == ["工作表“说明”（2行）没有认出表头，没有读取", "隐藏的工作表“旧名单”（3行）没有读取"]


def test_the_clerk_chooses_the_sheets_to_read(world, bring):
    with world.in_township():
        batch = bring(book(("东片", [HEAD, ONE]), ("去年", [HEAD, TWO])))
        batches.look_again(world.clerk, batch, sheets=["东片"])
        assert names(seen(batch)) == ["赵一"]
        assert seen(batch).left == ["工作表“去年”（2行）没有选择读取"]


def test_a_second_sheet_that_contradicts_the_first_is_told_in_plain_words(world, bring):
    data = book(("东片", [HEAD, ONE]), ("西片", [[*HEAD, "手机"], [1, "赵一", "男", "1970-01", "甲村村民", "13800138000"],
                [2, "赵一", "女", "1970-01", "甲村村民", None]]))  # fmt: skip
    with world.in_township():
        preview = seen(bring(data))
        assert [row.status for row in preview.rows] == ["new", "duplicate", "duplicate"]
        assert [str(error) for error in preview.errors] == [
            "工作表“西片”第2行：与工作表“东片”第2行重复；这一行多出手机，没有导入，请并入前一行",
            "工作表“西片”第3行：与工作表“东片”第2行重复，但性别不一致，请核对后只留一处",
        ]


def test_a_list_printed_in_two_columns_is_read_whole(world, bring):
    rows = [[*HEAD, *HEAD], [*ONE, *TWO], [*THREE, *[None] * 5], ["合计", "3名"]]
    with world.in_township():
        preview = seen(bring(book(("名册", rows))))
        assert sorted(names(preview)) == sorted(["赵一", "孙三", "钱二"])
        assert preview.errors == []
        assert (preview.left, preview.unknown) == ([], [])


def test_another_block_of_columns_is_named_with_its_rows(world, bring):
    rows = [[*HEAD, None, "姓名", "性别", "电话"], [*ONE, None, "李配偶", "女", "13800138000"], TWO]
    with world.in_township():
        preview = seen(bring(book(("名册", rows))))
        assert names(preview) == ["赵一", "钱二"]
        assert preview.left == ["工作表“名册”G到H列是另一组列（姓名、性别），1行没有读取"]
        assert preview.rows[0].values["phone"] == "13800138000"


def test_a_table_below_with_other_columns_is_read_or_named(world, bring):
    lower = [["姓名", "单位及职务", "性别"], ["孙三", "丙村村民", "男"]]
    other = [["单位", "电话号码", "备注"], ["水利站", "0536-3251234", "值班"]]
    with world.in_township():
        preview = seen(bring(book(("名册", [HEAD, ONE, *lower, *other]))))
        assert names(preview) == ["赵一", "孙三"]
        assert preview.rows[1].values["employer_post"] == "丙村村民"
        assert preview.left == ["工作表“名册”第5行起是另一个表（单位、电话号码、备注），1行没有读取"]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_a_formula_that_failed_is_an_error_at_its_cell(world, bring, error):
    with world.in_township():
        preview = seen(bring(book(("名册", [HEAD, [1, "赵一", "男", "1970-01", error]]))))
        assert [str(each) for each in preview.errors] == [f"第2行E列：公式出错（{error}），请改成应有的内容"]
        pasted = seen(bring([HEAD, [1, "赵一", "男", error, "甲村"]]))
        assert str(pasted.errors[0]) == f"第2行D列：公式出错（{error}），请改成应有的内容"


def test_errors_and_months_of_the_old_format_are_seen_too(world, bring):
    made = xlwt.Workbook()
    page = made.add_sheet("名册")
    for place, label in enumerate(["姓名", "身份证号", "出生日期", "单位及职务"]):
        page.write(0, place, label)
    month = xlwt.easyxf(num_format_str='yyyy"年"m"月"')
    for row, born in ((1, datetime.date(1975, 8, 1)), (2, datetime.date(1975, 9, 1))):
        page.write(row, 0, f"赵{'零一二'[row]}")
        page.write(row, 1, id_number(row, "19750812"))
        page.write(row, 2, born, month)
    page.row(1).set_cell_error(3, 0x17)
    stream = io.BytesIO()
    made.save(stream)
    with world.in_township():
        preview = seen(bring(stream.getvalue(), "名册.xls"))
        assert [str(error) for error in preview.errors] == [
            "第2行D列：公式出错（#REF!），请改成应有的内容",
            "第3行C列：出生日期与身份证号不一致",
        ]


@pytest.mark.parametrize(
    ("born", "wrong"),
    [
        ((datetime.datetime(1975, 8, 1), "yyyy.mm"), False),
        ((datetime.datetime(1975, 8, 20), "mmm-yy"), False),
        ((datetime.datetime(1975, 9, 1), "yyyy.mm"), True),
        ((datetime.datetime(1975, 8, 1), "yyyy-mm-dd"), True),
        ((datetime.datetime(1975, 8, 12), "yyyy-mm-dd"), False),
        (27618, False),
        (27619, True),
        ("1975.8", False),
    ],
)
def test_a_month_is_compared_as_a_month_and_a_serial_number_is_a_day(world, bring, born, wrong):
    rows = [["姓名", "身份证号", "出生日期"], ["赵一", id_number(1, "19750812"), born]]
    with world.in_township():
        assert bool(seen(bring(book(("名册", rows)))).errors) is wrong


def test_under_the_heading_of_a_month_the_first_of_a_month_is_a_month(world, bring, take):
    day = (datetime.datetime(1975, 8, 1), "yyyy-mm-dd")
    with world.in_township():
        batch = bring(book(("名册", [["姓名", "身份证号", "出生年月"], ["赵一", id_number(1, "19750812"), day]])))
        take(batch)
        assert Deputy.objects.get(name="赵一").birth_date == datetime.date(1975, 8, 12)


def test_days_counted_from_1904_are_the_same_days(world, bring):
    rows = [
        ["姓名", "性别", "出生日期"],
        ["赵一", "男", (datetime.datetime(1975, 8, 12), "yyyy-mm-dd")],
        ["钱二", "男", 26156],
    ]
    with world.in_township():
        preview = seen(bring(book(("名册", rows), date1904=True)))
        assert [row.values["birth_date"] for row in preview.rows] == ["1975-08-12", "1975-08-12"]


@pytest.mark.parametrize(
    ("code", "month"),
    [("yyyy.mm", True), ('yyyy"年"m"月"', True), ("mmm-yy", True), ('[$-804]yyyy"年"m"月";@', True), ("yyyy-mm-dd", False),
     ("General", False), ("m/d/yyyy h:mm", False), ("mm:ss", False), ('yyyy"年"', False)],
)  # fmt: skip
def test_which_formats_show_no_day(code, month):
    assert shows_month(code) is month


@pytest.mark.parametrize(
    "line",
    [
        ["合计", "36"], ["合计 36 名"], ["合计：36名，其中女12名"], ["总计", "36名", "女12名"], ["共36人"], ["小计", 12, 24],
        ["填表人：李四", None, "审核人：王五"], ["填表人：", "李四", "审核人：", "王五"], ["制表：李四", "2026年3月1日", "（盖章）"],
        ["负责人签字：", "李四"], ["注：以上人员均已核对"], ["单位负责人：张三", None, "填表日期：2026.3.1"],
        ["2026年11月20日"], ["（盖章）"], ["单位（公章）"], ["以上名单经主席团会议讨论，报人代会审议。"],
    ],
)  # fmt: skip
def test_totals_and_signatures_are_neither_persons_nor_errors(world, bring, line):
    with world.in_township():
        preview = seen(bring(book(("名册", [HEAD, ONE, line]))))
        assert (names(preview), preview.errors) == (["赵一"], [])
        assert len(preview.skipped) == 1


def test_a_date_or_a_sentence_in_the_column_of_names_is_no_person(world, bring):
    with world.in_township():
        preview = seen(
            bring([["姓名", "性别"], ["赵一", "男"], ["2026年11月20日"], ["以上名单经主席团会议讨论，报人代会审议。"]])
        )
        assert (names(preview), preview.errors) == (["赵一"], [])
        assert [reason for _, _, reason in preview.skipped] == ["说明或签字行"] * 2


@pytest.mark.parametrize("name", ["计大川", "共小溪", "注云", "统一"])
def test_a_person_is_never_taken_for_a_total(world, bring, name):
    with world.in_township():
        assert names(seen(bring(book(("名册", [HEAD, [1, name, "男", "1970-01", "甲村"]]))))) == [name]


def test_unit_and_post_in_two_columns_are_joined_in_every_upload(world, bring):
    rows = [["姓名", "性别", "工作单位", "职务"], ["赵一", "男", "青砚农技站", "站长"], ["钱二", "女", "甲村", "甲村会计"],
            ["孙三", "男", "乙村", None]]  # fmt: skip
    named = [["姓名", "性别", "职务", "单位名称"], ["赵一", "男", "站长", "青砚农技站"]]
    with world.in_township():
        for table in (rows, named, rows):
            preview = seen(bring(table))
            assert preview.unknown == []
            assert preview.rows[0].values["employer_post"] == "青砚农技站站长"
        assert [row.values["employer_post"] for row in preview.rows[1:]] == ["甲村会计", "乙村"]
        both = seen(bring([["姓名", "性别", "单位及职务", "职务"], ["赵一", "男", "甲村会计", "会计"]]))
        assert both.rows[0].values["employer_post"] == "甲村会计"
        assert both.unknown == ["D列“职务”（与前面的列重复，只取前面一列）"]


def test_two_columns_named_by_hand_for_unit_and_post_are_joined(world, bring):
    with world.in_township():
        batch = bring([["大名", "男女", "在哪上班", "干啥的"], ["赵一", "男", "农技站", "站长"]])
        hand = {"大名": "name", "男女": "gender", "在哪上班": "employer_post", "干啥的": "employer_post"}
        batches.look_again(world.clerk, batch, columns=hand)
        assert seen(batch).rows[0].values["employer_post"] == "农技站站长"


@pytest.mark.parametrize(
    ("heading", "key", "cell"),
    [
        ("移动电话", "phone", "13800138000"), ("联系方式（手机）", "phone", "13800138000"), ("联系方式", "phone", "13800138000"),
        ("电话号码", "phone", "13800138000"), ("族别", "ethnicity", "回"), ("民族成份", "ethnicity", "回"), ("所属选区", "district", "1"),
        ("选区名称", "district", "云溪村"), ("出生年月日", "birth_date", "1970-01-02"), ("出生时间", "birth_date", "1970-01-02"),
        ("家庭地址", "address", "甲村"), ("单位名称", "employer_post", "甲村"), ("职业", "occupation", "农民"),
        ("政治面目", "party", "群众"), ("受教育程度", "education", "本科"), ("居民身份证号", "id_number", id_number(1)),
    ],
)  # fmt: skip
def test_headings_of_offices_are_known(world, bring, heading, key, cell):
    with world.in_township():
        preview = seen(bring([["姓名", "性别", heading], ["赵一", None if key == "id_number" else "男", cell]]))
        assert (preview.unknown, preview.errors) == ([], [])
        assert preview.rows[0].values[key]


def test_columns_that_nothing_is_read_from_are_named(world, bring):
    with world.in_township():
        preview = seen(bring([["姓名", "性别", "学位", "职称"], ["赵一", "男", "学士", "农艺师"]]))
        assert preview.unknown == ["C列“学位”", "D列“职称”"]


@pytest.mark.parametrize("data", [b"PK\x03\x04 nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b""])
def test_what_cannot_be_looked_into_has_no_marks(data):
    assert marks_of(data) == ({}, False)


def test_a_wps_table_is_read_and_offered():
    from congress.imports import UploadForm

    assert ".et" in UploadForm.base_fields["file"].widget.attrs["accept"]
    assert ".et" in UploadForm.base_fields["file"].help_text


@pytest.mark.parametrize("head", ["姓名", "代表姓名"])
def test_a_list_of_one_column_is_read(world, bring, head):
    with world.in_township():
        preview = imports.preview_of(bring([[head], ["王试一"], ["李试二"]]))
        assert [row.values["name"] for row in preview.rows] == ["王试一", "李试二"]
