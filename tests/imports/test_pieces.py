"""The preview of a large table is kept in pieces: none holds all of it, and no more is opened than is asked for."""

import base64
import contextlib
import threading

import pytest

from congress import imports
from congress.crypto.providers import KeyUnavailable
from congress.guard.action import Refused, action
from congress.imports import batches, content
from congress.imports.pieces import Pieces
from congress.models import ImportBatch, ImportPiece
from congress.spreadsheets.read import packed, read_workbook, unpacked
from deputies.imports.roster import Roster
from deputies.models import Deputy, Group, Term
from tests.cast import SET_UP, make_deputy
from tests.imports.books import person, roster
from tests.imports.test_whole_file import book

NAMES = [f"赵{each}" for each in "甲乙丙丁戊"]


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    """Two rows in a piece."""
    monkeypatch.setattr(batches, "CHUNK", 2)


def five(**cells) -> bytes:
    return roster(*[person(number, name, **cells) for number, name in enumerate(NAMES)])


def held(batch) -> list[dict]:
    return [one.counts for one in content.pieces_of(batch)]


def opened_pieces(monkeypatch) -> list:
    """What is opened from now on."""
    told: list = []
    true = Pieces._opened
    monkeypatch.setattr(Pieces, "_opened", lambda self, pk: told.append(pk) or true(self, pk))
    return told


def test_rows_are_sealed_piece_by_piece_and_counted(world, bring):
    with world.in_township():
        batch = bring(five())
        assert held(batch) == [{"new": 2}, {"new": 2}, {"new": 1}]
        assert "rows" not in content.unseal(batch)["preview"]
        for piece in content.pieces_of(batch):
            assert "赵".encode() not in bytes(piece.content)
            assert len(content.unseal(piece)["rows"]) <= 2


def test_a_page_opens_the_pieces_it_shows_and_no_other(world, bring, monkeypatch):
    with world.in_township():
        batch = bring(roster(*[person(n, name, 选区="9" if n == 3 else "1") for n, name in enumerate(NAMES)]))
        told = opened_pieces(monkeypatch)
        assert [row.values["name"] for row in Pieces(batch)[2:4]] == NAMES[2:4]
        assert len(told) == 1
        wrong = Pieces(batch, "wrong")
        assert (len(wrong), [row.values["name"] for row in wrong], len(told)) == (1, [NAMES[3]], 2)
        assert Pieces(batch)[-1].values["name"] == NAMES[4]
        assert Pieces(batch)[:0] == []


def test_taking_clears_every_piece_and_undoing_finds_what_stood_before(world, bring, take):
    with world.in_township():
        with action(SET_UP, actor=None):
            known = [make_deputy(world.township, name, gender="female") for name in (NAMES[0], NAMES[4])]
        batch = bring(five())
        assert held(batch) == [{"new": 2, "asked": 1}, {"new": 2}, {"new": 1, "asked": 1}]
        answers = {row.name: str(one.pk) for row, one in zip((Pieces(batch)[0], Pieces(batch)[4]), known, strict=True)}
        batch = take(batches.look_again(world.clerk, batch, answers=answers))
        kept = ImportPiece.objects.filter(batch=batch, number__gt=content.SOURCE).order_by("number")
        assert [one.content is not None for one in kept] == [True, False, True]
        assert content.befores(batch).keys() == {str(one.pk) for one in known}
        assert imports.undo(world.clerk, batch) == {}
        assert content.befores(batch) == {}
        known[1].refresh_from_db()
        assert known[1].employer_post == ""


@pytest.mark.parametrize("changed", [None, "a deputy", "a term", "a group"])
def test_rows_are_compared_again_only_where_something_has_changed_since(world, bring, take, monkeypatch, changed):
    with world.in_township():
        batch = bring(five())
        with action(SET_UP, actor=None):
            if changed == "a group":
                Group.objects.create(township=world.township, name="新组")
            elif changed == "a term":
                Term.objects.update(seats=49)
            elif changed:
                make_deputy(world.township, "新人")
        again = []
        true = Roster.lookup
        monkeypatch.setattr(Roster, "lookup", lambda self, keys: again.append(keys) or true(self, keys))
        take(batch)
        assert bool(again) == bool(changed)


def test_looking_again_leaves_no_piece_of_the_look_before(world, bring):
    with world.in_township():
        batch = bring(five())
        batches.look_again(world.clerk, batch, columns=batch.mapping["columns"])
        assert held(batch) == [{"new": 2}, {"new": 2}, {"new": 1}]
        imports.drop(world.clerk, batch)
        assert held(batch) == []
        with pytest.raises(Refused, match="已经处理过"):
            imports.take(world.clerk, batch, only_good=True)


@pytest.mark.parametrize(
    "source",
    [
        {"text": "姓名\t性别\n赵甲\t女"},
        {"file": base64.b64encode(roster(person(1, "赵甲"))).decode(), "name": "a.xlsx"},
    ],
)
def test_a_table_kept_as_its_file_is_looked_at_again(world, bring, source):
    with world.in_township():
        batch = bring(five())
        with action(SET_UP, actor=None):
            content.forget(batch)
            content.seal(batch, {"source": source})
            batch.save()
        batches.look_again(world.clerk, batch, columns={})
        assert [row.values["name"] for row in Pieces(batch)] == ["赵甲"]


def test_a_sheet_without_rows_is_kept_and_read_again():
    kept = unpacked(packed(read_workbook(book(("空", []), ("有", [["姓名"], ["赵甲"]])), "a.xlsx")))
    assert [(sheet.name, sheet.rows[:]) for sheet in kept.sheets] == [("空", []), ("有", [["姓名"], ["赵甲"]])]


def as_it_was_kept(batch) -> ImportBatch:
    """The batch as it was kept before there were pieces: all rows in one."""
    rows = [row.to_json() for row in Pieces(batch)]
    old = content.unseal(batch)
    old["preview"]["rows"] = [{"errors": [], "question": None} | row for row in rows]
    with action(SET_UP, actor=None):
        content.forget(batch)
        content.seal(batch, old)
        batch.save()
    return batch


def test_a_table_previewed_before_there_were_pieces_is_taken_and_undone(world, bring, take):
    with world.in_township():
        with action(SET_UP, actor=None):
            known = make_deputy(
                world.township, NAMES[0], gender="female", employer_post="原单位", birth_date="1980-03-05"
            )
        first = take(bring(roster(person(1, NAMES[0]))))
        assert first.counts["taken"] == 1
        batch = as_it_was_kept(bring(roster(person(1, NAMES[0], 工作单位及职务="新单位"), person(2, NAMES[1]))))
        assert [row.status for row in imports.preview_of(batch).rows] == ["changed", "new"]
        assert len(Pieces(batch, "changed")) == 1
        batch = take(batch)
        assert content.unseal(batch)["before"].keys() == content.befores(batch).keys()
        assert imports.undo(world.clerk, batch) == {}
        known.refresh_from_db()
        assert known.employer_post != "新单位"
        assert not Deputy.objects.kept().filter(name=NAMES[1]).exists()
        batch.refresh_from_db()
        assert (batch.state, batch.content) == (ImportBatch.State.UNDONE, None)


def test_a_piece_is_made_ready_beside_the_one_that_is_written_and_no_more_than_one_ahead(world, bring):
    ready: list[str] = []

    def prepare(rows):
        ready.append("".join(row.values["name"] for row in rows))
        return threading.current_thread() is threading.main_thread()

    with world.in_township():
        batch = bring(five())
        with contextlib.closing(Pieces(batch).prepared(prepare)) as pieces:
            piece, number, in_main_thread = next(pieces)
            assert (piece.batch, number, in_main_thread) == (batch, 2, False)
            assert ready in (["赵甲赵乙"], ["赵甲赵乙", "赵丙赵丁"])
            assert [number for _, number, _ in pieces] == [2, 1]
        assert ready == ["赵甲赵乙", "赵丙赵丁", "赵戊"]


def test_what_goes_wrong_beside_is_told_where_the_piece_is_asked_for_and_nothing_is_written(world, bring, monkeypatch):
    true = Roster.prepare

    def prepare(self, rows):
        if rows[0].values["name"] == NAMES[2]:
            raise KeyUnavailable("no key")
        return true(self, rows)

    monkeypatch.setattr(Roster, "prepare", prepare)
    with world.in_township():
        batch = bring(five())
        with pytest.raises(KeyUnavailable):
            imports.take(world.clerk, batch, only_good=False)
        assert not Deputy.objects.filter(name__in=NAMES).exists()
        batch.refresh_from_db()
        assert batch.state == ImportBatch.State.PREVIEW


def test_who_asks_the_database_while_a_piece_is_made_ready_is_stopped(world, bring):
    with world.in_township():
        batch = bring(five())
        with pytest.raises(AssertionError, match="without the database"):
            list(Pieces(batch).prepared(lambda rows: Deputy.objects.count()))
