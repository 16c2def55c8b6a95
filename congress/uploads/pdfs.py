"""PDF files are looked through and kept byte for byte (a rewritten file would lose its electronic seal).

Runs in the sandbox.
"""

import io

import pikepdf

from .refusal import UploadRefused

MAX_OBJECTS = 300_000
MAX_DEPTH = 60
TRAILING = 1024  # bytes allowed behind the last %%EOF; scanners write a few

_ACTIONS = {
    "/JavaScript": ("script", "PDF 里带有脚本，不能接收。请用“打印为 PDF”重新生成后再上传"),
    "/Launch": ("launch", "PDF 会启动别的程序，不能接收。请用“打印为 PDF”重新生成后再上传"),
    "/ImportData": ("launch", "PDF 会读取别的文件，不能接收。请用“打印为 PDF”重新生成后再上传"),
    "/SubmitForm": ("submit", "PDF 会把内容发往网上，不能接收。请用“打印为 PDF”重新生成后再上传"),
}
_EMBEDDED = ("embedded", "PDF 里夹带了别的文件，不能接收。请把附件另行上传")


def inspect(data: bytes) -> tuple[dict, bytes]:
    """Return ({"pages"}, b""). Raises UploadRefused: encrypted, scripts, actions, embedded files, damaged, polyglot."""
    _check_frame(data)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise UploadRefused("encrypted", "PDF 设有密码或权限限制，请取消后再上传")
            for number, thing in enumerate(pdf.objects):
                if number > MAX_OBJECTS:
                    raise UploadRefused("too_complex", "PDF 太复杂，请拆分或用“打印为 PDF”重新生成后再上传")
                _walk(thing)
            _walk(pdf.trailer)
            return {"pages": len(pdf.pages)}, b""
    except pikepdf.PasswordError:
        raise UploadRefused("encrypted", "PDF 设有密码，请取消密码后再上传") from None
    except (pikepdf.PdfError, RecursionError, ValueError):
        raise UploadRefused("damaged", "PDF 已损坏，打不开。请重新生成后再上传") from None


def _check_frame(data: bytes) -> None:
    end = data.rfind(b"%%EOF")
    behind = data[end + 5 :].strip(b"\x00 \t\r\n") if end >= 0 else b""
    if end < 0 or len(behind) > TRAILING or b"PK\x05\x06" in behind or behind.startswith(b"PK"):
        raise UploadRefused("polyglot", "PDF 末尾不完整或夹带了别的内容，不能接收。请重新生成后再上传")


def _walk(thing: pikepdf.Object) -> None:
    """Look at one object and the objects written inside it; those it only refers to come in their own turn."""
    waiting = [(thing, 0)]
    while waiting:
        here, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise UploadRefused("too_complex", "PDF 太复杂，请用“打印为 PDF”重新生成后再上传")
        children = ()
        if isinstance(here, (pikepdf.Dictionary, pikepdf.Stream)):
            _check_dictionary(here)
            children = (here.get(key) for key in here.keys())  # noqa: SIM118 a pikepdf object is no mapping
        elif isinstance(here, pikepdf.Array):
            children = iter(here)
        for child in children:
            if isinstance(child, pikepdf.Object) and not child.is_indirect:
                waiting.append((child, depth + 1))


def _check_dictionary(entry: pikepdf.Object) -> None:
    action = str(entry.get("/S", "")) if isinstance(entry.get("/S"), pikepdf.Name) else ""
    if action in _ACTIONS:
        raise UploadRefused(*_ACTIONS[action])
    if "/JS" in entry:
        raise UploadRefused(*_ACTIONS["/JavaScript"])
    if "/EF" in entry or "/EmbeddedFiles" in entry or str(entry.get("/Type", "")) == "/EmbeddedFile":
        raise UploadRefused(*_EMBEDDED)
    if "/XFA" in entry or str(entry.get("/Subtype", "")) in ("/RichMedia", "/Movie", "/Screen", "/3D"):
        raise UploadRefused("active", "PDF 里有动态表单或多媒体，请用“打印为 PDF”重新生成后再上传")
