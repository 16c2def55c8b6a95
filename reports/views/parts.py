"""What several pages of the annual report show."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404

from congress import figures
from congress.documents import charts
from congress.documents.charts import refused
from congress.documents.text import Chart, Table
from congress.guard.record import kept
from congress.steps import Attempt
from congress.web.records import at
from congress.web.steps import Button, buttons
from reports import drawing, placeholders
from reports.content import table_of
from reports.life import ANNUAL
from reports.life.common import page_of
from reports.models import AnnualReport, FigureUse, Section, SectionComment
from reports.numbering import numbered
from reports.permissions import EDIT
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
    picture: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Said:
    """Something said about a section, with the address where it is settled, for those who may."""

    comment: SectionComment
    url: str


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


def _address(chart: Chart) -> str:
    """The drawing as an address of its own: it is a picture of the page, no part of its text."""
    drawn = charts.drawn(chart.caption, chart.rows, chart.kind)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"


def _picture(chart: dict) -> Chip:
    """A chart as it stands on the page: the drawing of the paper, with its table behind; in words what cannot be drawn."""
    rows = tuple((word, value) for word, value in chart["rows"])
    if why := refused(chart["caption"], [value for _, value in rows]):
        return Chip(f"（{why}）")
    drawn = Chart(chart["caption"], rows, chart["kind"])
    return Chip(chart["caption"], picture=_address(drawn), table=drawn.table)


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
            return Chip(annual.spoken(use, piece.form), label="印发时的数据，平台已不再提供")
        if use is None or piece.key not in known:
            return Chip(piece.text, label="没有这项数据", known=False)
        drift = drifts.get(piece.key)
        changed = bool(drift and drift.changed)
        return Chip(
            annual.spoken(use, piece.form), page_of(report, "figure", piece.key), known[piece.key].label, changed
        )

    drawings = drawing.charts_of(report, sections, uses)

    def chips(line: str) -> list[Chip]:
        if (name := placeholders.name_of_table(placeholders.table(line))) in drawings:
            return [Chip("", table=table_of(drawings[name]))]
        drawn = placeholders.chart(line)
        if drawn is not None and drawn.name in drawings:
            return [_picture(drawings[drawn.name])]
        return [chip(piece) for piece in placeholders.pieces(line)]

    return [
        Shown(section, heading, [chips(line) for line in placeholders.paragraphs(section.text)])
        for section, heading in numbered(sections)
    ]


def comments_by_section(report: AnnualReport, steps: Mapping[str, Button]) -> dict[Any, list[Said]]:
    """What was said about each section; `steps` are those offered."""
    found: dict[Any, list[Said]] = {}
    settle = steps.get("settle-comment")
    for one in annual.comments(report):
        url = f"{settle.url}?comment={one.pk}" if settle else ""
        found.setdefault(one.section_id, []).append(Said(one, url))
    return found


def changed_lines(report: AnnualReport, drifts: Mapping[str, Drift]) -> list[tuple[str, str, Drift]]:
    """The figures whose records changed since they were computed: name, page, and what changed."""
    known = figures.registered()
    return [(known[key].label, page_of(report, "figure", key), drift) for key, drift in drifts.items() if drift.changed]


def frame(request, report: AnnualReport, here: str, *keys: str) -> dict:
    """What the head of every page of a report needs: its tabs, the way here, and of the steps with these `keys` those that
    are offered: expected ones as `buttons`, side ways as `side`. `here` is the address of the page. Who may add a section may
    write all of them."""
    draft, offered = report.document_id is None, {one.key: one for one in buttons(ANNUAL, request.standing, report)}
    chosen = [offered[key] for key in keys if key in offered]
    names = [("report", "报告"), ("edit", "编辑"), ("figures", "数据"), ("versions", "历次修改"), ("check", "还差什么")]
    shown = {
        "report": True,
        "edit": "add" in offered,
        "figures": True,
        "versions": request.allows(EDIT),
        "check": draft,
    }
    tabs = [(label, page_of(report, name)) for name, label in names if shown[name]]
    return {
        "report": report,
        "issued": not draft,
        "stage": annual.stage(report),
        "steps": offered,
        "buttons": [one for one in chosen if one.main],
        "side": [one for one in chosen if not one.main],
        "tabs": [(label, url, url == here) for label, url in tabs],
        "breadcrumbs": [
            ("工作报告", at(report.township, "reports-list")),
            (report.audit_label, ""),
        ],
    }


def step_frame(request, attempt: Attempt) -> dict:
    """The same round the page of a step."""
    return frame(request, attempt.record, attempt.back)
