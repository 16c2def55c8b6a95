"""What a file is, by its content. The name only has to agree with it."""

import enum
import re
from pathlib import PurePosixPath

from .archives import OLE_SIGNATURE, check_office, check_size, ole_streams, open_zip
from .refusal import UploadRefused


class Kind(enum.Enum):
    """The files that are taken: (extension, content type, family)."""

    JPEG = ("jpg", "image/jpeg", "image")
    PNG = ("png", "image/png", "image")
    WEBP = ("webp", "image/webp", "image")
    PDF = ("pdf", "application/pdf", "pdf")
    OFD = ("ofd", "application/ofd", "ofd")
    DOC = ("doc", "application/msword", "word")
    DOCX = ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word")
    XLSX = ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "sheet")
    XLS = ("xls", "application/vnd.ms-excel", "sheet")
    CSV = ("csv", "text/csv", "text")
    TXT = ("txt", "text/plain", "text")

    def __init__(self, extension: str, content_type: str, family: str):
        self.extension = extension
        self.content_type = content_type
        self.family = family


TAKEN = "可以上传：JPG、PNG、WebP 图片，PDF，OFD，Word（.docx、.doc、.wps），Excel（.xlsx、.xls、.et），CSV 和纯文本"


class NotTaken(UploadRefused):
    """A file of a kind that is taken nowhere; `reason` says so without what is taken instead, which depends on the place."""

    def __init__(self, code: str, reason: str):
        super().__init__(code, f"{reason}。{TAKEN}")
        self.reason = reason


_FAMILY_OF = {
    **dict.fromkeys(("jpg", "jpeg", "jpe", "jfif", "png", "webp"), "image"),
    **dict.fromkeys(("xlsx", "xls", "et", "xlsm"), "sheet"),
    **dict.fromkeys(("csv", "txt", "tsv", "text"), "text"),
    **dict.fromkeys(("docx", "doc", "wps"), "word"),
    **{"pdf": "pdf", "ofd": "ofd"},
}
# Names that make a computer run something, whatever the content looks like.
_ACTIVE = frozenset(
    "exe com scr pif bat cmd ps1 vbs vbe js jse mjs wsf wsh hta msi msp dll sys jar apk app sh bash lnk url reg cpl chm "
    "svg svgz html htm xhtml shtml mht mhtml xml xsl php jsp asp aspx docm dotm pptm xlam xla".split()
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!")
_NOT_TAKEN = (
    ((b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"), "archive", "压缩包请解压后逐个上传"),
    ((b"GIF8", b"BM", b"II*\x00", b"MM\x00*"), "image_type", "这种图片格式不接收，请另存为 JPG 或 PNG"),
    ((b"{\\rtf",), "old_word", "请在 WPS 或 Word 中另存为 .docx 或 PDF 后再上传"),
    ((b"\x1aE\xdf\xa3", b"ID3", b"OggS", b"RIFF"), "media", "音频和视频不接收"),
)
_MARKUP = re.compile(
    r"<\s*(?:!doctype|!entity|\?xml|\?php|html|head|body|svg|script|iframe|object|embed|style|table|meta|link|img)\b",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def extension_of(filename: str) -> str:
    """Return the lower-case extension without its dot, "" where there is none."""
    return PurePosixPath(filename.replace("\\", "/")).suffix.lower().lstrip(".")


def sniff(data: bytes, filename: str = "") -> Kind:
    """Tell what a file is by its content. Raises UploadRefused for everything that is not taken.

    An extension from another family than the content (a .jpg that is a PDF) is refused; within one family (.jpg and
    PNG, .xls and xlsx) the content decides, because programs mislabel these every day.
    """
    check_size(data)
    extension = extension_of(filename)
    if extension in _ACTIVE:
        raise NotTaken("active_name", f"不接收 .{extension} 文件")
    kind = _by_content(data, extension)
    claimed = _FAMILY_OF.get(extension)
    if claimed and claimed != kind.family:
        raise UploadRefused(
            "lying_extension", f"文件名是 .{extension}，内容却是 {kind.extension.upper()}。请用原来的软件另存后再上传"
        )
    return kind


def _by_content(data: bytes, extension: str) -> Kind:
    if data.startswith(_PROGRAMS):
        raise NotTaken("program", "不接收程序文件")
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data[4:8] == b"ftyp":
        return _refuse_ftyp(data[8:12])
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:5] == b"%PDF-":
        return Kind.PDF
    if data.startswith(b"PK"):
        return _office_kind(data)
    if data.startswith(OLE_SIGNATURE):
        return _ole_kind(data)
    for signatures, code, message in _NOT_TAKEN:
        if data.startswith(signatures):
            raise NotTaken(code, message)
    decode_text(data)
    return Kind.CSV if extension in ("csv", "tsv") else Kind.TXT


def _refuse_ftyp(brand: bytes) -> Kind:
    if brand in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"heim", b"heis"):
        raise UploadRefused(
            "heic", "苹果手机的 HEIC 照片不接收。请在“设置—相机—格式”中选“兼容性最佳”，或先转成 JPG 再上传"
        )
    raise NotTaken("media", "音频和视频不接收")


def _office_kind(data: bytes) -> Kind:
    names = {name.lower() for name in open_zip(data).namelist()}
    if "[content_types].xml" in names:
        for start, kind in (("xl/", Kind.XLSX), ("word/", Kind.DOCX)):
            if any(name.startswith(start) for name in names):
                check_office(data)
                return kind
    if "ofd.xml" in names:
        check_office(data)
        return Kind.OFD
    if {"mimetype", "content.xml"} <= names:  # 永中、LibreOffice, which offices have instead
        raise NotTaken("opendocument", "OpenDocument 文件（.ods、.odt）不接收，请在原来的软件里另存为 .xlsx 或 .docx")
    raise NotTaken("archive", "压缩包请解压后逐个上传")


def _ole_kind(data: bytes) -> Kind:
    names = {name.upper() for name in ole_streams(data)}  # who opens the file asks for no case either
    if "ENCRYPTEDPACKAGE" in names:
        raise UploadRefused("encrypted", "文件设有密码，请取消密码后再上传")
    if names & {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "MACROS"}:
        raise UploadRefused("macros", "文件带有宏，不能接收。请另存为不带宏的 .xlsx 或 .docx 后再上传")
    if names & {"WORKBOOK", "BOOK"}:
        return Kind.XLS
    if "WORDDOCUMENT" in names:
        return Kind.DOC
    raise NotTaken("unknown", "认不出这是什么文件")


def decode_text(data: bytes) -> tuple[str, str]:
    """Return (text, encoding) of a plain text: byte order mark, else UTF-8, else GB18030.

    Raises UploadRefused for binary data and for markup (HTML, SVG, XML).
    """
    encodings = [name for mark, name in _BOMS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.search(text):
            break
        if _MARKUP.match(text.lstrip("\ufeff \t\r\n")) or _MARKUP.search(text[:2000]):
            raise NotTaken("markup", "网页或 SVG、XML 文件不接收，请另存为 Excel 表格或 PDF")
        return text, encoding
    raise NotTaken("unknown", "认不出这是什么文件")
