"""A Word file that went out for a last touch and comes back: which sections somebody changed in it, against which text.

Each section is known by its bookmark (`anchor`), which tells the version it went out in and a digest of its words, so that what
nobody touched outside is no change, whatever became of the section here meanwhile. Pure; the sections are handed in.
"""

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from congress.documents.cleaning import clean
from congress.documents.masking import bare
from congress.documents.word_file import WordFile
from reports import placeholders

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ANCHOR = re.compile("_([0-9a-z]{25})v([0-9]{1,4})x([0-9a-f]{8})")
_NUMBER = re.compile("[一二三四五六七八九十百]+、|（[一二三四五六七八九十百]+）|[0-9]{1,3}[.．]")
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?[%％]?|.", re.S)
_COUNTED = re.compile("[0-9.,%％余一二三四五六七八九十百千万两]+")


CHART = "_chart"  # the bookmark of a caption (`documents/word.py`)


def picture(caption: str) -> str:
    """What stands for a chart where only words are compared."""
    return f"〔图：{caption.strip()}〕"


class NotOurs(ValueError):
    """A Word file without a section of the report. ``args`` say so."""


def digest(lines: Iterable[str]) -> str:
    """What tells whether somebody touched the words of a section: spaces do not count."""
    return hashlib.sha256("\n".join(map(bare, lines)).encode()).hexdigest()[:8]


def anchor(pk: uuid.UUID, version: int, lines: Iterable[str]) -> str:
    """The bookmark of a section: at most forty characters, which is what Word takes."""
    number, written = pk.int, ""
    for _ in range(25):
        number, digit = divmod(number, len(DIGITS))
        written = DIGITS[digit] + written
    return f"_{written}v{version}x{digest(lines)}"


@dataclass(frozen=True)
class Back:
    """A section as it stands in the file that came back."""

    pk: uuid.UUID
    version: int
    lines: tuple[str, ...]
    touched: bool


def read(data: bytes) -> list[Back]:
    """The sections in a file. Raises NotWord for bytes that are no docx, NotOurs for one that holds no section."""
    found: list[tuple[re.Match, list[str]]] = []
    for told in WordFile(data).paragraphs():
        marks = [match for mark in told.marks if (match := _ANCHOR.fullmatch(mark))]
        if marks:
            found.append((marks[0], []))
        if found and told.text.strip() and not told.in_table:
            drawn = any(mark.startswith(CHART) for mark in told.marks)
            found[-1][1].append(picture(told.text) if drawn else told.text.strip())
    if not found:
        raise NotOurs(
            "这个文件里没有本报告的段落。请用从这里下载的“Word 编辑稿”修改，修改后直接保存，不要把文字复制到另一个文件。"
        )
    return [
        Back(uuid.UUID(int=int(mark[1], 36) % 2**128), int(mark[2]), tuple(lines), digest(lines) != mark[3])
        for mark, lines in found
    ]


def parted(level: int, heading: str, lines: Sequence[str]) -> tuple[str, list[str]]:
    """(heading without its number, paragraphs) of a section's lines; the paragraph of a third level runs in behind its heading."""
    if not level or not lines:
        return "", list(lines)
    first = _NUMBER.sub("", lines[0], count=1)
    if level < 3:
        return first, list(lines[1:])
    if heading and first.startswith(heading):
        head, rest = heading, first[len(heading) :]
    else:
        stop = first.find("。") + 1 or len(first)
        head, rest = first[:stop], first[stop:]
    return head, [line for line in (rest.strip(), *lines[1:]) if line]


@dataclass(frozen=True)
class Typed:
    """A figure that does not stand in the file as it went out: its key, how it read, and what stands in its place."""

    key: str
    before: str
    now: str
    kept: bool  # only its number was typed over: the figure stays


def _filled(text: str, shown: Mapping[str, str]) -> tuple[str, list[tuple[int, int, placeholders.Piece]]]:
    """A section's text as it went out, and where its figures stand in it."""
    whole, spans = "", []
    for line in placeholders.paragraphs(text):
        whole += "\n" if whole else ""
        for piece in placeholders.pieces(line):
            said = clean(shown[piece.name])[0] if piece.key else piece.text
            if piece.key:
                spans.append((len(whole), len(whole) + len(said), piece))
            whole += said
    return whole, spans


def restored(text: str, shown: Mapping[str, str], returned: str) -> tuple[str, list[Typed]]:
    """The text that came back with the figures in their places again, and the figures that were typed over or are gone.

    A figure of which nothing but its number was changed stays a figure: its number comes from the records.
    """
    whole, spans = _filled(text, shown)
    old, new = _TOKEN.findall(whole), _TOKEN.findall(returned)
    starts_old, starts_new = _starts(old), _starts(new)
    same: dict[int, int] = {}
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        same |= {block.a + at: block.b + at for at in range(block.size)}
    puts, typed = [], []
    for start, end, piece in spans:
        tokens = [at for at in range(len(old)) if starts_old[at] < end and starts_old[at + 1] > start]
        first = max((same[at] for at in same if at < tokens[0]), default=-1) + 1
        last = min((same[at] for at in same if at > tokens[-1]), default=len(new))
        at = [same.get(one) for one in tokens]
        if None not in at and at == list(range(at[0], at[0] + len(at))):
            puts.append((starts_new[at[0]], starts_new[at[-1] + 1], piece.text))
            continue
        now = returned[starts_new[first] : starts_new[last]] if first <= last else ""
        kept = bool(_COUNTED.fullmatch(now))
        if kept:
            puts.append((starts_new[first], starts_new[last], piece.text))
        typed.append(Typed(piece.key, whole[start:end], now, kept))
    for start, end, token in sorted(puts, reverse=True):
        returned = returned[:start] + token + returned[end:]
    return returned, typed


def _starts(tokens: Sequence[str]) -> list[int]:
    """Where each token begins, and where the last one ends."""
    found = [0]
    for token in tokens:
        found.append(found[-1] + len(token))
    return found
