"""Tables out: nothing is computed, everything comes back equal."""

import csv
import datetime
import io
import string

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress.spreadsheets.columns import Column
from congress.spreadsheets.read import read_workbook
from congress.spreadsheets.write import (
    CELL_LIMIT,
    FORMULA,
    neutral,
    safe_filename,
    template_workbook,
    write_csv,
    write_xlsx,
)
from tests.spreadsheets.books import ROSTER, id_number
from tests.spreadsheets.test_preview import Plain, seen

TWO = (Column("a", "甲"), Column("b", "乙"))
# Characters of any script and all those that start formulas; control characters are no text and are dropped.
TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff"),
        st.sampled_from(FORMULA.replace("\t", "").replace("\r", "") + "'\"\n ,;_x"),
    ),
    max_size=20,
)
ATTACKS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "\t=1",
    "\r=1",
    " =1",
    '"=1',
    "'=1",
    "\n=1",
    "=cmd|'/c calc'!A0",
    "http://a.b",
]


def sheet_of(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).active


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6))
def test_xlsx_holds_no_formula_and_no_link(rows):
    page = sheet_of(write_xlsx(TWO, rows, "名册"))
    cells = [cell for line in page for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TEXT.filter(bool), TEXT), min_size=1, max_size=6))
def test_xlsx_comes_back_equal(rows):
    read = read_workbook(write_xlsx(TWO, rows, "名册"), "a.xlsx").sheets[0].rows[2:]
    assert [[*row, None, None][:2] for row in read] == [[a, b or None] for a, b in rows]


def test_text_that_looks_like_an_escape_comes_back_equal():
    rows = [("_x0041_", "a_x000D_b"), ("  边上有空格  ", "两\n行")]
    read = read_workbook(write_xlsx(TWO, rows, "名册"), "a.xlsx").sheets[0].rows[2:]
    assert [tuple(row) for row in read] == rows


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(TEXT.filter(lambda text: text.strip()), TEXT), min_size=1, max_size=6))
def test_csv_comes_back_equal(rows):
    read = read_workbook(write_csv(TWO, rows), "a.csv").sheets[0].rows[1:]
    assert [[*row, None, None][:2] for row in read] == [[a, b or None] for a, b in rows]


@settings(max_examples=200)
@given(st.one_of(TEXT, st.sampled_from(ATTACKS)))
def test_csv_cells_never_begin_like_a_formula(text):
    written = next(
        csv.reader(io.StringIO(write_csv(TWO, [(text, 1)]).decode("utf-8-sig").split("\r\n", 1)[1], newline=""))
    )
    assert written[0].lstrip(' \u3000\u00a0\ufeff"\n')[:1] not in tuple(FORMULA)


@pytest.mark.parametrize("text", ATTACKS[:-1])
def test_attacks_get_exactly_one_apostrophe(text):
    assert neutral(text).startswith("'")
    assert neutral(text)[1:] == text.replace("\r", "\n")


def test_numbers_in_csv_stay_numbers():
    assert write_csv(TWO, [(-5, 2.5)]).decode("utf-8-sig") == "甲,乙\r\n-5,2.5\r\n"
    assert write_csv(TWO, []).startswith(b"\xef\xbb\xbf")


def test_xlsx_is_ready_to_read_and_print():
    rows = [{"name": "张伟", "id_number": id_number(1), "phone": "13800138000"}]
    page = sheet_of(write_xlsx(ROSTER, rows, "××镇代表花名册", "代表花名册"))
    assert page.title == "代表花名册"
    assert page["A1"].value == "××镇代表花名册"
    assert [cell.value for cell in page[2]] == [column.label for column in ROSTER]
    assert (page["E3"].value, page["E3"].data_type, page["E3"].number_format) == (id_number(1), "s", "@")
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == "A2:H3"
    assert page.print_title_rows == "$1:$2"
    assert "$A$1:$H$3" in page.print_area
    setup = page.page_setup
    # One page wide is what the attribute means when it is absent.
    assert (setup.orientation, setup.paperSize, setup.fitToWidth or 1, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddFooter.center.text == "第 &P 页，共 &N 页"
    margins = page.page_margins
    assert (margins.left, margins.right, margins.top, margins.bottom) == (0.5, 0.5, 0.6, 0.6)
    assert page.column_dimensions["E"].width > page.column_dimensions["B"].width


def test_values_keep_their_types():
    day = datetime.date(2026, 3, 1)
    page = sheet_of(write_xlsx(TWO, [(day, 12), (True, None), (10**17, 2.5)], "表"))
    assert page["A3"].value.date() == day
    assert (page["B3"].value, page["A4"].value, page["B4"].value) == (12, "是", None)
    assert (page["A5"].value, page["B5"].value) == (str(10**17), 2.5)


def test_text_no_cell_can_hold_is_cut_and_says_so():
    page = sheet_of(write_xlsx(TWO, [("字" * (CELL_LIMIT + 5), "a\x00b\r\nc")], "表"))
    assert len(page["A3"].value) <= CELL_LIMIT
    assert page["A3"].value.endswith("…（已截断）")
    assert page["B3"].value == "ab\nc"


def test_same_rows_give_the_same_bytes():
    assert write_xlsx(TWO, [("a", 1)], "表") == write_xlsx(TWO, [("a", 1)], "表")


def test_one_column_and_no_rows_are_written_too():
    assert sheet_of(write_xlsx(TWO[:1], [], "表/名:*?"))["A2"].value == "甲"


def test_template_has_text_columns_and_lists():
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(ROSTER, "代表导入模板")))
    page = book.active
    assert page.title == "代表导入模板"
    assert book["选项"].sheet_state == "hidden"
    assert page.column_dimensions["E"].width == pytest.approx(22, abs=1)
    ranges = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    assert ranges == {"B3": "选项!$B$1:$B$2", "C3": "选项!$C$1:$C$56", "G3": "选项!$G$1:$G$13"}
    assert [cell.value for cell in book["选项"]["B"]][:2] == ["男", "女"]
    assert page["A2"].font.color.rgb == "FFB3261E"


def test_template_columns_are_text_so_that_long_numbers_survive():
    data = template_workbook(ROSTER, "代表导入模板")
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    styles = [page.column_dimensions[letter].number_format for letter in string.ascii_uppercase[: len(ROSTER)]]
    assert styles == ["@"] * len(ROSTER)


def test_filled_template_is_imported():
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(ROSTER, "代表导入模板")))
    for place, value in enumerate(
        ("张伟", "男", "汉族", "1949-12", id_number(1), "13800138000", "群众", "第一选区"), start=1
    ):
        book.active.cell(3, place, value)
    out = io.BytesIO()
    book.save(out)
    preview = seen(read_workbook(out.getvalue(), "模板.xlsx"), Plain())
    assert [row.status for row in preview.rows] == ["new"]
    assert preview.left == [], "the sheets of our own templates are nobody's data"


def test_file_names():
    day = datetime.date(2026, 1, 1)
    assert safe_filename("大坝镇", "代表花名册", day) == "大坝镇_代表花名册_20260101.xlsx"
    assert safe_filename("a/../b", 'x:"<>|', day, "csv") == "a-..-b_x_20260101.csv"
    assert safe_filename("", "..", day) == "表_表_20260101.xlsx"
