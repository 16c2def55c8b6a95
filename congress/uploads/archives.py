"""Containers looked into before anything parses them: ZIP (xlsx, docx, ofd) and OLE compound files (xls, doc, wps, et).

The sizes in a ZIP directory can lie, so every entry is also unpacked under a hard counter. Limits: 20 MB as handed in,
200 MB unpacked, 100 times the packed size, 2,000 entries (OWASP ASVS 5.0 V5.2).
"""

import io
import re
import struct
import zipfile
import zlib

from . import office_xml
from .refusal import UploadRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 2000
SMALL = 1024 * 1024  # below this a high ratio is harmless: a few rows of blanks pack that well
CHUNK = 256 * 1024

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARATION = re.compile(
    rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C\0T\0|E\0N\0T\0I\0)|\0<\0!\0(?:D\0O\0C\0T|E\0N\0T\0I)"
)
_OVERLAP = 32
_LINKED_PARTS = ("/externallinks/", "/connections.xml", "/ddelinks/", "/querytables/")
_OBJECT_PARTS = ("/embeddings/", "/activex/", "/ctrlprops/", "/oleobject")
_RELS_LIMIT = 4 * 1024 * 1024
_READ_LIMIT = 50 * 1024 * 1024  # of a part that must be read as XML, which takes seconds

TOO_LARGE = "文件展开后过大。多半是整列设了格式或留有大量空白行，请把有内容的行复制到一个新表格里再上传"


def check_size(data: bytes) -> None:
    """Refuse an empty file and one above 20 MB."""
    if not data:
        raise UploadRefused("empty", "文件是空的，请检查后重新选择")
    if len(data) > MAX_BYTES:
        raise UploadRefused("too_big", f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请压缩图片或拆分后再上传")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP whose directory keeps to the limits; nothing may stand before or behind it (polyglots)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        raise UploadRefused("damaged", "文件已损坏，打不开。请在 WPS 或 Excel 中重新保存后再上传") from None
    entries = archive.infolist()
    if not data.startswith(b"PK\x03\x04") or not _ends_with_directory(data):
        raise UploadRefused("polyglot", "文件里夹带了别的内容，不能接收。请重新保存后再上传")
    if len(entries) > MAX_ENTRIES:
        raise UploadRefused("too_many_entries", TOO_LARGE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UploadRefused("encrypted", "文件设有密码，请取消密码后再上传")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UploadRefused("unpacks_too_large", TOO_LARGE)
    if any(_exceeds_ratio(entry.file_size, entry.compress_size) for entry in entries):
        raise UploadRefused("ratio", TOO_LARGE)
    names = [entry.filename for entry in entries]
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        raise UploadRefused("bad_names", "文件内部结构不正常，不能接收。请重新保存后再上传")
    if len(set(map(str.lower, names))) != len(names):
        raise UploadRefused("bad_names", "文件内部结构不正常，不能接收。请重新保存后再上传")
    return archive


def check_office(data: bytes) -> set[str]:
    """Check an Office Open XML file (xlsx, docx) or an OFD, which is built alike, and return the lower-case names of its parts.

    Refused: macros, links to other files, embedded objects, XML with declarations of its own (entity bombs), and
    whatever unpacks to more than it says.
    """
    archive = open_zip(data)
    names = {entry.filename.lower() for entry in archive.infolist()}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in f"/{name}" for name in names):
        raise UploadRefused("macros", "文件带有宏，不能接收。请另存为不带宏的 .xlsx 或 .docx 后再上传")
    if any(part in f"/{name}" for name in names for part in _LINKED_PARTS):
        raise UploadRefused("external_links", "文件引用了别的文件里的数据。请把公式粘贴为数值、断开链接后再上传")
    if any(part in f"/{name}" for name in names for part in _OBJECT_PARTS):
        raise UploadRefused("embedded", "文件里嵌入了别的文件或控件，请删去后再上传")
    unpacked = 0
    for entry in archive.infolist():
        unpacked = _check_entry(archive, entry, unpacked)
    return names


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, unpacked: int) -> int:
    """Unpack one entry under the counter, looking at its text; return the bytes unpacked so far."""
    start, tail, kept, suspicious = unpacked, b"", [], False
    name = entry.filename.lower()
    is_xml, is_rels = name.endswith((".xml", ".rels", ".vml")), name.endswith(".rels")
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED or _exceeds_ratio(unpacked - start, entry.compress_size):
                    raise UploadRefused("unpacks_too_large", TOO_LARGE)
                suspicious = suspicious or office_xml.may_hold_dde(tail + chunk)
                if is_xml and _DECLARATION.search(tail + chunk):
                    raise UploadRefused("entities", "文件内部含有不允许的声明，不能接收。请重新保存后再上传")
                tail = chunk[-_OVERLAP:]
                if is_rels:
                    kept.append(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
        raise UploadRefused("damaged", "文件已损坏，打不开。请在 WPS 或 Excel 中重新保存后再上传") from None
    if is_rels and unpacked - start > _RELS_LIMIT:
        raise UploadRefused("unpacks_too_large", TOO_LARGE)
    if is_rels:
        office_xml.check_relationships(b"".join(kept))
    if suspicious and office_xml.may_hold_formulas(name):
        if unpacked - start > _READ_LIMIT:
            raise UploadRefused("unpacks_too_large", TOO_LARGE)
        with archive.open(entry) as stream:
            office_xml.check_formulas(stream)
    return unpacked


def _exceeds_ratio(unpacked: int, packed: int) -> bool:
    return unpacked > SMALL and unpacked > MAX_RATIO * max(packed, 1)


def _ends_with_directory(data: bytes) -> bool:
    """Say whether the ZIP's end record with its comment is the end of the file."""
    at = data.rfind(b"PK\x05\x06")
    return at >= 0 and len(data) - at >= 22 and at + 22 + struct.unpack_from("<H", data, at + 20)[0] == len(data)


def ole_streams(data: bytes) -> set[str]:
    """Return the names in the directory of an OLE compound file. Raises UploadRefused when it is damaged."""
    try:
        return _ole_names(data)
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        raise UploadRefused("damaged", "文件已损坏，打不开。请在 WPS 或 Excel 中重新保存后再上传") from None


def _ole_names(data: bytes) -> set[str]:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError("sector size")
    per_sector = size // 4
    # The first 109 sectors of the allocation table are named in the header: 109 * 128 * 512 bytes = 7 MB, then a chain.
    table_sectors = list(struct.unpack_from("<109I", data, 76))
    following, remaining = struct.unpack_from("<2I", data, 68)
    while following < 0xFFFFFFFA and remaining and len(table_sectors) * size < len(data):
        row = struct.unpack_from(f"<{per_sector}I", data, (following + 1) * size)
        table_sectors += row[:-1]
        following, remaining = row[-1], remaining - 1
    names, sector, seen = set(), struct.unpack_from("<I", data, 48)[0], set()
    while sector < 0xFFFFFFFA:
        if sector in seen:
            raise ValueError("loop in the directory")
        seen.add(sector)
        for at in range((sector + 1) * size, (sector + 2) * size, 128):
            length = struct.unpack_from("<H", data, at + 64)[0]
            if 2 <= length <= 64:
                names.add(data[at : at + length - 2].decode("utf-16-le"))
        table = table_sectors[sector // per_sector]
        sector = struct.unpack_from("<I", data, (table + 1) * size + 4 * (sector % per_sector))[0]
    return names
