"""What the parser of workbooks drops: cells that hold an error, days of which only the month is shown, rows that are hidden or
struck out, the 1904 calendar.

Runs in the sandbox beside `extract`. A file this cannot look into has no marks; its cells are read all the same.
"""

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

import xlrd

HIDDEN, STRUCK = "是隐藏的", "划了删除线"
_MONTH_FORMATS = frozenset([17, 27, 36, 50, 55, 57])  # built-in formats that show no day: mmm-yy and the Chinese ones
UNREADABLE = (
    *(xlrd.XLRDError, xlrd.compdoc.CompDocError, expat.ExpatError, zipfile.BadZipFile, struct.error, OSError),
    *(LookupError, ValueError, AssertionError, TypeError, AttributeError),
)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_CELL = re.compile(r"([A-Z]+)(\d+)")


@dataclass
class Marks:
    """Of one sheet: {(row, column): error as shown} and cells shown as year and month, counted from 0; {row: what it looks
    like}, of rows that their owner took out of sight or crossed out."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    months: set[tuple[int, int]] = field(default_factory=set)
    looks: dict[int, str] = field(default_factory=dict)


def marks_of(data: bytes) -> tuple[dict[str, Marks], bool]:
    """Return the marks of each sheet by its name, and whether days are counted from 1904."""
    try:
        return _of_xlsx(data) if data.startswith(b"PK") else _of_xls(data)
    except UNREADABLE:
        return {}, False


def shows_month(code: str) -> bool:
    """Say whether a number format shows years and months and no days: yyyy.mm, yyyy"年"m"月"."""
    plain = _QUOTED.sub("", code.split(";")[0]).lower()
    return "y" in plain and "m" in plain and not set(plain) & set("dhs")


def _of_xls(data: bytes) -> tuple[dict[str, Marks], bool]:
    found = {}
    with xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO()) as book:
        months = {
            index
            for index, style in enumerate(book.xf_list)
            if style.format_key in _MONTH_FORMATS or shows_month(book.format_map[style.format_key].format_str)
        }
        struck = {n for n, style in enumerate(book.xf_list) if book.font_list[style.font_index].struck_out}
        for sheet in book.sheets():
            marks = found[sheet.name] = Marks()
            for row in range(sheet.nrows):
                if row in sheet.rowinfo_map and sheet.rowinfo_map[row].hidden:
                    marks.looks[row] = HIDDEN
                for place, kind in enumerate(sheet.row_types(row)):
                    if kind == xlrd.XL_CELL_ERROR:
                        code = sheet.cell_value(row, place)
                        marks.errors[row, place] = xlrd.error_text_from_code.get(code, "#ERROR!")
                    elif kind == xlrd.XL_CELL_DATE and sheet.cell_xf_index(row, place) in months:
                        marks.months.add((row, place))
                    if kind == xlrd.XL_CELL_TEXT and sheet.cell_xf_index(row, place) in struck:
                        marks.looks.setdefault(row, STRUCK)
        return found, book.datemode == 1


def _of_xlsx(data: bytes) -> tuple[dict[str, Marks], bool]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {name.lower(): name for name in archive.namelist()}

        def part(name: str) -> bytes:
            return archive.read(names[name.lower()]) if name.lower() in names else b""

        sheets: dict[str, str] = {}
        calendar: list[str] = []

        def book(tag: str, has: dict[str, str]) -> None:
            if tag == "sheet":
                sheets[has["name"]] = has["id"]
            elif tag == "workbookPr":
                calendar.append(has.get("date1904", ""))

        targets: dict[str, str] = {}
        _walk(part("xl/workbook.xml"), book)
        links = part("xl/_rels/workbook.xml.rels")
        _walk(links, lambda tag, has: targets.update({has.get("Id", ""): has.get("Target", "")}))
        months, struck = _styles(part("xl/styles.xml"))
        found = {name: _sheet(part(_path(targets.get(key, ""))), months, struck) for name, key in sheets.items()}
        return found, any(value in ("1", "true") for value in calendar)


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _styles(styles: bytes) -> tuple[set[str], set[str]]:
    """The indexes, as text, of the cell styles whose number format shows no day, and of those whose font is struck out."""
    formats: dict[int, str] = {}
    struck_fonts: list[bool] = []
    found: list[tuple[bool, bool]] = []
    inside = [""]

    def look(tag: str, has: dict[str, str]) -> None:
        if tag == "numFmt":
            formats[int(has["numFmtId"])] = has.get("formatCode", "")
        elif tag in ("fonts", "cellXfs", "cellStyles", "dxfs"):
            inside[0] = tag
        elif tag == "font" and inside[0] == "fonts":
            struck_fonts.append(False)
        elif tag == "strike" and inside[0] == "fonts":
            struck_fonts[-1] = has.get("val", "1") not in ("0", "false")
        elif tag == "xf" and inside[0] == "cellXfs":
            number, font = int(has.get("numFmtId", 0)), int(has.get("fontId", 0))
            is_month = number in _MONTH_FORMATS or shows_month(formats.get(number, ""))
            found.append((is_month, font < len(struck_fonts) and struck_fonts[font]))

    _walk(styles, look)
    months, struck = ({str(index) for index, marked in enumerate(found) if marked[which]} for which in (0, 1))
    return months, struck


def _sheet(content: bytes, month_styles: set[str], struck_styles: set[str]) -> Marks:
    marks = Marks()
    plain = all(sign not in content for sign in (b't="e"', b"t='e'", b"hidden="))
    if plain and not month_styles and not struck_styles:
        return marks
    at = [-1, -1]
    error: list[tuple[int, int]] = []
    text: list[str] = []

    def start(tag: str, has: dict[str, str]) -> None:
        if tag == "row":
            at[:] = [int(has["r"]) - 1 if "r" in has else at[0] + 1, -1]
            if has.get("hidden") in ("1", "true"):
                marks.looks[at[0]] = HIDDEN
        elif tag == "c":
            at[1] = _column(has["r"]) if "r" in has else at[1] + 1
            error[:] = [(at[0], at[1])] if has.get("t") == "e" else []
            if has.get("s") in month_styles and has.get("t", "n") in ("n", "d"):
                marks.months.add((at[0], at[1]))
            if has.get("s") in struck_styles and has.get("t") in ("s", "str", "inlineStr"):
                marks.looks.setdefault(at[0], STRUCK)
        elif tag == "v":
            text.clear()

    def end(tag: str) -> None:
        if tag == "v" and error:
            marks.errors[error[0]] = "".join(text).strip()

    _walk(content, start, end, text.append)
    return marks


def _column(reference: str) -> int:
    found = _CELL.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _walk(
    content: bytes,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object] | None = None,
    words: Callable[[str], object] | None = None,
) -> None:
    """Go through XML once; names of tags and attributes come without their namespaces."""
    if not content:
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda tag, has: start(_local(tag), {_local(name): text for name, text in has.items()})
    if end is not None:
        parser.EndElementHandler = lambda tag: end(_local(tag))
    if words is not None:
        parser.CharacterDataHandler = words
    parser.Parse(content, True)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
