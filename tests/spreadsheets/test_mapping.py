"""Finding the table in what offices send."""

import pytest

from congress.spreadsheets.columns import Column, letters
from congress.spreadsheets.mapping import Mapping, _heading, find_tables, map_columns
from congress.spreadsheets.read import SheetRefused, read_pasted, read_workbook
from tests.spreadsheets.books import ROSTER, office_roster, workbook


def table_in(book):
    """The only table of a workbook."""
    (table,) = find_tables(book, ROSTER).tables
    return table


def test_header_under_title_rows_and_merged_groups_is_found():
    table = table_in(read_workbook(office_roster(), "名册.xlsx"))
    assert table.header_row == 4
    assert table.mapping.places == {"district": 1, "name": 2, "sex": 3, "id_number": 4, "phone": 5, "party": 6}
    assert table.mapping.missing == []
    assert table.mapping.unknown == []


def test_rows_that_are_not_data_are_stepped_over_with_their_reason():
    table = table_in(read_workbook(office_roster(), "名册.xlsx"))
    assert [number for number, *_ in table.data_rows()] == [5, 6, 9]
    assert [(one.row, one.reason) for one in table.skipped] == [
        (8, "分组标题或说明"),
        (10, "合计行"),
        (11, "说明或签字行"),
    ]


def test_cells_merged_over_several_rows_count_for_each():
    table = table_in(read_workbook(office_roster(), "名册.xlsx"))
    assert [cells[1] for _, cells, _ in table.data_rows()] == ["第一选区", "第一选区", "第二选区"]


def test_repeated_header_of_printed_pages_is_stepped_over():
    book = read_pasted("姓名\t性别\n张伟\t男\n姓名\t性别\n王芳\t女\n")
    table = table_in(book)
    assert [number for number, *_ in table.data_rows()] == [2, 4]
    assert table.skipped[0].reason == "重复的表头"


def test_two_headings_further_down_or_on_the_right_begin_another_table_and_one_does_not():
    """The fewest that can be a table's: those of a list of names."""
    names = (Column("name", "姓名", required=True), Column("sex", "性别"), Column("district", "选区"))

    def read(text):
        found = find_tables(read_pasted(text), names)
        assert found.left == []
        return [(table.header_row, table.mapping.places) for table in found.tables]

    head, first = "姓名\t性别\t选区\n张伟\t男\t第一选区\n", (1, {"name": 0, "sex": 1, "district": 2})
    assert read(f"{head}性别\t姓名\n女\t王芳\n") == [first, (3, {"sex": 0, "name": 1})]
    assert read(f"{head}\t姓名\n\t王芳\n") == [first]
    block = (1, {"name": 0, "sex": 1})
    assert read("姓名\t性别\t姓名\t性别\n张伟\t男\t王芳\t女\n") == [block, (1, {"name": 2, "sex": 3})]
    assert read("姓名\t性别\t姓名\n张伟\t男\t王芳\n") == [block]


def test_person_row_is_never_taken_for_a_note_or_total():
    book = read_pasted("姓名\t性别\t选区\n统计员\t男\t第一选区\n备注\t女\t第一选区\n")
    assert [number for number, *_ in table_in(book).data_rows()] == [2, 3]


@pytest.mark.parametrize(
    "row", ["镇人大主席（签名）：\t\t年  月  日", "乡镇党委书记：\t审核领导：", "分管领导：\t\t2026年 月 日"]
)
def test_lines_left_open_for_a_pen_are_no_rows(row):
    table = table_in(read_pasted(f"姓名\t性别\t选区\n张伟\t男\t第一选区\n{row}\n"))
    assert [number for number, *_ in table.data_rows()] == [2]
    assert table.skipped[0].reason == "说明或签字行"


@pytest.mark.parametrize(
    "heading", ["姓名", "姓 名", "姓　名", "*姓名", "姓名（必填）", "名字", "代表姓名", "姓名：", "“姓名”"]
)
def test_headings_are_recognised_in_many_spellings(heading):
    assert map_columns([heading], ROSTER).places == {"name": 0}


@pytest.mark.parametrize("heading", ["政治面貌/党派", "党派／政治面貌", "党派或政治面貌", "政治面貌、党派（全称）"])
def test_a_heading_may_give_two_words_for_one_column(heading):
    assert map_columns([heading], ROSTER).places == {"party": 0}
    assert map_columns(["姓名/性别"], ROSTER).places == {}


def test_a_heading_of_which_one_word_is_known_gives_way_to_one_that_is_known_whole():
    assert map_columns(["姓名", "手机号/座机"], ROSTER).places == {"name": 0, "phone": 1}
    assert map_columns(["联系人/电话", "姓名", "手机"], ROSTER).places == {"name": 1, "phone": 2}


def test_headings_may_stand_in_three_rows():
    rows = [["姓名", "基本情况", None, None, "身份证号"], [None, "自然情况", None, "社会情况", None],
            [None, "性别", "出生年月", "党派", None], ["张伟", "男", "1975.08", "党员", "1"]]  # fmt: skip
    table = table_in(
        read_workbook(workbook(rows, [(0, 0, 2, 0), (0, 1, 0, 3), (1, 1, 1, 2), (0, 4, 2, 4)]), "名册.xlsx")
    )
    assert (table.header_row, table.mapping.unknown) == (3, [])
    assert table.mapping.places == {"name": 0, "sex": 1, "born": 2, "party": 3, "id_number": 4}


def test_label_goes_before_synonym_and_the_other_is_reported():
    mapping = map_columns(["电话", "手机号码", "姓名"], ROSTER)
    assert mapping.places["phone"] == 1
    assert mapping.unknown == ["A列“电话”（与前面的列重复，只取前面一列）"]


def test_unknown_and_missing_columns_are_reported():
    mapping = map_columns(["序号", "姓名", "宗教信仰", ""], ROSTER)
    assert mapping.unknown == ["C列“宗教信仰”"]
    assert mapping.missing == ["身份证号"]


def test_mapping_is_remembered_and_can_drop_a_column():
    remembered = {"持证人": "name", "电话": ""}
    mapping = map_columns(["持证人", "电话", "身份证"], ROSTER, remembered)
    assert mapping.places == {"name": 0, "id_number": 2}
    assert mapping.unknown == []


def test_the_best_of_several_sheets_is_the_one_named_by_hand():
    book = read_pasted("说明\n请填写\n")
    book.sheets += read_workbook(workbook([["姓名", "性别"], ["张伟", "男"]], sheet="二"), "a.xlsx").sheets
    assert table_in(book).sheet.name == "二"


def test_table_without_header_is_refused_in_words():
    with pytest.raises(SheetRefused, match="至少包括：姓名、身份证号") as caught:
        find_tables(read_pasted("张伟\t男\n王芳\t女\n"), ROSTER)
    assert caught.value.code == "no_header"


def test_column_letters():
    assert [letters(index) for index in (0, 2, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "C",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_column_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="kind"):
        Column("a", "甲", kind="colour")


def test_a_table_that_is_not_read_is_named_by_sixty_characters_of_its_headings():
    assert _heading(Mapping({"name": 2, "sex": 0}, ["性别", "备注", "姓名"])) == "性别、姓名"
    assert _heading(Mapping({"name": 0, "sex": 1}, ["姓" * 40, "别" * 40])) == "姓" * 40 + "、" + "别" * 19


LEDGER = (
    Column("title", "标题", required=True),
    Column("assigned_on", "交办日期", kind="date"),
    Column("unit", "承办单位", ("交办单位",)),
    Column("replied_on", "答复日期", ("答复时间",), kind="date"),
    Column("said", "答复内容"),
)


def test_a_heading_means_what_it_says_with_the_one_merged_above_it():
    rows = [["标题", "交办情况", None, "答复", None], [None, "日期", "单位", "时间", "内容"],
            ["修路", "2026-03-01", "交通站", "2026-04-01", "已修"]]  # fmt: skip
    book = read_workbook(workbook(rows, [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)]), "台账.xlsx")
    (table,) = find_tables(book, LEDGER).tables
    assert table.mapping.places == {"title": 0, "assigned_on": 1, "unit": 2, "replied_on": 3, "said": 4}
    assert table.mapping.unknown == []


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ("其中女代表两名\t\t", True),  # by its length alone
        ("说明：\t见附件\t", True),  # by its colon alone
        ("备注某\t女\t", False),  # as long as a name
        ("备注某某\t女\t", False),
        ("其中女代表两名\t女\t第一选区", False),  # as full as a row
    ],
)
def test_a_note_is_longer_than_a_name_or_ends_with_a_colon_and_fills_two_cells_at_most(row, note):
    table = table_in(read_pasted(f"姓名\t性别\t选区\n张伟\t男\t第一选区\n{row}\n"))
    assert [number for number, *_ in table.data_rows()] == ([2] if note else [2, 3])
    assert [one.reason for one in table.skipped] == (["说明或签字行"] if note else [])


@pytest.mark.parametrize("heading", ["交办日期", "交办时间", "交办日", "交办日期（年月日）"])
def test_a_day_a_date_and_a_time_are_one_heading(heading):
    assert map_columns([heading], LEDGER).places == {"assigned_on": 0}


def test_a_sex_without_a_name_is_a_row_and_no_figure():
    table = table_in(read_pasted("姓名\t性别\t选区\n张伟\t男\t1\n\t女\t1\n女\t1\t\n"))
    assert [number for number, *_ in table.data_rows()] == [2, 3]
    assert table.skipped[0].reason == "统计行"


def test_more_of_a_text_in_a_column_that_is_not_read_is_no_title():
    table = table_in(
        read_pasted("序号\t姓名\t性别\t简历\n1\t张伟\t男\t2010年任职\n\t\t\t2015年调离县委\n云溪村\n2\t王芳\t女\t\n")
    )
    assert [(number, title) for number, _, title in table.data_rows()] == [(2, ""), (5, "云溪村")]
    assert [one.reason for one in table.skipped] == ["没有可导入的内容", "分组标题或说明"]
