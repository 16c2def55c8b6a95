"""Notices whose table fills pages, as those of a large township do: what GB/T 9704 asks of them holds, and what it asks of
running text holds for their text.

The outside judge's profile of a report measures running text. It takes the commonest size of glyphs for the body and the
commonest distance of baselines for the line pitch; where a table fills pages both are those of the table, which the standard
does not lay down: 5.2.2 names 3号仿宋 "如无特殊说明" for the text, 5.2.3 counts the lines and characters of a full page of text
("一般"), clause 8 gives a table that lies on its side nothing but its place. So of the whole paper the judge is asked what holds
for any page (its profile of a table), of the paper without its tables everything, and which measures the table keeps it from
taking is written down with the reason: these are none of what holds for any page.
"""

from datetime import date

import pytest

from congress.documents import kit
from congress.documents.inspection import check
from congress.documents.joined import pages_in
from elections.documents import candidates, notices, polling
from elections.models import Election
from tests.elections import standing
from tests.elections.candidates import FIRST_ON, FORMAL_ON, drawn, named, published, step, talk
from tests.elections.large import name_of, township
from tests.elections.papers import judged
from tests.judge import objections
from tests.states import state

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


@state(on=standing.six_voters)
def many_districts(world, _):
    with world.in_township():
        return township(world, districts=DISTRICTS)


@state(on=many_districts)
def first_lists(world, election):
    """Three people in each district, and their first lists published."""
    with world.in_township():
        for number in range(1, DISTRICTS + 1):
            named(election, *(name_of(number * 3 + one) for one in range(3)), district=number)
        published(world, election, "first", FIRST_ON)
    return election


@state(on=first_lists)
def formal_lists(world, election):
    """The same, and their formal lists closed."""
    with world.in_township():
        for number in range(1, DISTRICTS + 1):
            talk(world, election, number)
        for row in drawn(world, election, "formal").values():
            step(world, row, "lock")
    return election


@pytest.fixture
def large(election, many_districts):
    return Election.objects.select_related("campaign", "term", "township__county").get(pk=many_districts.pk)


def faults(kind, context, tmp_path) -> list[str]:
    """What is wrong with a notice of several pages, as both measures have it."""
    context |= {"number": "公告第3号", "issued_on": "2026-12-08"}
    pdf = kit.working_paper(kind, context)
    assert pages_in(pdf) >= 2
    # The house's own measure keeps table and text apart: all of it holds.
    found = [f"{row.title}：{row.measured}" for row in check(pdf, "report", False) if not row.ok]
    # What the standard asks of any page (paper, edges of the type area, page numbers, fonts, colour) holds, and of what it asks of
    # running text nothing fails but what the table keeps the judge from measuring.
    found += [f"{title}：{said}" for title, said in objections(pdf, "report", tmp_path).items() if title not in TABLE]
    # And its text alone, set the same way, has nothing against it.
    alone = context | {"parts": [part for part in context["parts"] if part["is"] != "table"]}
    return found + judged(kit.working_paper(kind, alone), "report", tmp_path)


def test_the_places_of_a_large_township_hold_the_standard_where_it_applies(large, tmp_path):
    assert faults(polling.PLACES, polling.places_notice(large, date(2026, 12, 8)), tmp_path) == []


def test_its_districts_do(large, tmp_path):
    assert faults(notices.DISTRICTS, notices.districts_notice(large, date(2026, 10, 8)), tmp_path) == []


def test_its_first_lists_do(large, first_lists, tmp_path):
    assert faults(candidates.CANDIDATES, candidates.candidates_notice(large, date(2026, 12, 5)), tmp_path) == []


def test_its_formal_lists_do(large, formal_lists, tmp_path):
    assert faults(candidates.FORMAL, candidates.formal_notice(large, FORMAL_ON), tmp_path) == []


def test_a_table_under_which_the_signature_stands_is_text_of_its_page(large):
    """7.3.5.5: nobody signs a page on which there is nothing else; the last rows of a table are something."""
    context = notices.districts_notice(large, date(2026, 10, 8))
    pdf = kit.working_paper(notices.DISTRICTS, context | {"number": "公告第3号", "issued_on": "2026-12-08"})
    (told,) = [row for row in check(pdf, "report", False) if row.title == "落款与正文同页"]
    assert (told.ok, told.measured) == (True, "有正文")
