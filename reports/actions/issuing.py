"""Issuing a report, which freezes its text and figures; and beginning a correction of an issued one."""

import uuid

from congress.documents import kit
from congress.steps import Attempt, change
from reports.models import AnnualReport, FigureUse, Section
from reports.queries import annual
from reports.queries.missing import look_over


def issue(attempt: Attempt) -> dict:
    """Number, freeze, render and store the report; a correction's document names the one it replaces. `number` is the
    document number when the paper has one already."""
    report = attempt.record
    document = kit.issue(
        attempt.actor,
        kit.kind_of(report.of.paper),
        report.township,
        title=str(report),
        context=attempt.once(look_over)[1],
        subject=report,
        issued_on=attempt.on,
        corrects=report.corrects.document if report.corrects else None,
        reason=report.correction_reason,
        number=attempt.data["number"],
        key=attempt.data["key"],
    )
    change(report, document=document)
    attempt.made = document
    return {"文号": document.number, "SHA-256": document.file.sha256}


def correct(attempt: Attempt) -> dict:
    """Begin a correction of an issued report: a new draft with the same text and figures, which names the old one."""
    old = attempt.record
    attempt.made = AnnualReport.objects.create(
        id=attempt.data["key"] or uuid.uuid4(),
        township=old.township,
        kind=old.kind,
        year=old.year,
        month=old.month,
        topic=old.topic,
        structure=old.structure,
        edition=annual.last_edition(old) + 1,
        title=old.title,
        subtitle=old.subtitle,
        salutation=old.salutation,
        way=old.way,
        signers=old.signers,
        copies=old.copies,
        printed_by=old.printed_by,
        since=old.since,
        cut_off=old.cut_off,
        corrects=old,
        correction_reason=attempt.data["reason"],
    )
    _copy(old, attempt.made)
    return {"原文号": old.document.number}


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
