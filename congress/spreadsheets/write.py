"""Tables out: xlsx for people, csv for machines, a template to fill in and a workbook of the rows that were refused.

No cell is ever a formula or a link: xlsx strings are written as strings, csv cells that a spreadsheet would compute get
a leading apostrophe, which read.py takes off again.
"""

import csv
import datetime
import decimal
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from .columns import Column, letters
from .headings import ERROR_LABEL
from .mapping import CHOICES, GUIDE, GUIDE_HEAD
from .preview import Part, Preview, PreviewRow

FORMULA = "=+-@\t\r＝＋－＠"
CELL_LIMIT = 32_767  # characters a cell can hold
TEMPLATE_ROWS = 5000
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']+")
_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f_\s]+')
_OPTIONS = {
    "in_memory": True,  # no temporary files with personal data
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_FORMATS: dict[str, dict[str, str | int | bool]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"},
    "head": {
        "bold": True,
        "border": 1,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "bg_color": "#F2F2F2",
    },
    "must": {"font_color": "#B3261E"},
    "text": {"num_format": "@", "border": 1, "valign": "top", "text_wrap": True},
    "number": {"border": 1, "valign": "top"},
    "date": {"num_format": "yyyy-mm-dd", "border": 1, "valign": "top"},
    "wrong": {"num_format": "@", "border": 1, "valign": "top", "text_wrap": True, "bg_color": "#FFD9D6"},
    "column": {"num_format": "@"},
}
Row = Mapping[str, Any] | Sequence[Any]


class _Book:
    """A workbook being written, with the formats used everywhere."""

    def __init__(self) -> None:
        self.stream = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.stream, _OPTIONS)
        # A fixed date of making: the same rows give the same bytes.
        self.book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        must = _FORMATS["head"] | _FORMATS["must"]
        self.formats = {name: self.book.add_format(form) for name, form in (_FORMATS | {"must": must}).items()}

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet under a name that spreadsheets accept."""
        return self.book.add_worksheet(_SHEET_NAME.sub(" ", name).strip()[:31] or "表")

    def put(self, sheet: Worksheet, row: int, place: int, value: Any, wrong: bool = False) -> None:
        """Write one value with its own type: numbers as numbers, dates as dates, everything else as text."""
        text = self.formats["wrong" if wrong else "text"]
        if value is None:
            sheet.write_blank(row, place, None, text)
        elif type(value) is datetime.date and not wrong:
            sheet.write_datetime(row, place, value, self.formats["date"])
        elif _is_number(value) and abs(value) < 10**15 and not wrong:
            sheet.write_number(row, place, value, self.formats["number"])
        else:
            sheet.write_string(row, place, cell_text(value), text)

    def finish(self) -> bytes:
        """Close the workbook and return its bytes."""
        self.book.close()
        return self.stream.getvalue()


def write_xlsx(columns: Sequence[Column], rows: Iterable[Row], title: str, sheet_name: str = "") -> bytes:
    """Return a workbook ready to print: title, frozen header with filter, A4 landscape one page wide.

    Rows are mappings by column key or sequences in the order of the columns.
    """
    book = _Book()
    sheet = book.sheet(sheet_name or title)
    last = len(columns) - 1
    _title(sheet, book, title, last)
    _head(sheet, book, 1, columns)
    count = 1
    for count, row in enumerate(rows, start=2):
        for place, value in enumerate(_cells(row, columns)):
            book.put(sheet, count, place, value)
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, max(count, 1), last)
    _page(sheet, 1, max(count, 1), last)
    return book.finish()


def write_csv(columns: Sequence[Column], rows: Iterable[Row]) -> bytes:
    """Return UTF-8 csv with byte order mark and CRLF; texts a spreadsheet would compute begin with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutral(column.label) for column in columns])
    for row in rows:
        writer.writerow([neutral(value) for value in _cells(row, columns)])
    return out.getvalue().encode("utf-8-sig")


def error_workbook(preview: Preview, columns: Sequence[Column]) -> bytes:
    """Return the person's own refused rows with a column 错误原因 and the wrong cells coloured, a sheet for each table of
    the file; it can be uploaded again."""
    book = _Book()
    for number, part in enumerate(preview.parts):
        rows = [row for row in preview.refused() if row.part == number]
        if rows or number == 0:
            _wrong_rows(book, part, rows, columns, f"需要修改的行{number + 1}" if number else "需要修改的行")
    return book.finish()


def _wrong_rows(book: _Book, part: Part, rows: Sequence[PreviewRow], columns: Sequence[Column], name: str) -> None:
    sheet = book.sheet(name)
    kept = [place for place, label in enumerate(part.labels) if label and label != ERROR_LABEL]
    widths = {part.places[column.key]: column.width for column in columns if column.key in part.places}
    for at, place in enumerate(kept):
        sheet.set_column(at, at, widths.get(place, 12), book.formats["column"])
        sheet.write_string(0, at, cell_text(part.labels[place]), book.formats["head"])
    sheet.set_column(len(kept), len(kept), 60)
    sheet.write_string(0, len(kept), ERROR_LABEL, book.formats["must"])
    last = 0
    for last, row in enumerate(rows, start=1):
        wrong = {error.place for error in row.errors}
        for at, place in enumerate(kept):
            book.put(sheet, last, at, row.raw[place] if place < len(row.raw) else None, wrong=place in wrong)
        reasons = "；".join(dict.fromkeys(f"{error}" for error in row.errors))
        sheet.write_string(last, len(kept), cell_text(reasons), book.formats["text"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(kept))
    _page(sheet, 0, max(last, 1), len(kept))


def template_workbook(columns: Sequence[Column], title: str) -> bytes:
    """Return a workbook to fill in: columns set to text, lists to choose from, required headings in red, a guide."""
    columns = [column for column in columns if column.offered]
    book = _Book()
    sheet = book.sheet(title)
    lists = book.sheet(CHOICES)
    _title(sheet, book, title, len(columns) - 1)
    _head(sheet, book, 1, columns, mark_required=True)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, book.formats["column"])
        if not column.values:
            continue
        lists.write_column(0, place, column.values)
        source = f"={CHOICES}!{_absolute(0, place)}:{_absolute(len(column.values) - 1, place)}"
        rule = {"validate": "list", "source": source, "ignore_blank": True, "error_type": "warning"}
        rule |= {"error_title": column.label, "error_message": "请从下拉列表中选择"}
        sheet.data_validation(2, place, TEMPLATE_ROWS, place, rule)
    lists.hide()
    sheet.freeze_panes(2, 0)
    _page(sheet, 1, 2, len(columns) - 1)
    _guide(book, columns)
    sheet.activate()
    return book.finish()


def neutral(value: Any) -> Any:
    """Return a csv cell that no spreadsheet computes. Numbers stay as they are; texts may get one apostrophe in front."""
    if _is_number(value):
        return value
    text = cell_text(value)
    seen = text.lstrip(" \u3000\u00a0\ufeff\"'\n")
    return f"'{text}" if text.startswith("'") or text[:1] in ("\t", "\r") or seen[:1] in tuple(FORMULA) else text


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | decimal.Decimal) and not isinstance(value, bool)


def cell_text(value: Any) -> str:
    """Return a value as a cell's text: dates as 2026-03-01, yes and no in Chinese, nothing that XML cannot hold."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = _CONTROLS.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 8] + "…（已截断）"


def safe_filename(township: str, table: str, day: datetime.date, extension: str = "xlsx") -> str:
    """Return 镇名_表名_20260101.xlsx without characters that file systems refuse."""
    parts = (unicodedata.normalize("NFC", part) for part in (township, table))
    named = [_FILE_NAME.sub("-", part).strip("-. ")[:60] or "表" for part in parts]
    return f"{'_'.join(named)}_{day:%Y%m%d}.{extension}"


def _cells(row: Row, columns: Sequence[Column]) -> list:
    return [row.get(column.key) for column in columns] if isinstance(row, Mapping) else list(row)


def _title(sheet: Worksheet, book: _Book, title: str, last: int) -> None:
    sheet.set_row(0, 30)
    if last > 0:
        sheet.merge_range(0, 0, 0, last, cell_text(title), book.formats["title"])
    else:
        sheet.write_string(0, 0, cell_text(title), book.formats["title"])


def _head(sheet: Worksheet, book: _Book, row: int, columns: Sequence[Column], mark_required: bool = False) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        form = book.formats["must" if mark_required and column.required else "head"]
        sheet.write_string(row, place, cell_text(column.label), form)


def _page(sheet: Worksheet, head_row: int, last_row: int, last_column: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, head_row)
    sheet.print_area(0, 0, last_row, last_column)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _absolute(row: int, place: int) -> str:
    return f"${letters(place)}${row + 1}"


_HOW = {
    "name": "姓名，中间不要空格",
    "integer": "整数",
    "decimal": "数字",
    "date": "如 2026-03-01、2026.3.1、2026年3月1日",
    "month": "如 1975-08、1975年8月",
    "birth": "如 1975-08-12、1975年8月",
    "phone": "手机号 11 位，固定电话写成 区号-号码；一格只填一个号码",
    "id_number": "18 位身份证号，该列已设为文本",
    "choice": "从下拉列表中选择",
    "yes_no": "填 是 或 否",
}


def _guide(book: _Book, columns: Sequence[Column]) -> None:
    sheet = book.sheet(GUIDE)
    for place, (label, width) in enumerate(zip(GUIDE_HEAD, (20, 12, 70), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, label, book.formats["head"])
    for row, column in enumerate(columns, start=1):
        how = _HOW.get(column.kind, f"文字，最多 {column.max_length} 个字")
        how += f"，如 {column.example}" if column.example else ""
        for place, text in enumerate((f"“{column.label}”列", "必填" if column.required else "可不填", how)):
            sheet.write_string(row, place, text, book.formats["text"])
