"""Finds the tables of a workbook: header rows under title rows, which column is which, and which rows are data.

Offices put titles above, notes and totals below, lists side by side or below each other, and merge cells; all of that
is read, or stepped over and reported, never silently lost.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .cells import clean_text, is_empty
from .columns import Column, letters, plain
from .divided import several_in, tick_in
from .extract import MAX_COLUMNS
from .headings import BRACKETS, IGNORED, Mapping, Remembered, map_columns
from .lines import GROUP_TITLE, TOTAL, figures_in, not_data, plainly_data, title_above
from .read import Cell, Sheet, SheetRefused, Workbook

HEADER_DEPTH = 30  # rows looked at for the header
GUIDE, CHOICES = "填写说明", "选项"  # sheets of our own templates
GUIDE_HEAD = ("这一列", "要不要填", "怎么填")
_PLAIN_CHAR = re.compile("[0-9\u4e00-\u9fff]")  # characters that a heading would begin with just so


@dataclass
class Skipped:
    """A row that is not data: its number in the file and why; of a total the figures it states, and how many rows of data
    stand before it, in all and since the total before."""

    row: int
    reason: str
    figures: list[tuple[int, int]] = field(default_factory=list)
    before: int = 0
    since: int = 0


@dataclass
class Table:
    """A table found: sheet, last header row (counted from 1), mapping, the row it ends with, the columns it spans (one of
    several side by side), the book's calendar."""

    sheet: Sheet
    header_row: int
    mapping: Mapping
    skipped: list[Skipped] = field(default_factory=list)
    last_row: int | None = None
    span: range = range(MAX_COLUMNS)
    date1904: bool = False
    read: int = 0  # how many rows of data were found

    @property
    def end(self) -> int:
        """The number of its last row."""
        return len(self.sheet.rows) if self.last_row is None else self.last_row

    def data_rows(self) -> Iterator[tuple[int, list, str]]:
        """Yield (row number in the file, cells, title of the group it stands under) of data rows; notes the others in
        `skipped`."""
        self.skipped = []
        filled = _merged_down(self.sheet, self.header_row)
        groups = {merge[0] for merge in self.sheet.merges if merge[3] - merge[1] >= 2}
        self.read = 0
        before, since, labels, used = 0, 0, self.mapping.labels, self.mapping.used
        above = self.sheet.rows[max(self.header_row - 3, 0) : max(self.header_row - 1, 0)]
        title = next(filter(None, map(title_above, reversed(above))), "")
        for index in range(self.header_row, self.end):
            cells = self.sheet.rows[index]
            if self.span.start or len(cells) > self.span.stop:
                cells = [cell if place in self.span else None for place, cell in enumerate(cells)]
            plainly = plainly_data(cells, labels, used)
            reason = None if plainly else not_data(cells, labels, used, index in groups)
            if reason is None:
                for place, value in filled.get(index, ()):
                    cells += [None] * (place + 1 - len(cells))
                    cells[place] = value if cells[place] is None else cells[place]
                before, since = before + 1, since + 1
                self.read = before
                yield index + 1, cells, title
            elif reason:
                figures = figures_in(cells, used) if reason == TOTAL else []
                self.skipped.append(Skipped(index + 1, reason, figures, before, since))
                since = 0 if figures else since
                if reason == GROUP_TITLE:
                    title = next(clean_text(cell) for cell in cells if not is_empty(cell))

    def lines(self) -> Iterator[tuple[int, list, str, tuple[int, str] | None]]:
        """The rows of data; where headings are choices one for each value below them, with its place and the value."""
        for number, cells, title in self.data_rows():
            if not self.mapping.crossed:
                yield number, cells, title, None
            for place in sorted(self.mapping.crossed):
                cell = cells[place] if place < len(cells) else None
                for text in () if is_empty(cell) else several_in(clean_text(cell)):
                    yield number, cells, title, (place, text)


@dataclass
class Found:
    """What a workbook holds: tables that are read, and in words what is not, with its number of rows."""

    tables: list[Table]
    left: list[str] = field(default_factory=list)


def find_tables(
    book: Workbook, columns: Sequence[Column], remembered: Remembered = None, sheets: Sequence[str] = ()
) -> Found:
    """Return every table that answers to the columns: of all visible sheets (or those named), also side by side and
    below each other. Raises SheetRefused when no header is found; a table that lacks required columns is returned
    alone, to be named by hand.
    """
    best = [(sheet, _best_header(sheet, columns, remembered)) for sheet in book.sheets]
    heads = {
        sheet.name: found
        for sheet, found in best
        if found is not None
        and len(found[1].places) + len(found[1].crossed) >= (2 if len(columns) > 1 and _is_wide(sheet) else 1)
    }
    if not heads:
        wanted = "、".join(column.label for column in columns if column.required) or columns[0].label
        raise SheetRefused("no_header", f"没有找到表头。表格里应有一行列名，至少包括：{wanted}。可以先下载模板照着填")
    good = {name: found for name, found in heads.items() if not found[1].missing}
    if not good:
        name, (row, mapping) = max(heads.items(), key=lambda one: len(one[1][1].places))
        return Found([Table(next(s for s in book.sheets if s.name == name), row, mapping, date1904=book.date1904)])
    found = Found([])
    for sheet in book.sheets:
        if sheet.name in good and (not sheets or sheet.name in sheets):
            _read_sheet(found, sheet, good[sheet.name], columns, remembered)
        elif (count := _filled(sheet.rows)) and not _is_guide(sheet):
            why = "没有选择读取" if sheet.name in good else "没有认出表头，没有读取"
            found.left.append(f"工作表“{sheet.name}”（{count}行）{why}")
    has_guide = any(map(_is_guide, book.sheets))
    for name, rows in book.hidden:
        if not (has_guide and name == CHOICES):
            found.left.append(f"隐藏的工作表“{name}”（{rows}行）没有读取")
    for table in found.tables:
        table.date1904 = book.date1904
    return found


def _is_guide(sheet: Sheet) -> bool:
    return sheet.name == GUIDE and bool(sheet.rows) and tuple(sheet.rows[0][:3]) == GUIDE_HEAD


def _is_wide(sheet: Sheet) -> bool:
    """Whether anything stands in more than one column: a list of one column has a heading of one cell."""
    places: set[int] = set()
    for row in sheet.rows:
        places.update(place for place, cell in enumerate(row) if not is_empty(cell))
        if len(places) > 1:
            return True
    return False


def _filled(rows: Sequence[list]) -> int:
    return sum(any(not is_empty(cell) for cell in row) for row in rows)


def _best_header(sheet: Sheet, columns: Sequence[Column], remembered: Remembered) -> tuple[int, Mapping] | None:
    best, best_score = None, (0, 0, 0)
    for start in range(min(HEADER_DEPTH, len(sheet.rows))):
        for height in (1, 2, 3):
            labels = _under_groups(sheet, start, _labels(sheet, start, height), columns) if height > 1 else None
            mapping = map_columns(labels or _labels(sheet, start, height), columns, remembered)
            surely = sum(place not in mapping.loose for place in mapping.places.values()) + len(mapping.crossed)
            score = (surely, len(mapping.used), -height)
            if score > best_score:
                best, best_score = (start + height, mapping), score
    return best


def _read_sheet(
    found: Found, sheet: Sheet, head: tuple[int, Mapping], columns: Sequence[Column], remembered: Remembered
) -> None:
    """Add the tables of one sheet that stand below each other, each with what stands beside it."""
    heads = [head, *_further_heads(sheet, head, columns, remembered)]
    ends = [row - 1 for row, _ in heads[1:]] + [len(sheet.rows)]
    for (row, mapping), end in zip(heads, ends, strict=True):
        if mapping.missing:
            count = _filled(sheet.rows[row:end])
            found.left.append(f"工作表“{sheet.name}”第{row}行起是另一个表（{_heading(mapping)}），{count}行没有读取")
            continue
        if untouched := _unticked(sheet.rows[row:end], mapping):
            mapping = map_columns(mapping.labels, columns, remembered, untouched)
        found.tables.append(Table(sheet, row, mapping, last_row=end))
        _beside(found, found.tables[-1], columns, remembered)


def _unticked(rows: Sequence[list], mapping: Mapping) -> set[int]:
    """The places headed by a bare word of a choice below which hardly anything is a tick: those are about something else."""
    found = set()
    for place in mapping.loose:
        cells = [row[place] for row in rows if place < len(row) and not is_empty(row[place])]
        if cells and 2 * sum(tick_in(cell, mapping.labels[place]) is not None for cell in cells) <= len(cells):
            found.add(place)
    return found


def _beside(found: Found, table: Table, columns: Sequence[Column], remembered: Remembered) -> None:
    """Read the same headings a second time on the right, as lists printed in two columns have them; name any other."""
    labels = table.mapping.labels
    wanted = [labels[place] for place in sorted(table.mapping.used)]
    taken, blocks = set(table.mapping.used), [table]
    while True:
        rest = ["" if place in taken else label for place, label in enumerate(labels)]
        other = map_columns(rest, columns, remembered)
        if other.missing or len(other.places) < 2:
            break
        taken |= other.used
        span = _span(other, labels)
        if [labels[place] for place in sorted(other.used)] == wanted:
            other.unknown = []
            blocks.append(Table(table.sheet, table.header_row, other, last_row=table.last_row, span=span))
        else:
            count = _filled([row[span.start : span.stop] for row in table.sheet.rows[table.header_row : table.end]])
            where = f"{letters(span.start)}到{letters(span.stop - 1)}列"
            found.left.append(f"工作表“{table.sheet.name}”{where}是另一组列（{_heading(other)}），{count}行没有读取")
        mine = tuple(f"{letters(place)}列" for place in other.used)
        table.mapping.unknown = [words for words in table.mapping.unknown if not words.startswith(mine)]
    if len(blocks) > 1:
        table.span = range(blocks[1].span.start)
    found.tables += blocks[1:]


def _span(mapping: Mapping, labels: list[str]) -> range:
    """The columns of a block, with the running numbers before it."""
    start = min(mapping.used)
    while start and plain(labels[start - 1]) in IGNORED:
        start -= 1
    return range(start, max(mapping.used) + 1)


def _heading(mapping: Mapping) -> str:
    return "、".join(mapping.labels[place] for place in sorted(mapping.used))[:60]


class _Begins(dict[str, bool]):
    """Whether a heading may begin with a character: as one of those that are known, or with a sign before it."""

    def __init__(self, known: Iterable[str]):
        super().__init__(dict.fromkeys(known, True))

    def __missing__(self, char: str) -> bool:
        self[char] = found = not _PLAIN_CHAR.match(char)
        return found


def _further_heads(
    sheet: Sheet, head: tuple[int, Mapping], columns: Sequence[Column], remembered: Remembered
) -> list[tuple[int, Mapping]]:
    """Rows further down that are headings of other columns than the first ones."""
    known = {heading for column in columns for heading in (*column.headings, *column.part_of)}
    known |= {plain(label) for label in remembered or ()}
    begins = _Begins(heading[:1] for heading in known)
    heads, current = [], head[1]
    for index in range(head[0], len(sheet.rows)):
        row = sheet.rows[index]
        # A name or a number begins like no heading: such rows, nearly all, need no closer look.
        if sum([begins[cell[:1]] for cell in row if type(cell) is str]) < 2:
            continue
        cells = [cell for cell in row if not is_empty(cell)]
        texts = [cell for cell in cells if isinstance(cell, str) and len(cell) <= 20]
        if len(texts) < max(2, len(cells)):
            continue
        if sum(plain(BRACKETS.sub("", cell)) in known for cell in texts) < max(2, len(texts) // 2):
            continue
        mapping = map_columns(_labels(sheet, index, 1), columns, remembered)
        if mapping.places != current.places and len(mapping.places) >= 2:
            heads.append((index + 1, mapping))
            current = mapping
    return heads


def _labels(sheet: Sheet, start: int, height: int) -> list[str]:
    """Return the headings of one row, or of several where a lower one subdivides the one above it."""
    rows = sheet.rows[start : start + height]
    width = max(map(len, rows))
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    cells = [
        next((cell for cell in reversed(column) if cell is not None), None) for column in zip(*padded, strict=True)
    ]
    return ["" if cell is None else clean_text(cell).replace("\n", "") for cell in cells]


def _under_groups(sheet: Sheet, start: int, labels: list[str], columns: Sequence[Column]) -> list[str]:
    """Headings that mean something together with the one merged above them: 日期 under 交办情况 is 交办日期."""
    known = {heading for column in columns for heading in (*column.headings, *column.part_of)}
    for left, right in _groups(sheet, start):
        group = re.sub("(?:情况|意见)$", "", clean_text(sheet.rows[start][left] or ""))
        for place in range(left, min(right + 1, len(labels))):
            if labels[place] and plain(whole := group + labels[place]) in known:
                labels[place] = whole
    return labels


def _groups(sheet: Sheet, start: int) -> Iterator[tuple[int, int]]:
    """First and last place of each heading over several columns; in pasted text, which knows no merges, it stands over those
    that have no heading in its own row."""
    above = sheet.rows[start]
    if sheet.merges:
        yield from (
            (left, right) for top, left, _, right in sheet.merges if top == start and left < right and left < len(above)
        )
        return
    below = sheet.rows[start + 1] if start + 1 < len(sheet.rows) else []
    filled = [place for place, cell in enumerate(above) if not is_empty(cell)]
    for left, after in pairwise([*filled, max(len(above), len(below))]):
        under = [place for place in range(left, min(after, len(below))) if not is_empty(below[place])]
        if len(under) > 1:
            yield left, under[-1]


def _merged_down(sheet: Sheet, header_row: int) -> dict[int, list[tuple[int, Cell]]]:
    """Return {row: [(column, value)]} for cells merged over several rows of one column (选区 written once)."""
    filled: dict[int, list[tuple[int, Cell]]] = {}
    for top, left, bottom, right in sheet.merges:
        if left != right or top < header_row or top >= len(sheet.rows) or left >= len(sheet.rows[top]):
            continue
        for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
            filled.setdefault(row, []).append((left, sheet.rows[top][left]))
    return filled
