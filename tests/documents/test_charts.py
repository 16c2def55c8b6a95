"""Charts: one drawing on page and paper, letters that can be read, and what cannot be drawn is said."""

import io
import re

import pytest
from pdfminer.high_level import extract_text

from congress.documents import charts, text, word
from congress.documents.inspection import check
from congress.documents.render import render
from congress.documents.word_inspection import check as check_word
from tests import judge
from tests.documents.docx import text_of

YEARS = (("2020年", 31), ("2021年", 40), ("2022年", 47))
MONTHS = tuple((f"{month}月", month * 3 % 7) for month in range(1, 13))


def test_every_value_is_written_at_its_bar_and_the_highest_reaches_the_top():
    drawn = charts.drawn("接待", YEARS)
    heights = [float(one) for one in re.findall(r'<rect [^>]*height="([0-9.]+)"', drawn)]
    assert heights == [pytest.approx(max(heights) * value / 47, abs=0.02) for _, value in YEARS]
    assert max(heights) > charts.HIGH / 2
    assert re.findall(r">([^<>]+)</text>", drawn) == ["31", "2020年", "40", "2021年", "47", "2022年"]


def test_a_line_goes_through_all_its_points():
    drawn = charts.drawn("接待", YEARS, "line")
    assert len(re.search(r'points="([^"]+)"', drawn)[1].split()) == drawn.count("<circle") == 3


@pytest.mark.parametrize("rows", [YEARS, MONTHS, MONTHS + MONTHS[:4]])
def test_letters_are_never_below_the_size_that_is_read_and_no_style_stands_in_the_drawing(rows):
    drawn = charts.drawn("接待<选民>&", rows)
    assert min(float(one) for one in re.findall(r'font-size="([0-9.]+)"', drawn)) >= round(10.5 * 25.4 / 72, 3)
    assert "style" not in drawn
    assert "<title>接待&lt;选民&gt;&amp;</title>" in drawn


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (YEARS[:1], "只有1个数，画不成图"),
        ((), "只有零个数"),
        (MONTHS * 2, "最多画16个"),
        ((("甲", 0), ("乙", 0)), "都是零"),
        ((("很长很长很长的名称" * 2, 1),) * 6, "名称太长"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_reason(rows, says):
    with pytest.raises(charts.NoChart, match=says):
        charts.drawn("接待", rows)


@pytest.mark.parametrize("kind", ["bars", "line"])
def test_a_chart_stands_on_the_grid_of_its_page_and_both_files_say_its_numbers(report_blocks, kind, tmp_path):
    chart = text.Chart("接待选民人次（人次）", YEARS, kind)
    blocks = [*report_blocks[:4], chart, *report_blocks[4:]]
    pdf = render(blocks, title="题")
    assert [row for row in check(pdf) if not row.ok] == []
    assert judge.objections(pdf, "report", tmp_path) == {}
    copy = word.write(blocks, title="题")
    assert [row for row in check_word(copy) if not row.ok] == []
    bare = [re.sub("—[0-9]+—", "", "".join(words.split())) for words in (extract_text(io.BytesIO(pdf)), text_of(copy))]
    assert sorted(bare[0]) == sorted(bare[1])
