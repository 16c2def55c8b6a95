"""The recipes of docs/architecture.md for a deadline, a document and an import, each followed once by a toy.

The toys of the others stand beside what they belong to: a step in `test_steps`, a plain record in `toy`, a figure in
`tests/reports/test_recipe`, a rule of law in `tests/law`.
"""

import re
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import reverse

from congress import imports
from congress.documents import kit
from congress.guard import touched
from congress.guard.action import action
from congress.imports.kinds import register as register_import
from congress.imports.records import RecordKind
from congress.law.finding import Citation
from congress.models import Document, Message
from congress.permissions import CATEGORIES
from congress.spreadsheets.columns import Column
from congress.work import deadlines, sources
from deputies.models import Group, Station
from tests.cast import SET_UP

RECIPES = Path(__file__).parents[2] / "docs" / "architecture.md"
TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class YearOld:
    """A due day as the law library would answer it."""

    date: date
    formula: str = "启用一年"
    citation: Citation | None = None


def a_year_after(station: Station) -> YearOld:
    return YearOld(station.opened_on.replace(year=station.opened_on.year + 1))


@pytest.fixture
def deadline(monkeypatch, world):
    monkeypatch.setattr(deadlines, "_deadlines", {})
    monkeypatch.setattr(sources, "_sources", [])
    monkeypatch.setattr(touched, "_watched", set())
    source = sources.register(
        sources.Source(
            "tests.stations", lambda only: list(Station.objects.kept().filter(pk__in=only)), {Station: "pk"}, Station
        )
    )
    kind = deadlines.Deadline(
        key="tests.station",
        label="联络站年检",
        source=source,
        opened=lambda rows: [deadlines.Opened(row, a_year_after(row), lambda: [world.clerk]) for row in rows],
        title=str,
        url=lambda row: reverse("deputies-station", args=[row.township.code, row.pk]),
    )
    deadlines.register(kind)
    return kind


def test_a_deadline_by_its_recipe_stands_on_the_board_and_reminds_once(world, deadline):
    with world.in_township():
        sources.tell(deadline.source)
        (line,) = deadlines.board(TODAY)
    assert (line.title, line.overdue) == ("云溪联络站", True)
    assert deadlines.sweep(world.township, TODAY) == 1
    assert deadlines.sweep(world.township, TODAY) == 0
    with world.in_township():
        message = Message.objects.get(kind="tests.station")
        assert deadlines.stands(message)
        with action(SET_UP, actor=None):
            world.station.opened_on = date(2026, 1, 1)
            world.station.save()
        assert not deadlines.stands(message)
        (moved,) = deadlines.board(TODAY)
    assert moved.due_on == date(2027, 1, 1)


def test_a_document_by_its_recipe_is_numbered_frozen_and_kept(world, monkeypatch):
    monkeypatch.setattr(kit, "_kinds", {})
    kind = kit.register(kit.DocumentKind("tests.notice", "通知", lambda context, draft: context["text"].encode()))
    with world.in_township():
        document = kit.issue(
            world.chair,
            kind,
            world.township,
            title="开会通知",
            context={"text": "%PDF 开会"},
            subject=world.term,
            issued_on=TODAY,
        )
        kept = Document.objects.select_related("file").get()
    assert kept == document
    assert kept.number.endswith("〔2026〕1号")
    assert bytes(kept.file.content) == "%PDF 开会".encode()
    assert kept.context["number"] == kept.number


def test_an_import_by_its_recipe_is_looked_at_taken_and_undone(world, monkeypatch):
    # The package gives a function of the same name, so that the module is asked for by its own.
    monkeypatch.setattr(import_module("congress.imports.kinds"), "_kinds", {})

    @register_import
    class Groups(RecordKind):
        key = "tests.groups"
        label = "代表小组"
        permission = CATEGORIES
        noun = "个"
        model = Group
        shown = ("name",)

        def columns(self):
            return [Column("name", "小组名称", ("名称",), required=True, max_length=40)]

        @classmethod
        def back(cls, township):
            return reverse("deputies-groups", args=[township.code])

    with world.in_township():
        batch = imports.upload(
            world.clerk,
            world.township,
            imports.kind_of("tests.groups"),
            options={},
            text="序号\t小组名称\n1\t第一组\n2\t第二组\n",
        )
        assert [row.status.value for row in imports.preview_of(batch).rows] == ["new", "new"]
        imports.take(world.clerk, batch, only_good=False)
        assert set(Group.objects.kept().values_list("name", flat=True)) == {"第一组", "第二组"}
        assert imports.undo(world.clerk, batch) == {}
        assert not Group.objects.kept().exists()


@pytest.mark.parametrize("noun", ["step", "rule of law", "plain record", "figure", "deadline", "document", "import"])
def test_every_recipe_stands_in_the_architecture_page(noun):
    assert re.search(rf"\*\*A new {noun}\*\* touches", RECIPES.read_text(encoding="utf-8"))
