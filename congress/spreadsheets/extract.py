"""A workbook turned into plain rows. Runs in the sandbox of congress.uploads, because the parser is native code."""

import datetime
import io
import json

import python_calamine as calamine

from congress.uploads.refusal import UploadRefused

MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_CELLS = 3_000_000
MAX_SHEETS = 60
EXACT = 1e15  # spreadsheets keep 15 digits: a whole number from here on has lost its last ones and stays a float


def extract(data: bytes) -> tuple[dict, bytes]:
    """Return ({"sheets": [name, rows, merges]}, one JSON list a line) of the visible worksheets.

    Cells: text, numbers, true/false, null; dates as {"d": iso}, date with time {"t": iso}, time {"h": iso}.
    Raises UploadRefused: password, macro sheets, too many rows, columns or cells, damaged.
    """
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _sheets(book)
    except calamine.PasswordError:
        raise UploadRefused("encrypted", "文件设有密码，请取消密码后再上传") from None
    except (calamine.CalamineError, calamine.XmlError, calamine.ZipError, ValueError, OSError) as error:
        if "assword" in str(error) or "ncrypt" in str(error):
            raise UploadRefused("encrypted", "文件设有密码，请取消密码后再上传") from None
        raise UploadRefused("damaged", "表格已损坏，打不开。请在 WPS 或 Excel 中重新保存后再上传") from None


def _sheets(book: calamine.CalamineWorkbook) -> tuple[dict, bytes]:
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is calamine.SheetTypeEnum.WorkSheet]
    if any(sheet.typ is calamine.SheetTypeEnum.MacroSheet for sheet in book.sheets_metadata):
        raise UploadRefused("macros", "文件带有宏表，不能接收。请另存为不带宏的 .xlsx 后再上传")
    visible = [sheet for sheet in sheets if sheet.visible is calamine.SheetVisibleEnum.Visible] or sheets
    if len(visible) > MAX_SHEETS:
        raise UploadRefused("too_many_sheets", f"工作表超过 {MAX_SHEETS} 个，请只留需要导入的")
    heads, body, cells = [], [], 0
    for info in visible:
        sheet = book.get_sheet_by_name(info.name)
        last_row, last_column = sheet.end or (-1, -1)
        _check_extent(info.name, last_row + 1, last_column + 1)
        cells += (last_row + 1) * (last_column + 1)
        if cells > MAX_CELLS:
            raise UploadRefused("too_many_cells", "表格内容过多，请拆成几个文件分别导入")
        rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
        body += [json.dumps(_row(row), ensure_ascii=False) for row in rows]
        merges = [[*start, *end] for start, end in (sheet.merged_cell_ranges or [])]
        heads.append({"name": info.name, "rows": len(rows), "merges": merges})
    return {"sheets": heads}, "\n".join(body).encode()


def _check_extent(name: str, rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        raise UploadRefused(
            "too_many_rows",
            f"工作表“{name}”用到了第 {rows} 行，一次最多 {MAX_ROWS} 行。如果内容没有这么多，请删去下面的空白行后再上传",
        )
    if columns > MAX_COLUMNS:
        raise UploadRefused("too_many_columns", f"工作表“{name}”用到了 {columns} 列，一次最多 {MAX_COLUMNS} 列")


def _row(row: list) -> list:
    cells = [_cell(cell) for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _cell(cell):
    if cell == "" or cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT:
        return int(cell)
    if isinstance(cell, datetime.datetime):
        return {"t": cell.isoformat()}
    if isinstance(cell, datetime.date):
        return {"d": cell.isoformat()}
    if isinstance(cell, datetime.time):
        return {"h": cell.isoformat()}
    if isinstance(cell, datetime.timedelta):
        return str(cell)
    return cell
