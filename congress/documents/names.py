"""Names in columns: the lines of a list of voters, of which there are thousands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from . import grid
from .flow import Char, Line
from .fonts import Typeface
from .text import Names, Run

if TYPE_CHECKING:
    from .markup import Setter

# Columns of names, in half characters: a name of three and the gap; the same with a gap and one character behind it.
CELL, CELL_BEHIND, HALVES = 8, 11, 55


def names(setter: Setter, block: Names) -> str:
    """Lines of names, each from the left edge of its column; two characters are as wide as three, a long name takes as
    many columns as it needs.

    A line is one text, whose spaces are half a character wide: the engine pays for each element.
    """
    face = setter.face(Typeface.NAME)
    cell = CELL_BEHIND if any(behind for _, behind in block.entries) else CELL
    rows: list[list[Char]] = [[]]
    used = 0  # half characters of the line being filled
    for name, behind in block.entries:
        entry, wide = _listed(setter, name, behind)
        start = math.ceil((used + 1) / cell) * cell if rows[-1] else 0  # at least half a character apart
        if start + wide > HALVES:
            rows.append([])
            start = used = 0
        rows[-1] += [Char(" ", face.family, 0.5)] * (start - used) + entry
        used = start + wide
    space = (0.5 - face.advance(" ")) * grid.BODY
    css = f"font-family:{face.family};word-spacing:{space:.4f}pt"
    return "".join(
        f'<p class="l names" style="{css}">{setter.line(Line(tuple(row), 0.0), grid.BODY, face)}</p>'
        for row in rows
        if row
    )


def _listed(setter: Setter, name: str, behind: str) -> tuple[list[Char], int]:
    """An entry of a list of names and its width in half characters."""
    typeface = Typeface.NAME
    space = Char(" ", setter.face(typeface).family, 0.5)
    chars = setter.dress([Run(name, typeface, name=True)])
    if len(chars) == 2:
        chars = [chars[0], space, space, chars[1]]
    wide = max(6, math.ceil(sum(c.advance for c in chars) * 2 - 0.01))
    if behind:
        short = wide - round(sum(c.advance for c in chars) * 2)
        chars += [space] * (short + 1) + setter.dress([Run(behind, typeface)])
        wide += 1 + 2 * len(behind)
    return chars, wide
