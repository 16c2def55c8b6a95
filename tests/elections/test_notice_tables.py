"""Notices whose table fills pages, as those of a large township do: what GB/T 9704 asks of them holds, and what it asks of
running text holds for their text.

The outside judge's profile of a report measures running text. It takes the commonest size of glyphs for the body and the
commonest distance of baselines for the line pitch; where a table fills pages both are those of the table, which the standard
does not lay down: 5.2.2 names 3号仿宋 "如无特殊说明" for the text, 5.2.3 counts the lines and characters of a full page of text
("一般"), clause 8 gives a table that lies on its side nothing but its place. So of the whole paper the judge is asked what holds
for any page (its profile of a table), of the paper without its tables everything, and which measures the table keeps it from
taking is written down with the reason.
"""

from datetime import date

import pytest

from congress.documents import kit
from congress.documents.inspection import check
from congress.documents.joined import pages_in
from elections.documents import candidates, notices, polling
from elections.models import Election
from tests.elections.candidates import FIRST_ON, FORMAL_ON, drawn, named, published, step, talk
from tests.elections.large import name_of, township
from tests.elections.papers import judged
from tests.judge import objections

DISTRICTS = 24
TABLE = {
    "5.2.2 body 3号仿宋": "more glyphs stand in the table, in 小四 (12磅), than in the text",
    "5.2.3 22 lines per full page": "a page of rows has as many lines as its cells, and ends with a whole row",
    "every line on the grid": "rows are whole lines high; what stands in the middle of one stands between two lines",
    "5.2.3 line pitch": "the commonest distance is that of two lines in one cell",
    "5.2.3 22 lines fill 225mm": "the head of a table stands in the middle of its row, below the first line of a page",
    "5.2.3 28 字 per full line": "no line of a cell is a full line of 28 characters",
    "7.3.3 paragraphs indent 2 字": "the text of a cell is indented by its column",
}


@pytest.fixture
def large(world, election):
    found = township(world, districts=DISTRICTS)
    return Election.objects.select_related("campaign", "term", "township__county").get(pk=found.pk)


def listed(world, election, kind: str) -> None:
    """Three people in each district, and their lists of this kind closed."""
    for number in range(1, DISTRICTS + 1):
        named(election, *(name_of(number * 3 + one) for one in range(3)), district=number)
    published(world, election, "first", FIRST_ON)
    if kind == "formal":
        for number in range(1, DISTRICTS + 1):
            talk(world, election, number)
        for row in drawn(world, election, "formal").values():
            step(world, row, "lock")


def places(world, election):
    return polling.PLACES, polling.places_notice(election, date(2026, 12, 8))


def districts(world, election):
    return notices.DISTRICTS, notices.districts_notice(election, date(2026, 10, 8))


def first_list(world, election):
    listed(world, election, "first")
    return candidates.CANDIDATES, candidates.candidates_notice(election, date(2026, 12, 5))


def formal_list(world, election):
    listed(world, election, "formal")
    return candidates.FORMAL, candidates.formal_notice(election, FORMAL_ON)


@pytest.mark.parametrize("made", [places, districts, first_list, formal_list])
def test_a_notice_of_a_large_township_holds_the_standard_where_it_applies(world, large, tmp_path, made):
    kind, context = made(world, large)
    context |= {"number": "公告第3号", "issued_on": "2026-12-08"}
    pdf = kit.working_paper(kind, context)
    assert pages_in(pdf) >= 2
    # The house's own measure keeps table and text apart: all of it holds.
    assert [f"{row.title}：{row.measured}" for row in check(pdf, "report", False) if not row.ok] == []
    # What the standard asks of any page: paper, edges of the type area, page numbers, fonts, colour.
    assert objections(pdf, "table", tmp_path) == {}
    # Of what it asks of running text nothing fails but what the table keeps the judge from measuring.
    failed = objections(pdf, "report", tmp_path)
    assert failed.keys() <= set(TABLE), failed
    # And its text alone, set the same way, has nothing against it.
    alone = context | {"parts": [part for part in context["parts"] if part["is"] != "table"]}
    assert judged(kit.working_paper(kind, alone), "report", tmp_path) == []


def test_a_table_under_which_the_signature_stands_is_text_of_its_page(world, large):
    """7.3.5.5: nobody signs a page on which there is nothing else; the last rows of a table are something."""
    kind, context = districts(world, large)
    pdf = kit.working_paper(kind, context | {"number": "公告第3号", "issued_on": "2026-12-08"})
    (told,) = [row for row in check(pdf, "report", False) if row.title == "落款与正文同页"]
    assert (told.ok, told.measured) == (True, "有正文")
