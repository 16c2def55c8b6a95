"""What a column of a table is: said once by the importing app, used by reading, checking, templates and exports."""

import functools
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = ("text", "name", "integer", "decimal", "date", "month", "birth", "phone", "id_number", "choice", "yes_no")
_DAY_WORD = re.compile("(?:日期|时间|日)$")
DATED = ("date", "month", "birth")
_OF_DAY = (("年", "年份"), ("月", "月份"), ("日",))  # columns that a day is divided into
_DAY_STEM = re.compile("(?:年月日?|日期|时间|日)$")
_WHETHER = re.compile("^是否(?:为|是)?")
_MOST_OPTIONS = 20  # of a longer list nobody makes columns to tick

_PUNCTUATION = re.compile(r"[\s·.。，,、:：*＊（）()\[\]【】“”\"']+")


def plain(text: str) -> str:
    """Return a heading or a choice as it is compared: without blanks, punctuation, width and case."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text)).casefold()


@dataclass(frozen=True)
class Column:
    """One column. `label` heads it in templates and exports; `synonyms` are other headings that mean the same.

    `check` takes the parsed value and returns it, changed or not, or raises cells.CellProblem. `choices` is
    {value: (synonym, …)} or a list of values; `coarse` gives the value for words that say more than any choice
    (共青团员 → 群众), which the preview tells. `parts` are headings of columns that make this one together, in the order
    they are joined (工作单位 + 职务), with `glue` between. `spread` takes the cell and gives cells for other columns it
    speaks of too (马力（女，回族）). A required column that is `titled` may be said by the title of a group
    instead. A column that is not `offered` is read where a file has it and left out of our own templates.
    Of several columns headed as one that is `either` the first filled one counts, in the order of the headings (死亡日期, 注销日期).
    A column that is `crossed` with a choice may stand under the options of that, several of it in a cell (主持人 | 监票人, names below).
    A choice that is not `bare` is ticked only under its own heading: another column has the same words.
    A line break in a cell of a `wrapped` column is the cell's width and no part of the text. `personal` keeps the
    cell's text out of messages. A whole number is not below `least` (0 or 1). `width` is in characters.
    """

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    kind: str = "text"
    check: Callable[[Any], Any] | None = None
    personal: bool = False
    choices: Mapping[str, Sequence[str]] | Sequence[str] = ()
    coarse: Callable[[str], str | None] | None = None
    parts: tuple[tuple[str, ...], ...] = ()
    glue: str = ""
    titled: bool = False
    bare: bool = True
    either: bool = False
    crossed: str = ""
    offered: bool = True
    wrapped: bool = False
    least: int | None = None
    spread: Callable[[str], Mapping[str, str]] | None = None
    max_length: int = 200
    width: int = 14
    example: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind {self.kind!r}")
        if self.kind == "choice" and not self.choices:
            raise ValueError(f"column {self.key} has no choices")

    @functools.cached_property
    def spellings(self) -> dict[str, str]:
        """{way of writing: value} of a choice."""
        choices = self.choices if isinstance(self.choices, Mapping) else dict.fromkeys(self.choices, ())
        synonyms = {plain(synonym): value for value, others in choices.items() for synonym in others}
        return synonyms | {plain(value): value for value in choices}

    def chosen(self, text: str) -> tuple[str | None, bool]:
        """The value that a word means, None for none, and whether the word says more than the value."""
        value = self.spellings.get(plain(text))
        if value is not None or self.coarse is None:
            return value, False
        value = self.coarse(text)
        return value, value is not None

    @functools.cached_property
    def headings(self) -> tuple[str, ...]:
        """The headings this column answers to, its own label first."""
        said = dict.fromkeys(map(plain, (self.label, *self.synonyms)))
        if self.kind in DATED:  # 反馈日期, 反馈时间, 反馈日 are one
            stems = [_DAY_WORD.sub("", heading) for heading in said if _DAY_WORD.search(heading)]
            said |= dict.fromkeys(f"{stem}{word}" for stem in stems if len(stem) > 1 for word in ("日期", "时间", "日"))
        return tuple(said)

    @functools.cached_property
    def part_of(self) -> dict[str, int]:
        """{heading of a part: its place among the parts}: as said, 年, 月 and 日 of a day, what can be ticked of a choice."""
        parts = {plain(heading): place for place, part in enumerate(self.parts) for heading in part}
        if self.kind in DATED:
            stems = dict.fromkeys((*self.headings, *(_DAY_STEM.sub("", heading) for heading in self.headings)))
            words = [(place, word) for place, words in enumerate(_OF_DAY) for word in words]
            parts |= {f"{stem}{word}": place for stem in stems if stem for place, word in words}
        return parts | {heading: self.values.index(value) for heading, value in self.option_of.items()}

    @functools.cached_property
    def option_of(self) -> dict[str, str]:
        """{heading of a column to tick: what a tick in it says}: 性别男 → 男."""
        words = self.spellings or {plain(value): value for value in self.values}
        if len(self.values) > _MOST_OPTIONS:
            return {}
        return {f"{head}{word}": value for head in self.headings for word, value in words.items()}

    def option(self, heading: str) -> str | None:
        """What a tick under a heading says, None where it is none of our choices: 男, 是否党员 → 党员."""
        if heading in self.option_of or self.kind != "choice":
            return self.option_of.get(heading)
        word = _WHETHER.sub("", heading)
        known = (
            heading not in self.headings
            and len(self.values) <= _MOST_OPTIONS
            and not word.isdecimal()
            and self.chosen(word)[0] is not None
        )
        return word if known else None

    def part(self, heading: str) -> int | None:
        """The place among the parts of a heading that was given to this column, None for one that heads the whole."""
        if heading in self.part_of or self.kind not in DATED:
            return self.part_of.get(heading)
        return next((place for place, words in enumerate(_OF_DAY) if heading in words), None)

    def is_part(self, heading: str) -> bool:
        """Whether a heading is of a part, or of what can be ticked."""
        return self.part(heading) is not None or self.option(heading) is not None

    @property
    def values(self) -> list[str]:
        """The values a person may choose from, for lists in templates; empty for free columns."""
        if self.kind == "yes_no":
            return ["是", "否"]
        return list(self.choices)


def letters(index: int) -> str:
    """Return the letters of a column: 0 → A, 26 → AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, index: int) -> str:
    """Return the place of a cell as people say it: row counted from 1, column from 0 → 第37行C列."""
    return f"第{row}行{letters(index)}列"
