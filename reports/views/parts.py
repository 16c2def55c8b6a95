"""What several pages of the annual report show."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress import figures
from congress.guard.record import kept
from reports import placeholders
from reports.models import AnnualReport, FigureUse, Section
from reports.numbering import numbered
from reports.permissions import EDIT, ISSUE
from reports.queries import annual
from reports.queries.annual import Drift


@dataclass(frozen=True)
class Chip:
    """A stretch of text, or a figure that leads to its rows."""

    text: str
    url: str = ""
    label: str = ""
    changed: bool = False
    known: bool = True


@dataclass(frozen=True)
class Shown:
    """A section on the screen: its numbered heading and its paragraphs cut at the figures."""

    section: Section
    heading: str
    paragraphs: list[list[Chip]]


def report_of(pk) -> AnnualReport:
    """A report that stands, or 404."""
    return get_object_or_404(annual.reports(), pk=pk)


def section_of(pk) -> Section:
    """A section that stands, of a report that stands, or 404."""
    rows = Section.objects.kept().filter(kept("report"))
    return get_object_or_404(rows.select_related("report__township__county", "edited_by"), pk=pk)


def address(name: str, report: AnnualReport, *more) -> str:
    """The address of one of the report's pages."""
    return reverse(f"reports-{name}", args=[report.township.code, report.pk, *more])


def shown_sections(
    report: AnnualReport, sections: list[Section], uses: Mapping[str, FigureUse], drifts: Mapping[str, Drift]
) -> list[Shown]:
    """The report as it reads, its figures as links."""
    known = figures.registered()

    def chip(piece: placeholders.Piece) -> Chip:
        if not piece.key:
            return Chip(piece.text)
        use = uses.get(piece.key)
        if use is not None and piece.key not in known and report.document_id:
            return Chip(annual.spoken(use), label="印发时的数据，平台已不再提供")
        if use is None or piece.key not in known:
            return Chip(piece.text, label="没有这项数据", known=False)
        drift = drifts.get(piece.key)
        changed = bool(drift and drift.changed)
        return Chip(annual.spoken(use), address("figure", report, piece.key), known[piece.key].label, changed)

    return [
        Shown(
            section,
            heading,
            [[chip(p) for p in placeholders.pieces(line)] for line in placeholders.paragraphs(section.text)],
        )
        for section, heading in numbered(sections)
    ]


def changed_lines(report: AnnualReport, drifts: Mapping[str, Drift]) -> list[tuple[str, str, Drift]]:
    """The figures whose records changed since they were computed: name, page, and what changed."""
    known = figures.registered()
    return [(known[key].label, address("figure", report, key), drift) for key, drift in drifts.items() if drift.changed]


def frame(request, report: AnnualReport, here: str) -> dict:
    """What the head of every page of a report needs: its tabs, the way here, what the viewer may do."""
    issued = report.document_id is not None
    tabs = [("report", "报告"), ("figures", "数据")]
    if not issued:
        tabs[1:1] = [("edit", "编辑")] if request.allows(EDIT) else []
        tabs += [("check", "还差什么")]
    return {
        "report": report,
        "issued": issued,
        "may_edit": request.allows(EDIT) and not issued,
        "may_issue": request.allows(ISSUE) and not issued,
        "tabs": [(label, address(name, report), name == here) for name, label in tabs],
        "breadcrumbs": [
            ("年度工作报告", reverse("reports-list", args=[report.township.code])),
            (f"{report.year}年度", ""),
        ],
    }
