"""What is offered beside a draft: last year's own wording with the figures of this year, and the problems the figures show."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from congress import figures
from reports import placeholders, problems
from reports.content import shown_of
from reports.models import AnnualReport, Section
from reports.queries import annual, telling

_YEAR = re.compile(r"(\d{4})(?=年)")
_NO_WORD = re.compile(r"[\d\W_]+")


def last_report(report: AnnualReport) -> AnnualReport | None:
    """The issued report of the period before, the newest edition of it."""
    return annual.before(report).first()


@dataclass(frozen=True)
class Moved:
    """A figure of last year's wording: what it was and what it is now."""

    label: str
    before: str
    now: str

    @property
    def changed(self) -> bool:
        """Whether it reads otherwise now."""
        return self.before != self.now


@dataclass(frozen=True)
class Before:
    """Last year's wording of a section, moved on by a year, and how its figures changed."""

    text: str
    moved: tuple[Moved, ...]


def last_words(section: Section) -> Before | None:
    """Last year's own wording of a section; None where there was none."""
    report = section.report
    old = last_report(report)
    same = _same(section, annual.sections(report), annual.sections(old)) if old else None
    if old is None or same is None or not same.text.strip():
        return None
    text = _moved_on(same.text, old, report)
    then, now, names = annual.kept_figures(old), annual.kept_figures(report), figures.names()
    moved = [
        Moved(names[key], annual.spoken(then[key]), annual.spoken(now[key]))
        for key in placeholders.keys(same.text)
        if key in then and key in now and key in names
    ]
    return Before(text, tuple(moved))


def _moved_on(text: str, old: AnnualReport, new: AnnualReport) -> str:
    """A text of another period with the years and the days it told of moved on; every other year is history."""
    told, by = (old.year, old.year + 1), new.year - old.year

    def later(match: re.Match) -> str:
        return str(int(match.group()) + by) if int(match.group()) in told else match.group()

    return _YEAR.sub(later, text).replace(_YEAR.sub(later, old.period), new.period)


def _name(section: Section) -> tuple[int, str]:
    return section.level, _NO_WORD.sub("", section.heading)


def _same(section: Section, here: Iterable[Section], there: Iterable[Section]) -> Section | None:
    """The section of the other report with the same heading, years apart; of those without one, the one at the same place."""
    alike = [row for row in there if _name(row) == _name(section)]
    if section.level:
        return alike[0] if alike else None
    at = [row.pk for row in here if not row.level].index(section.pk)
    return alike[at] if at < len(alike) else None


@dataclass(frozen=True)
class Found:
    """A problem the figures show: its sentence as it is kept and as it reads, its evidence (figure, name, value)."""

    key: str
    sentence: str
    reads: str
    evidence: tuple[tuple[str, str, str], ...]
    written: bool


def problems_of(report: AnnualReport) -> list[Found]:
    """The problems a draft's figures show, and which of them are written in it already."""
    uses = annual.kept_figures(report)
    told = "".join(section.text for section in annual.sections(report))
    story, known = telling.draft_story(report, uses), figures.registered()
    shown = shown_of(uses)
    found = []
    for key, one in problems.known().items():
        sentence = one.said(story).rstrip("；")
        if not sentence or not all(map(report.of.tells, one.evidence)):
            continue
        evidence = tuple(
            (figure, known[figure].label, f"{annual.shown(uses[figure])}{known[figure].suffix}")
            for figure in one.evidence
            if figure in uses
        )
        found.append(Found(key, sentence, placeholders.fill(sentence, shown), evidence, sentence in told))
    return found


def with_sentences(text: str, sentences: Iterable[str]) -> str:
    """The text with sentences put in: after the last of its list (；), or where its list begins (：), or at its end."""
    more = "".join(f"{one}；" for one in sentences)
    at = text.rfind("；") if "；" in text else text.find("：")
    if at < 0:
        return text + more.rstrip("；") + "。"
    return text[: at + 1] + more + text[at + 1 :]
