"""What the parts of an Office file say, read as XML: text that looks harmless may be spelled another way.

Declarations (and with them entities of the file's own) are refused before anything here is called.
"""

import re
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from .refusal import UploadRefused

_FORMULAS = ("f", "formula", "formula1", "formula2", "definedName")
_QUOTED = re.compile(r'"[^"]*"')
_DDE = re.compile(r"\w\s*\|")  # program|topic!item: outside quotation marks a formula has no other use for the bar
_BAR = re.compile(rb"\||&\0?#")
# What a part is says whoever refers to it; its name may be any.
_KINDS = dict.fromkeys(
    ("vbaproject", "xlmacrosheet", "xlintlmacrosheet"),
    ("macros", "文件带有宏，不能接收。请另存为不带宏的 .xlsx 或 .docx 后再上传"),
) | dict.fromkeys(
    ("oleobject", "package", "control", "activexcontrolbinary", "ctrlprop", "afchunk"),
    ("embedded", "文件里嵌入了别的文件或控件，请删去后再上传"),
)
_DAMAGED = UploadRefused("damaged", "文件已损坏，打不开。请在 WPS 或 Excel 中重新保存后再上传")


def check_relationships(text: bytes) -> None:
    """Refuse references to outside files, and to macros and embedded files; plain hyperlinks are only text until somebody
    clicks them."""
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 -- without declarations there is nothing to blow up
    except (ElementTree.ParseError, ValueError, LookupError):
        raise _DAMAGED from None
    for entry in root.iter():
        said = {_local(name).lower(): value.strip() for name, value in entry.attrib.items()}
        kind = said.get("type", "").lower().rpartition("/")[2]
        if kind in _KINDS:
            raise UploadRefused(*_KINDS[kind])
        if said.get("targetmode", "").lower() == "external" and kind != "hyperlink":
            raise UploadRefused("external_links", "文件引用了外部的文件或网址。请断开链接、把图片直接插入后再上传")


def may_hold_formulas(name: str) -> bool:
    """Whether formulas can stand in a part of this (lower-case) name."""
    return name.startswith(("xl/worksheets/", "xl/macrosheets/", "xl/chartsheets/")) or name == "xl/workbook.xml"


def may_hold_dde(chunk: bytes) -> bool:
    """Whether it is worth the time to read the part that holds these bytes: a bar, however spelled."""
    return _BAR.search(chunk) is not None


def check_formulas(stream: IO[bytes]) -> None:
    """Refuse formulas that start a program when the file is opened (DDE: =cmd|'/c calc'!A1)."""
    try:
        for text in _formulas(stream):
            if _DDE.search(_QUOTED.sub("", text)):
                raise UploadRefused("dde", "表格里的公式会启动别的程序，不能接收。请把公式粘贴为数值后再上传")
    except (ElementTree.ParseError, ValueError, LookupError):
        raise _DAMAGED from None


def _formulas(stream: IO[bytes]) -> Iterator[str]:
    for _, element in ElementTree.iterparse(stream):  # noqa: S314 -- as above
        if _local(element.tag) in _FORMULAS:
            yield element.text or ""
        element.clear()


def _local(name: str) -> str:
    return name.rpartition("}")[2]
