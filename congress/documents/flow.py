"""Break Chinese text into the lines of GB/T 9704: 28 cells, kinsoku of GB/T 15834-2011 5.1, both edges flush.

The layout engine stretches nothing but spaces and will not break beside “ ”, so the lines are made here, exactly, from
the widths of the characters. A line that would break in a forbidden place either takes the mark in and squeezes the
blank halves of its punctuation (5.1.10, 5.1.11), or gives a word up and spreads. Pure: widths come in with the
characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .grid import OFFICIAL, Measure

CLOSING = frozenset("，。、；：？！）》〉】〕〗」』”’")  # ink at the left, blank half at the right
OPENING = frozenset("（《〈【〔〖「『“‘")  # blank half at the left
NOT_FIRST = CLOSING | frozenset("…—～·％‰℃°%,.;:?!)]}〃々－–-/")  # 5.1: never starts a line
NOT_LAST = OPENING | frozenset("([{￥$/")  # never ends one

BLANK = "　"  # between names: never starts a line, and takes no room at the end of one

HALF, QUARTER = 0.5, 0.25  # em a mark may lose at the line end or beside another mark; elsewhere
MOST_SQUEEZED = 1.5  # em: more would be seen
LONG_WORD = 12  # characters from which a Latin word (an address) may be broken
EPSILON = 1e-6

_TOKEN = re.compile(r"—+|…+|[0-9]+(?:[.,:/-][0-9]+)*[%％‰℃]?|[A-Za-z0-9]+(?:[.,:/@_-][A-Za-z0-9]+)*|.", re.S)
_NUMBER = re.compile(r"[0-9.,:/%％‰℃-]+|—+|…+")


@dataclass(frozen=True)
class Char:
    """A character, the style that sets it, and its width in em. ``glued``: it stays on the line of the one before it."""

    text: str
    style: str = ""
    advance: float = 1.0
    glued: bool = False


@dataclass(frozen=True)
class Line:
    """One set line. ``squeeze[i]`` em are taken from the blank half of character i; ``spacing`` is in points."""

    chars: tuple[Char, ...]
    spacing: float
    indent: float = 0.0
    full: bool = False
    squeeze: dict[int, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The characters alone."""
        return "".join(c.text for c in self.chars)

    @property
    def cells(self) -> float:
        """Natural width in cells, indent included, before squeezing and spreading."""
        return self.indent + sum(c.advance for c in self.chars)

    def width(self, measure: Measure = OFFICIAL) -> float:
        """Width in points from the left edge of the measure to the right edge of the last character."""
        em = sum(c.advance for c in self.chars) - sum(self.squeeze.values())
        return self.indent * (measure.size + measure.spacing) + em * measure.size + self.spacing * (len(self.chars) - 1)


def plain(text: str, style: str = "") -> list[Char]:
    """Characters with nominal widths: one cell for East Asian wide and ambiguous ones, half a cell for the rest."""
    return [Char(c, style, 1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5) for c in text]


def tokens(chars: Sequence[Char]) -> list[list[Char]]:
    """Cut into the pieces that stay on one line: numbers, Latin words, ——, ……, what is glued, else single characters."""
    pieces: list[list[Char]] = []
    text, at = "".join(c.text for c in chars), 0
    for match in _TOKEN.finditer(text):
        piece = list(chars[at : at + len(match.group())])
        at += len(piece)
        breakable = len(piece) > LONG_WORD and not _NUMBER.fullmatch(match.group())
        for part in [[c] for c in piece] if breakable else [piece]:
            if pieces and part[0].glued:
                pieces[-1] += part
            else:
                pieces.append(part)
    return pieces


def _em(pieces: Iterable[Sequence[Char]]) -> float:
    return sum(c.advance for piece in pieces for c in piece)


def may_break(before: Char, after: Char) -> bool:
    """True when a line may end with ``before`` and the next begin with ``after``."""
    return after.text not in NOT_FIRST and before.text not in NOT_LAST


def _legal(pieces: Sequence[Sequence[Char]], at: int) -> bool:
    return at >= len(pieces) or may_break(pieces[at - 1][-1], pieces[at][0])


def _squeeze(chars: Sequence[Char], over: float) -> dict[int, float] | None:
    """Where to take ``over`` em out of a line, None when its marks do not hold that much."""
    marks = [i for i, c in enumerate(chars) if c.text in CLOSING or c.text in OPENING]
    last = len(chars) - 1
    beside = [i for i in marks if i < last and chars[i].text in CLOSING and chars[i + 1].text in CLOSING | OPENING]
    taken: dict[int, float] = {}
    if chars[last].text in CLOSING and over > EPSILON:
        taken[last] = (
            HALF  # whole or not at all: half-way in, the right edge would look ragged; the spacing takes the rest
        )
        over -= HALF
    for i in beside:
        if over > EPSILON:
            taken[i] = min(HALF, over)
            over -= taken[i]
    rest = [i for i in marks if i not in taken and i != last]
    if over > EPSILON:
        if not rest or over > HALF * len(rest) + EPSILON:
            return None
        share = min(QUARTER, over / len(rest))  # what a quarter each does not give comes out of the spacing
        taken.update(dict.fromkeys(rest, share))
    return taken


def _take_in(pieces: Sequence[Sequence[Char]], start: int, end: int, room: float) -> int | None:
    """The next legal break after ``end`` that squeezing can reach, or None."""
    for stop in range(end + 1, min(end + 4, len(pieces)) + 1):
        over = _em(pieces[start:stop]) - room
        if over > MOST_SQUEEZED + EPSILON:
            return None
        if _legal(pieces, stop):
            chars = [c for piece in pieces[start:stop] for c in piece]
            return stop if over <= EPSILON or _squeeze(chars, over) is not None else None
    return None


def _give_up(pieces: Sequence[Sequence[Char]], start: int, end: int) -> int:
    """The last legal break before ``end``; ``end`` itself when the line has none."""
    return next((stop for stop in range(end - 1, start, -1) if _legal(pieces, stop)), end)


def _keep_company(pieces: Sequence[Sequence[Char]], start: int, end: int) -> int:
    """Send one more character down when the paragraph would end in a line of a single one (单字不成行)."""
    left = [c for piece in pieces[end:] for c in piece if c.text not in NOT_FIRST]
    lonely = len(left) == 1 and left[0].advance >= 1 and len(pieces[end - 1]) == 1
    return end - 1 if lonely and end - start > 2 and _legal(pieces, end - 1) else end


def _fit(pieces: Sequence[Sequence[Char]], start: int, room: float) -> int:
    """How many pieces fit without any adjustment (at least one)."""
    used, end = 0.0, start
    while end < len(pieces) and used + _em(pieces[end : end + 1]) <= room + EPSILON:
        used += _em(pieces[end : end + 1])
        end += 1
    return max(end, start + 1)


def _set(chars: Sequence[Char], indent: float, full: bool, measure: Measure) -> Line:
    """Justify one line: squeeze what is too long, give the remainder to the letter spacing."""
    room = measure.cells - indent
    over = sum(c.advance for c in chars) - room
    if not full and over <= EPSILON:
        return Line(tuple(chars), measure.spacing, indent)
    hanging = {len(chars) - 1: chars[-1].advance} if chars[-1].text == BLANK else None
    squeeze = (hanging or _squeeze(chars, over) or {}) if over > EPSILON else {}
    natural = (sum(c.advance for c in chars) - sum(squeeze.values())) * measure.size
    space = measure.width - indent * (measure.size + measure.spacing) - natural
    spacing = space / (len(chars) - 1) if len(chars) > 1 else 0.0
    return Line(tuple(chars), spacing, indent, True, squeeze)


def _shorten(pieces: list[list[Char]], start: int, room: float) -> None:
    """Break a piece that is longer than a whole line, which no rule can keep together."""
    piece = pieces[start]
    if _em([piece]) > room + EPSILON and len(piece) > 1:
        count, used = 0, 0.0
        while count < len(piece) - 1 and used + piece[count].advance <= room + EPSILON:
            used += piece[count].advance
            count += 1
        pieces[start : start + 1] = [piece[: max(1, count)], piece[max(1, count) :]]


def flow(
    chars: Sequence[Char],
    measure: Measure = OFFICIAL,
    indent: float = 2.0,
    hanging: float = 0.0,
    take_in: bool = True,
) -> list[Line]:
    """Break a paragraph into lines.

    ``indent`` and ``hanging`` are the indents of the first and of the following lines, in cells. Every character of the
    input is in exactly one line, in order. Full lines are exactly as wide as the measure. ``take_in=False`` never
    squeezes (cells of a table, whose lines are not justified).
    """
    lines: list[Line] = []
    pieces, start = tokens(chars), 0
    while start < len(pieces):
        inset = hanging if lines else indent
        room = measure.cells - inset
        _shorten(pieces, start, room)
        end = _fit(pieces, start, room)
        if end < len(pieces):
            if _legal(pieces, end):
                end = _keep_company(pieces, start, end)
            else:
                taken = _take_in(pieces, start, end, room) if take_in else None
                end = taken or _give_up(pieces, start, end)
        if end < len(pieces) and pieces[end][0].text == BLANK:
            end += 1
        chunk = [c for piece in pieces[start:end] for c in piece]
        lines.append(_set(chunk, inset, end < len(pieces), measure))
        start = end
    return lines


_WORDS = (
    "第[〇零一二三四五六七八九十百0-9]+[届次]|[0-9]+年度?|人民代表大会|常务委员会|主席团|联络站|候选人|选举委员会|"
    "人民政府|会议|代表|选举|选民|工作|情况|报告|决议|决定|通知|公告|办法|意见|建议|议案|总结|安排|计划|预算|草案|名单|活动|关于"
)
_TITLE_PIECE = re.compile(_WORDS + "|" + _TOKEN.pattern, re.S)
_PAUSE_AFTER = ("的", "、", "》", "”", "）", "团", "议", "会", "年")
_PAUSE_BEFORE = ("关于", "《", "“", "（", "第")
_NEVER_BEFORE = ("的", "了", "和", "与", "及", "暨")


def title_lines(text: str, most: float = 19.0) -> list[str]:
    """Break a long title into balanced lines of at most ``most`` cells, preferably where the sense allows a pause.

    A break given by the user (a newline) is kept as it is: only a person knows 词意完整 (7.3.1).
    """
    lines: list[str] = []
    for part in text.split("\n"):
        pieces = [plain(m.group()) for m in _TITLE_PIECE.finditer(part.strip())]
        for count in range(max(1, -int(-_em(pieces) // most)), 0, -1):
            stop = _title_break(pieces, _em(pieces) / count, most) if count > 1 else len(pieces)
            lines.append("".join(c.text for p in pieces[:stop] for c in p))
            pieces = pieces[stop:]
    return [line for line in lines if line]


def _title_break(pieces: Sequence[Sequence[Char]], aim: float, most: float) -> int:
    """The break whose line is nearest to ``aim`` cells, moved up to some cells by the sense of the words."""
    words = ["".join(c.text for c in piece) for piece in pieces]
    best, best_cost, used = 1, float("inf"), 0.0
    for stop in range(1, len(pieces)):
        used += _em(pieces[stop - 1 : stop])
        if used > most + EPSILON or not _legal(pieces, stop):
            continue
        pause = words[stop - 1].endswith(_PAUSE_AFTER) + words[stop].startswith(_PAUSE_BEFORE)
        cost = abs(used - aim) - 2.0 * pause + 6.0 * words[stop].startswith(_NEVER_BEFORE)
        if cost < best_cost:
            best, best_cost = stop, cost
    return best
