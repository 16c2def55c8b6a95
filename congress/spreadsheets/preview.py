"""What an import would do, row by row, before anything is written: new, changed, moved to another place, unchanged, joined
to the row it goes on with, duplicate or wrong, of somebody unknown; and what stands on record and is not in the file.

A Preview and its rows turn into plain JSON (to be kept encrypted, piece by piece) and back. Nothing here knows a
database: the importing app says what its columns are, what makes two rows one, and which records exist (`Rules`).
"""

import datetime
import decimal
import enum
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .columns import Column, address

Key = Hashable
Known = dict[str, Any]  # {"id": …, column key: value} of a record that exists


class Status(enum.StrEnum):
    """What happens to a row; the labels are what the person reads."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    JOINED = "joined"
    DUPLICATE = "duplicate"
    WRONG = "wrong"
    ABSENT = "absent"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _LABELS[self]


_LABELS = {
    Status.NEW: "新增",
    Status.CHANGED: "更新",
    Status.MOVED: "转移",
    Status.UNCHANGED: "无变化",
    Status.JOINED: "并入",
    Status.DUPLICATE: "重复",
    Status.WRONG: "错误",
    Status.ABSENT: "表中没有",
    Status.UNKNOWN: "没有找到",
}
ACCEPTED, REFUSED = (
    (Status.NEW, Status.CHANGED, Status.MOVED),
    (Status.WRONG, Status.DUPLICATE),
)  # written; left outside


@dataclass
class CellError:
    """One thing wrong: the cell's row (from 1) and column (from 0, -1 for the row as a whole), the words, the sheet
    where there are several; `of_row` when every cell could be read and they do not go together."""

    row: int
    place: int
    key: str
    message: str
    sheet: str = ""
    of_row: bool = False

    def __str__(self) -> str:
        where = address(self.row, self.place) if self.place >= 0 else f"第{self.row}行"
        return f"{of_sheet(self.sheet)}{where}：{self.message}"


@dataclass
class Question:
    """What must be asked about a row: which of the records it means. `answer` is one of the identifiers, "" for none."""

    text: str
    choices: list[list[str]]  # [identifier, words]
    answer: str = ""


@dataclass
class PreviewRow:
    """One data row. `values` are JSON-ready; `raw` keeps the person's own cells of rows that cannot go in; `notes` say
    what was understood otherwise than it is written; `under` is the title of the group it stands under."""

    row: int
    status: Status
    values: dict[str, Any]
    errors: list[CellError] = field(default_factory=list)
    changes: dict[str, list] = field(default_factory=dict)
    existing: Any = None
    raw: list = field(default_factory=list)
    part: int = 0
    notes: list[str] = field(default_factory=list)
    question: Question | None = None
    under: str = ""

    @property
    def name(self) -> str:
        """What the row is called in forms: part and row."""
        return f"{self.part}-{self.row}"

    def forget_cells(self) -> None:
        """Drop the person's own cells unless the row stays outside, as JSON can hold them; call when it is judged."""
        self.raw = [jsonable(cell) for cell in self.raw] if self.status in REFUSED else []

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values without what is empty. They hold personal data: keep them encrypted."""
        told = {name: value for name, value in vars(self).items() if value or name in ("row", "status", "values")}
        if self.errors:
            told["errors"] = [vars(error) for error in self.errors]
        if self.question:
            told["question"] = vars(self.question)
        return told

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "PreviewRow":
        """Build the row again from `to_json`."""
        row = cls(**stored)
        row.status = Status(row.status)
        if row.errors:
            row.errors = [CellError(**error) for error in stored["errors"]]
        if row.question:
            row.question = Question(**stored["question"])
        return row


@dataclass
class Part:
    """One table of the file that was read: its sheet, headings and places, and how many rows of data it has."""

    sheet: str
    labels: list[str]
    places: dict[str, int]
    rows: int = 0


@dataclass
class Preview:
    """The whole answer: tables, rows, what was stepped over, what was not read, what to look at, what is made beside."""

    parts: list[Part]
    rows: Sequence[PreviewRow]
    unknown: list[str]
    skipped: list[list]  # [sheet or "", row, reason]
    left: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    plan: dict[str, Any] = field(default_factory=dict)
    makes: list[str] = field(default_factory=list)

    @property
    def places(self) -> dict[str, int]:
        """The columns that were found in any of the tables."""
        return {key: place for part in reversed(self.parts) for key, place in part.places.items()}

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

    @property
    def asked(self) -> list[PreviewRow]:
        """The rows about which something is asked."""
        return [row for row in self.rows if row.question is not None]

    def refused(self) -> Iterator[PreviewRow]:
        """The rows that stay outside, for the error workbook."""
        return (row for row in self.rows if row.status in REFUSED)

    def to_json(self) -> dict:
        """Plain JSON values of all but the rows."""
        told = vars(self) | {"parts": [vars(part) for part in self.parts]}
        del told["rows"]
        return told

    @classmethod
    def from_json(cls, stored: dict, rows: Sequence[PreviewRow]) -> "Preview":
        """Build the preview again from `to_json` and its rows."""
        return cls(**{**stored, "rows": rows, "parts": [Part(**part) for part in stored["parts"]]})


@dataclass(frozen=True)
class Ask:
    """Several records, or one not surely the same, answer to a row: the person says which, or that it is none."""

    text: str
    choices: Sequence[tuple[Known, str]]  # record, words


class Rules:
    """What an app says of its rows. Every method has a default but `columns`. `told` are the columns whose words may be
    told where two rows of one record contradict each other; a `noun` counts them."""

    told: Sequence[str] = ()
    noun = "条"

    def columns(self) -> Sequence[Column]:
        """The columns of the table."""
        raise NotImplementedError

    def key_of(self, values: dict[str, Any]) -> Key | None:
        """What makes a row one and the same record; None for a row that is always new."""
        return None

    def buckets(self, key: Key) -> Iterable[Hashable]:
        """Where to look for rows of the file that may be the same; by default under the key itself."""
        return (key,)

    def same(self, one: Key, other: Key) -> bool | None:
        """Whether two keys of one bucket mean the same record; None when nobody can tell."""
        return one == other

    def lookup(self, keys: list[Key]) -> Mapping[Key, Known | Ask]:
        """Existing records by key; asked in batches."""
        return {}

    def settle(self, values: dict[str, Any]) -> list[str]:
        """Change the values of a row by what follows from its cells together; returns what is to be said about it."""
        return []

    def settle_under(self, title: str, values: dict[str, Any]) -> list[str]:
        """Fill what the title of a group says of the rows under it; returns what is to be said about it."""
        return []

    def check_row(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        """What is wrong between the cells of a row: (column key, message)."""
        return []

    def check_under(self, title: str) -> str:
        """What is wrong with rows that stand under a title of a group; "" when nothing is."""
        return ""

    def check_dropped(self, heading: str, text: str) -> str:
        """What a cell of a column that is not read says against the row; "" when nothing."""
        return ""

    def compare(self, known: Known, values: dict[str, Any]) -> dict[str, list]:
        """{column key: [old, new]} that a row would change; a column left blank or absent is no change."""
        old = {name: jsonable(known.get(name)) for name in values}
        return {name: [old[name], new] for name, new in values.items() if new is not None and new != old[name]}

    def check_change(self, known: Known, values: dict[str, Any], changes: dict[str, list]) -> list[tuple[str, str]]:
        """What would be wrong with the record as it would become: (column key, message)."""
        return []

    def notes_on(self, known: Known, changes: dict[str, list]) -> list[str]:
        """What is to be said about changing a record."""
        return []


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
    """Return the values of a row as Python values again: dates and decimals by the kind of their column. Those of a row
    that is only being checked are none of JSON yet."""
    kinds = {column.key: column.kind for column in columns}
    back: dict[str, Callable[[str], Any]] = {"date": datetime.date.fromisoformat, "decimal": decimal.Decimal}
    return {
        key: back[kinds[key]](value) if isinstance(value, str) and kinds.get(key) in back else value
        for key, value in values.items()
    }


def of_sheet(name: str) -> str:
    """The sheet in front of a place, nothing where there is only one."""
    return f"工作表“{name}”" if name else ""
