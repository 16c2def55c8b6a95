"""What a paper for everybody must not say: words put in place of others, and the proof that the others stand nowhere in the files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import pikepdf
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTContainer, LTTextContainer

from congress.names.characters import standard

APART = "\x01"  # between texts that do not follow one another
AROUND = 6  # characters before and behind that tell where something stands
_NUMBERS = (  # before a number there is no other digit; 万 in a name is none
    (r"(?<![\d.,])", re.compile(r"\d")),
    (r"(?<![零一二三四五六七八九十百千万])", re.compile("[零一二三四五六七八九十百]+[件次条人名个项户场期批篇类]")),
)
_BREAKS = re.compile(r"\s+")


def replaced(content: Any, words: Mapping[str, str]) -> Any:
    """JSON-able values with every text changed, the longest words first, so that a name within another is not cut."""
    if isinstance(content, str):
        for old in sorted(words, key=len, reverse=True):
            content = content.replace(old, words[old])
        return content
    if isinstance(content, Mapping):
        return {key: replaced(value, words) for key, value in content.items()}
    if isinstance(content, Sequence):
        return [replaced(value, words) for value in content]
    return content


def bare(text: str) -> str:
    """A text without what may part its characters on paper: spaces of any width, ends of lines."""
    return _BREAKS.sub("", standard(text).replace("\u3000", ""))


def place_of(needle: str, said: str) -> int:
    """Where a word stands in a bare text, -1 where it does not: 3名 is no part of 13名, nor 三名 of 十三名."""
    apart = next((before for before, kind in _NUMBERS if kind.match(needle)), "")
    found = re.search(apart + re.escape(needle), said) if needle else None
    return found.start() if found else -1


def _found(text: str, hidden: Sequence[str], place: str) -> Iterator[str]:
    said = bare(text)
    for word in hidden:
        needle = bare(word)
        at = place_of(needle, said)
        if at >= 0:
            before, behind = said[:at].rpartition(APART)[2], said[at + len(needle) :].partition(APART)[0]
            yield f"{place}“{before[-AROUND:]}{needle}{behind[:AROUND]}”"


def _texts(layout: LTContainer) -> Iterator[str]:
    for part in layout:
        if isinstance(part, LTTextContainer):
            yield part.get_text()
        elif isinstance(part, LTContainer):
            yield from _texts(part)


def _strings(value: Any, seen: set[tuple[int, int]]) -> Iterator[str]:
    """Every text string below an object of a PDF: titles of bookmarks, names and words of attachments, alternative texts."""
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        if value.objgen in seen:
            return
        seen.add(value.objgen)
    if isinstance(value, pikepdf.String):
        yield str(value)
    elif isinstance(value, pikepdf.Array):
        for one in value:
            yield from _strings(one, seen)
    elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        for _, one in value.items():
            yield from _strings(one, seen)


def _of_pdf(pdf: bytes, hidden: Sequence[str]) -> Iterator[str]:
    for number, page in enumerate(extract_pages(io.BytesIO(pdf)), start=1):
        yield from _found("".join(_texts(page)), hidden, f"第{number}页")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        about = APART.join(str(value) for value in opened.docinfo.values())
        about += (
            bytes(opened.Root.Metadata.read_bytes()).decode("utf-8", "replace") if "/Metadata" in opened.Root else ""
        )
        yield from _found(about, hidden, "文件属性")
        labels: list[str] = []
        with opened.open_outline() as outline:
            todo = list(outline.root)
            while todo:
                item = todo.pop()
                labels.append(str(item.title))
                todo += item.children
        yield from _found(APART.join(labels), hidden, "书签")
        yield from _found(APART.join(_strings(opened.Root, set())), hidden, "文件结构")
        for name, attached in opened.attachments.items():
            inside = bytes(attached.get_file().read_bytes()).decode("utf-8", "replace")
            yield from _found(name + inside, hidden, "附带的文件")


def _of_word(word: bytes, hidden: Sequence[str]) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(word)) as opened:
        for name in opened.namelist():
            if name.endswith((".xml", ".rels")):
                root = ElementTree.fromstring(opened.read(name))  # noqa: S314  a file we have just made
                said = (
                    "".join(root.itertext())
                    + APART
                    + APART.join(value for one in root.iter() for value in one.attrib.values())
                )
                yield from _found(said, hidden, "Word 编辑稿")


def remains(hidden: Sequence[str], pdf: bytes, word: bytes | None = None) -> list[str]:
    """Where words that must not be read still stand, in the pages, in what the file says of itself, in its outline and
    attachments, and in the file for a word processor; characters parted by spaces or a line's end are the same words."""
    if not hidden:
        return []
    return list(dict.fromkeys([*_of_pdf(pdf, hidden), *(_of_word(word, hidden) if word else ())]))
