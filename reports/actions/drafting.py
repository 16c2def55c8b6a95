"""Beginning a report and writing its sections, also when two people write at once."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from congress import clock, figures
from congress.figures import Computed
from congress.guard.action import action, lock
from congress.guard.refusal import InTheWay, refuse_blocking, refuse_where
from congress.law.finding import Finding
from congress.steps import Attempt, change
from reports import judging, outline, placeholders
from reports.actions import verbs
from reports.actions.figures import against_period, keep
from reports.kinds import ANNUAL, KINDS
from reports.models import AnnualReport, Section, SectionDraft
from reports.queries import annual, starting, telling
from reports.queries.before import comparable, computed_before
from reports.story import Value


@dataclass(frozen=True)
class Saved:
    """What became of a text: in the section, or (somebody else had changed it meanwhile) kept beside it."""

    section: Section
    beside: SectionDraft | None = None


def start(
    actor,
    township,
    *,
    year: int,
    cut_off: date,
    on: date,
    kind: str = ANNUAL.key,
    month: int = 0,
    topic: str = "",
    since: date | None = None,
    structure: str = "",
    key: uuid.UUID | None = None,
) -> AnnualReport:
    """Begin the report of a kind and a year (of a month, of the days from `since` on): compute every figure, propose the chapters.

    `on` is the day it is begun; `structure` the key of what it begins with, the township's last one of the kind where it is
    not said, and where no `topic` is said it is the structure's; `key` becomes the report's id.

    Raises Refused when the period has a report of the kind already, or the cut-off lies before it begins or after `on`.
    """
    of = KINDS[kind]
    since = of.since(year, month, since)
    structure = structure or telling.last_structure(township, of)
    report = AnnualReport(
        **starting.form_of(of, township, on),
        id=key or uuid.uuid4(),
        township=township,
        kind=kind,
        year=year,
        month=month,
        topic=(topic or telling.topic_of(structure, of)) if of.topical else "",
        cut_off=cut_off,
        since=since,
        structure=structure,
    )
    report.title = "\n".join(outline.title_lines(of, township, year, month, report.topic))
    refuse_blocking(_there_already(report))
    refuse_blocking(against_period(report, cut_off, on, since))
    report.edition = annual.last_edition(report) + 1
    with action(verbs.START, actor=actor, subject=report) as act:
        report.save()
        computed, before = annual.computed(report), computed_before(report, figures.registered())
        keep(report, computed, before)
        parts = proposed(report, computed, before)
        Section.objects.bulk_create(
            Section(
                township=township,
                report=report,
                position=position,
                level=part.level,
                heading=part.heading,
                text=part.text,
            )
            for position, part in enumerate(parts, start=1)
        )
        act.detail = {"截止日": cut_off, "章节": len(parts)}
    return report


def _there_already(report: AnnualReport) -> Iterator[Finding]:
    for there in annual.of_the_same(report).kept()[:1]:
        said = f"已有{report.audit_label}，请打开它继续；已印发的请办理更正。"
        yield InTheWay("refused", said, field="topic" if report.of.topical else "year", about=there)


def proposed(
    report: AnnualReport, computed: Mapping[str, Computed], before: Mapping[str, Computed]
) -> list[outline.Proposed]:
    """The sections its structure makes of the figures and of those of the year before, and of what it wants to have put in."""
    values = {key: Value.of(one) for key, one in computed.items()}
    earlier = comparable(before)
    parts = telling.parts_of(report.structure, report.of)
    story = telling.story_of(report.township, report.year, report.cut_off, values, earlier, report.since, report.period)
    told = starting.put_in(report, values, outline.inserts(parts))
    return outline.propose(parts, replace(story, inserts=told), report.of)


def against_text(level: int, heading: str, text: str) -> list[Finding]:
    """What forbids a section's heading and text."""
    unknown = placeholders.unknown(text, figures.registered())
    checks = [
        (bool(level) and not heading.strip(), "请填写标题。", "heading"),
        (len(heading) > 120, "标题不能超过120字。", "heading"),
        ("{{" in heading or "}}" in heading, "标题中不能使用数据占位符。", "heading"),
        (bool(said := judging.twice(text)), f"{said}。", "text"),
        (bool(unknown), f"不认识的数据占位符：{'、'.join(unknown)}。可用的数据见“报告数据”。", "text"),
    ]
    return [Finding("text", message, field=field) for wrong, message, field in checks if wrong]


def save_section(actor, section: Section, *, version, heading: str, text: str) -> Saved:
    """Save a section's text. When somebody else changed it since `version`, both texts are kept: see `Saved.beside`.

    Raises Refused for an unknown placeholder, an empty heading, or an issued report.
    """
    heading, text = heading.strip(), text.replace("\r\n", "\n").strip()
    refuse_blocking(against_text(section.level, heading, text))
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
        refuse_blocking(against_text(section.level, heading, chosen))
        if (heading, chosen) != (section.heading, section.text):
            _write(actor, section, heading, chosen)
        current.settled_at, current.settled_how = clock.now(), HOW[how]
        current.save()
    return section


def discard(attempt: Attempt) -> None:
    """Give a draft up; the year may be begun anew, an issued report corrected anew."""
    change(attempt.record, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"], corrects=None)
