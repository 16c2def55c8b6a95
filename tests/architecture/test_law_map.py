"""The map of the law says where each rule is asked, as the sources have it; a rule nobody asks says what it waits for."""

from pathlib import Path

from congress.law import map_docs, usage
from congress.law.waiting import WAITING

ROOT = Path(__file__).resolve().parents[2]


def test_the_law_map_is_what_the_sources_give():
    page = (ROOT / "docs" / "law-map.md").read_text(encoding="utf-8")
    assert page == map_docs.render(ROOT), "run: python manage.py law --write-docs"
    assert "（未写明）" not in page


def test_every_rule_no_page_asks_says_what_it_waits_for():
    unasked = usage.unasked(ROOT)
    assert unasked - set(WAITING) == set(), "asked by nothing: name in congress/law/waiting.py what it waits for"
    assert set(WAITING) - unasked == set(), "asked by now: take it out of congress/law/waiting.py"
    assert all(reason.strip() for reason in WAITING.values())
