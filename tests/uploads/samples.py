"""Files to attach: as they come, and as somebody with bad intentions makes them."""

import io
import struct
import zipfile

import pikepdf
import pytest
from PIL import ExifTags, Image

from congress.uploads.clean import clean_upload
from congress.uploads.refusal import UploadRefused


def picture(form: str = "JPEG", size=(60, 40), mode: str = "RGB", *, noise: bool = False, **options) -> bytes:
    """A picture, left half red and right half blue; with `noise` it cannot be packed."""
    image = Image.new(mode, size, (0, 0, 255, 255)[: len(mode)])
    image.paste((255, 0, 0, 128)[: len(mode)], (0, 0, size[0] // 2, size[1]))
    if noise:
        image = Image.effect_noise((size[0] // 4, size[1] // 4), 80).resize(size).convert(mode)
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


def zipped(*names: str, content: str = "x") -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names or ("a.txt",):
            archive.writestr(name, content)
    return out.getvalue()


def ole(*names: str) -> bytes:
    """A compound file (xls, doc) with nothing but a directory of these names."""
    header = bytearray(b"\xff" * 512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<3I", header, 44, 1, 1, 0)
    struct.pack_into("<2I", header, 68, 0xFFFFFFFE, 0)
    struct.pack_into("<I", header, 76, 0)
    table = struct.pack("<2I", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    directory = b""
    for name in names:
        encoded = name.encode("utf-16-le")
        directory += (encoded + b"\0" * (64 - len(encoded)) + struct.pack("<H", len(encoded) + 2)).ljust(128, b"\0")
    return bytes(header) + table + directory.ljust(512, b"\0")
