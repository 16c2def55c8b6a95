"""Names in columns, and documents joined of pieces: what a list of voters is printed with."""

import io
import re
from functools import partial

import pikepdf
import pytest
from pdfminer.high_level import extract_text

from congress.documents.inspection import check
from congress.documents.joined import join
from congress.documents.markup import Setter
from congress.documents.render import render
from congress.documents.text import Heading, Names, Title, plain_text

FOUR = (("欧阳小明", "男"), ("王芳", "女"), ("李小琳", "女"), ("买买提·艾合买提江", "男"), ("王喆", "女"))


def lines(entries) -> list[str]:
    return extract_text(io.BytesIO(page(entries))).splitlines()


def page(entries, title="名单", first_page=1) -> bytes:
    blocks = [Title.of(title), Heading(1, "一、第一小组"), Names(tuple(entries))]
    return render(blocks, title=title, profile="names", first_page=first_page)


def starts(entries) -> list[list[float]]:
    """Where the names of each line begin, in half characters from the left."""
    html = Setter().block(Names(tuple(entries)))
    rows = html.split("<p ")[1:]
    found = []
    for row in rows:
        text, at, begins = row.split(">", 1)[1].split("</p>")[0], 0, []
        for piece in text.split(" "):
            if piece:
                begins.append(at)
            at += 2 * len(piece) + 1
        found.append(begins)
    return found


def test_names_begin_at_the_edges_of_their_columns():
    five = [("王小明", "男")] * 7
    (first, second) = starts(five)
    assert first == [0, 7, 11, 18, 22, 29, 33, 40, 44, 51]
    assert second == [0, 7, 11, 18]


def test_without_anything_behind_them_seven_stand_in_a_line():
    (first, second) = starts([("王小明", "")] * 8)
    assert first == [0, 8, 16, 24, 32, 40, 48]
    assert second == [0]


def test_a_long_name_takes_as_many_columns_as_it_needs_and_never_touches_the_next():
    (row,) = starts([("欧阳小明", "男"), ("王小明", "女")])
    assert row == [0, 9, 22, 29]


def test_every_name_is_found_in_the_file_whole():
    text = "".join(lines(FOUR))
    for name, _ in FOUR:
        assert re.search(r"\s+".join(name) if len(name) == 2 else name, text), name


def test_a_page_of_names_keeps_to_the_standard():
    entries = [
        (f"王{a}{b}", "男女"[len(a + b) % 2]) for a in "明芳强丽伟娜静敏磊军" for b in "一二三四五六七八九十甲乙丙丁戊"
    ]
    assert [row.title for row in check(page(entries), profile="names") if not row.ok] == []


def test_page_numbers_go_on_over_the_pieces_on_the_right_side_of_the_page():
    whole = join([partial(page, FOUR, title) for title in ("第一选区", "第二选区", "第三选区")])
    assert [row.title for row in check(whole, profile="names") if not row.ok] == []


def test_of_a_long_document_the_first_pages_are_measured():
    whole = join([partial(page, FOUR, title) for title in ("第一选区", "第二选区", "第三选区")])
    shown = {row.title: row.measured for row in check(whole, profile="names", most=2)}
    assert shown["纸张 A4"] == "2页"


def test_the_words_of_a_list_are_its_names():
    assert plain_text([Names(FOUR[:2])]) == "欧阳小明男　王芳女"


def test_pieces_are_joined_to_one_archived_file_and_the_same_pieces_give_the_same_bytes():
    pieces = [partial(page, FOUR, "第一选区"), partial(page, FOUR[:2], "第二选区")]
    whole = join(iter(pieces))
    assert whole == join(pieces)
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        assert len(pdf.pages) == 2
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2B"
    assert "第一选区" in extract_text(io.BytesIO(whole))
    assert "第二选区" in extract_text(io.BytesIO(whole))


def test_a_document_without_a_piece_is_none():
    with pytest.raises(ValueError, match="at least one"):
        join([])
