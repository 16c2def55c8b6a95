"""The judge that stands beside the repository agrees. Collected only where it stands (see conftest)."""

import pytest

from congress.documents import inspection, text
from congress.documents.cleaning import clean
from congress.documents.render import render
from tests.documents.conftest import TITLE, roster
from tests.judge import SHARED, objections

SEED = sorted((SHARED / "seeds").glob("*.txt"))


@pytest.mark.parametrize("seed", SEED, ids=lambda path: path.stem)
def test_seed_text_passes_both_inspections(seed, tmp_path):
    cleaned, notes = clean(seed.read_text(encoding="utf-8"))
    pdf = render(text.blocks_from_text(cleaned, TITLE), title=TITLE.replace("\n", ""))
    assert {note.code for note in notes if note.changed} == {"space", "semicolon"}
    assert [row for row in inspection.check(pdf, "report", False) if not row.ok] == []
    assert objections(pdf, "report", tmp_path) == {}


def test_report_passes_the_judge(report_pdf, tmp_path):
    assert objections(report_pdf, "report", tmp_path) == {}


def test_notice_passes_the_judge(notice_pdf, tmp_path):
    assert objections(notice_pdf, "official", tmp_path) == {}


def test_upright_roster_passes_the_judge(tmp_path):
    table = roster(60, landscape=False, foot=("制表单位：××镇人民代表大会主席团", "2026年3月1日"))
    assert objections(render(table, profile="table"), "table", tmp_path) == {}
