"""The sections of a draft: added, moved, taken out. Each act holds the report locked, so that places stay without gaps."""

import uuid
from collections.abc import Sequence

from django.db.models import F

from congress import clock
from congress.law.finding import Finding
from congress.steps import Attempt, change
from reports.actions.drafting import against_text
from reports.models import AnnualReport, Section
from reports.queries import annual

APART = 1000  # positions move out of the way before they take their new places, because each is unique


def _lay_out(report: AnnualReport, order: Sequence[Section]) -> None:
    sections = Section.objects.kept().filter(report=report)
    sections.update(position=F("position") + APART)
    for position, section in enumerate(order, start=1):
        section.position = position
    Section.objects.bulk_update(order, ["position"])


def _place(order: Sequence[Section], section: Section | None) -> int | None:
    return next((place for place, row in enumerate(order) if section and row.pk == section.pk), None)


def check_new(attempt: Attempt) -> list[Finding]:
    """Heading and text of a section to add, and its level."""
    data = attempt.data
    if data["level"] not in (0, 1, 2, 3):
        return [Finding("level", "层级应为0至3。", field="level")]
    return against_text(data["level"], data["heading"], data["text"])


def add(attempt: Attempt) -> dict:
    """Add a section after another one (first when there is none); its key becomes its id."""
    data, report = attempt.data, attempt.record
    order = annual.sections(report)
    above = _place(order, data["after"])
    at = 0 if above is None else above + 1
    attempt.made = section = Section.objects.create(
        id=data["key"] or uuid.uuid4(),
        township=report.township,
        report=report,
        level=data["level"],
        heading=data["heading"],
        text=data["text"],
        position=APART * 20,  # out of the way until all places are given out
        edited_by=attempt.actor,
        edited_at=clock.now(),
    )
    _lay_out(report, [*order[:at], section, *order[at:]])
    return {"次序": at + 1}


def check_there(attempt: Attempt) -> list[Finding]:
    """The section is one of the report's."""
    if _place(annual.sections(attempt.record), attempt.data["section"]) is None:
        return [Finding("gone", "这一段已被移除。", field="section")]
    return []


def _move(attempt: Attempt, by: int) -> None:
    order = annual.sections(attempt.record)
    at = _place(order, attempt.data["section"])
    other = at + by
    if 0 <= other < len(order):
        order[at], order[other] = order[other], order[at]
        _lay_out(attempt.record, order)


def move_up(attempt: Attempt) -> None:
    """Change places with the section above; does nothing at the beginning."""
    _move(attempt, -1)


def move_down(attempt: Attempt) -> None:
    """Change places with the section below; does nothing at the end."""
    _move(attempt, 1)


def remove(attempt: Attempt) -> dict:
    """Take a section out; the row stays, with its text."""
    order = annual.sections(attempt.record)
    section = order.pop(_place(order, attempt.data["section"]))
    change(section, withdrawn_at=clock.now(), withdrawn_reason="起草时移除")
    _lay_out(attempt.record, order)
    return {"次序": section.position}
