"""One word a concept: every kind of record is in the glossary, once."""

import re

from django.apps import apps

from tests.architecture.source import APPS, ROOT


def named(text: str) -> list[str]:
    """The names of classes in the glossary's second column."""
    rows = [line.split("|") for line in text.splitlines() if line.startswith("|")]
    return [name for row in rows if len(row) > 2 for name in re.findall(r"`([A-Z]\w+)`", row[2])]


def models() -> set[str]:
    return {model.__name__ for model in apps.get_models() if model.__module__.split(".")[0] in APPS}


def test_every_kind_of_record_has_its_word():
    found = named((ROOT / "docs/glossary.md").read_text(encoding="utf-8"))
    assert sorted(models() - set(found)) == []


def test_a_missing_word_would_be_noticed():
    assert named("| 字 | code | meaning |\n|---|---|---|\n| 甲 / 乙 | `First` / `Second`, `third` | `Fourth` |") == [
        "First",
        "Second",
    ]
