"""From sections and figures to what is printed: plain values that are frozen with the document, and blocks made of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from congress import figures
from congress.documents.cleaning import clean
from congress.documents.text import Addressee, Block, Heading, Note, Paragraph, Signature, Subtitle, Title
from congress.wording import chinese_date
from reports import placeholders
from reports.models import AnnualReport, FigureUse, Section
from reports.numbering import numbered


def _shown(uses: Mapping[str, FigureUse]) -> dict[str, str]:
    known = figures.registered()
    return {
        key: figures.spoken(known[key].kind, use.value, use.denominator, use.words)
        for key, use in uses.items()
        if key in known
    }


def figure_record(use: FigureUse) -> dict[str, Any]:
    """A figure as it is told with a report: definition, period, cut-off, denominator, rows."""
    known = figures.registered().get(use.key)
    return {
        "key": use.key,
        "label": known.label if known else use.key,
        "unit": known.unit if known else "",
        "shown": figures.show(known.kind if known else figures.Kind.COUNT, use.value, use.denominator, use.words),
        "value": use.value,
        "denominator": use.denominator,
        "denominator_definition": known.denominator if known else "",
        "definition": use.definition,
        "period": [use.period_from.isoformat(), use.period_to.isoformat()],
        "cut_off": use.cut_off.isoformat(),
        "records": [f"{row['subject']}:{row['id']}" for row in use.rows],
        "rows_hash": use.rows_hash,
        "computed_at": use.computed_at.isoformat(),
    }


def content_of(report: AnnualReport, sections: Sequence[Section], uses: Mapping[str, FigureUse]) -> dict[str, Any]:
    """What the report says, figures put in and text tidied, as JSON-able values. Raises KeyError for a figure not kept."""
    shown = _shown(uses)
    body = [
        {
            "level": section.level,
            "heading": clean(heading)[0],
            "paragraphs": [clean(placeholders.fill(line, shown))[0] for line in placeholders.paragraphs(section.text)],
        }
        for section, heading in numbered(sections)
    ]
    used = placeholders.keys(*(section.text for section in sections))
    return {
        "title": list(report.title_lines),
        "subtitle": report.subtitle.splitlines(),
        "salutation": report.salutation,
        "year": report.year,
        "edition": report.edition,
        "cut_off": report.cut_off.isoformat(),
        "office": report.township.presidium_name,
        "body": body,
        "figures": [figure_record(uses[key]) for key in used],
        "corrects": report.corrects.document.number if report.corrects and report.corrects.document else "",
        "correction_reason": report.correction_reason,
    }


def blocks_of(content: Mapping[str, Any]) -> list[Block]:
    """The blocks of the printed report: title, salutation, numbered headings, paragraphs, signature, number."""
    blocks: list[Block] = [Title(tuple(content["title"]))]
    if content.get("subtitle"):
        blocks.append(Subtitle(tuple(content["subtitle"])))
    if content.get("salutation"):
        blocks.append(Addressee(content["salutation"]))
    for part in content["body"]:
        lines = list(part["paragraphs"])
        if part["level"] == 3:
            blocks.append(Heading(3, part["heading"], lines.pop(0) if lines else ""))
        elif part["level"]:
            blocks.append(Heading(part["level"], part["heading"]))
        blocks += [Paragraph.of(line) for line in lines]
    if content.get("issued_on"):
        blocks.append(Signature(content["office"], chinese_date(date.fromisoformat(content["issued_on"]))))
        blocks.append(Note(_number(content)))
    return blocks


def _number(content: Mapping[str, Any]) -> str:
    if not content.get("corrects"):
        return content["number"]
    return (
        f"{content['number']}，更正并代替{content['corrects']}，更正原因：{content['correction_reason'].rstrip('。')}"
    )
