"""What is still missing before a report can be issued: a list for the clerk, and the reason of a refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from congress import figures
from congress.documents import cleaning
from congress.documents.charts import refused
from congress.documents.glyphs import lacking
from congress.law.finding import Finding
from congress.wording import NOTHING
from reports import growth, placeholders, speaking
from reports.content import blocks_of, content_of
from reports.kinds import Way
from reports.models import AnnualReport, FigureUse, Section
from reports.numbering import numbered
from reports.queries import annual, telling
from reports.queries.annual import Drift
from reports.queries.before import in_part, partly
from reports.queries.denied import denied


@dataclass(frozen=True, slots=True)
class Missing(Finding):
    """A finding that says what mends it: another text of a section, or computing a figure anew."""

    section: str = ""
    figure: str = ""
    recompute: bool = False


def missing(report: AnnualReport) -> list[Missing]:
    """Everything that stands against issuing (blocking) or is worth a look; the blocking ones first."""
    return look_over(report)[0]


def look_over(report: AnnualReport) -> tuple[list[Missing], dict[str, Any]]:
    """What is missing, and what the report says as it would be printed: read and put together once for both.

    The content is empty while the text uses figures that are not there.
    """
    sections, uses = annual.sections(report), annual.kept_figures(report)
    used = annual.used_keys(sections)
    beside = placeholders.compared(*(section.text for section in sections))
    found = [
        *_form(report),
        *_sections(sections),
        *_figures(sections, used, annual.drifts(report, used, uses, beside)),
        *_alone(sections, beside, uses),
        *_partly(report, sections, uses),
        *_denied(report, sections, uses),
        *_drafts(report),
        *_comments(report),
    ]
    content: dict[str, Any] = {}
    if not any(item.code in ("figure.unknown", "figure.none") for item in found):
        content = content_of(report, sections, uses)
        found += [*_glyphs(content), *_charts(content)]
    return sorted(found, key=lambda item: not item.blocking), content


def against_form(way: str, signers: str, salutation: str) -> list[Finding]:
    """What the official form lacks: a paper that goes up says to whom and who signs it (GB/T 9704 7.2.6, 7.3.2)."""
    upward = way == Way.UPWARD
    checks = (
        (upward and not signers.strip(), "上报的公文应当标注签发人。", "signers"),
        (upward and not salutation.strip(), "上报的公文应当写明主送机关。", "salutation"),
    )
    return [Finding("heading", message, field=field) for wrong, message, field in checks if wrong]


def _form(report: AnnualReport) -> list[Missing]:
    found = against_form(report.way, report.signers, report.salutation)
    return [Missing(one.code, f"{one.message}请在“标题和公文格式”中填写。") for one in found]


def _name(section: Section, heading: str) -> str:
    return f"“{heading}”" if heading else f"正文段落“{section.text[:12]}…”" if section.text else "空的正文段落"


def _sections(sections: Sequence[Section]) -> list[Missing]:
    if not sections:
        return [Missing("report.empty", "报告没有任何章节。")]
    found, known = [], figures.registered()
    marks = list(numbered(sections))
    for at, (section, heading) in enumerate(marks):
        name = _name(section, heading)
        deeper = at + 1 < len(marks) and marks[at + 1][0].level > section.level > 0
        if section.level and not section.heading.strip():
            found.append(Missing("section.no_heading", f"第{at + 1}段没有标题。", section=str(section.pk)))
        if not section.text.strip() and not deeper:
            found.append(Missing("section.empty", f"{name}没有内容，请补写或者移除。", section=str(section.pk)))
        found += [
            Missing("figure.unknown", f"{name}中有不认识的数据占位符{text}。", section=str(section.pk))
            for text in placeholders.unknown(section.text, known)
        ]
        found += _doubts(section, name)
    return found


def _doubts(section: Section, name: str) -> list[Missing]:
    _, notes = cleaning.clean(section.heading + "\n" + section.text)
    return [
        Missing(
            f"text.{note.code}",
            f"{name}：{note}" + ("，印发时自动整理" if note.changed else ""),
            blocking=not note.changed,
            section=str(section.pk),
        )
        for note in notes
    ]


def _figures(sections: Sequence[Section], used: Sequence[str], drifts: Mapping[str, Drift]) -> list[Missing]:
    found, known = [], figures.registered()
    for key in used:
        figure, drift = known.get(key), drifts.get(key)
        if figure is None:
            continue
        if drift is None:
            message = f"“{figure.label}”还没有计算，请重新计算数据。"
            found.append(Missing("figure.none", message, figure=key, recompute=True))
            continue
        if drift.changed:
            message = f"“{figure.label}”{drift.step}：{drift.why()}。请重新计算，采用新的数据。"
            found.append(Missing("figure.changed", message, figure=key, recompute=True))
        elif not drift.use.rows and not figure.zero_ok:
            message = f"正文用了“{figure.label}”，但没有任何记录，请补录或者删去这一句。"
            section = next(str(row.pk) for row in sections if key in annual.used_keys([row]))
            found.append(Missing("figure.no_rows", message, section=section, figure=key))
    return found


def _alone(sections: Sequence[Section], beside: Sequence[str], uses: Mapping[str, FigureUse]) -> list[Missing]:
    """What is held against a year before that cannot be compared with."""
    known, found = figures.registered(), []
    for key in beside:
        use, figure = uses.get(key), known.get(key)
        if use is None or figure is None or speaking.forms(use)["增减"] != NOTHING:
            continue
        never = use.last_cut_off is None and growth.compares(figure)
        part = f"{in_part(use.last_since)}，不能比较" if use.last_since else "没有可比的上年同期数"
        why = "还没有同上年比较，请重新计算数据" if never else f"{part}，请删去同上年比较的话"
        section = next(str(row.pk) for row in sections if key in placeholders.compared(row.text))
        found.append(Missing("figure.alone", f"“{figure.label}”{why}。", section=section, figure=key, recompute=never))
    return found


def _partly(report: AnnualReport, sections: Sequence[Section], uses: Mapping[str, FigureUse]) -> list[Missing]:
    """Where the structure would hold a figure against a year before of which only a part was recorded."""
    if not any(use.last_since for use in uses.values()):
        return []
    held = telling.held_against(telling.parts_of(report.structure, report.of))
    found = []
    for section in sections:
        here = [key for key in annual.used_keys([section]) if key in held]
        found += [
            Missing(
                "figure.partly", f"{_name(section, section.heading)}：{told}", blocking=False, section=str(section.pk)
            )
            for told in partly(uses, here)
        ]
    return found


def _denied(report: AnnualReport, sections: Sequence[Section], uses: Mapping[str, FigureUse]) -> list[Missing]:
    """Sentences the figures bear out no more."""
    return [
        Missing(
            "text.denied",
            f"“{one.section}”中{one}。{'请改写或者删去这一句' if one.firm else '请核对这句话'}。",
            blocking=one.firm,
            section=str(one.section.pk),
        )
        for one in denied(report, sections, uses)
    ]


def _drafts(report: AnnualReport) -> list[Missing]:
    return [
        Missing(
            "section.two_texts",
            f"“{draft.section}”有{draft.author}的并存稿没有处理。",
            section=str(draft.section_id),
        )
        for draft in annual.open_drafts(report)
    ]


def _comments(report: AnnualReport) -> list[Missing]:
    waiting: dict[Section, int] = {}
    for one in annual.comments(report):
        if one.settled_at is None:
            waiting[one.section] = waiting.get(one.section, 0) + 1
    return [
        Missing(
            "section.comments", f"“{section}”有{count}条审改意见没有处理。", blocking=False, section=str(section.pk)
        )
        for section, count in waiting.items()
    ]


def _charts(content: Mapping[str, Any]) -> list[Missing]:
    lines = [line for part in content["body"] for line in part["paragraphs"] if not isinstance(line, str)]
    drawn = [line for line in lines if line["kind"] != "table"]
    told = (refused(line["caption"], [value for _, value in line["rows"]]) for line in drawn)
    return [Missing("chart.refused", why) for why in told if why]


def _glyphs(content: Mapping[str, Any]) -> list[Missing]:
    return [
        Missing("text.glyph", f"字库中没有“{character}”字（在“{place}”处），无法排版。")
        for character, place in lacking(blocks_of(content)).items()
    ]
