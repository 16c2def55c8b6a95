"""Workbooks made by hand for the tests, shaped like those that offices send. All persons are invented."""

import io
import zipfile

import xlsxwriter
import xlwt

from congress.people.idnumber import check_digit
from congress.spreadsheets import choices
from congress.spreadsheets.columns import Column

SEX = {"男": ("男性", "M", "1"), "女": ("女性", "F", "2")}
PARTY = {
    "中共党员": ("党员", "共产党员", "中国共产党党员", "中共", "中共正式党员", "正式党员"),
    "中共预备党员": ("预备党员",),
    "共青团员": ("团员", "中国共产主义青年团团员"),
    "民革党员": ("民革", "民革会员"),
    "民盟盟员": ("民盟", "民盟成员"),
    "民建会员": ("民建",),
    "民进会员": ("民进",),
    "农工党党员": ("农工党", "农工民主党党员", "农工"),
    "致公党党员": ("致公党", "致公"),
    "九三学社社员": ("九三学社", "九三"),
    "台盟盟员": ("台盟",),
    "无党派人士": ("无党派", "无党派民主人士"),
    "群众": ("普通公民", "无"),
}
ROSTER = (
    Column("name", "姓名", ("名字", "代表姓名"), required=True, kind="name", personal=True, width=12),
    Column("sex", "性别", kind="choice", choices=SEX, width=6),
    Column("ethnicity", "民族", kind="choice", choices=choices.ETHNICITY, width=8),
    Column("born", "出生年月", ("出生日期", "生日"), kind="month", personal=True),
    Column(
        "id_number",
        "身份证号",
        ("身份证号码", "公民身份号码", "身份证"),
        required=True,
        kind="id_number",
        personal=True,
        width=22,
    ),
    Column("phone", "手机号码", ("手机", "电话", "联系电话", "手机号"), kind="phone", personal=True, width=16),
    Column("party", "政治面貌", ("党派",), kind="choice", choices=PARTY),
    Column("district", "选区", ("所在选区", "选区名称"), width=16),
)


def id_number(number: int, born: str = "19491231") -> str:
    """An invented number with the right check digit; `number` is the running number of the day."""
    first17 = f"110105{born}{number:03d}"
    return first17 + check_digit(first17)


def workbook(rows, merges=(), sheet="代表名册", formats=None) -> bytes:
    """An xlsx of plain cells; merges are (row, column, row, column) and take the top left value."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_numbers": False})
    page = book.add_worksheet(sheet)
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    covered = {(row, column) for top, left, bottom, right in merges for row in range(top, bottom + 1)
               for column in range(left, right + 1)}  # fmt: skip
    for top, left, bottom, right in merges:
        page.merge_range(top, left, bottom, right, rows[top][left])
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if (row, column) in covered or cell is None:
                continue
            if isinstance(cell, str):
                page.write_string(row, column, cell)
            else:
                page.write(row, column, cell, date if hasattr(cell, "year") else None)
    book.close()
    return stream.getvalue()


def office_roster() -> bytes:
    """Title and notes above, two header rows with merged groups, 选区 merged down, blank and total rows, signatures."""
    rows = [
        ["××镇第十九届人民代表大会代表花名册"] + [None] * 6,
        ["填报单位：××镇人大主席团", None, None, None, None, "2026年3月1日", None],
        ["序号", "所在选区", "代 表\n姓 名", "性别", "证件", "联系方式", None],
        [None, None, None, None, "公民身份号码", "手机", "党派"],
        [1, "第一选区", "张 伟", "男", id_number(1), 13800138000, "党员"],
        [2, None, "王芳", "女性", id_number(2), "139-1234-5678", "群众"],
        [None] * 7,
        ["第二选区代表（两名）"] + [None] * 6,
        [3, "第二选区", "阿依•古丽", "女", id_number(4).lower(), "+86 13700000000", "中共党员"],
        ["合计", None, None, None, None, None, "3"],
        ["制表人：李四", None, None, None, None, "审核人：", None],
    ]
    merges = [
        (0, 0, 0, 6),
        (2, 0, 3, 0),
        (2, 1, 3, 1),
        (2, 2, 3, 2),
        (2, 3, 3, 3),
        (2, 5, 2, 6),
        (4, 1, 5, 1),
        (7, 0, 7, 6),
    ]
    return workbook(rows, merges)


def looking_book(rows, *, xls: bool) -> bytes:
    """Text cells; the third row is struck out, the fourth one and an empty one below the table are hidden."""
    stream = io.BytesIO()
    if xls:
        book = xlwt.Workbook()
        page, struck = book.add_sheet("名册"), xlwt.easyxf("font: struck_out on")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                page.write(row, column, cell, *([struck] if row == 2 else []))
        page.row(3).hidden = page.row(6).hidden = True
        book.save(stream)
        return stream.getvalue()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page, struck = book.add_worksheet("名册"), book.add_format({"font_strikeout": True})
    for row, cells in enumerate(rows):
        page.write_row(row, 0, cells, *([struck] if row == 2 else []))
    page.set_row(3, None, None, {"hidden": True})
    page.set_row(6, None, None, {"hidden": True})
    book.close()
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes, replace: bool = False) -> bytes:
    """The same workbook with one more part, or with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if not (replace and entry.filename == name):
                new.writestr(entry.filename, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    """The bytes of one part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
