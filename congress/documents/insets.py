"""Tables inside a running text: rows of whole lines, so that what follows stands on the grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import charts, grid, writings
from .flow import Line, flow
from .fonts import Typeface
from .grid import Measure
from .names import names
from .text import Chart, Names, Run, Table

if TYPE_CHECKING:
    from .markup import Setter

FRAME = 0.25  # mm: the rule round a chart, half of which stands inside
TABLE_SIZE, CELL_PADDING = 12.0, 1.3  # points; mm left and right of a text in a table


def inset(setter: Setter, block: Table | Names | Chart) -> str:
    """What stands between paragraphs: names in columns, a table, a chart."""
    if isinstance(block, Names):
        return names(setter, block)
    return table(setter, block) if isinstance(block, Table) else chart(setter, block)


def chart(setter: Setter, block: Chart) -> str:
    """A chart in a frame as wide as the type area and whole lines high. Raises NoChart for what cannot be drawn."""
    setter.dress([Run("".join(word for word, _ in block.rows))])
    base = grid.PITCH / 2 + setter.body.rise * grid.BODY / grid.POINTS - FRAME / 2
    picture = charts.drawn(block.caption, block.rows, block.kind, setter.body.family, base)
    high = charts.LINES * grid.PITCH
    caption = f'<p class="caption">{_cell(setter, block.caption, Typeface.HEITI)}</p>'
    cell = f'<td style="text-align:center">{picture}</td>'
    return f'{caption}<table class="inset chart"><tbody><tr style="height:{high:.4f}mm">{cell}</tr></tbody></table>'


def table(setter: Setter, block: Table) -> str:
    """A table inside a text, whose rows are whole lines high; the header is repeated on every page."""
    total = sum(c.width for c in block.columns)
    measure = grid.AREA_HEIGHT if block.landscape else grid.AREA_WIDTH
    widths = [c.width / total * measure for c in block.columns]
    cols = "".join(f'<col style="width:{width:.3f}mm">' for width in widths)
    head = _row(setter, [(c.label, Typeface.HEITI, "center") for c in block.columns], widths, "th")
    faces = [Typeface.NAME if c.name else Typeface.FANGSONG for c in block.columns]
    aligns = [c.align for c in block.columns]
    rows = "".join(_row(setter, list(zip(row, faces, aligns, strict=True)), widths, "td") for row in block.rows)
    caption = f'<p class="caption">{_cell(setter, block.caption, Typeface.HEITI)}</p>' if block.caption else ""
    told = f"<colgroup>{cols}</colgroup><thead>{head}</thead><tbody>{rows}</tbody>"
    html = f'{caption}<table class="inset" style="width:{measure}mm">{told}</table>'
    return f'<section style="page:wide">{html}</section>' if block.landscape else html


def _row(setter: Setter, cells: Sequence[tuple[str, Typeface, str]], widths: Sequence[float], tag: str) -> str:
    """A row of a table: lines broken here, its height the least number of whole lines of the page that holds them."""
    parts, most = [], 1
    for (text, typeface, align), width in zip(cells, widths, strict=True):
        room = (width - 2 * CELL_PADDING) * grid.POINTS
        # Beneath a name stands the same in another writing.
        told, _, beside = str(text).partition("\n" if typeface is Typeface.NAME else "\0")
        chars = setter.dress([Run(told, typeface, typeface is Typeface.NAME)])
        lines = flow(chars, Measure(room / TABLE_SIZE, room, TABLE_SIZE), 0, take_in=False) if chars else []
        written = [setter.line(Line(line.chars, 0.0), TABLE_SIZE) for line in lines]
        written += [writings.set_whole(setter, beside, TABLE_SIZE, breaks=True)] if beside else []
        parts.append(f'<{tag} style="text-align:{align}">{"<br>".join(written)}</{tag}>')
        most = max(most, len(lines) + writings.lines(beside, room / TABLE_SIZE))
    high = math.ceil((most * grid.PITCH / 2 + 1) / grid.PITCH) * grid.PITCH
    return f'<tr style="height:{high:.4f}mm">{"".join(parts)}</tr>'


def _cell(setter: Setter, text: str, typeface: Typeface) -> str:
    return setter.line(Line(tuple(setter.dress([Run(str(text), typeface, typeface is Typeface.NAME)])), 0.0))
