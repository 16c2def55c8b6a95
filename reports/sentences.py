"""What a report's structure is made of, and how it is told: parts with a heading, paragraphs, sentences with conditions.

A sentence stands when its conditions hold, every figure in it has something to tell (and to compare with, where it is held
against the year before) and every word of the year in it was entered: nobody writes "0件".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from congress.law.numerals import to_chinese
from reports import growth
from reports.conditions import Condition
from reports.placeholders import BESIDE, table, token
from reports.story import Story

INSERTS = ("不足", "上年安排落实情况", "明年事项", "未完成事项", "典型事例")
FIGURE = re.compile(r"\{\{\s*(?:figure\.)?([a-z_]+\.[a-z_]+)((?:\|\w+)?)\s*\}\}")
WORD = re.compile(r"(?<!\{)\{([^{}]*)\}(?!\})")
ENDS = "，；、：。"


def is_table(text: str) -> bool:
    """Whether a line is nothing but the columns of a table: it stands where its first column has something to tell."""
    return bool(table(_kept(text)))


def _kept(text: str) -> str:
    return FIGURE.sub(lambda match: token(match.group(1) + match.group(2)), text)


@dataclass(frozen=True)
class Line:
    """A sentence, or a piece of one, as it is written in line `at` of the structure."""

    at: int
    conditions: tuple[Condition, ...]
    text: str

    @property
    def keys(self) -> list[str]:
        """The figures its words use."""
        return [match.group(1) for match in FIGURE.finditer(self.text)]

    @property
    def beside(self) -> list[str]:
        """Those of them it holds against the year before."""
        return [match.group(1) for match in FIGURE.finditer(self.text) if match.group(2)[1:] in BESIDE]

    @property
    def words(self) -> list[str]:
        """The words of place and year it uses."""
        return [match.group(1) for match in WORD.finditer(self.text)]

    @property
    def insert(self) -> str:
        """What is put in the place of this line; empty for a sentence."""
        return self.text[1:-1] if self.text[1:-1] in INSERTS and self.text == f"{{{self.text[1:-1]}}}" else ""

    def stands(self, story: Story, ahead: bool) -> bool:
        """Whether it is told."""
        return (
            all(condition.holds(story) for condition in self.conditions)
            and all(story.value(key).told for key in (self.keys[:1] if is_table(self.text) else self.keys))
            and all(growth.by(story.value(key), story.before.get(key)) is not None for key in self.beside)
            and all(story.word(word, ahead) for word in self.words)
        )

    def told(self, story: Story, ahead: bool) -> str:
        """Its words, the figures as they are kept in a report's text."""
        return _kept(WORD.sub(lambda match: story.word(match.group(1), ahead), self.text))


@dataclass
class Paragraph:
    """Lines one after the other; numbered ones are 一是、二是."""

    numbered: bool = False
    conditions: tuple[Condition, ...] = ()
    lines: list[Line] = field(default_factory=list)

    def told(self, story: Story, ahead: bool) -> list[str]:
        """What it says: one text, none, or several where something of the township's own is put in."""
        if not all(condition.holds(story) for condition in self.conditions):
            return []
        if self.numbered and self.lines[0].insert:
            return [f"{text.rstrip(ENDS)}。" for text in story.inserts.get(self.lines[0].insert, ())]
        if self.numbered and not self.lines[0].stands(story, ahead):
            return []  # without the words it begins with, the rest says nothing
        said: list[str] = []
        for line in self.lines:
            if line.insert and all(condition.holds(story) for condition in line.conditions):
                said += story.inserts.get(line.insert, ())
            elif not line.insert and line.stands(story, ahead):
                said.append(line.told(story, ahead))
        text = joined(said)
        return [text] if text else []


@dataclass
class Part:
    """A heading with what stands under it; level 0 has none. What is `ahead` tells of the coming year."""

    level: int = 0
    heading: str = ""
    at: int = 0
    conditions: tuple[Condition, ...] = ()
    paragraphs: list[Paragraph] = field(default_factory=list)
    ahead: bool = False

    def told(self, story: Story) -> str:
        """Its text: each paragraph a line."""
        texts: list[str] = []
        run: list[str] = []
        for paragraph in self.paragraphs:
            said = paragraph.told(story, self.ahead)
            if paragraph.numbered:
                run += said
            else:
                texts += [*listed(run), *said]
                run = []
        return "\n".join([*texts, *listed(run)])


def joined(pieces: Iterable[str]) -> str:
    """Pieces of a paragraph as one text: where two marks meet the later one stands, the last one is a full stop."""
    text = ""
    for piece in pieces:
        if text and piece[:1] in tuple(ENDS):
            piece = piece[1:] if text[-1] == "。" else piece
            text = text[:-1] if text[-1] in ENDS and piece[:1] in tuple(ENDS) else text
        text += piece if text else piece.lstrip(ENDS)
    return text if not text or text[-1] not in ENDS or text[-1] == "。" else text[:-1] + "。"


def listed(parts: Sequence[str]) -> list[str]:
    """一是…二是…: each part with its number; a single one has none."""
    return list(parts) if len(parts) < 2 else [f"{to_chinese(at)}是{part}" for at, part in enumerate(parts, start=1)]


def lines_of(part: Part) -> Iterator[tuple[tuple[Condition, ...], Line]]:
    """Every line of a part with all the conditions under which it stands."""
    for paragraph in part.paragraphs:
        for line in paragraph.lines:
            yield (*part.conditions, *paragraph.conditions, *line.conditions), line
