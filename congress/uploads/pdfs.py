"""PDF files are looked through and kept byte for byte (a rewritten file would lose its electronic seal).

Runs in the sandbox.
"""

import io
import re

import pikepdf

from .refusal import UploadRefused

MAX_OBJECTS = 300_000
MAX_DEPTH = 60
TRAILING = 1024  # bytes allowed behind the last %%EOF; scanners write a few

# Where an action may stand, and what it may do: go to another page. A link may open a web page when it is clicked;
# what happens by itself when the file is opened may not even do that.
_PLACES, _BY_ITSELF = ("/A", "/PA", "/Next", "/OpenAction", "/AA"), ("/OpenAction", "/AA")
_GOING = ("/GoTo", "/Named")
_WEB = re.compile(r"(?:https?|mailto|tel):|[^:\\]*$", re.IGNORECASE)
_OUTSIDE = ("outside", "PDF 会打开别的文件或网址，不能接收。请用“打印为 PDF”重新生成后再上传")
_ACTIONS = {
    "/JavaScript": ("script", "PDF 里带有脚本，不能接收。请用“打印为 PDF”重新生成后再上传"),
    "/Launch": ("launch", "PDF 会启动别的程序，不能接收。请用“打印为 PDF”重新生成后再上传"),
    "/ImportData": ("launch", "PDF 会读取别的文件，不能接收。请用“打印为 PDF”重新生成后再上传"),
    "/SubmitForm": ("submit", "PDF 会把内容发往网上，不能接收。请用“打印为 PDF”重新生成后再上传"),
}
_ACTIONS |= dict.fromkeys(("/GoToR", "/GoToE", "/GoTo3DView", "/Rendition", "/RichMediaExecute"), _OUTSIDE)
_EMBEDDED = ("embedded", "PDF 里夹带了别的文件，不能接收。请把附件另行上传")


def _warm_up() -> None:
    """Let qpdf open its source of random numbers, which encrypted files ask for: in the sandbox nothing is opened later."""
    with pikepdf.new() as pdf:
        pdf.save(io.BytesIO(), encryption=pikepdf.Encryption(owner="a", user="b"))


_warm_up()


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
    _check_places(entry)
    if isinstance(entry, pikepdf.Stream) and "/F" in entry:  # its content is another file
        raise UploadRefused(*_OUTSIDE)
    if "/JS" in entry:
        raise UploadRefused(*_ACTIONS["/JavaScript"])
    if "/EF" in entry or "/EmbeddedFiles" in entry or str(entry.get("/Type", "")) == "/EmbeddedFile":
        raise UploadRefused(*_EMBEDDED)
    if "/XFA" in entry or str(entry.get("/Subtype", "")) in ("/RichMedia", "/Movie", "/Screen", "/3D"):
        raise UploadRefused("active", "PDF 里有动态表单或多媒体，请用“打印为 PDF”重新生成后再上传")


def _check_places(entry: pikepdf.Object) -> None:
    """Refuse every action that is not on the list, wherever one may stand."""
    for place in _PLACES:
        for action in _actions_at(entry, place):
            kind = str(action.get("/S", ""))
            opens_web = kind == "/URI" and place not in _BY_ITSELF and _WEB.match(str(action.get("/URI", "")))
            if kind not in _GOING and not opens_web:
                raise UploadRefused(*_ACTIONS.get(kind, _OUTSIDE))


def _actions_at(entry: pikepdf.Object, place: str) -> list[pikepdf.Object]:
    """The actions under a key; a place to go to is no action, nor are the attributes of a tag, which share the key."""
    value = entry.get(place)
    if place == "/AA" and isinstance(value, pikepdf.Dictionary):
        found = [value.get(key) for key in value.keys()]  # noqa: SIM118 a pikepdf object is no mapping
    else:
        found = list(value) if isinstance(value, pikepdf.Array) else [value]
    return [one for one in found if isinstance(one, pikepdf.Dictionary) and isinstance(one.get("/S"), pikepdf.Name)]
