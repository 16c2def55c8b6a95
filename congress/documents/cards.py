"""Cards to be cut apart, several on a page: each with a title, lines of label and value, perhaps a code for a phone's camera and
a place for the seal. A form that fills half a page is a large card.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from . import grid, style
from .codes import drawn
from .flow import Char, Line, flow
from .fonts import MissingGlyph, Typeface
from .grid import Measure
from .markup import Setter
from .render import Metadata, html_to_pdf
from .text import Run

EDGE, PADDING = 10.0, 5.0  # mm: left free on every side of the page, and of a card
CODE, CODE_TOP = 26.0, 4.0  # mm: side of a code; how far it stands from the top and the right of its card
LEADING = 1.5  # line distance in em
# Of the usual letters: cards that do not hold their lines (long names of places) are set smaller.
SIZES = (1, 0.87, 0.75)
_SHEET = """
@page {{ size: A4; margin: {edge}mm }}
.cards {{ break-after: page; font-size: {size}pt }}
.cards:last-child {{ break-after: auto }}
.cards p {{ height: {pitch:.3f}mm; line-height: {pitch:.3f}mm; white-space: pre }}
.cards svg {{ display: block }}
.across {{ height: {tall:.3f}mm; position: relative; overflow: hidden }}
.cards .code {{ position: absolute; top: {top}mm; height: {code}mm }}
.cards .code svg {{ position: static; width: {code}mm; height: {code}mm }}
"""


@dataclass(frozen=True)
class Card:
    """One card: lines of title, ``rows`` of (label, value), the ``name`` among them and ``other_name`` set whole in one font, lines at
    its foot; ``code`` is what the camera reads, ``seal`` stands where the seal goes, beside the first row, which is short (a number)."""

    title: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    foot: tuple[str, ...] = ()
    name: str = ""
    code: str = ""
    seal: str = ""
    other_name: str = ""


class CardTooFull(ValueError):
    """A card does not hold its lines."""

    def __init__(self, card: Card, lines: int):
        longest = max(card.rows, key=lambda row: len(row[1]), default=("", ""))
        whose = f"{card.name}的" if card.name else ""
        super().__init__(
            f"{whose}{card.title[-1]}放不下：一张只有{lines}行，“{longest[0]}”写了{len(longest[1])}个字，请改短。"
        )


def set_text(setter: Setter, text: str, typeface: Typeface, size: float, *, name: bool = False) -> str:
    """A text in one size as an element; `name` sets it whole in one font."""
    base = setter.face(typeface)
    chars = tuple(setter.dress([Run(text, typeface, name=name)]))
    return f'<span style="font-family:{escape(base.family)};font-size:{size}pt">{setter.line(Line(chars, 0.0), size, base)}</span>'


class CardSetter:
    """Places the lines of cards: one text line of the page holds those of all cards beside each other, because the layout engine
    is paid for each element."""

    def __init__(self, across: int, down: int, size: float) -> None:
        self.setter = Setter()
        self.across, self.down, self.size = across, down, size
        self.wide, self.tall = (grid.PAGE_WIDTH - 2 * EDGE) / across, (grid.PAGE_HEIGHT - 2 * EDGE - 0.2) / down
        self.pitch = LEADING * style.em(size)
        self.lines = int((self.tall - 2 * PADDING) / self.pitch)

    def _width(self, chars: Sequence[Char]) -> float:
        return sum(char.advance for char in chars) * self.size

    def _broken(self, runs: Iterable[Run], room: float) -> list[tuple[Char, ...]]:
        measure = Measure(room / self.size, room, self.size)
        return [line.chars for line in flow(self.setter.dress(runs), measure, 0, take_in=False)]

    def _card(self, card: Card) -> list[list[tuple[float, tuple[Char, ...]]]]:
        """The lines of a card from its top, each with what stands in it and where, in points from its left edge. Raises
        CardTooFull."""
        room = (self.wide - 2 * PADDING) * grid.POINTS
        beside = room - (CODE * grid.POINTS if card.code else 0)  # what is left of a line that stands beside the code
        short = int((CODE_TOP + CODE - PADDING) / self.pitch) + 1  # so many lines do
        left = PADDING * grid.POINTS
        lines: list[list[tuple[float, tuple[Char, ...]]]] = []
        for text in card.title:
            for chars in self._broken([Run(text, Typeface.HEITI)], beside):
                lines.append([(left + (beside - self._width(chars)) / 2, chars)])
        titled = len(lines)
        for label, value in card.rows:
            named = value in (card.name, card.other_name) and bool(value)
            runs = [Run(f"{label}："), Run(value, Typeface.NAME if named else Typeface.FANGSONG, name=named)]
            lines += [[(left, chars)] for chars in self._broken(runs, beside if len(lines) < short else room)]
        foot = [[(left, chars)] for text in card.foot for chars in self._broken([Run(text)], room)]
        if len(lines) + len(foot) > self.lines:
            raise CardTooFull(card, self.lines)
        if card.seal:
            chars = tuple(self.setter.dress([Run(card.seal)]))
            lines[titled].append((left + room - self._width(chars), chars))
        return [*lines, *([] for _ in range(self.lines - len(lines) - len(foot))), *foot]

    def _line(self, parts: Iterable[tuple[float, tuple[Char, ...]]]) -> str:
        html, at = [], 0.0
        for x, chars in parts:
            html.append(self.setter.piece(chars, x - at))
            at = x + self._width(chars)
        return f"<p>{''.join(html)}</p>"

    def _across(self, cards: Sequence[Card]) -> str:
        """Cards beside each other."""
        set_cards = [self._card(card) for card in cards]
        wide = self.wide * grid.POINTS
        lines = [
            self._line((x + at * wide, chars) for at, card in enumerate(set_cards) for x, chars in card[number])
            for number in range(self.lines)
        ]
        codes = "".join(
            f'<div class="code" style="left:{(at + 1) * self.wide - CODE - CODE_TOP:.3f}mm">{drawn(card.code)}</div>'
            for at, card in enumerate(cards)
            if card.code
        )
        return f'<div class="across"><div style="height:{PADDING}mm"></div>{"".join(lines)}{codes}</div>'

    def _cuts(self) -> str:
        """Where the page is cut apart, drawn under its text."""
        width, height = self.across * self.wide, self.down * self.tall
        path = "".join(f"M0 {at * self.tall:.3f}H{width:.3f}" for at in range(self.down + 1))
        path += "".join(f"M{at * self.wide:.3f} 0V{height:.3f}" for at in range(self.across + 1))
        size = f'width="{width:.3f}mm" height="{height:.3f}mm" viewBox="0 0 {width:.3f} {height:.3f}"'
        lines = f'<path d="{path}" fill="none" stroke="#000" stroke-width="0.2" stroke-dasharray="1.5 1.5"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{lines}</svg>'
        return f'<div style="height:{height:.3f}mm;margin-bottom:{-height:.3f}mm">{svg}</div>'

    def html(self, cards: Sequence[Card]) -> str:
        """Pages of cards."""
        rows = [self._across(cards[start : start + self.across]) for start in range(0, len(cards), self.across)]
        pages = (rows[start : start + self.down] for start in range(0, len(rows), self.down))
        return "".join(f'<section class="cards">{self._cuts()}{"".join(page)}</section>' for page in pages)

    def css(self) -> str:
        """The rules of these pages."""
        return _SHEET.format(edge=EDGE, size=self.size, pitch=self.pitch, tall=self.tall, code=CODE, top=CODE_TOP)


def cards_pdf(
    cards: Sequence[Card],
    *,
    title: str,
    across: int,
    down: int,
    size: float = 11.0,
    draft: bool = False,
    metadata: Metadata | None = None,
) -> bytes:
    """The cards, ``across`` by ``down`` on a page, in letters of ``size`` points, or all in smaller ones (``SIZES``) where one
    would not hold its lines.

    Raises MissingGlyph naming every character that no font has, and CardTooFull for a card that holds its lines in none.
    """
    for part in SIZES:
        sheet = CardSetter(across, down, size * part)
        try:
            body = sheet.html(cards)
            break
        except CardTooFull:
            if part == SIZES[-1]:
                raise
    if sheet.setter.missing:
        raise MissingGlyph(sheet.setter.missing)
    return html_to_pdf(body, title=title, faces=sheet.setter.faces, css=sheet.css(), draft=draft, metadata=metadata)
