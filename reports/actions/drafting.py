"""Beginning a report and writing its sections, also when two people write at once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max

from congress import clock, figures
from congress.guard.action import action, lock
from congress.guard.refusal import refuse_where
from reports import outline, placeholders
from reports.actions import verbs
from reports.actions.figures import check_period, keep
from reports.models import AnnualReport, Section, SectionDraft
from reports.queries import annual

APART = 1000  # positions move out of the way before they take their new places, because each is unique


@dataclass(frozen=True)
class Saved:
    """What became of a text: in the section, or (somebody else had changed it meanwhile) kept beside it."""

    section: Section
    beside: SectionDraft | None = None


def start(actor, township, *, year: int, cut_off: date, on: date, since: date | None = None) -> AnnualReport:
    """Begin the report of a year (or of the days from `since` on): compute every figure, propose the chapters.

    `on` is the day it is begun.

    Raises Refused when the year has a report already, or the cut-off lies outside of the year or after `on`.
    """
    there = annual.reports().filter(year=year, township=township).first()
    refuse_where([(there is not None, f"{year}年度已有报告，请打开它继续；已印发的请办理更正。", "year")])
    check_period(year, cut_off, on, since)
    editions = AnnualReport.objects.filter(year=year, township=township).aggregate(last=Max("edition"))
    report = AnnualReport(
        township=township,
        year=year,
        edition=(editions["last"] or 0) + 1,
        title="\n".join(outline.title_lines(township, year)),
        cut_off=cut_off,
        since=since,
    )
    with action(verbs.START, actor=actor, subject=report) as act:
        report.save()
        computed = annual.computed(report)
        keep(report, computed)
        proposed = outline.propose(township, year, computed)
        Section.objects.bulk_create(
            Section(
                township=township,
                report=report,
                position=position,
                level=part.level,
                heading=part.heading,
                text=part.text,
            )
            for position, part in enumerate(proposed, start=1)
        )
        act.detail = {"截止日": cut_off, "章节": len(proposed)}
    return report


def set_heading(actor, report: AnnualReport, *, title: str, subtitle: str = "", salutation: str = "", version=None):
    """Set what stands above the text: title and lines under it (one a line), and whom it addresses.

    Raises Refused without a title or when issued, Conflict when the report changed since `version`.
    """
    values = {
        "title": "\n".join(placeholders.paragraphs(title)),
        "subtitle": "\n".join(placeholders.paragraphs(subtitle)),
        "salutation": salutation.strip(),
    }
    refuse_where(
        [
            (not values["title"], "请填写标题。", "title"),
            (len(values["title"]) > 120, "标题不能超过120字。", "title"),
            (len(values["subtitle"]) > 200, "副题不能超过200字。", "subtitle"),
        ]
    )
    with action(verbs.HEADING, actor=actor, subject=report) as act:
        current = verbs.open_draft(report, version)
        act.detail = {"项目": [name for name, value in values.items() if getattr(current, name) != value]}
        for name, value in values.items():
            setattr(current, name, value)
        current.save()
    return current


def _check_text(section: Section, heading: str, text: str) -> None:
    unknown = placeholders.unknown(text, figures.registered())
    refuse_where(
        [
            (bool(section.level) and not heading.strip(), "请填写标题。", "heading"),
            (len(heading) > 120, "标题不能超过120字。", "heading"),
            ("{{" in heading or "}}" in heading, "标题中不能使用数据占位符。", "heading"),
            (bool(unknown), f"不认识的数据占位符：{'、'.join(unknown)}。可用的数据见“报告数据”。", "text"),
        ]
    )


def save_section(actor, section: Section, *, version, heading: str, text: str) -> Saved:
    """Save a section's text. When somebody else changed it since `version`, both texts are kept: see `Saved.beside`.

    Raises Refused for an unknown placeholder, an empty heading, or an issued report.
    """
    heading, text = heading.strip(), text.replace("\r\n", "\n").strip()
    _check_text(section, heading, text)
    verbs.open_draft(section.report)
    current = lock(section)
    if int(version) != current.version:
        if (current.heading, current.text) == (heading, text):
            return Saved(current)
        return Saved(current, _keep_beside(actor, current, int(version), heading, text))
    if (current.heading, current.text) != (heading, text):
        with action(verbs.EDIT, actor=actor, subject=current):
            _write(actor, current, heading, text)
    return Saved(current)


def _write(actor, section: Section, heading: str, text: str) -> None:
    section.heading, section.text = heading, text
    section.edited_by, section.edited_at = actor, clock.now()
    section.save()


def _keep_beside(actor, section: Section, version: int, heading: str, text: str) -> SectionDraft:
    draft = SectionDraft.objects.kept().filter(section=section, author=actor, settled_at__isnull=True).first()
    if draft is not None and (draft.heading, draft.text) == (heading, text):
        return draft
    draft = draft or SectionDraft(township=section.township, section=section, author=actor, based_on=version)
    draft.heading, draft.text = heading, text
    with action(verbs.BESIDE, actor=actor, subject=section):
        draft.save()
    return draft


HOW = {"mine": "采用并存稿", "theirs": "保留现稿", "merged": "合并改定"}


def settle_draft(actor, draft: SectionDraft, *, how: str, version, text: str = "") -> Section:
    """Choose between two texts: `mine` the draft's, `theirs` what stands, `merged` the text given.

    Raises Conflict when the section changed again since `version`, Refused for an unknown placeholder.
    """
    refuse_where([(how not in HOW, "请选择保留哪一份。", "")])
    verbs.open_draft(draft.section.report)
    with action(verbs.SETTLE, actor=actor, subject=draft.section, detail={"结果": HOW[how]}):
        section = lock(draft.section, version)
        current = lock(draft)
        refuse_where([(current.settled_at is not None, "这份并存稿已经处理过了。", "")])
        heading = current.heading if how == "mine" else section.heading
        chosen = {"mine": current.text, "theirs": section.text, "merged": text.replace("\r\n", "\n").strip()}[how]
        _check_text(section, heading, chosen)
        if (heading, chosen) != (section.heading, section.text):
            _write(actor, section, heading, chosen)
        current.settled_at, current.settled_how = clock.now(), HOW[how]
        current.save()
    return section


def _lay_out(report: AnnualReport, order: Sequence[Section]) -> None:
    sections = Section.objects.kept().filter(report=report)
    sections.update(position=F("position") + APART)
    for position, section in enumerate(order, start=1):
        section.position = position
    Section.objects.bulk_update(order, ["position"])


def add_section(
    actor,
    report: AnnualReport,
    *,
    after: Section | None,
    level: int,
    heading: str = "",
    text: str = "",
    key: uuid.UUID | None = None,
) -> Section:
    """Add a section after another one (first when None); `key` becomes its id. Raises Refused like `save_section`."""
    section = Section(
        id=key or uuid.uuid4(),
        township=report.township,
        report=report,
        level=level,
        heading=heading.strip(),
        text=text.strip(),
        position=0,
    )
    refuse_where([(level not in (0, 1, 2, 3), "层级应为0至3。", "level")])
    _check_text(section, section.heading, section.text)
    with action(verbs.ADD, actor=actor, subject=report):
        verbs.open_draft(report)
        order = annual.sections(report)
        at = next((index + 1 for index, row in enumerate(order) if after and row.pk == after.pk), 0)
        section.position = APART * 20  # out of the way until all places are given out
        section.edited_by, section.edited_at = actor, clock.now()
        section.save()
        _lay_out(report, [*order[:at], section, *order[at:]])
    return section


def remove_section(actor, section: Section, *, reason: str = "起草时移除") -> None:
    """Take a section out; the row stays, with its text."""
    with action(verbs.REMOVE, actor=actor, subject=section):
        verbs.open_draft(section.report)
        current = lock(section)
        current.withdrawn_at, current.withdrawn_reason = clock.now(), reason
        current.save()
        _lay_out(section.report, annual.sections(section.report))


def move_section(actor, section: Section, *, up: bool) -> None:
    """Change places with the neighbour above or below; does nothing at the end."""
    with action(verbs.MOVE, actor=actor, subject=section):
        verbs.open_draft(section.report)
        order = annual.sections(section.report)
        at = next((index for index, row in enumerate(order) if row.pk == section.pk), None)
        refuse_where([(at is None, "这一段已被移除。", "")])
        other = at - 1 if up else at + 1
        if 0 <= other < len(order):
            order[at], order[other] = order[other], order[at]
            _lay_out(section.report, order)


def discard(actor, report: AnnualReport, *, reason: str, version=None) -> None:
    """Give a draft up; the year may be begun anew, an issued report corrected anew. Raises Refused when issued."""
    refuse_where([(not reason.strip(), "请写明放弃的原因。", "reason")])
    with action(verbs.DISCARD, actor=actor, subject=report):
        current = verbs.open_draft(report, version)
        current.withdrawn_at, current.withdrawn_reason = clock.now(), reason.strip()[:200]
        current.corrects = None
        current.save()
