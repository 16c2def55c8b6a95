"""What the system proposes as a report: a structure told by the figures, and what it could not tell.

A sentence whose figure has no record behind it is left out, and the clerk is told what is missing.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from congress.models import Township
from reports import problems
from reports.kinds import ANNUAL, ReportKind
from reports.sentences import WORD, Part, lines_of
from reports.story import Story


@dataclass(frozen=True)
class Proposed:
    """A section to begin with; level 0 is plain text, 1 一、, 2 （一）, 3 1."""

    level: int
    heading: str
    text: str = ""


def filled(words: str, township: Township, year: int, month: int = 0, topic: str = "") -> str:
    """Words of a kind of report with the names of the place, the period and the topic filled in."""
    return words.format(
        office=township.presidium_name,
        town=township.name,
        committee=township.county.standing_committee,
        year=year,
        coming=year + 1,
        month=month,
        topic=topic,
    )


def title_lines(kind: ReportKind, township: Township, year: int, month: int = 0, topic: str = "") -> list[str]:
    """The lines of the title a report of this kind begins with."""
    return [filled(line, township, year, month, topic) for line in kind.title]


def shortcomings(kind: ReportKind, story: Story) -> list[str]:
    """The sentences a new report begins with on what falls short: of all problems those it speaks of."""
    ours = (one for one in problems.known().values() if one.at_once and all(map(kind.tells, one.evidence)))
    return [said for one in ours if (said := one.said(story))]


def propose(parts: Iterable[Part], story: Story, kind: ReportKind = ANNUAL) -> list[Proposed]:
    """The sections of a new report: the parts of a structure that have something to tell.

    A heading under which nothing stands any more, neither text nor deeper headings, is left out.
    """
    story = replace(story, inserts={"不足": shortcomings(kind, story), **story.inserts})
    told = [
        Proposed(part.level, _heading(part, story), part.told(story))
        for part in parts
        if all(condition.holds(story) for condition in part.conditions)
    ]
    return [one for at, one in enumerate(told) if one.text or _above(told, at)]


def _heading(part: Part, story: Story) -> str:
    return WORD.sub(lambda match: story.word(match.group(1), part.ahead), part.heading)


def _above(told: list[Proposed], at: int) -> bool:
    """Whether something is told further down under this heading."""
    level = told[at].level
    for one in told[at + 1 :]:
        if not level or 0 < one.level <= level:
            return False
        if one.text:
            return True
    return False


def inserts(parts: Iterable[Part]) -> set[str]:
    """What a structure wants to have put in."""
    return {line.insert for part in parts for _, line in lines_of(part) if line.insert}


def asked(parts: Iterable[Part]) -> set[str]:
    """The figures and the words of place and year a structure tells with."""
    lines = [line for part in parts for _, line in lines_of(part)]
    return {key for line in lines for key in line.keys} | {word for line in lines for word in line.words}


# What a report usually tells, and the words for the clerk where the records are silent.
HINTS = (
    ("sessions.count", "没有人代会会议记录，开头没有写会议次数。"),
    ("presidium.count", "没有主席团会议记录。"),
    ("party_reports.count", "没有请示报告记录，“坚持党的领导”没有写次数。"),
    ("town_tasks.count", "没有中心工作记录。"),
    ("elections.registered", "上年和本年没有登记换届选举；属换届年份的，请先登记选举。"),
    ("inspections.count", "没有视察记录。"),
    ("inquiries.count", "没有专题调研记录。"),
    ("stations.count", "没有在用的联络站，或者联络站没有填写启用日期。"),
    ("receptions.people", "没有接待选民记录。"),
    ("duty_reports.deputies", "没有代表述职记录。"),
    ("trainings.count", "没有培训记录。"),
    ("suggestions.submitted", "没有本年度提出并登记的代表建议。"),
    ("studies.count", "没有理论学习记录。"),
    ("visits.count", "没有走访记录。"),
)


def hints(values: Mapping[str, int], told: Container[str]) -> list[str]:
    """What the report does not tell because nothing was recorded; `values` are figures by key, `told` those of its structure."""
    return [words for key, words in HINTS if key in told and not values.get(key)]
