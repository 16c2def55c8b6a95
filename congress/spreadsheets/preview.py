"""What an import would do, row by row, before anything is written: new, changed, unchanged, duplicate or wrong.

A Preview turns into plain JSON (to be kept encrypted with its job) and back. Nothing here knows a database: the
importing app hands in `lookup`.
"""

import datetime
import decimal
import enum
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from .checks import CellProblem, parse_cell
from .columns import Column, address
from .mapping import Table
from .read import SheetRefused

BATCH = 1000
Key = tuple[Any, ...]
KeyOf = Callable[[dict[str, Any]], Key | None]
Lookup = Callable[[list[Key]], Mapping[Key, dict]]
RowCheck = Callable[[dict], list[tuple[str, str]]]


class Status(enum.StrEnum):
    """What happens to a row; the labels are what the person reads."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    WRONG = "wrong"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _LABELS[self]


_LABELS = {
    Status.NEW: "新增",
    Status.CHANGED: "更新",
    Status.UNCHANGED: "无变化",
    Status.DUPLICATE: "重复",
    Status.WRONG: "错误",
}


@dataclass
class CellError:
    """One thing wrong: the cell's row (from 1) and column (from 0, -1 for the row as a whole), the words."""

    row: int
    place: int
    key: str
    message: str

    def __str__(self) -> str:
        where = address(self.row, self.place) if self.place >= 0 else f"第{self.row}行"
        return f"{where}：{self.message}"


@dataclass
class PreviewRow:
    """One data row. `values` are JSON-ready; `raw` keeps the person's own cells of rows that cannot go in."""

    row: int
    status: Status
    values: dict[str, Any]
    errors: list[CellError] = field(default_factory=list)
    changes: dict[str, list] = field(default_factory=dict)
    existing: Any = None
    raw: list = field(default_factory=list)


@dataclass
class Preview:
    """The whole answer: rows, what was stepped over, what was dropped."""

    sheet: str
    labels: list[str]
    places: dict[str, int]
    rows: list[PreviewRow]
    unknown: list[str]
    skipped: list[list]

    @property
    def counts(self) -> dict[Status, int]:
        """{status: number of rows}, every status present."""
        counts = dict.fromkeys(Status, 0)
        for row in self.rows:
            counts[row.status] += 1
        return counts

    @property
    def errors(self) -> list[CellError]:
        """All errors in the order of the file."""
        return [error for row in self.rows for error in row.errors]

    def accepted(self) -> Iterator[PreviewRow]:
        """The rows that would be written."""
        return (row for row in self.rows if row.status in (Status.NEW, Status.CHANGED))

    def refused(self) -> Iterator[PreviewRow]:
        """The rows that stay outside, for the error workbook."""
        return (row for row in self.rows if row.status in (Status.WRONG, Status.DUPLICATE))

    def to_json(self) -> dict:
        """Return plain JSON values. They hold personal data: keep them encrypted and delete them after the import."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict) -> "Preview":
        """Build the preview again from `to_json`."""
        rows = [
            PreviewRow(**(row | {"status": Status(row["status"]), "errors": [CellError(**e) for e in row["errors"]]}))
            for row in stored["rows"]
        ]
        return cls(**(stored | {"rows": rows}))


def build_preview(
    table: Table,
    columns: Sequence[Column],
    lookup: Lookup,
    natural_key: Sequence[str] | KeyOf,
    row_check: RowCheck | None = None,
    progress: Callable[[int], None] | None = None,
) -> Preview:
    """Check every row and compare it with what exists.

    `lookup` is asked in batches: a list of natural keys (tuples of `values` of the `natural_key` columns) → {key:
    {"id": …, column key: value}} of the existing ones. A column left blank or absent does not count as a change.
    `natural_key` may also be a function from the values of a row to its key. `row_check` takes the values of a row and
    returns [(column key, message)]; `progress` is told the number of rows done. Raises SheetRefused when required
    columns are missing.
    """
    mapping = table.mapping
    if mapping.missing:
        raise SheetRefused("missing_columns", f"缺少必填的列：{'、'.join(mapping.missing)}。请补上，或改用模板")
    seen: dict[Key, int] = {}
    rows = []
    parsed = (_parse_row(number, cells, table, columns, row_check) for number, cells in table.data_rows())
    while batch := list(itertools.islice(parsed, BATCH)):
        keys = {row.row: _key(row, natural_key) for row in batch if not row.errors}
        existing = lookup(list(dict.fromkeys(key for key in keys.values() if key))) if keys else {}
        for row in batch:
            _judge(row, keys.get(row.row), existing, seen)
        rows += batch
        if progress is not None:
            progress(len(rows))
    skipped = [[one.row, one.reason] for one in table.skipped]
    return Preview(table.sheet.name, mapping.labels, mapping.places, rows, mapping.unknown, skipped)


def _parse_row(
    number: int, cells: list, table: Table, columns: Sequence[Column], row_check: RowCheck | None
) -> PreviewRow:
    values, errors = {}, []
    places = table.mapping.places
    for column in columns:
        if column.key not in places:
            continue
        place = places[column.key]
        try:
            values[column.key] = parse_cell(cells[place] if place < len(cells) else None, column)
        except CellProblem as problem:
            errors.append(CellError(number, place, column.key, str(problem)))
    if not errors and row_check is not None:
        errors = [CellError(number, places.get(key, -1), key, words) for key, words in row_check(dict(values))]
    row = PreviewRow(
        number, Status.WRONG if errors else Status.NEW, {k: jsonable(v) for k, v in values.items()}, errors
    )
    # Cells are kept until the row is judged; only rows that stay outside keep them for good.
    row.raw = [jsonable(cell) for cell in cells]
    return row


def _key(row: PreviewRow, natural_key: Sequence[str] | KeyOf) -> Key | None:
    if callable(natural_key):
        return natural_key(row.values)
    key = tuple(row.values.get(part) for part in natural_key)
    return None if any(part is None for part in key) else key


def _judge(row: PreviewRow, key: Key | None, existing: Mapping[Key, dict], seen: dict[Key, int]) -> None:
    """Give the row its status: wrong rows stay wrong, the first of several equal keys counts."""
    if row.errors:
        return
    if key is not None and key in seen:
        row.status = Status.DUPLICATE
        row.errors = [CellError(row.row, -1, "", f"与第{seen[key]}行重复")]
        return
    row.raw = []
    if key is None:
        return
    seen[key] = row.row
    record = existing.get(key)
    if record is None:
        return
    row.existing = jsonable(record.get("id"))
    old = {name: jsonable(record.get(name)) for name in row.values}
    row.changes = {
        name: [old[name], value] for name, value in row.values.items() if value is not None and value != old[name]
    }
    row.status = Status.CHANGED if row.changes else Status.UNCHANGED


def jsonable(value: Any) -> Any:
    """Return a value as JSON can hold it: dates as 2026-03-01, decimals as text, anything unusual as text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return format(value.normalize(), "f")
    return str(value)


def restore(values: Mapping[str, Any], columns: Sequence[Column]) -> dict[str, Any]:
    """Return the values of a row as Python values again: dates and decimals by the kind of their column."""
    kinds = {column.key: column.kind for column in columns}
    back = {"date": datetime.date.fromisoformat, "decimal": decimal.Decimal}
    return {
        key: back[kinds[key]](value) if value is not None and kinds.get(key) in back else value
        for key, value in values.items()
    }
