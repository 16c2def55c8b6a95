"""Annual reports."""

import uuid
from collections.abc import Iterator

from django.db.models import Model

from reports.actions import save_section
from reports.actions import start as begin_report
from reports.life import ANNUAL
from reports.models import AnnualReport, SectionComment
from reports.queries.annual import sections
from tests.congress.walks.walking import Walk, steps_of
from tests.proposals.helpers import day


def reports(world) -> Iterator[tuple[str, Model]]:
    """Begun, lacking a text, complete, issued, being corrected, corrected, and a draft that is given up."""
    row = begin_report(world.clerk, world.township, year=2021, cut_off=day(5, 1), on=day(5, 2))
    go = steps_of(ANNUAL, row)
    for section in sections(row)[1:]:
        go("remove", world.clerk, day(5, 2), section=section)
    _say(world, row)
    save_section(world.clerk, sections(row)[0], version=0, heading="总结", text="")
    yield "a text is missing", row
    save_section(world.clerk, sections(row)[0], version=1, heading="总结", text="做了工作。")
    yield "draft", row
    go("submit", world.clerk, day(5, 9))
    yield "handed in", row
    go("sign", world.chair, day(5, 9))
    yield "signed", row
    go("issue", world.chair, day(5, 10))
    yield "issued", row
    new = go("correct", world.clerk, day(5, 12), reason="数字有误")
    _say(world, new)
    yield "draft of a correction", new
    yield "being corrected", row
    for key in ("submit", "sign", "issue"):
        ANNUAL.take(key, world.chair, new, on=day(5, 20))
    yield "corrected", row
    last = ANNUAL.take("correct", world.chair, new, on=day(5, 21), reason="文字有误")
    ANNUAL.take("discard", world.clerk, last, on=day(5, 22), reason="不更正了")
    yield "draft given up", last


def _a_section(world):
    """A section of the report that is written last."""
    return sections(AnnualReport.objects.order_by("-edition").first())[0]


def _say(world, report) -> None:
    """Something that waits to be answered."""
    section = sections(report)[0]
    ANNUAL.take("comment", world.chair, report, on=day(5, 2), section=section, text="请补数字", key=uuid.uuid4())


def _a_comment(world):
    """What was said of the report that is written last."""
    return SectionComment.objects.order_by("section__report__edition").last()


REPORTS = Walk(
    reports,
    {
        "submit": lambda world: {},
        "sign": lambda world: {},
        "issue": lambda world: {"number": ""},
        "reopen": lambda world: {"reason": "再改改"},
        "comment": lambda world: {"section": _a_section(world), "text": "请补数字", "key": uuid.uuid4()},
        "settle-comment": lambda world: {"comment": _a_comment(world), "answer": ""},
        "recompute": lambda world: {},
        "cut-off": lambda world: {"cut_off": day(5, 2)},
        "heading": lambda world: {"title": "工作报告"},
        "add": lambda world: {"level": 0, "text": "开头", "key": uuid.uuid4()},
        "up": lambda world: {"section": _a_section(world)},
        "down": lambda world: {"section": _a_section(world)},
        "remove": lambda world: {"section": _a_section(world)},
        "edition": lambda world: {"figures": [], "words": "", "key": uuid.uuid4()},
        "correct": lambda world: {"reason": "数字有误", "key": uuid.uuid4()},
        "discard": lambda world: {"reason": "年度选错"},
    },
)
