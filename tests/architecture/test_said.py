"""What is written of every page and of every sample is compared, and a difference would be noticed."""

import pytest

from tests.architecture import said
from tests.architecture.test_urls import one_day, sampled  # noqa: F401

pytestmark = pytest.mark.usefixtures("sampled", "one_day")


def test_the_words_of_a_page_are_read_without_what_passes():
    html = "<main><h1>选区 1</h1><script>x</script><p>2026年11月26日 8:05</p><select><option>甲</option></select></main><p>外"
    assert said.words(html) == "选区 1 | 近日 时刻"


def test_a_page_that_says_something_else_would_be_noticed(monkeypatch, tmp_path):
    (tmp_path / "clerk.txt").write_text("units: 承办单位 | 水利站\n", encoding="utf-8")
    monkeypatch.setattr(said, "HERE", tmp_path)
    monkeypatch.delenv("SAID", raising=False)
    pages = said.Pages("clerk")
    for now, differ in (("水利站", 0), ("水利局", 2)):
        pages.shown["units"] = f"承办单位 | {now}"
        assert len(pages.differing()) == differ


def test_every_sample_is_called_what_is_written(samples):
    """On pages, and in the trail for good."""
    names = said.Pages("names")
    for name, row in samples[0].rows.items():
        called = f"{row} | {getattr(row, 'audit_label', '')}"
        names.shown[name] = said.without_what_passes(called)
    assert names.differing() == []
