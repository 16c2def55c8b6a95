"""Every row of the tables that were found, parsed, checked and compared with what exists: the preview is built here."""

import datetime
import itertools
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

from .cells import CellProblem, Clean, clean_text, is_error, is_masked, parse_cell
from .columns import DATED, Column, plain
from .dates import ShownMonth, counted_from_1904
from .mapping import Table
from .preview import Ask, CellError, Key, Known, Part, Preview, PreviewRow, Question, Rules, Status, jsonable, of_sheet
from .read import SheetRefused

BATCH = 1000


def build_preview(
    tables: Sequence[Table],
    rules: Rules,
    *,
    answers: Mapping[str, str] | None = None,
    left: Sequence[str] = (),
    progress: Callable[[int], None] | None = None,
) -> Preview:
    """Check every row of the tables and compare it with what exists.

    `answers` are those to earlier questions, by the row's name; `left` says what of the file is not read; `progress` is
    told the number of rows done. Raises SheetRefused when required columns are missing.
    """
    for table in tables:
        if table.mapping.missing:
            wanted = "、".join(table.mapping.missing)
            raise SheetRefused("missing_columns", f"缺少必填的列：{wanted}。请补上，或改用模板")
    columns = rules.columns()
    several = len({table.sheet.name for table in tables}) > 1
    parts = [Part(table.sheet.name, table.mapping.labels, dict(table.mapping.places)) for table in tables]
    judge = _Judge(rules, {column.key: column.label for column in columns}, parts, several, answers or {})
    rows: list[PreviewRow] = []
    parsed = (row for number, table in enumerate(tables) for row in _rows_of(table, number, rules, columns, several))
    while batch := list(itertools.islice(parsed, BATCH)):
        keys = {id(row): rules.key_of(row.values) for row in batch if all(error.of_row for error in row.errors)}
        existing = rules.lookup(list(dict.fromkeys(key for key in keys.values() if key is not None))) if keys else {}
        for row in batch:
            judge.judge(row, keys.get(id(row)), existing)
        rows += batch
        if progress is not None:
            progress(len(rows))
    for row in rows:
        parts[row.part].rows += 1
    skipped = [[t.sheet.name if several else "", s.row, s.reason] for t in tables for s in t.skipped]
    unknown = list(
        dict.fromkeys(of_sheet(t.sheet.name if several else "") + w for t in tables for w in t.mapping.unknown)
    )
    return Preview(parts, rows, unknown, skipped, list(left))


def _rows_of(table: Table, part: int, rules: Rules, columns: Sequence[Column], several: bool) -> Iterator[PreviewRow]:
    for number, cells, title in table.data_rows():
        row = PreviewRow(number, Status.NEW, {}, part=part, under=title)
        found = _Cells(table, columns, cells)
        values = found.parsed(row)
        if not row.errors:
            row.notes += rules.settle(values)
            wrong = rules.check_row(values)
            row.errors += [CellError(number, found.place(key), key, words, of_row=True) for key, words in wrong]
        if title and (words := rules.check_under(title)):
            row.errors.append(CellError(number, -1, "", words))
        for error in row.errors:
            error.sheet = table.sheet.name if several else ""
        row.status = Status.WRONG if row.errors else Status.NEW
        row.values = {key: jsonable(value) for key, value in values.items()}
        # Cells are kept until everything is judged; only rows that stay outside keep them for good (`Preview.forget_cells`).
        row.raw = [jsonable(cell) for cell in cells]
        yield row


class _Cells:
    """The cells of one row by column, each with the place it stands at."""

    def __init__(self, table: Table, columns: Sequence[Column], cells: list):
        self.table, self.columns, self.cells = table, columns, cells
        self.places = table.mapping.places

    def place(self, key: str) -> int:
        """The place of a column, -1 when the file has none of it."""
        return self.places.get(key, -1)

    def _cell(self, column: Column) -> Any:
        places = self.table.mapping.parts.get(column.key) or [self.places[column.key]]
        cells = [self.cells[place] if place < len(self.cells) else None for place in places]
        value = cells[0] if len(cells) == 1 else _joined(cells, column.glue)
        if column.kind not in DATED:
            return Clean(clean_text(value)) if isinstance(value, str) else value
        value = counted_from_1904(value) if self.table.date1904 else value
        return _as_headed(value, self.table.mapping.labels[places[0]])

    def parsed(self, row: PreviewRow) -> dict[str, Any]:
        """The values of the row; what is wrong or was understood otherwise is put down in it."""
        raw = {column.key: self._cell(column) for column in self.columns if column.key in self.places}
        spread: dict[str, tuple[str, str]] = {}
        for column in self.columns:
            if column.spread is not None and isinstance(raw.get(column.key), str):
                cells = dict(column.spread(raw[column.key]))
                raw[column.key] = cells.pop(column.key, raw[column.key])
                spread |= {key: (column.key, text) for key, text in cells.items()}
        values: dict[str, Any] = {}
        for column in self.columns:
            if column.key in raw:
                values[column.key] = self._value(row, column, raw[column.key], column.key)
        for column in self.columns:
            if column.key in spread:
                self._also(row, column, values, *spread[column.key])
        return values

    def _value(self, row: PreviewRow, column: Column, cell: Any, at: str) -> Any:
        try:
            value = parse_cell(cell, column)
        except CellProblem as problem:
            row.errors.append(CellError(row.row, self.place(at), at, str(problem)))
            return None
        if is_masked(cell, column):
            row.notes.append(f"{column.label}是遮盖后的内容，按未填处理")
        elif column.kind == "choice" and value is not None and column.chosen(clean_text(cell))[1]:
            row.notes.append(f"{column.label}“{clean_text(cell)}”登记为“{value}”")
        return value

    def _also(self, row: PreviewRow, column: Column, values: dict[str, Any], at: str, text: str) -> None:
        """A value said in another column's cell: taken where its own cell is empty, refused where they differ."""
        value = self._value(row, column, text, at)
        if values.get(column.key) in (None, value):
            values[column.key] = value
        elif value is not None:
            said = f"这一格写着“{text}”，{column.label}一栏却是“{values[column.key]}”，请核对"
            row.errors.append(CellError(row.row, self.place(at), at, said))


def _joined(cells: list, glue: str) -> Any:
    """Two cells that make one: 农技站 + 站长 → 农技站站长; a part that the other holds already is not repeated."""
    if any(map(is_error, cells)):
        return next(cell for cell in cells if is_error(cell))
    texts = [clean_text(cell) for cell in cells if cell is not None]
    whole = ""
    for text in texts:
        whole = (
            text
            if text.startswith(whole)
            else whole
            if whole.endswith(text)
            else glue.join(filter(None, (whole, text)))
        )
    return whole or None


def _as_headed(value: Any, label: str) -> Any:
    """Under 出生年月 the first of a month stands for the month: what a spreadsheet makes of 1975-08."""
    if isinstance(value, datetime.date) and value.day == 1 and plain(label).endswith("年月"):
        return ShownMonth(value.year, value.month, 1)
    return value


class _Judge:
    """Gives rows their status: wrong rows stay wrong, the first of several that are the same counts."""

    def __init__(
        self, rules: Rules, labels: dict[str, str], parts: list[Part], several: bool, answers: Mapping[str, str]
    ):
        self.rules, self.labels, self.parts, self.several, self.answers = rules, labels, parts, several, answers
        self.seen: dict[Hashable, list[tuple[Key, PreviewRow]]] = {}

    def judge(self, row: PreviewRow, key: Key | None, existing: Mapping[Key, Known | Ask]) -> None:
        """Say what happens to the row."""
        if row.errors and not self._stands(row, key, existing):
            return
        if key is not None:
            found = existing.get(key)
            known = self._asked(row, found) if isinstance(found, Ask) else found
            row.existing = jsonable(known.get("id")) if known else None
            if self._repeats(row, key):
                return
            for bucket in self._buckets(row, key):
                self.seen.setdefault(bucket, []).append((key, row))
            if known is not None:
                self._compare(row, known)

    def _stands(self, row: PreviewRow, key: Key | None, existing: Mapping[Key, Known | Ask]) -> bool:
        """Whether a row says no more than what is registered already, which needs no check: its errors are dropped."""
        known = existing.get(key) if key is not None else None
        if not isinstance(known, dict) or self.rules.compare(known, row.values):
            return False
        row.errors, row.status = [], Status.NEW
        return True

    def _buckets(self, row: PreviewRow, key: Key) -> list[Hashable]:
        """Where rows are looked for that may be the same: by their key, and as the same existing record."""
        return [*self.rules.buckets(key), *([("existing", row.existing)] if row.existing else [])]

    def _compare(self, row: PreviewRow, known: Known) -> None:
        row.changes = self.rules.compare(known, row.values)
        row.status = Status.CHANGED if row.changes else Status.UNCHANGED
        if not row.changes:
            return
        row.notes += self.rules.notes_on(known, row.changes)
        places = self.parts[row.part].places
        for key, words in self.rules.check_change(known, row.values, row.changes):
            row.errors.append(CellError(row.row, places.get(key, -1), key, words, self._sheet(row)))
        if row.errors:
            row.status, row.changes = Status.WRONG, {}

    def _asked(self, row: PreviewRow, ask: Ask) -> Known | None:
        records = {str(known["id"]): known for known, _ in ask.choices}
        answer = self.answers.get(row.name, "")
        choices = [[str(known["id"]), words] for known, words in ask.choices]
        row.question = Question(ask.text, choices, answer if answer in records else "")
        return records.get(row.question.answer)

    def _sheet(self, row: PreviewRow) -> str:
        return self.parts[row.part].sheet if self.several else ""

    def _repeats(self, row: PreviewRow, key: Key) -> bool:
        """Whether an earlier row of the file is the same record; what they contradict each other in is said."""
        for bucket in self._buckets(row, key):
            for other_key, first in self.seen.get(bucket, ()):
                both_known = row.existing and first.existing
                same = row.existing == first.existing if both_known else self.rules.same(key, other_key)
                alike = first.values == row.values
                if same or (same is None and alike):
                    row.status = Status.DUPLICATE
                    row.errors = [CellError(row.row, -1, "", self._twice(row, first), self._sheet(row))]
                    return True
                where = f"{of_sheet(self._sheet(first)) if first.part != row.part else ''}第{first.row}行"
                if same is None:
                    row.notes.append(f"与{where}相同的内容不足以认定是一个，按两个导入")
        return False

    def _twice(self, row: PreviewRow, first: PreviewRow) -> str:
        where = f"{of_sheet(self._sheet(first)) if first.part != row.part else ''}第{first.row}行"
        filled = {key: value for key, value in row.values.items() if value is not None}
        differ = [key for key, value in filled.items() if first.values.get(key) not in (None, value)]
        more = [key for key, value in filled.items() if first.values.get(key) is None]
        said = f"与{where}重复"
        if differ:
            said += f"，但{self._named(differ)}不一致，请核对后只留一处"
        if more:
            said += f"；这一行多出{self._named(more)}，没有导入，请并入前一行"
        return said

    def _named(self, keys: list[str]) -> str:
        return "、".join(self.labels.get(key, key) for key in keys)
