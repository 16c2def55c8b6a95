"""Attachments: what is taken, what is turned away, what is left of a picture."""

import hashlib
import io
import subprocess
import sys
import zipfile
import zlib

import pikepdf
import pytest
from PIL import ExifTags, Image, PngImagePlugin

from congress.documents import render, text
from congress.uploads import sandbox
from congress.uploads.clean import clean_upload, display_name
from congress.uploads.kinds import Kind, sniff
from congress.uploads.refusal import UploadRefused
from tests.spreadsheets.books import workbook

PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})


def picture(form: str = "JPEG", size=(60, 40), mode: str = "RGB", **options) -> bytes:
    """A picture, left half red and right half blue."""
    image = Image.new(mode, size, (0, 0, 255, 255)[: len(mode)])
    image.paste((255, 0, 0, 128)[: len(mode)], (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def photo_with_position() -> bytes:
    """A JPEG as phones make them: turned by a mark, with place, camera, comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "SecretCamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (36.0, 42.0, 11.0)
    return picture(exif=exif, comment=b"SecretComment", quality=95)


def pdf(edit=None, **save) -> bytes:
    """A PDF of one empty page; `edit` may change it before it is saved."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    if edit:
        edit(document)
    out = io.BytesIO()
    document.save(out, **save)
    return out.getvalue()


def docx(*parts: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<document/>"), *parts):
            archive.writestr(name, content)
    return out.getvalue()


def refused(data: bytes, filename: str, allowed=None) -> str:
    with pytest.raises(UploadRefused) as caught:
        clean_upload(data, filename, allowed)
    message = caught.value.message
    # Plain Chinese that says what to do, nothing of the machinery.
    assert any("\u4e00" <= char <= "\u9fff" for char in message)
    assert not any(word in message for word in ("Error", "Exception", "Traceback", "qpdf"))
    return caught.value.code


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


def test_picture_content_decides_within_its_family():
    assert clean_upload(picture("PNG"), "截图.jpg").display_name == "截图.png"


def test_pdf_is_kept_byte_for_byte():
    data = pdf()
    clean = clean_upload(data, "决定.pdf")
    assert clean.content == data
    assert clean.content_type == "application/pdf"


def script(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def hidden_script(document):
    annotation = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x"))
    document.pages[0].Annots = pikepdf.Array([annotation])


def named_script(document):
    tree = pikepdf.Dictionary(Names=pikepdf.Array(["a", pikepdf.Dictionary(JS=document.make_stream(b"x"))]))
    document.Root.Names = pikepdf.Dictionary(JavaScript=tree)


def launch(document):
    document.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"))


def embedded(document):
    document.attachments["a.exe"] = b"MZ"


def rich(document):
    document.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.RichMedia)])


def submit(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="http://a.example")


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (script, "script"), (hidden_script, "script"), (named_script, "script"), (launch, "launch"),
        (embedded, "embedded"), (rich, "active"), (submit, "submit"),
    ],
)  # fmt: skip
def test_active_pdf_is_refused(edit, code):
    assert refused(pdf(edit), "决定.pdf") == code
    assert refused(pdf(edit, object_stream_mode=pikepdf.ObjectStreamMode.generate), "决定.pdf") == code


def action(kind: str, **more) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **more)


def linked(made):
    """A page with a link that does this."""

    def edit(document):
        document.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=made)])

    return edit


def opening(made):
    """A file that does this by itself when it is opened."""

    def edit(document):
        document.Root.OpenAction = document.make_indirect(made)

    return edit


def chained(document):
    document.Root.OpenAction = action("GoTo", D="a", Next=pikepdf.Array([action("GoToR", F=r"\\\\a.example\\x")]))


def content_elsewhere(document):
    document.pages[0].Thumb = document.make_stream(b"", F=r"\\\\a.example\\x")


@pytest.mark.parametrize(
    "edit",
    [
        opening(action("URI", URI="https://a.example")),
        opening(action("GoToR", F=r"\\\\a.example\\x")),
        opening(action("Rendition")),
        opening(action("Whatever")),
        linked(action("GoToR", F="other.pdf")),
        linked(action("GoToE", F=r"\\\\a.example\\x")),
        linked(action("URI", URI=r"\\\\a.example\\x")),
        linked(action("URI", URI="file://a.example/x")),
        linked(action("URI", URI="javascript:alert(1)")),
        linked(action("Hide")),
        chained,
        content_elsewhere,
    ],
)
def test_pdf_that_opens_something_else_is_refused(edit):
    assert refused(pdf(edit), "决定.pdf") == "outside"


@pytest.mark.parametrize(
    "edit",
    [
        linked(action("URI", URI="https://example.org")),
        linked(action("URI", URI="mailto:a@example.org")),
        linked(action("URI", URI="www.example.org")),
        linked(action("GoTo", D="chapter")),
        opening(action("GoTo", D="chapter")),
        opening(pikepdf.Array([0, pikepdf.Name.Fit])),
        opening(action("Named", N=pikepdf.Name.FirstPage)),
    ],
)
def test_pdf_with_ordinary_links_is_taken(edit):
    assert clean_upload(pdf(edit), "a.pdf").extension == "pdf"


def test_pdf_of_the_product_itself_is_taken():
    made = render.render([text.Title(("标题",)), text.Paragraph.of("正文。")], title="报告")
    assert clean_upload(made, "报告.pdf").content == made


def test_encrypted_and_damaged_pdf_is_refused():
    assert refused(pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "a.pdf") == "encrypted"
    assert refused(pdf(encryption=pikepdf.Encryption(owner="a", user="")), "a.pdf") == "encrypted"
    assert refused(b"%PDF-1.7\nnothing\n%%EOF", "a.pdf") == "damaged"
    assert refused(pdf()[:200], "a.pdf") == "polyglot"


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    return out.getvalue()


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


@pytest.mark.sandbox
def test_sandbox_ends_what_takes_too_long():
    # No interpreter starts within a millisecond.
    with pytest.raises(UploadRefused) as caught:
        sandbox.run("image", picture(), seconds=0.001, extension="jpg")
    assert caught.value.code == "too_slow"


@pytest.mark.sandbox
def test_sandbox_hands_down_no_secrets(monkeypatch):
    seen = {}

    def record(command, **options):
        seen.update(options["env"])
        raise sandbox.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setenv("DATABASE_URL", "secret")
    monkeypatch.setattr(sandbox.subprocess, "run", record)
    with pytest.raises(UploadRefused) as caught:
        sandbox.run("image", b"x")
    assert caught.value.code == "too_slow"
    assert "DATABASE_URL" not in seen


ATTEMPTS = """
import os, socket, sys
from congress.uploads import sandbox
sandbox._limit(30, 2**30)
for attempt in (
    lambda: open("/etc/hostname"),
    lambda: (os.close(0), open("/etc/hostname")),
    lambda: socket.socket(),
    lambda: os.dup(1),
    lambda: os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY),
):
    try:
        attempt()
    except OSError as error:
        print("refused")
    else:
        print("done")
"""


def test_a_parser_led_astray_opens_no_file_and_no_socket(tmp_path):
    command = [sys.executable, "-c", ATTEMPTS, str(tmp_path / "new")]
    done = subprocess.run(command, cwd=sandbox._ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused"] * 5


@pytest.mark.sandbox
def test_sandbox_runs_only_its_own_tasks():
    with pytest.raises(UploadRefused) as caught:
        sandbox.run("os:system", b"x")
    assert caught.value.code == "unreadable"


@pytest.mark.sandbox
def test_sandbox_survives_a_parser_without_memory():
    with pytest.raises(UploadRefused) as caught:
        sandbox.run("image", picture(size=(3000, 3000)), memory=64 * 1024**2, extension="jpg")
    assert caught.value.code in ("unpacks_too_large", "unreadable")
