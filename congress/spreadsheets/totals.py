"""How many there are, as totals, titles and notes of a file say it, against the rows that were read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from .columns import Column
from .lines import GROUP_TITLE, counts_told
from .mapping import Table
from .preview import of_sheet


def against_rows(tables: Sequence[Table], columns: Sequence[Column], noun: str, several: bool) -> Iterator[str]:
    """What states another number than there are rows: of the part above or below it, the table, the sheet or the file."""
    on_sheet: Counter[str] = Counter()
    for table in tables:
        on_sheet[table.sheet.name] += table.read
    sums = {column.key for column in columns if column.kind in ("integer", "decimal")}
    for table in tables:
        where = of_sheet(table.sheet.name) if several else ""
        starts = max((one.end for one in tables if one.sheet is table.sheet and one.end < table.header_row), default=0)
        found = [*_totals(table, on_sheet, sums), *_words(table, starts, on_sheet, noun)]
        yield from (where + words for words in found)


def _totals(table: Table, on_sheet: Counter[str], sums: set[str]) -> Iterator[str]:
    of_columns = {place for key, place in table.mapping.places.items() if key in sums}
    for one in table.skipped:
        stated = [figure for place, figure in one.figures if place not in of_columns]
        if stated and not {*stated, sum(stated)} & {one.since, one.before, on_sheet[table.sheet.name]}:
            yield f"第{one.row}行合计写着{'、'.join(map(str, stated))}，上面读到{one.since}行，请核对有没有漏行"


def _words(table: Table, starts: int, on_sheet: Counter[str], noun: str) -> Iterator[str]:
    """Of what stands above the headings, and of titles and notes between the rows: a title is of those below it."""
    read, all_of_them = on_sheet[table.sheet.name], on_sheet.total()
    lines = [(row + 1, {read, all_of_them}, read) for row in range(starts, table.header_row)]
    for one, after in zip_longest(table.skipped, table.skipped[1:]):
        below = (after.before if after else table.read) - one.before
        if not one.figures:
            right = {below, one.before, one.since, read, all_of_them}
            lines.append((one.row, right, below if one.reason == GROUP_TITLE and below else one.before))
    for row, right, rows in lines:
        told = counts_told(table.sheet.rows[row - 1], noun)
        if told and not told & right:
            yield f"第{row}行写着共{'、'.join(map(str, sorted(told)))}{noun}，读到{rows}{noun}，请核对有没有漏行"
