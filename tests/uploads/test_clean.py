"""Attachments: what is taken, what is turned away, what is left of a picture."""

import hashlib
import io
import zipfile
import zlib

import pytest
from PIL import Image, PngImagePlugin

from congress.uploads.clean import clean_upload, display_name
from congress.uploads.kinds import Kind, sniff
from congress.uploads.refusal import UploadRefused
from tests.spreadsheets.books import workbook
from tests.uploads.samples import docx, ole, pdf, photo_with_position, picture, refused, zipped

PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})


@pytest.mark.parametrize(
    ("form", "name", "content_type"),
    [("JPEG", "照片.JPG", "image/jpeg"), ("PNG", "图.png", "image/png"), ("WEBP", "图.webp", "image/webp")],
)
def test_pictures_are_drawn_anew(form, name, content_type):
    data = picture(form)
    clean = clean_upload(data, name)
    assert (clean.content_type, clean.extension) == (content_type, name.rsplit(".")[-1].lower())
    assert clean.sha256 == hashlib.sha256(clean.content).hexdigest()
    assert clean.size == len(clean.content)
    assert Image.open(io.BytesIO(clean.content)).size == (60, 40)


def test_photo_loses_position_camera_and_comment_and_stands_upright():
    data = photo_with_position()
    assert b"SecretCamera" in data
    clean = clean_upload(data, "现场.jpg")
    image = Image.open(io.BytesIO(clean.content))
    assert image.size == (40, 60)
    assert dict(image.getexif()) == {}
    assert not {"exif", "comment", "icc_profile"} & set(image.info)
    assert b"Secret" not in clean.content
    red, _, blue = image.convert("RGB").getpixel((20, 5))
    assert red > 200 > 60 > blue  # the left half is on top after turning


def test_png_loses_its_texts_and_keeps_transparency():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "SecretAuthor")
    clean = clean_upload(picture("PNG", mode="RGBA", pnginfo=notes), "章.png")
    image = Image.open(io.BytesIO(clean.content))
    assert b"Secret" not in clean.content
    assert image.mode == "RGBA"
    assert image.getpixel((5, 5)) == (255, 0, 0, 128)


def test_large_pictures_are_made_smaller():
    clean = clean_upload(picture(size=(4000, 1000)), "大图.jpg")
    assert Image.open(io.BytesIO(clean.content)).size == (2000, 500)


def test_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    data = bytearray(picture("PNG"))
    data[16:24] = (100_000).to_bytes(4) + (100_000).to_bytes(4)

    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4)
    assert refused(bytes(data), "炸弹.png") == "too_many_pixels"


def test_palette_and_grey_pictures_are_taken():
    for mode, form in (("L", "PNG"), ("P", "PNG"), ("1", "PNG"), ("CMYK", "JPEG")):
        out = io.BytesIO()
        Image.new(mode, (10, 10)).save(out, form)
        assert clean_upload(out.getvalue(), f"图.{form.lower()}").size > 0


def test_what_offices_exchange_is_taken_as_it_is():
    ofd = zipped("OFD.xml", "Doc_0/Document.xml")
    letter = ole("Root Entry", "WordDocument", "1Table")
    for data, name, kept_as, content_type in (
        (letter, "答复.doc", "答复.doc", "application/msword"),
        (letter, "答复.wps", "答复.doc", "application/msword"),
        (ole("Root Entry", "Workbook"), "台账.et", "台账.xls", "application/vnd.ms-excel"),
        (docx(), "答复.wps", "答复.docx", Kind.DOCX.content_type),
        (ofd, "公文.ofd", "公文.ofd", "application/ofd"),
    ):
        clean = clean_upload(data, name)
        assert (clean.content, clean.display_name, clean.content_type) == (data, kept_as, content_type)


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (ole("Root Entry", "WordDocument", "Macros"), "a.doc", "macros"),
        (ole("Root Entry", "WordDocument", "macros"), "a.doc", "macros"),
        (ole("Root Entry", "workbook", "_vba_project_cur"), "a.xls", "macros"),
        (ole("Root Entry", "ENCRYPTEDPACKAGE"), "a.xlsx", "encrypted"),
        (ole("Root Entry", "WordDocument"), "a.ofd", "lying_extension"),
        (zipped("OFD.xml"), "a.doc", "lying_extension"),
        (zipped("OFD.xml", "../x"), "a.ofd", "bad_names"),
        (zipped("OFD.xml", content="<!DOCTYPE x [<!ENTITY y 'z'>]>"), "a.ofd", "entities"),
        (zipped("OFD.xml") + b"x", "a.ofd", "polyglot"),
    ],
)
def test_what_only_looks_like_it_is_refused(data, filename, code):
    assert refused(data, filename) == code


def test_picture_content_decides_within_its_family():
    assert clean_upload(picture("PNG"), "截图.jpg").display_name == "截图.png"


@pytest.mark.parametrize("data", [picture() + zipped(), pdf() + zipped(), picture("PNG") + zipped()])
def test_files_that_are_also_archives_are_refused(data):
    name = "a.pdf" if data.startswith(b"%PDF") else "a.jpg"
    assert refused(data, name) == "polyglot"


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (SVG, "图.svg", "active_name"),
        (SVG, "图.png", "markup"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>x", "说明.txt", "markup"),
        ("先有几个字<script>x</script>".encode(), "说明.txt", "markup"),
        ("<svg>".encode("utf-16"), "a.txt", "markup"),
        ("正常文字".encode(), "页面.html", "active_name"),
        (picture(), "照片.jpg.exe", "active_name"),
        (b"MZ\x90\x00\x03", "a.pdf", "program"),
        (b"\x7fELF\x02\x01", "a", "program"),
        (b"#!/bin/sh\nls", "a.txt", "program"),
        (zipped(), "资料.zip", "archive"),
        (b"Rar!\x1a\x07\x00", "资料.rar", "archive"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "IMG_1.HEIC", "heic"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "录像.mp4", "media"),
        (b"GIF89a" + b"x" * 20, "动.gif", "image_type"),
        (b"{\\rtf1 x}", "a.rtf", "old_word"),
        (pdf(), "照片.jpg", "lying_extension"),
        (workbook([["a"]]), "a.docx", "lying_extension"),
        (b"\xff\xd8\xff\xe0" + b"x" * 50, "坏.jpg", "damaged"),
        (picture()[:300], "断.jpg", "damaged"),
        (b"\x00\x01\x02\x03", "a.bin", "unknown"),
        (b"", "a.txt", "empty"),
        (docx(("word/vbaProject.bin", b"x")), "a.docx", "macros"),
        (docx(("word/embeddings/oleObject1.bin", b"x")), "a.docx", "embedded"),
    ],
)  # fmt: skip
def test_other_files_are_refused_with_their_reason(data, filename, code):
    assert refused(data, filename) == code


def test_word_file_that_loads_a_template_from_outside_is_refused():
    rels = (
        b'<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://a.example/t.dotm" '
        b'TargetMode="External" Id="rId1"/></Relationships>'
    )
    assert refused(docx(("word/_rels/settings.xml.rels", rels)), "a.docx") == "external_links"


def rels(entry: str) -> bytes:
    return docx(("word/_rels/settings.xml.rels", f"<Relationships {entry}</Relationships>".encode()))


@pytest.mark.parametrize(
    "entry",
    [
        'xmlns="x"><Relationship Type="y/attachedTemplate" Target="http://a.example/t" TargetMode="&#69;xternal" Id="1"/>',
        "><Relationship Type='y/attachedTemplate' Target='http://a.example/t' TargetMode = 'EXTERNAL' Id='1'/>",
        'xmlns:r="x"><r:Relationship r:Type="y/image" r:Target="http://a.example/t" r:TargetMode="External" Id="1"/>',
        '><Relationship Target="//a.example/t" note="Type=\'y/hyperlink\'" TargetMode="External"/>',
        '><Relationship Type="y/&#x69;mage" Target="file:///c:/x" TargetMode="\n External "/>',
    ],
)
def test_a_reference_to_outside_is_found_however_it_is_spelled(entry):
    assert refused(rels(entry), "a.docx") == "external_links"


@pytest.mark.parametrize(
    ("kind", "code"),
    [("vbaProject", "macros"), ("xlMacrosheet", "macros"), ("oleObject", "embedded"), ("aFChunk", "embedded")],
)
def test_what_a_part_is_says_its_relationship_and_not_its_name(kind, code):
    assert refused(rels(f'><Relationship Type="http://y/{kind}" Target="harmless.xml" Id="1"/>'), "a.docx") == code


def test_a_hyperlink_is_only_text_and_broken_xml_is_damaged():
    link = '><Relationship Type="y/hyperlink" Target="http://a.example/" TargetMode="External" Id="1"/>'
    assert clean_upload(rels(link), "a.docx").extension == "docx"
    assert refused(rels("><Relationship"), "a.docx") == "damaged"


def xlsx(formula: str, part: str = "xl/worksheets/sheet1.xml", tag: str = "f") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, f'<x xmlns="m"><c><{tag}>{formula}</{tag}><v>a|b</v></c></x>')
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        xlsx("cmd|'/c calc'!A1"),
        xlsx("cmd&#124;'/c calc'!A1"),
        xlsx("IF(1,MSEXCEL|'..\\..\\calc'!A1,0)"),
        xlsx("cmd |'/c calc'!A1", "xl/workbook.xml", "definedName"),
        xlsx("cmd|'/c calc'!A1", "xl/worksheets/sheet2.xml", "formula1"),
    ],
)
def test_a_formula_that_starts_a_program_is_refused(data):
    assert refused(data, "名册.xlsx") == "dde"


def test_a_bar_in_a_text_is_no_program():
    assert clean_upload(xlsx('A1&amp;"甲|乙"'), "名册.xlsx").extension == "xlsx"


@pytest.mark.parametrize(
    ("data", "filename", "content_type"),
    [
        (docx(), "答复.docx", Kind.DOCX.content_type),
        (workbook([["a"]]), "名册.xlsx", Kind.XLSX.content_type),
        ("说明，第一行\n".encode(), "说明.txt", "text/plain; charset=utf-8"),
        ("姓名,电话\n".encode("gbk"), "名册.csv", "text/csv; charset=gb18030"),
        ("\ufeff姓名\n".encode(), "名册.csv", "text/csv; charset=utf-8"),
    ],
)
def test_documents_are_kept_byte_for_byte(data, filename, content_type):
    clean = clean_upload(data, filename)
    assert (clean.content, clean.content_type, clean.display_name) == (data, content_type, filename)


def test_a_field_may_take_pictures_only():
    assert refused(pdf(), "a.pdf", PICTURES) == "kind_not_allowed"
    assert clean_upload(picture(), "a.jpg", PICTURES).extension == "jpg"
    with pytest.raises(UploadRefused, match=r"不接收 \.exe 文件。这里只接收 JPG、PNG、WEBP$"):
        clean_upload(b"MZ", "a.exe", PICTURES)


@pytest.mark.parametrize(
    ("filename", "shown"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"), ("C:\\照片\\现场.JPG", "现场.jpg"), ("a\u202egpj.exe.jpg", "agpj.exe.jpg"),
        ("现场\r\n照片.jpg", "现场照片.jpg"), ("con.jpg", "附件.jpg"), (".jpg", "jpg.jpg"), ("", "附件.jpg"),
        ("a\x00b.jpg", "ab.jpg"), ("x" * 300 + ".jpg", "x" * 80 + ".jpg"), ('a"b<c>.jpg', "a_b_c.jpg"),
    ],
)  # fmt: skip
def test_names_are_made_safe_to_show(filename, shown):
    assert display_name(filename, "jpg") == shown


def test_sniff_reads_the_content_not_the_name():
    assert [sniff(data) for data in (picture(), picture("PNG"), pdf(), docx(), "字".encode())] == [
        Kind.JPEG, Kind.PNG, Kind.PDF, Kind.DOCX, Kind.TXT,
    ]  # fmt: skip
