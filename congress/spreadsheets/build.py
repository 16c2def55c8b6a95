"""Every row of the tables that were found, parsed, checked and compared with what exists: the preview is built here."""

import itertools
import json
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .cells import DITTO, CellProblem, Clean, clean_text, is_empty, is_masked, parse_cell, says_none
from .columns import DATED, Column
from .dates import as_headed, counted_from_1904
from .divided import PartProblem, day_of, joined, ticked
from .mapping import Table
from .preview import Ask, CellError, Key, Known, Part, Preview, PreviewRow, Question, Rules, Status, jsonable, of_sheet
from .read import SheetRefused
from .totals import against_rows

BATCH = 1000
_packed = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Building:
    """Checks the rows of tables and compares them with what exists, piece by piece; what was put away is not held.

    `answers` are those to earlier questions, by the row's name; `left` says what of the file is not read. Raises
    SheetRefused when required columns are missing.
    """

    def __init__(
        self,
        tables: Sequence[Table],
        rules: Rules,
        *,
        answers: Mapping[str, str] | None = None,
        left: Sequence[str] = (),
    ):
        for table in tables:
            if table.mapping.missing:
                wanted = "、".join(table.mapping.missing)
                raise SheetRefused("missing_columns", f"缺少必填的列：{wanted}。请补上，或改用模板")
        self.tables, self.rules, self.columns = tables, rules, rules.columns()
        self.several = len({table.sheet.name for table in tables}) > 1
        parts = [Part(table.sheet.name, table.mapping.labels, table.mapping.shown) for table in tables]
        self.preview = Preview(parts, (), [], [], list(left))
        labels = {column.key: column.label for column in self.columns}
        self._judge = _Judge(rules, labels, parts, self.several, answers or {})

    def pieces(self) -> Iterator[list[PreviewRow]]:
        """Every row, judged, at most BATCH at a time in the order of the file; after the last one `preview` is whole."""
        parsed = (row for number, table in enumerate(self.tables) for row in self._rows_of(table, number))
        while piece := list(itertools.islice(parsed, BATCH)):
            keys = {id(row): self.rules.key_of(row.values) for row in piece if all(e.of_row for e in row.errors)}
            wanted = list(dict.fromkeys(key for key in keys.values() if key is not None))
            existing = self.rules.lookup(wanted) if keys else {}
            for row in piece:
                self._judge.judge(row, keys.get(id(row)), existing)
                self.preview.parts[row.part].rows += 1
            yield piece
        for table in self.tables:
            sheet = table.sheet.name if self.several else ""
            self.preview.skipped += [[sheet, skipped.row, skipped.reason] for skipped in table.skipped]
            self.preview.unknown += [of_sheet(sheet) + words for words in table.mapping.unknown]
        self.preview.unknown = list(dict.fromkeys(self.preview.unknown))
        self.preview.warnings += [
            *self._looks(),
            *against_rows(self.tables, self.columns, self.rules.noun, self.several),
        ]

    def _looks(self) -> list[str]:
        """Rows that somebody had hidden or struck out and that were read all the same."""
        seen: dict[tuple[str, str], list[str]] = {}
        for table, part in zip(self.tables, self.preview.parts, strict=True):
            where = of_sheet(table.sheet.name) if self.several else ""
            stepped_over = {one.row for one in table.skipped}
            for row, look in table.sheet.looks.items() if part.rows else ():
                if table.header_row <= row < table.end and table.sheet.rows[row] and row + 1 not in stepped_over:
                    seen.setdefault((where, look), []).append(f"{row + 1}")
        return [
            f"{where}{len(rows)}行在表格里{look}，也读取了，请核对：第{'、'.join(rows[:10])}{'等' if len(rows) > 10 else ''}行"
            for (where, look), rows in seen.items()
        ]

    def _rows_of(self, table: Table, part: int) -> Iterator[PreviewRow]:
        return _rows_of(table, part, self.rules, self.columns, self.several)


def _rows_of(table: Table, part: int, rules: Rules, columns: Sequence[Column], several: bool) -> Iterator[PreviewRow]:
    reader = _Reader(table, columns)
    dropped, titled = table.mapping.dropped, [column for column in columns if column.required and column.titled]
    for number, cells, title, under in table.lines():
        row = PreviewRow(number, Status.NEW, {}, part=part, under=title)
        if look := table.sheet.looks.get(number - 1):
            row.notes.append(f"这一行在表格里{look}")
        values = reader.parsed(row, cells)
        if under is not None:
            reader.stands_under(row, values, *under)
        titles = [one for one in (title, "" if table.sheet.name.isdecimal() else table.sheet.name) if one]
        if not row.errors:
            row.notes += [said for one in titles for said in rules.settle_under(one, values)]
            row.errors += [
                CellError(number, reader.place(column.key), column.key, f"{column.label}必须填写")
                for column in titled
                if values.get(column.key) is None
            ]
        if not row.errors:
            row.notes += rules.settle(values)
            wrong = rules.check_row(values)
            row.errors += [CellError(number, reader.place(key), key, words, of_row=True) for key, words in wrong]
        if words := next(filter(None, map(rules.check_under, titles)), ""):
            row.errors.append(CellError(number, -1, "", words))
        for place, label in dropped:
            if place < len(cells) and type(cells[place]) is str and (words := rules.check_dropped(label, cells[place])):
                row.errors.append(CellError(number, place, "", words, of_row=True))
        for error in row.errors:
            error.sheet = table.sheet.name if several else ""
        row.status = Status.WRONG if row.errors else Status.NEW
        row.values = {key: v if v is None or type(v) is str else jsonable(v) for key, v in values.items()}
        # Cells are kept until the row is judged; only one that stays outside keeps them for good (`forget_cells`).
        row.raw = cells
        yield row


@dataclass(slots=True)
class _Read:
    """What a cell of a column is understood as: its value, what is said or wrong, texts for other columns it speaks of."""

    value: Any
    note: str = ""
    wrong: str = ""
    also: tuple[tuple[str, str], ...] = ()
    told: bool = False  # whether any of these three is
    at: int | None = None  # the place of what is wrong, where it is not the first


class _Field:
    """A column as one table has it: where its cells stand, and what was made of the cells so far. Of fifty thousand rows
    most cells of a column say one of a few things."""

    REMEMBERED = 5_000

    def __init__(self, column: Column, table: Table):
        self.column, self.key, self.date1904 = column, column.key, table.date1904
        self.places = table.mapping.parts.get(column.key) or [table.mapping.places[column.key]]
        self.place = self.places[0]
        self.labels = table.mapping.labels
        self.label = self.labels[self.place]
        self._memory: dict[Hashable, _Read] = {}
        # Those of a single cell that is text or empty, under itself.
        self.options = [table.mapping.options.get(place, "") for place in self.places]
        self.single = len(self.places) == 1 and not any(self.options)
        self.plainly: dict[Hashable, _Read] = self._memory if self.single else {}

    def read(self, cells: list) -> _Read:
        """The column's cell of a row."""
        if self.single:
            cell = cells[self.place] if self.place < len(cells) else None
            known: Hashable = cell if cell is None or type(cell) is str else (type(cell), cell)
        else:
            mine = [cells[place] if place < len(cells) else None for place in self.places]
            known = tuple((type(each), each) for each in mine)
            cell = mine
        read = self._memory.get(known)
        if read is None:
            read = self._of_parts(cell) if isinstance(cell, list) else self._understood(cell)
            if len(self._memory) < self.REMEMBERED:
                self._memory[known] = read
        return read

    def _of_parts(self, cells: list) -> _Read:
        """Several cells that make one value, or of which one counts."""
        if self.column.either and not any(self.options):
            return self._first_of(cells)
        if not any(self.options):
            divided = self.column.kind in DATED and not self.column.parts
            return self._understood(day_of(cells) if divided else joined(cells, self.column.glue))
        try:
            return self._understood(ticked(cells, self.options))
        except PartProblem as problem:
            return _Read(None, wrong=str(problem), told=True, at=self.places[problem.at])

    def _first_of(self, cells: list) -> _Read:
        """The first that is filled; that another one says something else is told."""
        filled = [at for at, cell in enumerate(cells) if not is_empty(cell)]
        if not filled:
            return self._understood(None)
        reads = [self._understood(cells[at]) for at in filled]
        first = reads[0]
        first.at = self.places[filled[0]]
        others = [at for at, read in zip(filled[1:], reads[1:], strict=True) if read.value != first.value]
        if others and not first.wrong:
            first.note = (
                f"{self._heads(filled[0])}和{'、'.join(map(self._heads, others))}不同，按{self._heads(filled[0])}登记"
            )
            first.told = True
        return first

    def _heads(self, at: int) -> str:
        return f"“{self.labels[self.places[at]]}”"

    def _understood(self, value: Any) -> _Read:
        column = self.column
        if column.kind in DATED:
            value = counted_from_1904(value) if self.date1904 else value
            value = as_headed(value, self.label)
        elif isinstance(value, str):
            value = Clean(clean_text(value))
        also: dict[str, str] = {}
        if column.spread is not None and isinstance(value, str):
            also = dict(column.spread(value))
            value = also.pop(column.key, value)
        read = understood(value, column)
        read.also = tuple(also.items())
        read.told = bool(read.note or read.wrong or read.also)
        return read


def understood(cell: Any, column: Column) -> _Read:
    """A cell parsed for a column, with what is to be said about it."""
    try:
        value = parse_cell(cell, column)
    except CellProblem as problem:
        return _Read(None, wrong=str(problem))
    if value is None and is_masked(cell, column):
        return _Read(None, f"{column.label}是遮盖后的内容，按未填处理")
    if value is None and says_none(cell, column):
        return _Read(None, f"{column.label}写着“{clean_text(cell)}”，按未填处理")
    if column.kind == "choice" and value is not None and column.chosen(clean_text(cell))[1]:
        return _Read(value, f"{column.label}“{clean_text(cell)}”登记为“{value}”")
    return _Read(value)


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, columns: Sequence[Column]):
        self.columns, self.places, self._crossed = columns, table.mapping.places, table.mapping.crossed
        fields = [_Field(column, table) for column in columns if column.key in self.places]
        self._fields = [(field, field.key, field.place, field.plainly) for field in fields]
        self._whose = {place: field.column for field in fields for place in field.places}
        self._above: list = []

    def place(self, key: str) -> int:
        """The place of a column, -1 when the file has none of it."""
        return self.places.get(key, -1)

    def _filled_in(self, row: PreviewRow, cells: list) -> list:
        """The cells, those that say 同上 filled with what stands above; not the name and the number of a person."""
        above, self._above = self._above, cells
        if DITTO.isdisjoint(cell for cell in cells if type(cell) is str):
            return cells
        self._above = cells = list(cells)
        for place, column in self._whose.items():
            word = cells[place] if place < len(cells) else None
            if type(word) is str and word in DITTO and column.kind not in ("name", "id_number"):
                cells[place] = above[place] if place < len(above) else None
                told = "上一行是空的，按未填处理" if is_empty(cells[place]) else "按上一行登记"
                row.notes.append(f"{column.label}写着“{word}”，{told}")
        return cells

    def parsed(self, row: PreviewRow, cells: list) -> dict[str, Any]:
        """The values of the row; what is wrong or was understood otherwise is put down in it."""
        cells = self._filled_in(row, cells)
        values: dict[str, Any] = {}
        spread: dict[str, tuple[str, str]] = {}
        width = len(cells)
        for field, key, place, plainly in self._fields:
            cell = cells[place] if place < width else None
            read = plainly.get(cell) if cell is None or type(cell) is str else None
            if read is None:
                read = field.read(cells)
            values[key] = read.value
            if read.told:
                self._tell(row, read, key)
                spread |= {other: (key, text) for other, text in read.also}
        if spread:
            for column in self.columns:
                if column.key in spread:
                    self._also(row, column, values, *spread[column.key])
        return values

    def stands_under(self, row: PreviewRow, values: dict[str, Any], place: int, text: str) -> None:
        """A value that stands under a choice: both are of the row."""
        for column in self.columns:
            if column.crossed:
                read = understood(text, column)
                read.at = place
                self._tell(row, read, column.key)
                values |= {column.key: read.value, column.crossed: self._crossed[place]}

    def _tell(self, row: PreviewRow, read: _Read, at: str) -> None:
        if read.wrong:
            row.errors.append(CellError(row.row, self.place(at) if read.at is None else read.at, at, read.wrong))
        if read.note:
            row.notes.append(read.note)

    def _also(self, row: PreviewRow, column: Column, values: dict[str, Any], at: str, text: str) -> None:
        """A value said in another column's cell: taken where its own cell is empty, refused where they differ."""
        read = understood(text, column)
        self._tell(row, read, at)
        if values.get(column.key) in (None, read.value):
            values[column.key] = read.value
        elif read.value is not None:
            said = f"这一格写着“{text}”，{column.label}一栏却是“{values[column.key]}”，请核对"
            row.errors.append(CellError(row.row, self.place(at), at, said))


@dataclass(slots=True)
class _Earlier:
    """An earlier row of the file as it is remembered: its key, where it stands, what it says."""

    key: Key
    part: int
    row: int
    existing: Any
    packed: bytes

    @property
    def values(self) -> dict[str, Any]:
        """What it says."""
        said: dict[str, Any] = json.loads(self.packed)
        return said


class _Judge:
    """Gives rows their status: wrong rows stay wrong, the first of several that are the same counts."""

    def __init__(
        self, rules: Rules, labels: dict[str, str], parts: list[Part], several: bool, answers: Mapping[str, str]
    ):
        self.rules, self.labels, self.parts, self.several, self.answers = rules, labels, parts, several, answers
        self.seen: dict[Hashable, list[_Earlier]] = {}

    def judge(self, row: PreviewRow, key: Key | None, existing: Mapping[Key, Known | Ask]) -> None:
        """Say what happens to the row."""
        if row.errors and not self._stands(row, key, existing):
            named = existing.get(key) if key is not None else None
            row.existing = jsonable(named.get("id")) if isinstance(named, dict) else None
            return
        if key is not None:
            found = existing.get(key)
            known = self._asked(row, found) if isinstance(found, Ask) else found
            row.existing = jsonable(known.get("id")) if known else None
            if self._repeats(row, key):
                return
            earlier = _Earlier(key, row.part, row.row, row.existing, _packed(row.values).encode())
            for bucket in self._buckets(row, key):
                self.seen.setdefault(bucket, []).append(earlier)
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

    def _sheet(self, row: "PreviewRow | _Earlier") -> str:
        return self.parts[row.part].sheet if self.several else ""

    def _repeats(self, row: PreviewRow, key: Key) -> bool:
        """Whether an earlier row of the file is the same record; what they contradict each other in is said."""
        for bucket in self._buckets(row, key):
            for first in self.seen.get(bucket, ()):
                both_known = row.existing and first.existing
                same = row.existing == first.existing if both_known else self.rules.same(key, first.key)
                if same or (same is None and first.values == row.values):
                    row.status = Status.DUPLICATE
                    row.errors = [CellError(row.row, -1, "", self._twice(row, first), self._sheet(row))]
                    return True
                where = f"{of_sheet(self._sheet(first)) if first.part != row.part else ''}第{first.row}行"
                if same is None:
                    row.notes.append(f"与{where}相同的内容不足以认定是一个，按两个导入")
        return False

    def _twice(self, row: PreviewRow, first: _Earlier) -> str:
        where = f"{of_sheet(self._sheet(first)) if first.part != row.part else ''}第{first.row}行"
        filled = {key: value for key, value in row.values.items() if value is not None}
        first_said = first.values
        differ = [key for key, value in filled.items() if first_said.get(key) not in (None, value)]
        more = [key for key, value in filled.items() if first_said.get(key) is None]
        said = f"与{where}重复"
        named = [key for key in differ if key in self.rules.told]
        if named:
            words = "、".join(f"{self.labels[key]}“{first_said[key]}”，这一行是“{filled[key]}”" for key in named)
            said += f"：前一处{words}"
        if differ:
            said += f"，但{self._named(differ)}不一致，请核对后只留一处"
        if more:
            said += f"；这一行多出{self._named(more)}，没有导入，请并入前一行"
        return said

    def _named(self, keys: list[str]) -> str:
        return "、".join(self.labels.get(key, key) for key in keys)
