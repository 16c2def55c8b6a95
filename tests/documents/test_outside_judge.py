"""The judge that stands beside the repository agrees. Collected only where it stands (see conftest)."""

import subprocess
import sys

import pytest

from congress.documents import inspection, text
from congress.documents.cleaning import clean
from congress.documents.render import render
from tests.documents.conftest import SHARED, TITLE, roster

SEED = sorted((SHARED / "seeds").glob("*.txt"))


def judge(pdf: bytes, profile: str, tmp_path) -> str:
    """Run the judge; its closing line, or all failing lines."""
    path = tmp_path / "document.pdf"
    path.write_bytes(pdf)
    program = str(SHARED / "tools" / "check_gbt9704.py")
    done = subprocess.run(
        [sys.executable, program, str(path), "--profile", profile], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (
        "\n".join(line for line in done.stdout.splitlines() if line.startswith("FAIL")) or done.stderr
    )
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("seed", SEED, ids=lambda path: path.stem)
def test_seed_text_passes_both_inspections(seed, tmp_path):
    cleaned, notes = clean(seed.read_text(encoding="utf-8"))
    pdf = render(text.blocks_from_text(cleaned, TITLE), title=TITLE.replace("\n", ""))
    assert {note.code for note in notes if note.changed} == {"space", "semicolon"}
    assert [row for row in inspection.check(pdf, "report", False) if not row.ok] == []
    assert judge(pdf, "report", tmp_path).endswith(" 0 failed")


def test_report_passes_the_judge(report_pdf, tmp_path):
    assert judge(report_pdf, "report", tmp_path).endswith(" 0 failed")


def test_notice_passes_the_judge(notice_pdf, tmp_path):
    assert judge(notice_pdf, "official", tmp_path).endswith(" 0 failed")


def test_upright_roster_passes_the_judge(tmp_path):
    table = roster(60, landscape=False, foot=("制表单位：××镇人民代表大会主席团", "2026年3月1日"))
    assert judge(render(table, profile="table"), "table", tmp_path).endswith(" 0 failed")
