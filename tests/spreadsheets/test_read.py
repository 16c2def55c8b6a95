"""Files as they come, and files that want to do harm."""

import datetime
import io
import random
import struct
import zipfile

import pytest
import xlwt

from congress.spreadsheets.read import SheetRefused, read_pasted, read_workbook
from congress.spreadsheets.write import template_workbook
from congress.uploads.archives import MAX_BYTES
from tests.spreadsheets.books import ROSTER, part, with_part, workbook
from tests.uploads.samples import ole, zipped

PLAIN = workbook([["姓名", "人数"], ["张伟", 3]])
SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes, filename: str = "名册.xlsx") -> SheetRefused:
    with pytest.raises(SheetRefused) as caught:
        read_workbook(data, filename)
    assert caught.value.message
    assert not any(word in caught.value.message for word in ("Error", "Exception", "None", "zip", "XML_"))
    return caught.value


def test_xlsx_keeps_row_numbers_and_types():
    day = datetime.date(2026, 3, 1)
    book = read_workbook(workbook([[None], [None, "甲"], [1, 2.5, True, day, 110105194912310021]]), "a.xlsx")
    rows = book.sheets[0].rows
    assert rows[:2] == [[], [None, "甲"]]
    assert rows[2][:4] == [1, 2.5, True, day]
    assert isinstance(rows[2][4], float)


def test_xls_of_the_old_kind_is_read():
    book = xlwt.Workbook()
    page = book.add_sheet("名册")
    for column, cell in enumerate(("姓名", "张伟", 13800138000.0)):
        page.write(0, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    read = read_workbook(stream.getvalue(), "名册.xls")
    assert (read.kind, read.sheets[0].rows[:]) == ("xls", [["姓名", "张伟", 13800138000]])


def test_xls_content_under_the_name_xlsx_is_read():
    assert read_workbook(PLAIN, "名册.xls").sheets[0].rows[1] == ["张伟", 3]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "gbk", "utf-16"])
def test_csv_in_every_encoding(encoding):
    data = "姓名,备注\r\n张伟,\"第一行\n第二行，有逗号,\"\r\n,\r\n'=王芳,''x\r\n".encode(encoding)
    rows = read_workbook(data, "名册.csv").sheets[0].rows
    assert rows[:] == [["姓名", "备注"], ["张伟", "第一行\n第二行，有逗号,"], [], ["=王芳", "'x"]]


def test_csv_finds_its_separator():
    assert read_workbook("姓名;电话\n张伟;1\n".encode(), "a.csv").sheets[0].rows[0] == ["姓名", "电话"]
    assert read_workbook("姓名\t电话\n张伟\t1\n".encode(), "a.txt").sheets[0].rows[0] == ["姓名", "电话"]


def test_csv_separator_is_not_guessed_from_what_cells_hold():
    rows = read_workbook("姓名,备注\n张伟,;;\n;;;;,;\n".encode(), "a.csv").sheets[0].rows
    assert rows[:] == [["姓名", "备注"], ["张伟", ";;"], [";;;;", ";"]]


def test_csv_with_an_endless_cell_is_refused():
    assert refused(("姓名,备注\n张伟," + "字" * 200_000).encode(), "a.csv").code == "damaged"


def test_pasted_text_keeps_leading_zeros_and_long_numbers():
    rows = read_pasted('姓名\t编号\n张伟\t007\n王芳\t"两行\n文字"\n李军\t110105194912310021\n').sheets[0].rows
    assert [row[1] for row in rows] == ["编号", "007", "两行\n文字", "110105194912310021"]


def test_pasted_text_with_a_lone_quotation_mark_loses_nothing():
    rows = read_pasted('姓名\t备注\n张伟\t5" 屏\n王芳\t无\n').sheets[0].rows
    assert rows[:] == [["姓名", "备注"], ["张伟", '5" 屏'], ["王芳", "无"]]


def test_hidden_sheets_are_not_read():
    data = template_workbook(ROSTER, "模板")
    assert b'state="hidden"' in part(data, "xl/workbook.xml")
    assert [sheet.name for sheet in read_workbook(data, "模板.xlsx").sheets] == ["模板", "填写说明"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("xl/vbaProject.bin", b"x", "macros"),
        ("xl/macrosheets/sheet1.xml", b"<x/>", "macros"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>", "external_links"),
        ("xl/connections.xml", b"<x/>", "external_links"),
        ("xl/embeddings/oleObject1.bin", b"x", "embedded"),
        ("xl/activeX/activeX1.xml", b"<x/>", "embedded"),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            (
                b'<Relationships><Relationship Id="1" Type="http://x/image" Target="http://x/a.png" TargetMode="External"/>'
                b"</Relationships>"
            ),
            "external_links",
        ),
        ("docProps/x.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "entities"),
        ("docProps/y.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16"), "entities"),
        ("../../etc/x", b"x", "bad_names"),
    ],
)
def test_workbook_with_a_forbidden_part_is_refused(name, content, code):
    assert refused(with_part(PLAIN, name, content)).code == code


def test_workbook_with_a_hyperlink_is_read():
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
        b'Target="mailto:a@example.org" TargetMode="External"/></Relationships>'
    )
    data = with_part(PLAIN, "xl/worksheets/_rels/sheet1.xml.rels", rels)
    assert read_workbook(data, "a.xlsx").sheets[0].rows[1] == ["张伟", 3]


def test_entity_bomb_in_the_sheet_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    sheet = part(PLAIN, SHEET).partition(b"?>")[2]
    assert refused(with_part(PLAIN, SHEET, bomb + sheet, True)).code == "entities"


def test_zip_bomb_by_ratio_is_refused():
    assert refused(with_part(PLAIN, "xl/media/a.bin", b"\0" * 60_000_000)).code == "ratio"


def test_zip_bomb_that_lies_about_its_size_is_refused():
    data = bytearray(with_part(PLAIN, "xl/media/a.xml", b" " * 60_000_000))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 1000)  # the directory now claims 1000 bytes
    assert refused(bytes(data)).code in ("unpacks_too_large", "damaged")


def test_too_many_entries_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(2100):
            archive.writestr(f"xl/{number}", b"")
    assert refused(stream.getvalue()).code == "too_many_entries"


@pytest.mark.sandbox
def test_one_shared_text_used_a_million_times_dies_in_its_own_process():
    draw = random.Random(1)  # comments that do not pack keep the file below the ratio limit
    row = '<c t="s"><v>0</v></c>' * 60
    cells = "".join(f'<row r="{n}">{row}</row><!--{draw.getrandbits(256):x}-->' for n in range(1, 20_001))
    sheet = part(PLAIN, SHEET)
    head, tail = sheet.split(b"<sheetData>")[0], sheet.split(b"</sheetData>")[1]
    data = with_part(PLAIN, SHEET, head + b"<sheetData>" + cells.encode() + b"</sheetData>" + tail, True)
    text = "".join(chr(0x4E00 + n % 20000) for n in range(30_000))
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{text}</t></si></sst>'
    data = with_part(data, "xl/sharedStrings.xml", strings.encode(), True)
    assert refused(data).code == "unpacks_too_large"


@pytest.mark.sandbox
def test_a_stray_cell_at_the_far_corner_is_refused_in_words():
    sheet = part(PLAIN, SHEET).replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    assert refused(with_part(PLAIN, SHEET, sheet, True)).code == "unpacks_too_large"


def test_a_stray_cell_far_below_is_refused_in_words():
    sheet = part(PLAIN, SHEET).replace(
        b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    )
    assert "第 1048576 行" in refused(with_part(PLAIN, SHEET, sheet, True)).message


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "a.xlsx", "empty"),
        (b"   \n", "a.csv", "empty"),
        (workbook([[None]]), "a.xlsx", "empty"),
        (b"x" * (MAX_BYTES + 1), "a.csv", "too_big"),
        (PLAIN[:-200], "a.xlsx", "damaged"),
        (PLAIN, "a.csv", "lying_extension"),
        (b"\xff\xd8\xff\xe0" + b"x" * 100, "a.xlsx", "lying_extension"),
        ("姓名,电话\n".encode(), "a.xlsx", "lying_extension"),
        (b"\xff\xd8\xff\xe0" + b"x" * 100, "a.jpg", "not_a_table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", "markup"),
        (b"MZ\x90\x00" + b"\0" * 100, "a.xlsx", "program"),
        (b"junk" + PLAIN, "a.xlsx", "unknown"),
        (PLAIN + b"junk", "a.xlsx", "polyglot"),
        (bytes(range(256)) * 4, "a.csv", "unknown"),
    ],
)  # fmt: skip
def test_unfit_files_are_refused_with_their_reason(data, filename, code):
    assert refused(data, filename).code == code


def test_who_chooses_no_table_is_told_of_tables_and_not_of_photographs():
    said = refused(b"MZ\x90\x00" + b"\0" * 100, "名册.exe").message
    assert said.startswith("不接收 .exe 文件。这里要上传表格：Excel")
    assert "JPG" not in said


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("Root Entry", "EncryptedPackage", "EncryptionInfo"), "encrypted"),
        (("Root Entry", "Workbook", "_VBA_PROJECT_CUR"), "macros"),
        (("Root Entry", "WordDocument"), "lying_extension"),
        (("Root Entry", "Workbook"), "damaged"),
    ],
)
def test_compound_files_are_told_by_their_directory(names, code):
    assert refused(ole(*names), "名册.xls").code == code


def test_compound_file_with_a_looping_directory_is_refused():
    data = bytearray(ole("Root Entry", "Workbook"))
    struct.pack_into("<I", data, 516, 1)  # sector 1 follows itself
    assert refused(bytes(data), "名册.xls").code == "damaged"


def test_text_that_was_kept_from_being_computed_is_that_text():
    book = read_workbook('姓名,手机\n张伟,="13800138000"\n王芳,"=""13900139000"""\n'.encode("gb18030"), "名册.csv")
    assert book.sheets[0].rows[1:] == [["张伟", "13800138000"], ["王芳", "13900139000"]]


def test_commas_of_both_widths_part_cells():
    book = read_workbook("姓名，性别\n张伟，男\n王芳，女\n".encode(), "名册.txt")
    assert book.sheets[0].rows[1:] == [["张伟", "男"], ["王芳", "女"]]
    book = read_workbook("姓名,备注\n张伟,甲，乙\n王芳,甲，丙\n".encode(), "名册.txt")
    assert book.sheets[0].rows[1:] == [["张伟", "甲，乙"], ["王芳", "甲，丙"]]


def test_a_sheet_of_another_office_program_is_told_what_to_do():
    told = refused(zipped("mimetype", "content.xml", "styles.xml"), "名册.ods")
    assert (told.code, "另存为 .xlsx" in told.message) == ("opendocument", True)
    assert refused(zipped("名册.txt"), "名册.zip").code == "archive"
