"""Sentences that stand in a draft though its figures bear them out no more: proposed once and true then, or taken over from last year.

A sentence of a structure is found by its words as they were proposed; words that other sentences say, which stand, are borne out. One
that praises or compares has to be written anew before the report is handed in; of others, and of praise in the office's own words, the
reader is told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from congress import figures
from congress.figures import Kind
from congress.wording import percent
from reports import judging, placeholders, problems, structures
from reports.conditions import RULES, Condition
from reports.models import AnnualReport, FigureUse, Section
from reports.queries import annual, telling
from reports.sentences import ENDS, Line, Part, lines_of
from reports.story import Story, Value

SHORTEST = 6  # of fewer characters words stand in many sentences
WHOLE, GOOD = ("件件", "全部", "均已"), 90
_SENTENCE = re.compile(r"[^。；\n]+")


@dataclass(frozen=True)
class Denied:
    """Words of a section, and the figures that deny them; `firm` where the words are a sentence the system once proposed."""

    section: Section
    words: str
    why: str
    firm: bool

    def __str__(self):
        return f"写了“{self.words}”，现在的数据不支持：{self.why}"


@dataclass(frozen=True)
class _Known:
    """A sentence of a structure as it would read now, with all the conditions under which it stands."""

    said: str
    conditions: tuple[Condition, ...]
    line: Line
    stands: bool


def denied(
    report: AnnualReport, sections: Sequence[Section], uses: Mapping[str, FigureUse] | None = None
) -> list[Denied]:
    """What stands in the sections of a draft and is denied by the figures kept with it, in the order of the text."""
    return denied_by(telling.draft_story(report, uses), sections, telling.parts_of(report.structure))


def denied_by(story: Story, sections: Sequence[Section], parts: Sequence[Part]) -> list[Denied]:
    """The same by what is told, of a report that began with these parts."""
    known: dict[str, _Known] = {}
    for one in _sentences(parts, story):
        if one.said not in known or one.stands:
            known[one.said] = one
    longest = sorted(known.values(), key=lambda one: len(one.said), reverse=True)
    standing = [one.said for one in longest if one.stands]
    found = []
    for section in sections:
        left = section.text
        for one in longest:
            if one.said in left:  # what stands within another sentence is a part of that
                left = left.replace(one.said, "")
                if not one.stands and not _made_of(one.said, standing):
                    found.append(Denied(section, _read(one.said), _because(one, story), _firm(one)))
        found += _own_words(section, left, story)
    return found


def _made_of(said: str, standing: Iterable[str]) -> bool:
    """Whether words are those of several sentences that stand, one after the other; `standing` the longest first."""
    for words in standing:
        said = said.replace(words, "")
    return not said.strip(ENDS)


def _sentences(own: Sequence[Part], story: Story) -> Iterator[_Known]:
    every = [own, *(one.parts for one in structures.shipped().values())]
    lines: list[tuple[tuple[Condition, ...], Line, bool]] = [
        (conditions, line, part.ahead) for parts in every for part in parts for conditions, line in lines_of(part)
    ]
    lines += [(one.line.conditions, one.line, False) for one in problems.known().values()]
    for conditions, line, ahead in lines:
        said = line.told(story, ahead).strip(ENDS)
        if not line.insert and len(said) >= SHORTEST and (conditions or line.keys):
            holds = all(condition.holds(story) for condition in conditions) and line.stands(story, ahead)
            yield _Known(said, conditions, line, holds)


def _firm(one: _Known) -> bool:
    """Whether it has to be written anew: it praises, or says more or less than the year before."""
    judged = any(
        RULES[condition.word].judges or RULES[condition.word].falls or RULES[condition.word].beside
        for condition in one.conditions
    )
    return judged or bool(one.line.beside or judging.praises(one.line.text))


def _because(one: _Known, story: Story) -> str:
    failing = [condition for condition in one.conditions if not condition.holds(story)]
    keys = [key for condition in failing for key in condition.keys] or one.line.keys
    beside = {key for condition in failing if RULES[condition.word].beside for key in condition.keys}
    told = [_told(key, story, key in beside) for key in dict.fromkeys(keys)]
    return "，".join(told) or "本届任期届满的年份不同"


def _told(key: str, story: Story, beside: bool) -> str:
    figure, now, before = figures.registered()[key], story.value(key), story.before.get(key)
    was = f"（上年同期{_shown(before)}）" if beside and before else "（上年同期无记录）" if beside else ""
    return f"{figure.label}{_shown(now)}{figure.suffix}{was}"


def _shown(value: Value) -> str:
    if value.kind != Kind.SHARE:
        return str(value.value)
    return f"{percent(value.value, value.denominator)}（{value.value}/{value.denominator}）"


def _read(said: str) -> str:
    """A sentence as people write it, its figures by their names."""
    return placeholders.in_words(said, figures.names())


def _own_words(section: Section, text: str, story: Story) -> Iterator[Denied]:
    """Praise in the office's own words beside a share that is not as good as that."""
    kinds = structures.kinds()
    for sentence in _SENTENCE.findall(text):
        word = judging.praises(sentence)
        shares = [key for key in placeholders.keys(sentence) if kinds.get(key) == Kind.SHARE]
        least = 100 if word in WHOLE else GOOD
        weak = [key for key in shares if story.value(key).based and not story.value(key).reaches(least)]
        if word and weak:
            yield Denied(section, word, "，".join(_told(key, story, False) for key in weak), firm=False)


def of_report(report: AnnualReport) -> list[Denied]:
    """The same of a report whose sections and figures were not read yet."""
    return denied(report, annual.sections(report), annual.kept_figures(report))
