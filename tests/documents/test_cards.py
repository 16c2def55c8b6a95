"""Cards to be cut apart: their lines, the code of each, and what they do not hold."""

import io

import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar, LTCurve, LTTextContainer

from congress.documents.cards import Card, CardSetter, CardTooFull, cards_pdf
from congress.documents.fonts import MissingGlyph
from congress.documents.measure import measure

MM = 2.835  # points
CARD = Card(("选民证",), (("姓名", "王喆"), ("选区", "第1选区")), ("遗失可补。",), name="王喆", seal="（章）")


def places(pdf: bytes, words: str) -> list[tuple[int, int]]:
    """Where a text stands, in whole centimetres from the left and the top."""
    found = []
    for sheet in extract_pages(io.BytesIO(pdf)):
        for box in sheet:
            for line in box if isinstance(box, LTTextContainer) else ():
                if line.get_text().startswith(words):
                    found.append((round(line.x0 / 28.35), round((sheet.height - line.y1) / 28.35)))
    return sorted(found)


def test_cards_stand_beside_and_below_each_other_and_on_as_many_pages_as_they_need():
    pdf = cards_pdf([CARD] * 5, title="选民证", across=2, down=2)
    assert len(list(extract_pages(io.BytesIO(pdf)))) == 2
    assert extract_text(io.BytesIO(pdf)).count("王喆") == 5
    assert places(pdf, "姓名") == [(1, 2), (1, 2), (1, 16), (11, 2), (11, 16)]


def test_each_card_bears_its_own_code():
    one = cards_pdf([Card(("表",), (), code="https://a.example/1")], title="表", across=1, down=2)
    other = cards_pdf([Card(("表",), (), code="https://a.example/2")], title="表", across=1, down=2)
    assert one != other


def edge_of(sheet) -> float:
    """Where a card is cut on the right."""
    return sheet.width - 10 * MM


def beneath(sheet) -> tuple[float, float, list[str]]:
    """From where to where the one code of a page reaches, and what characters stand under it."""
    edge = edge_of(sheet) - 1
    drawn = [one for one in sheet if isinstance(one, LTCurve) and one.x0 > sheet.width / 2 and one.x1 < edge]
    drawn = [one for one in drawn if one.height < 1 and one.width < 10 * MM]  # its points, no rule of a table
    left, right = min(one.x0 for one in drawn), max(one.x1 for one in drawn)
    top, bottom = max(one.y1 for one in drawn), min(one.y0 for one in drawn)
    glyphs = [glyph for box in sheet if isinstance(box, LTTextContainer) for line in box for glyph in line]
    under = [
        glyph.get_text()
        for glyph in glyphs
        if isinstance(glyph, LTChar) and glyph.x1 > left and glyph.x0 < right and glyph.y1 > bottom and glyph.y0 < top
    ]
    return left, right, under


LONG = "清江县第十九届人民代表大会代表选举选民登记表"


@pytest.mark.parametrize("name", [LONG, f"云岭苗族侗族自治县{LONG}"])
def test_nothing_stands_under_the_code_and_the_code_stands_inside_its_card(name):
    """It covered the title of every registration form: 「选民登记表」 was behind it."""
    rows = tuple((f"第{number}项", "东山村民委员会" * 6) for number in range(4))
    pdf = cards_pdf([Card((name,), rows, code="https://a.example/1")], title="表", across=1, down=2, size=14.0)
    (sheet,) = extract_pages(io.BytesIO(pdf))
    left, right, under = beneath(sheet)
    assert 20 < (right - left) / MM < 27
    assert edge_of(sheet) - 8 * MM < right
    assert under == []


def test_a_value_too_long_for_its_line_is_broken_and_a_card_too_full_is_none():
    long = Card(("证",), (("地点", "东山村委会二楼会议室" * 6),))
    assert len([line for line in CardSetter(2, 4, 11.0)._card(long) if line]) > 3
    full = Card(("证",), (("姓名", "程监"), ("地点", "东山村委会二楼会议室" * 60)), name="程监")
    with pytest.raises(CardTooFull, match="程监的证放不下：一张只有13行，“地点”写了600个字，请改短。"):
        cards_pdf([full], title="证", across=2, down=4)


def test_cards_of_places_with_long_names_are_set_smaller():
    def sizes(value: str) -> set[float]:
        cards = [Card(("证",), (("姓名", "程监"), ("地点", each)), name="程监") for each in ("村委会", value)]
        pdf = measure(cards_pdf(cards, title="证", across=2, down=4))
        return {round(glyph.size, 1) for page in pdf.pages for glyph in page.glyphs}

    assert sizes("东山村委会二楼会议室") == {11.0}
    assert sizes("东山村委会二楼会议室" * 20) == {9.6}


def test_a_character_no_font_has_is_named():
    with pytest.raises(MissingGlyph, match="E999"):
        cards_pdf([Card(("证",), (("姓名", "王\ue999"),))], title="证", across=1, down=1)
