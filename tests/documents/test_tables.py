"""Rosters: one row or five hundred, long cells, rare names, the header on every page."""

import io
from itertools import pairwise

import pytest
from docx import Document

from congress.documents import inspection, text
from congress.documents.measure import measure
from congress.documents.render import render
from congress.documents.word import write
from tests.documents.conftest import NAMES, ROSTER, roster


def failures(pdf: bytes) -> list:
    return [row for row in inspection.check(pdf, "table", False) if not row.ok]


@pytest.mark.parametrize("landscape", [True, False])
@pytest.mark.parametrize("rows", [0, 1, 14, 60])
def test_roster_of_any_length_passes_every_check(rows, landscape):
    foot = ("制表单位：××镇人民代表大会主席团", "2026年3月1日")
    pdf = render(
        roster(rows, landscape=landscape, foot=foot, subtitle="（按选区排列）", notes=("注：截至3月1日。",)),
        profile="table",
    )
    assert failures(pdf) == []
    pages = measure(pdf).pages
    assert all(page.wide is landscape for page in pages)
    day = next(line for line in pages[-1].lines if "制表单位" in line.text).glyphs[-1]
    right = max(rule.x1 for rule in pages[-1].rules if rule.horizontal)  # the date ends where the table does
    assert (day.char, day.x + day.width) == ("日", pytest.approx(right, abs=0.5))


def test_every_row_is_printed_once_and_reads_from_left_to_right(roster_pdf):
    printed = ["".join(g.char for g in line.glyphs) for page in measure(roster_pdf).pages for line in page.lines]
    for number in range(40):
        name = NAMES[number % len(NAMES)]
        if "·" not in name:  # long names stand on two lines
            row = f"{number + 1}{name}{'女' if number % 3 else '男'}第{number % 9 + 1}选区××镇××村"
            assert printed.count(row) == 1, row


def test_drawing_order_is_reading_order(roster_pdf):
    drawn = "".join(g.char for g in measure(roster_pdf).pages[0].glyphs)
    assert "1张喆男第1选区××镇××村2王堃女第2选区" in drawn


def test_two_character_names_are_as_wide_as_three(roster_pdf):
    page = measure(roster_pdf).pages[0]
    row = next(line for line in page.lines if line.text.startswith("1张喆"))
    zhang, zhe = row.glyphs[1:3]
    assert (zhe.x - zhang.x) / zhang.em == pytest.approx(2, abs=0.05)


def test_columns_stand_where_they_stand_in_every_row(roster_pdf):
    starts = {"性别": set(), "选区": set()}
    for page in measure(roster_pdf).pages:
        for line in page.lines:
            for glyph in line.glyphs:
                if glyph.char in "男女":
                    starts["性别"].add(round(glyph.x, 1))
                if glyph.char == "第" and page.in_table(line):
                    starts["选区"].add(round(glyph.x, 1))
    assert all(max(values) - min(values) <= 0.2 for values in starts.values())


def test_long_cell_wraps_inside_its_column_and_makes_only_its_row_higher():
    long = "××镇××村党支部书记、村民委员会主任，××镇××农民专业合作社理事长（返乡创业），县人大代表" * 2
    rows = [
        (1, "张喆", "男", "第1选区", "××村"),
        (2, "阿依古丽·买买提", "女", "第2选区", long),
        (3, "王建国", "男", "", None),
    ]
    pdf = render(text.TableDoc("花名册", ROSTER, rows), profile="table")
    assert failures(pdf) == []
    bars = sorted({round(rule.y0, 2) for rule in measure(pdf).pages[0].rules if rule.horizontal})
    heights = [round(b - a, 1) for a, b in pairwise(bars)]
    assert heights[0] == heights[1] == heights[3] == 9.0
    assert heights[2] > 15


def test_long_number_breaks_rather_than_crossing_a_rule():
    columns = (text.Column("序号", 1), text.Column("编号", 1), text.Column("说明", 12))
    pdf = render(text.TableDoc("登记表", columns, [(1, "1234567890123456789", "无")], landscape=False), profile="table")
    assert failures(pdf) == []


def test_alignment_left_centre_and_right():
    columns = tuple(
        text.Column(label, 1, align) for label, align in (("甲", "left"), ("乙", "center"), ("丙", "right"))
    )
    pdf = render(text.TableDoc("表", columns, [("一", "二", "三")], landscape=False), profile="table")
    row = next(line for line in measure(pdf).pages[0].lines if line.text == "一二三")
    left, centre, right = row.glyphs
    assert left.x == pytest.approx(28 + 1.2, abs=0.1)
    assert (centre.x + centre.right) / 2 == pytest.approx(106, abs=0.1)
    assert right.right == pytest.approx(184 - 1.2, abs=0.1)


def test_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="2 cells under 5 columns"):
        render(text.TableDoc("表", ROSTER, [(1, "张喆")]), profile="table")


def test_draft_roster_is_marked_on_every_page():
    pdf = render(roster(40), profile="table", draft=True)
    assert all(any(g.watermark for g in page.glyphs) for page in measure(pdf).pages)


@pytest.mark.slow
def test_hundreds_of_rows_go_on_over_pages():
    assert len(measure(render(roster(250), profile="table")).pages) > 15


def summed(rows: int) -> text.Table:
    told = [(f"第{number}类", str(number)) for number in range(rows)]
    return text.Table((text.Column("类别"), text.Column("件")), (*told, ("合计", "99")), "各类情况")


@pytest.mark.parametrize("rows", range(14, 19))
def test_a_total_is_never_alone_on_a_page(rows):
    pages = measure(render([text.Title(("报告",)), text.Paragraph.of("正文。"), summed(rows)], title="报告")).pages
    last = [line.text for line in pages[-1].lines]
    at = next(place for place, words in enumerate(last) if words.startswith("合计"))
    assert last[at - 1].startswith(f"第{rows - 1}类")
    assert sum(line.text.startswith("合计") for page in pages for line in page.lines) == 1


@pytest.mark.parametrize(("rows", "kept"), [(0, [False]), (1, [True, False]), (3, [False, False, True, False])])
def test_a_word_processor_keeps_it_with_the_row_above_it(rows, kept):
    table = Document(io.BytesIO(write([summed(rows)], title="报告"))).tables[0]
    held = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
    assert held == [False, *kept]
