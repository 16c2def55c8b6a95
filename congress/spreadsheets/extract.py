"""A workbook turned into plain rows. Runs in the sandbox of congress.uploads, because the parser is native code."""

import datetime
import io
import json

import python_calamine as calamine

from congress.spreadsheets.marks import Marks, marks_of
from congress.uploads.refusal import UploadRefused

MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELLS = 3_000_000
MAX_SHEETS = 60
EXACT = 1e15  # spreadsheets keep 15 digits: a whole number from here on has lost its last ones and stays a float
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def extract(data: bytes) -> tuple[dict, bytes]:
    """Return ({"sheets": [name, rows, merges, looks], "hidden": [name, filled rows], "date1904"}, one JSON list a line).

    The rows are those of the visible worksheets; of hidden ones only their number is told. Cells: text, numbers,
    true/false, null; errors as they are shown (#REF!); dates as {"d": iso}, shown as a month {"m": iso}, date with time
    {"t": iso}, time {"h": iso}. Raises UploadRefused: password, macro sheets, too many rows, columns or cells, damaged.
    """
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _sheets(book, data)
    except calamine.PasswordError:
        raise UploadRefused("encrypted", "文件设有密码，请取消密码后再上传") from None
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, ValueError, OSError) as error:
        if "assword" in str(error) or "ncrypt" in str(error):
            raise UploadRefused("encrypted", "文件设有密码，请取消密码后再上传") from None
        raise UploadRefused("damaged", "表格已损坏，打不开。请在 WPS 或 Excel 中重新保存后再上传") from None


def _sheets(book: calamine.CalamineWorkbook, data: bytes) -> tuple[dict, bytes]:
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is calamine.SheetTypeEnum.WorkSheet]
    if any(sheet.typ is calamine.SheetTypeEnum.MacroSheet for sheet in book.sheets_metadata):
        raise UploadRefused("macros", "文件带有宏表，不能接收。请另存为不带宏的 .xlsx 后再上传")
    visible = [sheet for sheet in sheets if sheet.visible is calamine.SheetVisibleEnum.Visible] or sheets
    if len(visible) > MAX_SHEETS:
        raise UploadRefused("too_many_sheets", f"工作表超过 {MAX_SHEETS} 个，请只留需要导入的")
    heads, cells = [], 0
    body: list[bytes] = []
    opened = {info.name: book.get_sheet_by_name(info.name) for info in visible}
    for name, sheet in opened.items():
        last_row, last_column = sheet.end or (-1, -1)
        _check_extent(name, last_row + 1, last_column + 1)
        cells += (last_row + 1) * (last_column + 1)
        if cells > MAX_CELLS:
            raise UploadRefused("too_many_cells", "表格内容过多，请拆成几个文件分别导入")
    marks, date1904 = marks_of(data)
    for name, sheet in opened.items():
        rows = sheet.iter_rows() if sheet.end else ()
        marked = marks.get(name, Marks())
        before = len(body)
        body += [_encoded(_row(row, number, marked)).encode() for number, row in enumerate(rows)]
        merges = [[*start, *end] for start, end in (sheet.merged_cell_ranges or [])]
        looks = sorted((row, look) for row, look in marked.looks.items() if row < len(body) - before)
        heads.append({"name": name, "rows": len(body) - before, "merges": merges, "looks": looks})
    hidden = [[info.name, _filled(book.get_sheet_by_name(info.name))] for info in sheets if info not in visible]
    return {"sheets": heads, "hidden": hidden, "date1904": date1904}, b"\n".join(body)


def _filled(sheet: calamine.CalamineSheet) -> int:
    """How many rows of a hidden sheet hold something; of a very large one the rows it spans."""
    rows, columns = (end + 1 for end in sheet.end or (-1, -1))
    if rows * columns > MAX_CELLS:
        return rows
    return sum(any(cell not in ("", None) for cell in row) for row in sheet.to_python()) if sheet.end else 0


def _check_extent(name: str, rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        raise UploadRefused(
            "too_many_rows",
            f"工作表“{name}”用到了第 {rows} 行，一次最多 {MAX_ROWS} 行。如果内容没有这么多，请删去下面的空白行后再上传",
        )
    if columns > MAX_COLUMNS:
        raise UploadRefused("too_many_columns", f"工作表“{name}”用到了 {columns} 列，一次最多 {MAX_COLUMNS} 列")


def _row(row: list, number: int, marks: Marks) -> list:
    cells = [_cell(cell, (number, place), marks) for place, cell in enumerate(row)]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _cell(cell: object, at: tuple[int, int], marks: Marks) -> object:
    if cell == "" or cell is None:
        return marks.errors.get(at)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT:
        return int(cell)
    if isinstance(cell, datetime.date) and at in marks.months:
        return {"m": f"{cell:%Y-%m-%d}"}
    if isinstance(cell, datetime.datetime):
        return {"t": cell.isoformat()}
    if isinstance(cell, datetime.date):
        return {"d": cell.isoformat()}
    if isinstance(cell, datetime.time):
        return {"h": cell.isoformat()}
    if isinstance(cell, datetime.timedelta):
        return str(cell)
    return cell
