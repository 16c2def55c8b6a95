"""What an official text consists of: title, paragraphs, numbered headings, signature, imprint, table.

Blocks are plain values. ``blocks_from_text`` reads them from text as people type it, by the marks the standard itself
uses (7.3.3: 一、 （一） 1. （1）).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .flow import title_lines
from .fonts import Typeface

LEAD = 40  # characters up to which a numbered line or first sentence is a heading and not a paragraph
DATE = re.compile(r"\d{4}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日")
LEVELS = (
    re.compile(r"[一二三四五六七八九十百]+、"),
    re.compile(r"（[一二三四五六七八九十百]+）"),
    re.compile(r"\d{1,2}\.(?!\d)"),
    re.compile(r"（\d{1,2}）"),
)
HEADING_FACE = (Typeface.HEITI, Typeface.KAITI, Typeface.FANGSONG, Typeface.FANGSONG)  # 7.3.3, none of them bold


@dataclass(frozen=True)
class Run:
    """A stretch of text in one typeface. ``name``: a personal name, set whole in one font."""

    text: str
    typeface: Typeface = Typeface.FANGSONG
    name: bool = False


def name_runs(text: str, names: Sequence[str]) -> tuple[Run, ...]:
    """Cut a text at the personal names it contains, longest name first, so that each is set whole."""
    if not names:
        return (Run(text),)
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    parts = re.split(f"({pattern})", text)
    return tuple(Run(part, name=at % 2 == 1) for at, part in enumerate(parts) if part)


def typed_lines(words: str) -> list[str]:
    """What was typed, line by line, without blanks that nobody means; an empty line is none."""
    return [line for each in words.splitlines() if (line := " ".join(each.split()))]


def _trimmed(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Without the blanks somebody began or ended the line with: the indent of a paragraph is the form's."""
    told = [run for run in runs if run.text.strip()]
    if told:
        told[0] = replace(told[0], text=told[0].text.lstrip())
        told[-1] = replace(told[-1], text=told[-1].text.rstrip())
    return tuple(told)


@dataclass(frozen=True)
class Masthead:
    """版头 (7.2): issuing mark in red, number 〔2023〕3号, signers for a document that goes up, and the red rule."""

    mark: str
    number: str = ""
    signers: tuple[str, ...] = ()
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""


@dataclass(frozen=True)
class Title:
    """Title lines, broken where the sense pauses (7.3.1)."""

    lines: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Title:
        """Break a title at its newlines, else by balance."""
        return cls(tuple(title_lines(text)))


@dataclass(frozen=True)
class Subtitle:
    """Lines under a title that say when and where a report is given, and by whom: 3号楷体, centred."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """Running text, first line indented two characters."""

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, text: str, names: Sequence[str] = ()) -> Paragraph:
        """仿宋; the given personal names become runs of their own."""
        return cls(name_runs(text, names))

    @property
    def lines(self) -> tuple[tuple[Run, ...], ...]:
        """Its runs where whoever typed it began a new line: each of these is a paragraph of its own."""
        parts: list[list[Run]] = [[]]
        for run in self.runs:
            first, *others = run.text.split("\n")
            parts[-1].append(replace(run, text=first))
            parts += [[replace(run, text=other)] for other in others]
        told = (_trimmed(part) for part in parts) if len(parts) > 1 else (self.runs,)
        return tuple(part for part in told if part)


@dataclass(frozen=True)
class Heading:
    """A numbered heading of level 1-4; ``run_in`` is the paragraph that follows it on the same line, ``names`` the
    personal names in that paragraph."""

    level: int
    text: str
    run_in: str = ""
    names: tuple[str, ...] = ()

    @property
    def runs(self) -> tuple[Run, ...]:
        """Heading in the typeface of its level, the rest in 仿宋."""
        head = Run(self.text, HEADING_FACE[self.level - 1])
        return (head, *name_runs(self.run_in, self.names)) if self.run_in else (head,)


@dataclass(frozen=True)
class Addressee:
    """主送机关 (7.3.2), with the full-width colon."""

    text: str


@dataclass(frozen=True)
class Signature:
    """署名 and 成文日期 (7.3.5). ``sealed`` leaves the room a seal needs; a seal is never drawn."""

    office: str
    date: str
    sealed: bool = False


@dataclass(frozen=True)
class Attachments:
    """附件说明 (7.3.4): the names of what is attached, without marks at their ends."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class AttachmentHead:
    """The head of an attached part: new page, 附件1 in 黑体 on line 1, title on line 3 (7.3.7)."""

    label: str
    title: str = ""


@dataclass(frozen=True)
class Note:
    """附注 (7.3.6), in round brackets, indented two characters."""

    text: str


@dataclass(frozen=True)
class Imprint:
    """版记 (7.4): copies to, issuing office, date of issue; stands at the foot of the last page."""

    office: str
    date: str
    copies: str = ""


@dataclass(frozen=True)
class Names:
    """Personal names in columns, in their order, line by line; each entry is (name, what stands behind it or nothing)."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Blank:
    """Empty lines."""

    lines: int = 1


@dataclass(frozen=True)
class Code:
    """A code for a phone's camera at the right edge beside the two short lines that follow: what ``text`` leads to."""

    text: str


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page: another paper of the same file."""


@dataclass(frozen=True)
class Column:
    """A table column. ``width`` is relative: widths are scaled to the measure. ``name``: personal names."""

    label: str
    width: float = 1.0
    align: str = "center"
    name: bool = False


@dataclass(frozen=True)
class Table:
    """A ruled table inside a text; ``landscape`` puts it on turned pages of its own (clause 8)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    landscape: bool = False


@dataclass(frozen=True)
class Chart:
    """A picture of a few numbers, each written at it: bars over or beside words, or a line over years. A file for a word processor has the
    table behind it."""

    caption: str
    rows: tuple[tuple[str, float], ...]
    kind: str = "bars"

    @property
    def table(self) -> Table:
        """The numbers as a table: words above, values below."""
        columns = tuple(Column(word) for word, _ in self.rows)
        return Table(columns, (tuple(f"{value:g}" for _, value in self.rows),), self.caption)


@dataclass(frozen=True)
class TableDoc:
    """A document that is one table: roster, tally, overview. ``foot`` = left and right text under the table."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    foot: tuple[str, str] = ("", "")
    landscape: bool = True
    size: float = 12.0


Block = (
    Masthead
    | Title
    | Subtitle
    | Paragraph
    | Heading
    | Addressee
    | Signature
    | Attachments
    | AttachmentHead
    | Note
    | Imprint
    | Names
    | Blank
    | Code
    | NewPage
    | Table
    | Chart
)


def heading(line: str, names: Sequence[str] = ()) -> Heading | None:
    """Read a numbered heading, or None when the line is none.

    The heading ends at its first full stop; what follows runs in. Levels 1 and 2 whose first sentence is longer than a
    heading can be are numbered paragraphs (as in resolutions) and keep the body face.
    """
    for level, mark in enumerate(LEVELS, start=1):
        if not mark.match(line):
            continue
        lead, stop, rest = line.partition("。")
        if len(lead) > LEAD:
            return None
        return Heading(level, lead + stop, rest, tuple(names)) if rest else Heading(level, line)
    return None


def _ending(lines: list[str]) -> tuple[list[str], list[Block]]:
    """Take 落款 and 附注 off the end: a date alone on its line, the office above it, a bracketed note below."""
    blocks: list[Block] = []
    if lines and re.fullmatch(r"（[^（）]+）", lines[-1]):
        blocks.append(Note(lines[-1][1:-1]))
        rest = lines[:-1]
    else:
        rest = lines
    if len(rest) >= 2 and DATE.fullmatch(rest[-1]) and len(rest[-2]) <= 28 and rest[-2][-1] not in "。：；，":
        return rest[:-2], [Signature(rest[-2], rest[-1]), *blocks]
    return lines, []


def _attachments(lines: list[str], at: int) -> tuple[Attachments, int]:
    names = [re.sub(r"^\d+\.", "", lines[at].removeprefix("附件：").strip())]
    at += 1
    while at < len(lines) and re.match(r"\d+\.\S", lines[at]) and len(lines[at]) <= 60 and lines[at][-1] != "。":
        names.append(re.sub(r"^\d+\.", "", lines[at]))
        at += 1
    return Attachments(tuple(names)), at


def blocks_from_text(text: str, title: str = "", sealed: bool = False, names: Sequence[str] = ()) -> list[Block]:
    """Read cleaned plain text, one paragraph a line, into blocks.

    ``title`` may hold newlines where its lines shall break. ``sealed`` leaves room for a seal above the signature.
    ``names`` are personal names to be set each in one font wherever they occur in running text.
    """
    lines = [line for raw in text.split("\n") if (line := raw.strip(" \t\u3000\xa0"))]
    blocks: list[Block] = [Title.of(title)] if title else []
    lines, ending = _ending(lines)
    at = 0
    if lines and lines[0].endswith("：") and len(lines[0]) <= 80 and "。" not in lines[0]:
        blocks.append(Addressee(lines[0]))
        at = 1
    while at < len(lines):
        if lines[at].startswith("附件：") and len(lines[at]) > 3:
            attached, at = _attachments(lines, at)
            blocks.append(attached)
            continue
        blocks.append(heading(lines[at], names) or Paragraph.of(lines[at], names))
        at += 1
    for block in ending:
        blocks.append(Signature(block.office, block.date, sealed) if isinstance(block, Signature) else block)
    return blocks


def _lines(block: Block) -> list[str]:
    """The words of one block, one paragraph a line."""
    match block:
        case Title(parts):
            return ["".join(parts)]
        case Subtitle(parts) | Attachments(parts):
            return list(parts)
        case Paragraph():
            return ["".join(run.text for run in runs) for runs in block.lines]
        case Heading():
            return [block.text + block.run_in]
        case Addressee(words) | Note(words):
            return [words]
        case Signature(first, second) | AttachmentHead(first, second):
            return [first, second]
        case Masthead():
            return [block.mark, block.number]
        case Imprint():
            return [block.copies, block.office, block.date]
        case Names(entries):
            return ["　".join(name + behind for name, behind in entries)]
        case Chart():
            return [block.caption, *_lines(block.table)]
        case Table():
            return ["\t".join(c.label for c in block.columns), *("\t".join(row) for row in block.rows)]
    return []


def plain_text(blocks: Sequence[Block]) -> str:
    """The words of the blocks, one paragraph a line: for search, comparison and tests."""
    return "\n".join(line for block in blocks for line in _lines(block) if line)
