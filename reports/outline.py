"""What the system proposes as an annual report: the usual chapters in their order, and what it could not tell.

The wording is ours. A sentence whose figure has no record behind it is left out, and the clerk is told what is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from congress.figures import Computed
from congress.models import Township
from reports import plan, summary
from reports.story import Story


@dataclass(frozen=True)
class Proposed:
    """A section to begin with; level 0 is plain text, 1 一、, 2 （一）, 3 1."""

    level: int
    heading: str
    text: str = ""


def title_lines(township: Township, year: int) -> tuple[str, str]:
    """The two lines of the title."""
    return township.presidium_name, f"{year}年工作总结和{year + 1}年工作安排"


def propose(township: Township, year: int, figures: Mapping[str, Computed]) -> list[Proposed]:
    """The sections of a new report. The chapter on the election is there when the records tell of one."""
    story = Story(township, year, figures)
    kind = story.place.kind
    election = summary.election(story)
    return [
        Proposed(0, "", summary.opening(story)),
        Proposed(1, f"{year}年工作总结"),
        Proposed(2, f"围绕中心，积极作为，全面落实{kind}党委决策部署", summary.centre(story)),
        Proposed(3, "坚持党的领导。", summary.party(story)),
        Proposed(3, "做好中心工作。", summary.town_tasks(story)),
        *([Proposed(3, "抓好换届选举。", election)] if election else []),
        Proposed(2, "创新机制，强化服务，充分发挥代表的主体作用", summary.deputies(story)),
        Proposed(2, "牢记宗旨，提升能力，不断加强和改进自身建设"),
        Proposed(3, "坚持理论学习，增强政治定力。", summary.studies(story)),
        Proposed(3, "强化自身建设，增强履职能力。", summary.visits(story)),
        Proposed(0, "", summary.shortfalls(story)),
        Proposed(1, f"{year + 1}年工作安排", plan.general(story)),
        Proposed(2, "坚持党的领导，政策理论和政治定力要有新加强", plan.party(story)),
        Proposed(2, "强化代表地位，充分发挥代表作用要有新举措", plan.deputies(story)),
        Proposed(2, "加强自身建设，增强素质提升能力要有新变化", plan.itself(story)),
    ]


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


def hints(values: Mapping[str, int]) -> list[str]:
    """What the report does not tell because nothing was recorded; `values` are figures by key."""
    return [words for key, words in HINTS if not values.get(key)]
