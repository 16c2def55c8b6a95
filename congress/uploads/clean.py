"""The one door for attachments: told by content, checked, pictures re-encoded, given a safe name."""

import hashlib
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from . import sandbox
from .kinds import Kind, NotTaken, decode_text, sniff
from .refusal import UploadRefused

NAME_LENGTH = 80
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_DEVICES = frozenset(["CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))])


@dataclass(frozen=True)
class CleanFile:
    """A file as it may be stored: never the name it came with as a path, never a picture's metadata."""

    content: bytes
    content_type: str
    extension: str
    display_name: str
    sha256: str

    @property
    def size(self) -> int:
        """Size in bytes."""
        return len(self.content)


def clean_upload(data: bytes, filename: str, allowed: frozenset[Kind] | None = None) -> CleanFile:
    """Return the checked file; `allowed` narrows the kinds (a photograph field takes pictures only).

    Raises UploadRefused with a plain sentence. Pictures come back smaller and without metadata; other files come back
    byte for byte, so that signatures and seals hold.
    """
    wanted = "这里只接收 " + "、".join(sorted(one.extension.upper() for one in allowed or ()))
    try:
        kind = sniff(data, filename)
    except NotTaken as refused:
        if allowed is None:
            raise
        raise UploadRefused(refused.code, f"{refused.reason}。{wanted}") from None
    if allowed is not None and kind not in allowed:
        raise UploadRefused("kind_not_allowed", f"{wanted}，选的文件是 {kind.extension.upper()}")
    content, content_type = data, kind.content_type
    if kind.family in ("image", "pdf") and zipfile.is_zipfile(io.BytesIO(data)):
        raise UploadRefused("polyglot", "文件里夹带了压缩包，不能接收。请重新保存后再上传")
    if kind.family == "image":
        _, content = sandbox.run("image", data, extension=kind.extension)
    elif kind is Kind.PDF:
        sandbox.run("pdf", data)
    elif kind.family == "text":
        encoding = decode_text(data)[1]
        content_type += f"; charset={'utf-8' if encoding == 'utf-8-sig' else encoding}"
    digest = hashlib.sha256(content).hexdigest()
    return CleanFile(content, content_type, kind.extension, display_name(filename, kind.extension), digest)


def display_name(filename: str, extension: str) -> str:
    """Return a name safe to show and to offer for saving, with the extension of the content.

    Folders, control and direction-turning characters and names of devices are gone; at most 80 characters.
    """
    base = PurePosixPath(filename.replace("\\", "/")).name
    stem = base.rsplit(".", 1)[0] if "." in base.strip(".") else base
    plain = unicodedata.normalize("NFC", stem)
    plain = "".join(char for char in plain if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
    plain = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", plain)).strip(" ._")
    if not plain or plain.upper() in _DEVICES:
        plain = "附件"
    return f"{plain[:NAME_LENGTH].rstrip(' ._')}.{extension}"
