"""Tables in: xlsx, xls, csv and text pasted from a spreadsheet, as plain rows with their true row numbers.

What the file is, is told by its content; the limits are checked before anything is parsed, and the parser runs in a
process of its own (congress.uploads.sandbox).
"""

import collections
import csv
import datetime
import io
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from congress.uploads import sandbox
from congress.uploads.kinds import Kind, NotTaken, decode_text, sniff
from congress.uploads.refusal import UploadRefused

from .dates import ShownMonth
from .extract import MAX_CELLS, MAX_COLUMNS, MAX_ROWS

SECONDS = 30
NOT_A_TABLE = "这里要上传表格：Excel（.xlsx、.xls）、WPS 表格（.et）或 CSV 文件；也可以从表格里复制后粘贴"
_Quoting = Literal[0, 3]  # csv.QUOTE_MINIMAL, csv.QUOTE_NONE
Cell = str | int | float | bool | datetime.date | datetime.datetime | datetime.time | None


class SheetRefused(UploadRefused):
    """A table cannot be read; `code` for programs, `message` for the person."""


class Lines(Sequence):
    """Rows of a sheet, each kept as one line of JSON and read when it is asked for: a tenth of what its cells would take."""

    def __init__(self, lines: list[bytes]):
        self.lines = lines

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [_decoded(line.decode())[0] for line in self.lines[place]]
        cells, _ = _decoded(self.lines[place].decode())
        return cells

    def __iter__(self) -> Iterator[list[Cell]]:
        return (_decoded(line.decode())[0] for line in self.lines)


@dataclass
class Sheet:
    """One worksheet. rows[0] is row 1 of the file; rows may differ in length; empty cells are None. `looks`: rows that are
    hidden or struck out, counted from 0."""

    name: str
    rows: Lines
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    looks: dict[int, str] = field(default_factory=dict)


@dataclass
class Workbook:
    """What was read: the visible sheets, the kind of file, the encoding of a text file, hidden sheets with their rows.

    `date1904`: serial numbers of days are counted from 1904, as old Macintosh files do.
    """

    sheets: list[Sheet]
    kind: str
    encoding: str = ""
    hidden: list[tuple[str, int]] = field(default_factory=list)
    date1904: bool = False


def read_workbook(data: bytes, filename: str) -> Workbook:
    """Read a table file. Raises SheetRefused with a plain sentence; takes at most about half a minute."""
    try:
        kind = sniff(data, filename)
        if kind in (Kind.XLSX, Kind.XLS):
            book = _parse(data, kind.extension)
        elif kind in (Kind.CSV, Kind.TXT):
            text, encoding = decode_text(data)
            book = Workbook([_text_sheet(text)], kind.extension, encoding)
        else:
            raise SheetRefused("not_a_table", NOT_A_TABLE)
    except SheetRefused:
        raise
    except NotTaken as refused:
        raise SheetRefused(refused.code, f"{refused.reason}。{NOT_A_TABLE}") from None
    except UploadRefused as refused:
        raise SheetRefused(refused.code, refused.message) from None
    return _not_empty(book)


def packed(book: Workbook) -> bytes:
    """A workbook as bytes, so that its file need not be parsed again: a line of JSON about it, then a line for each row."""
    sheets = [[sheet.name, len(sheet.rows), sheet.merges, list(sheet.looks.items())] for sheet in book.sheets]
    said = {name: value for name, value in vars(book).items() if name != "sheets"}
    return b"\n".join(
        [json.dumps(said | {"sheets": sheets}).encode(), *(line for sheet in book.sheets for line in sheet.rows.lines)]
    )


def unpacked(stored: bytes) -> Workbook:
    """The workbook again."""
    first, *lines = stored.split(b"\n")
    said = json.loads(first)
    rows = iter(lines)
    sheets = [
        Sheet(
            name,
            Lines(list(itertools.islice(rows, number))),
            [(top, left, bottom, right) for top, left, bottom, right in merges],
            dict(*looks),
        )
        for name, number, merges, *looks in said["sheets"]  # a batch kept by an older edition has no looks
    ]
    return Workbook(**said | {"sheets": sheets, "hidden": [(name, number) for name, number in said["hidden"]]})


def read_pasted(text: str) -> Workbook:
    """Read text pasted from a spreadsheet (tabs between cells). Raises SheetRefused."""
    if len(text) > 5_000_000:
        raise SheetRefused("too_big", "粘贴的内容过多，请改为上传文件")
    return _not_empty(Workbook([_text_sheet(text.replace("\x00", ""), pasted=True)], "pasted"))


def _not_empty(book: Workbook) -> Workbook:
    if not any(
        str(cell or 0).strip() for sheet in book.sheets for row in sheet.rows for cell in row if cell is not None
    ):
        raise SheetRefused("empty", "表格里没有内容，请检查后重新选择")
    return book


def _parse(data: bytes, kind: str) -> Workbook:
    head, body = sandbox.run("workbook", data, seconds=SECONDS)
    lines = iter(body.split(b"\n"))
    sheets = []
    for part in head["sheets"]:
        rows = Lines(list(itertools.islice(lines, part["rows"])))
        merges = [tuple(merge) for merge in part["merges"]]
        sheets.append(Sheet(part["name"], rows, merges, dict(part["looks"])))
    hidden = [(name, rows) for name, rows in head["hidden"] if rows]
    return Workbook(sheets, kind, hidden=hidden, date1904=head["date1904"])


def _moment(value: dict) -> Cell:
    """Turn {"d": iso} back into a date; midnight is no time of day that somebody typed."""
    if "d" in value:
        return datetime.date.fromisoformat(value["d"])
    if "m" in value:
        return ShownMonth.fromisoformat(value["m"])
    if "h" in value:
        return datetime.time.fromisoformat(value["h"])
    moment = datetime.datetime.fromisoformat(value["t"])
    return moment.date() if moment.time() == datetime.time() else moment


_encoded = json.JSONEncoder(ensure_ascii=False).encode
_decoded = json.JSONDecoder(object_hook=_moment).raw_decode  # `decode` looks for blanks around it as well


def _text_sheet(text: str, pasted: bool = False) -> Sheet:
    # A lone quotation mark is a character of the text, not the beginning of a quoted cell.
    quoting: _Quoting = csv.QUOTE_NONE if text.count('"') % 2 else csv.QUOTE_MINIMAL
    source = text.replace("\r\n", "\n").replace("\r", "\n") if quoting == csv.QUOTE_NONE else text
    lines: list[bytes] = []
    cells = 0
    try:
        separator = "\t" if pasted else _separator(source, quoting)
        for record in csv.reader(io.StringIO(source, newline=""), delimiter=separator, quoting=quoting):
            row: list[Cell] = [_text_cell(cell) for cell in record]
            while row and row[-1] is None:
                row.pop()
            lines.append(_encoded(row).encode())
            cells += len(row)
            if len(lines) > MAX_ROWS or len(row) > MAX_COLUMNS or cells > MAX_CELLS:
                raise SheetRefused("too_many_rows", f"表格过大，一次最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列，请拆开后导入")
    except csv.Error:
        raise SheetRefused(
            "damaged", "文本表格的格式不对（引号没有成对）。请在 WPS 或 Excel 中另存为 .xlsx 再上传"
        ) from None
    return Sheet("粘贴的内容" if pasted else "文本", Lines(lines))


def _separator(text: str, quoting: _Quoting) -> str:
    """Return the separator under which most of the first rows have one width of two or more; a comma when none does. The
    full-width comma is one that somebody typed."""

    def agreement(mark: str) -> tuple[float, bool]:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=mark, quoting=quoting)
        widths = [len(record) for record in itertools.islice(records, 20) if record]
        width, times = collections.Counter(widths).most_common(1)[0] if widths else (0, 0)
        return (times / len(widths) if width > 1 else 0.0, mark == ",")

    return max(",\t;，", key=agreement)


def _text_cell(cell: str) -> str | None:
    """Take off exactly one leading apostrophe, or the formula ="138…": both mark text that a spreadsheet must not compute."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1] or None
    return cell.removeprefix("'") or None
