"""Issuing a report, which freezes its text and figures; and beginning a correction of an issued one."""

from datetime import date

from congress.documents import kit
from congress.guard.action import action, lock
from congress.guard.refusal import refuse_blocking, refuse_where
from congress.models import Document
from reports.actions import verbs
from reports.models import AnnualReport, FigureUse, Section
from reports.queries import annual
from reports.queries.missing import look_over

KIND = "annual_report"


def issue(actor, report: AnnualReport, *, issued_on: date, number: str = "", version=None) -> Document:
    """Number, freeze, render and store the report; a correction's document names the one it replaces. `number` is the
    document number when the paper has one already.

    Raises Refused with everything that is still missing, and for a day before the cut-off.
    """
    refuse_where([(issued_on < report.cut_off, "印发日期不能早于数据截止日。", "issued_on")])
    with action(verbs.ISSUE, actor=actor, subject=report) as act:
        current = verbs.open_draft(report, version)
        found, content = look_over(current)
        refuse_blocking(found)
        document = kit.issue(
            actor,
            kit.kind_of(KIND),
            current.township,
            title=str(current),
            context=content,
            subject=current,
            issued_on=issued_on,
            corrects=current.corrects.document if current.corrects else None,
            reason=current.correction_reason,
            number=number,
        )
        current.document = document
        current.save()
        act.detail = {"文号": document.number, "SHA-256": document.file.sha256}
    return document


def correct(actor, report: AnnualReport, *, reason: str) -> AnnualReport:
    """Begin a correction of an issued report: a new draft with the same text and figures, which names the old one.

    Raises Refused without a reason, when the report was never issued, or when it is being corrected already.
    """
    refuse_where(
        [
            (not reason.strip(), "请写明更正的原因。", "reason"),
            (report.document_id is None, "报告还没有印发，直接修改即可。", ""),
            (annual.reports().filter(corrects=report).exists(), "该报告已在更正或者已被更正，请打开最新一份。", ""),
        ]
    )
    with action(verbs.CORRECT, actor=actor, subject=report, detail={"原文号": report.document.number}):
        old = lock(report)
        last = AnnualReport.objects.filter(township=old.township, year=old.year).order_by("-edition").first()
        new = AnnualReport.objects.create(
            township=old.township,
            year=old.year,
            edition=last.edition + 1,
            title=old.title,
            subtitle=old.subtitle,
            salutation=old.salutation,
            since=old.since,
            cut_off=old.cut_off,
            corrects=old,
            correction_reason=reason.strip()[:200],
        )
        _copy(old, new)
    return new


def _copy(old: AnnualReport, new: AnnualReport) -> None:
    Section.objects.bulk_create(
        Section(
            township=new.township,
            report=new,
            position=section.position,
            level=section.level,
            heading=section.heading,
            text=section.text,
            edited_by=section.edited_by,
            edited_at=section.edited_at,
        )
        for section in annual.sections(old)
    )
    names = [
        field.name
        for field in FigureUse._meta.concrete_fields
        if field.name not in ("id", "report", "version", "created_at")
    ]
    uses = annual.kept_figures(old).values()
    FigureUse.objects.bulk_create(FigureUse(report=new, **{name: getattr(use, name) for name in names}) for use in uses)
