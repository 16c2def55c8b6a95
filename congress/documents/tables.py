"""Documents that are one table: rosters, tallies, overviews.

A layout engine needs milliseconds for every cell of a table. Here columns, line breaks and pages are computed, so that
the engine gets one line of text for a row and one drawing of rules for a page: 500 rows take about a second, and the
text of a row stays together when it is copied out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import grid, style
from .flow import Char, Line, flow
from .fonts import Typeface
from .grid import Measure
from .markup import Setter
from .text import Column, Run, TableDoc, Title

ROW = 9.0  # mm: height of a row of one line
LEADING = 1.45  # line distance inside a cell, in em
PADDING = 1.2  # mm left and right of the text of a cell
THIN = 0.25  # mm, rules
EDGE = 0.5  # mm the drawing of the rules reaches beyond them, so that the outer ones are drawn in full
TITLE_LINE = 11.0  # mm
SUBTITLE_LINE, NOTE_LINE, GAP = 8.0, 7.0, 4.0  # mm
SUBTITLE_GAP = 1.5  # mm


@dataclass(frozen=True)
class Cell:
    """The broken lines of one cell and the extra letter spacing (points) of a two-character name."""

    lines: tuple[tuple[Char, ...], ...]
    spacing: float = 0.0

    def width(self, line: Sequence[Char], size: float) -> float:
        """Width of one of its lines in points."""
        return sum(c.advance for c in line) * size + self.spacing * max(0, len(line) - 1)


@dataclass(frozen=True)
class Row:
    """Cells and the height (mm) they need."""

    cells: tuple[Cell, ...]
    height: float
    header: bool = False


@dataclass(frozen=True)
class Area:
    """The type area of the page: width and height in mm."""

    width: float
    height: float

    @classmethod
    def of(cls, table: TableDoc) -> Area:
        """156 x 225 mm, on its side for a wide table."""
        size = (grid.AREA_HEIGHT, grid.AREA_WIDTH) if table.landscape else (grid.AREA_WIDTH, grid.AREA_HEIGHT)
        return cls(*size)


class TableSetter:
    """Computes the pages of one TableDoc."""

    def __init__(self, table: TableDoc) -> None:
        self.table = table
        self.setter = Setter()
        self.area = Area.of(table)
        self.size = table.size
        total = sum(column.width for column in table.columns)
        self.widths = [column.width / total * self.area.width for column in table.columns]
        self.edges = [0.0]
        for width in self.widths:
            self.edges.append(self.edges[-1] + width)

    # --- cells ------------------------------------------------------------------------------------------------------

    def cell(self, value: object, column: Column, width: float, typeface: Typeface | None = None) -> Cell:
        """Break a value into the lines of its column."""
        text = "" if value is None else str(value).strip()
        face = typeface or (Typeface.NAME if column.name else Typeface.FANGSONG)
        room = (width - 2 * PADDING) * grid.POINTS
        if column.name and typeface is None and len(text) == 2 and 3 * self.size <= room:
            return Cell((tuple(self.setter.dress([Run(text, face, name=True)])),), self.size)
        measure = Measure(room / self.size, room, self.size)
        lines: list[tuple[Char, ...]] = []
        for part in text.split("\n"):
            chars = self.setter.dress([Run(part, face, name=column.name)])
            lines += [line.chars for line in flow(chars, measure, 0, take_in=False)]
        return Cell(tuple(lines) or ((),))

    def row(self, values: Sequence[object], typeface: Typeface | None = None) -> Row:
        """One row; its height grows by whole lines only."""
        columns = self.table.columns
        if len(values) != len(columns):
            raise ValueError(f"a row of {len(values)} cells under {len(columns)} columns")
        cells = tuple(self.cell(v, c, w, typeface) for v, c, w in zip(values, columns, self.widths, strict=True))
        most = max(len(cell.lines) for cell in cells)
        return Row(cells, ROW + (most - 1) * self.leading, header=typeface is Typeface.HEITI)

    @property
    def leading(self) -> float:
        """Line distance inside a cell in mm."""
        return LEADING * style.em(self.size)

    # --- HTML -------------------------------------------------------------------------------------------------------

    def _levels(self, row: Row) -> Iterator[tuple[float, list[tuple[int, tuple[Char, ...]]]]]:
        """The heights (mm below the top of the row) at which text stands, with the lines that stand there."""
        levels: dict[float, list[tuple[int, tuple[Char, ...]]]] = {}
        for index, cell in enumerate(row.cells):
            for number, line in enumerate(cell.lines):
                middle = row.height / 2 + (number - (len(cell.lines) - 1) / 2) * self.leading
                levels.setdefault(round(middle, 3), []).append((index, line))
        yield from sorted(levels.items())

    def _row_html(self, row: Row) -> str:
        levels = list(self._levels(row))
        bounds = [level for level, _ in levels[1:]] + [row.height]
        sink = self.setter.body.drop * style.em(self.size)  # hanzi sit below the middle of their line box
        parts = []
        for number, (level, lines) in enumerate(levels):
            lead = level - sink if number == 0 else 0.0
            height = bounds[number] - level + (sink if number == len(levels) - 1 else 0.0)
            parts.append(f'<p style="height:{height:.3f}mm;padding-top:{lead:.3f}mm">{self._line_html(row, lines)}</p>')
        return "".join(parts)

    def _line_html(self, row: Row, lines: list[tuple[int, tuple[Char, ...]]]) -> str:
        parts, at = [], 0.0  # points already used from the left
        for index, chars in lines:
            cell = row.cells[index]
            if not chars:
                continue
            width = cell.width(chars, self.size)
            left = self._start(index, width, "center" if row.header else self.table.columns[index].align)
            parts.append(self.setter.piece(chars, left - at, cell.spacing))
            at = left + width + cell.spacing  # the engine spaces after the last character too
        return "".join(parts)

    def _start(self, index: int, width: float, align: str) -> float:
        """Where a text of a width (points) begins in its column, in points from the left edge of the table."""
        left, right = self.edges[index] * grid.POINTS, self.edges[index + 1] * grid.POINTS
        pad = PADDING * grid.POINTS
        match align:
            case "left":
                return left + pad
            case "right":
                return right - pad - width
        return (left + right - width) / 2

    def _rules(self, rows: Sequence[Row]) -> str:
        """All rules of one page as one drawing, laid under the text by a negative margin."""
        height = sum(row.height for row in rows)
        path, y = [f"M0 0H{self.area.width:.3f}"], 0.0
        for row in rows:
            y += row.height
            path.append(f"M0 {y:.3f}H{self.area.width:.3f}")
        path += [f"M{x:.3f} 0V{height:.3f}" for x in self.edges]
        wide, tall = self.area.width + 2 * EDGE, height + 2 * EDGE
        box = f"{-EDGE} {-EDGE} {wide:.3f} {tall:.3f}"
        size = f'width="{wide:.3f}mm" height="{tall:.3f}mm" viewBox="{box}" style="margin:{-EDGE}mm"'
        draw = f'<path d="{"".join(path)}" fill="none" stroke="#000" stroke-width="{THIN}" stroke-linecap="square"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{draw}</svg>'
        return f'<div style="height:{height:.3f}mm;margin-bottom:{-height:.3f}mm">{svg}</div>'

    def _text_line(self, text: str, typeface: Typeface, size: float, height: float, align: float) -> str:
        """A line outside the table; ``align`` 0 is left, 0.5 centred, 1 right. Long texts break."""
        room = self.area.width * grid.POINTS
        face = self.setter.face(typeface)
        lines = flow(self.setter.dress([Run(text, typeface)]), Measure(room / size, room, size), 0, take_in=False)
        parts = []
        for line in lines:
            indent = (room - sum(c.advance for c in line.chars) * size) * align
            lead = height / 2 - face.drop * style.em(size)
            html = self.setter.line(Line(line.chars, 0.0), size, face)
            css = f"font:{size}pt {face.family};line-height:0;height:{height - lead:.3f}mm;padding:{lead:.3f}mm 0 0 {indent:.3f}pt"
            parts.append(f'<p style="{css}">{html}</p>')
        return "".join(parts)

    def head(self) -> tuple[str, float]:
        """Title and subtitle with their height in mm; the first title line touches the top of the type area."""
        lines = Title.of(self.table.title).lines if not self.table.landscape else tuple(self.table.title.split("\n"))
        first = style.em(grid.TITLE)
        html, height = "", 0.0
        for number, line in enumerate(lines):
            tall = first if number == 0 else TITLE_LINE
            html += self._text_line(line, Typeface.XIAOBIAOSONG, grid.TITLE, tall, 0.5)
            height += tall
        if self.table.subtitle:
            height += SUBTITLE_GAP
            html += f'<div style="height:{SUBTITLE_GAP}mm"></div>'
            html += self._text_line(self.table.subtitle, Typeface.KAITI, grid.SMALL, SUBTITLE_LINE, 0.5)
            height += SUBTITLE_LINE
        return html + f'<div style="height:{GAP}mm"></div>', height + GAP

    def foot(self) -> tuple[str, float]:
        """Notes and the line of 制表单位 and date, with their height in mm."""
        parts, height = [f'<div style="height:{GAP}mm"></div>'], GAP
        left, right = self.table.foot
        if left or right:
            parts.append(self._foot_line(left, right))
            height += NOTE_LINE
        for note in self.table.notes:
            html = self._text_line(note, Typeface.FANGSONG, self.size, NOTE_LINE, 0.0)
            parts.append(html)
            height += NOTE_LINE * html.count("<p ")
        return ("".join(parts), height) if len(parts) > 1 else ("", 0.0)

    def _foot_line(self, left: str, right: str) -> str:
        first, second = (self.setter.dress([Run(text)]) for text in (left, right))
        used = sum(c.advance for c in (*first, *second)) * self.size
        gap = f'<span style="padding-left:{self.area.width * grid.POINTS - used:.3f}pt"></span>'
        texts = [self.setter.line(Line(tuple(chars), 0.0), self.size) for chars in (first, second)]
        lead = NOTE_LINE / 2 - self.setter.body.drop * style.em(self.size)
        css = f"height:{NOTE_LINE - lead:.3f}mm;padding-top:{lead:.3f}mm"
        return f'<p style="{css}">{texts[0]}{gap}{texts[1]}</p>'

    # --- pages ------------------------------------------------------------------------------------------------------

    def pages(self, rows: Sequence[Row], header: Row, head: float, foot: float) -> list[list[Row]]:
        """Fill pages with rows; the last page keeps room for the foot and never holds the foot alone."""
        pages: list[list[Row]] = [[]]
        used = head + header.height
        for number, row in enumerate(rows):
            need = row.height + (foot if number == len(rows) - 1 else 0.0)
            if pages[-1] and used + need > self.area.height - THIN:
                pages.append([])
                used = header.height
            pages[-1].append(row)
            used += row.height
        return pages

    def sections(self) -> list[str]:
        """The whole document, a section for each page."""
        header = self.row([column.label for column in self.table.columns], Typeface.HEITI)
        rows = [self.row(values) for values in self.table.rows]
        (head, head_height), (foot, foot_height) = self.head(), self.foot()
        pages = self.pages(rows, header, head_height, foot_height)
        parts = []
        for number, page in enumerate(pages):
            shown = [header, *page]
            body = self._rules(shown) + "".join(self._row_html(row) for row in shown)
            start, end = (head if number == 0 else ""), (foot if number == len(pages) - 1 else "")
            parts.append(f'<section class="sheet" style="font-size:{self.size}pt">{start}{body}{end}</section>')
        return parts

    def html(self) -> str:
        """The sections one after another."""
        return "".join(self.sections())

    def page_rule(self) -> str:
        """The page for this table."""
        if self.table.landscape:
            return style.wide_page("")
        return style.page_rule()
