"""A small chart of one series as SVG: bars over words, bars that lie beside long words, or a line over years. The same drawing stands
on the page and on paper.

It uses presentation attributes alone, because a page takes no style that stands in it, and one dark colour that whoever sees no
colours tells from the paper; every value is written at its bar or point, so that no scale has to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from . import grid

WIDTH = 150.0  # mm, inside the frame of the type area
LINES = 5  # of the page, which the drawing takes; its words stand on the first and the last of them, so that they are on the grid
HIGH = 50.0  # mm of the drawing, in the middle of these lines
ABOVE = (LINES * grid.PITCH - HIGH) / 2
BASE = 7.2  # mm from the top of a line of the page to the foot of its letters, where nobody says another
SIZE, SMALLEST = 12.0 / grid.POINTS, 10.5 / grid.POINTS  # mm of the letters, and what is still read on paper
INK, COLOUR = "#000", "#0072b2"
GAP = 2.4  # mm between the values and the highest of what is drawn
LEAST, MOST = 2, 16  # values of a chart
BARS, LYING, LINE = "bars", "lying", "line"
BESIDE = 60.0  # mm at most for the words that stand beside lying bars


class NoChart(ValueError):
    """What cannot be drawn; ``args`` say why."""


def refused(label: str, values: Sequence[float]) -> str:
    """Why values cannot be drawn, "" where they can."""
    if len(values) < LEAST:
        return f"“{label}”只有{len(values) or '零'}个数，画不成图；请用文字写。"
    if len(values) > MOST:
        return f"“{label}”有{len(values)}个数，一张图最多画{MOST}个。"
    return "" if any(value > 0 for value in values) else f"“{label}”的数都是零，画不成图。"


def _text(x: float, y: float, words: str, size: float, family: str, anchor: str = "middle") -> str:
    font = f' font-family="{family}"' if family else ""
    return f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:.3f}" text-anchor="{anchor}" fill="{INK}"{font}>{escape(words)}</text>'


def _marks(kind: str, places: Sequence[tuple[float, float]], wide: float, floor: float) -> Iterator[str]:
    """The bars, or the line and its points."""
    if kind == BARS:
        for x, y in places:
            yield f'<rect x="{x - wide / 2:.2f}" y="{y:.2f}" width="{wide:.2f}" height="{floor - y:.2f}" fill="{COLOUR}"/>'
        return
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in places)
    yield f'<polyline points="{points}" fill="none" stroke="{COLOUR}" stroke-width="0.7"/>'
    for x, y in places:
        yield f'<circle cx="{x:.2f}" cy="{y:.2f}" r="1.1" fill="{COLOUR}"/>'


def drawn(title: str, rows: Sequence[tuple[str, float]], kind: str = BARS, family: str = "", base: float = BASE) -> str:
    """The chart of (word, value) rows; `family` is the font on paper, the page's own where it is empty, `base` where the
    letters of a line stand there. The values stand in a row above, the words in a row below.

    Raises NoChart for fewer than two values, for more than have room, and where there is nothing above zero.
    """
    values = [value for _, value in rows]
    if why := refused(title, values):
        raise NoChart(why)
    if kind == LYING:
        return _framed(title, _lying(title, rows, family, base - ABOVE))
    step, top = WIDTH / len(rows), max(values)
    above, below = base - ABOVE, (LINES - 1) * grid.PITCH + base - ABOVE
    head, floor = above + GAP, below - SIZE - GAP / 2
    size = min(SIZE, step / max(_wide(word) for word, _ in rows))
    if size < SMALLEST:
        raise NoChart(f"“{title}”的项目名称太长，一张图写不下。")
    places = [(step * (at + 0.5), floor - (floor - head) * value / top) for at, value in enumerate(values)]
    parts = [*_marks(kind, places, min(step * 0.6, 14.0), floor)]
    parts.append(f'<path d="M2 {floor:.2f}H{WIDTH - 2:.2f}" stroke="{INK}" stroke-width="0.25" fill="none"/>')
    for (word, value), (x, _) in zip(rows, places, strict=True):
        parts.append(_text(x, above, f"{value:g}", SIZE, family))
        parts.append(_text(x, below, word, size, family))
    return _framed(title, parts)


def _lying(title: str, rows: Sequence[tuple[str, float]], family: str, first: float) -> Iterator[str]:
    """Each word on a line of the page, its bar beside it and its value at the bar's end."""
    if len(rows) > LINES:
        raise NoChart(f"“{title}”有{len(rows)}项，横排的图最多画{LINES}项。")
    size = min(SIZE, BESIDE / max(_wide(word) for word, _ in rows))
    if size < SMALLEST:
        raise NoChart(f"“{title}”的项目名称太长，一张图写不下。")
    left = size * max(_wide(word) for word, _ in rows) + GAP
    room = (WIDTH - left - SIZE * max(_wide(f"{value:g}") for _, value in rows) - GAP) / max(value for _, value in rows)
    for at, (word, value) in enumerate(rows):
        y = first + at * grid.PITCH
        yield f'<rect x="{left:.2f}" y="{y - SIZE:.2f}" width="{value * room:.2f}" height="{SIZE * 1.2:.2f}" fill="{COLOUR}"/>'
        yield _text(left - GAP, y, word, size, family, "end")
        yield _text(left + value * room + GAP / 2, y, f"{value:g}", SIZE, family, "start")


def _framed(title: str, parts: Iterable[str]) -> str:
    box = f'viewBox="0 0 {WIDTH:g} {HIGH:g}" width="{WIDTH:g}mm" height="{HIGH:g}mm"'
    inside = f"<title>{escape(title)}</title>{''.join(parts)}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {box}>{inside}</svg>'


def _wide(word: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in word) + 0.3
