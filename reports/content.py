"""From sections and figures to what is printed: plain values that are frozen with the document, and blocks made of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from congress import figures
from congress.documents.charts import refused
from congress.documents.cleaning import clean
from congress.documents.text import (
    Addressee,
    Block,
    Chart,
    Column,
    Heading,
    Imprint,
    Masthead,
    Note,
    Paragraph,
    Signature,
    Subtitle,
    Table,
    Title,
    plain_text,
)
from congress.wording import chinese_date, people_in
from reports import drawing, parting, placeholders, returned, speaking
from reports.models import AnnualReport, FigureUse, Section
from reports.numbering import numbered


def shown_of(uses: Mapping[str, FigureUse]) -> dict[str, str]:
    """What stands in the text for each figure, by its key and by the key of each way it may be written."""
    known = figures.registered()
    shown = {}
    for key, use in uses.items():
        if key in known:
            shown |= {placeholders.Piece("", key, form).name: words for form, words in speaking.forms(use).items()}
    return shown


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
        **_year_before(use),
    }


def _year_before(use: FigureUse) -> dict[str, Any]:
    """What it was a year before; nothing of a figure that was held against none."""
    if use.last_cut_off is None:
        return {}
    told = {"value": use.last_value, "denominator": use.last_denominator, "rows_hash": use.last_hash}
    part = {"since": use.last_since.isoformat()} if use.last_since else {}
    return {"year_before": {**told, "cut_off": use.last_cut_off.isoformat(), **part}}


def body_of(
    sections: Sequence[Section],
    uses: Mapping[str, FigureUse],
    masks: Mapping[str, str] | None = None,
    charts: Mapping[str, dict] | None = None,
) -> list[dict[str, Any]]:
    """The sections as they read, figures put in and text tidied; `masks` are words in place of figures, by key; `charts` what is
    drawn in place of a paragraph (`reports/drawing.py`), where its figure is not masked. Raises KeyError for a figure not kept."""
    put = masks or {}
    shown = {name: put.get(name.partition("|")[0], words) for name, words in shown_of(uses).items()}

    def told(line: str) -> str | dict:
        if columns := placeholders.table(line):
            if any(piece.key in put for piece in columns):
                return parting.LEFT_OUT
            if (name := placeholders.name_of_table(columns)) in (charts or {}):
                return dict(charts[name])  # type: ignore[index]
        drawn = placeholders.chart(line)
        if drawn is not None and drawn.name in (charts or {}) and drawn.key not in put:
            return dict(charts[drawn.name])
        return clean(placeholders.fill(line, shown))[0]

    return [
        {
            "level": section.level,
            "heading": clean(heading)[0],
            "paragraphs": [told(line) for line in placeholders.paragraphs(section.text)],
        }
        for section, heading in numbered(sections)
    ]


def content_of(report: AnnualReport, sections: Sequence[Section], uses: Mapping[str, FigureUse]) -> dict[str, Any]:
    """What the report says, figures put in and text tidied, as JSON-able values. Raises KeyError for a figure not kept."""
    body = body_of(sections, uses, charts=drawing.charts_of(report, sections, uses))
    used = placeholders.keys(*(section.text for section in sections))
    return {
        "title": list(report.title_lines),
        "subtitle": report.subtitle.splitlines(),
        "salutation": report.salutation,
        **_form(report),
        "year": report.year,
        "edition": report.edition,
        "cut_off": report.cut_off.isoformat(),
        "office": report.township.presidium_name,
        "body": body,
        "figures": [figure_record(uses[key]) for key in used],
        "corrects": report.corrects.document.number if report.corrects and report.corrects.document else "",
        "correction_reason": report.correction_reason,
    }


def _form(report: AnnualReport) -> dict[str, Any]:
    """What the official form says besides: of a paper with a head its signers, copies and who prints it."""
    if not report.headed:
        return {"way": report.way}
    if report.way == report.Way.BRIEF:
        mark = f"{report.township.name}人大工作简报"
        return {"way": report.way, "mark": mark, "copies": report.copies, "printed_by": report.printed_by}
    signers = people_in(report.signers) if report.way == report.Way.UPWARD else []
    return {"way": report.way, "signers": signers, "copies": report.copies, "printed_by": report.printed_by}


def headed(content: Mapping[str, Any]) -> bool:
    """Whether what was frozen stands under a red head; papers of before had none."""
    return content.get("way", AnnualReport.Way.MEETING) != AnnualReport.Way.MEETING


def blocks_of(content: Mapping[str, Any]) -> list[Block]:
    """The blocks of the printed report: title, salutation, numbered headings, paragraphs, signature, number."""
    with_head = headed(content)
    blocks: list[Block] = [_masthead(content)] if with_head else []
    blocks.append(Title(tuple(content["title"])))
    if content.get("subtitle"):
        blocks.append(Subtitle(tuple(content["subtitle"])))
    if content.get("salutation"):
        blocks.append(Addressee(content["salutation"].rstrip("：:") + "："))
    for part in content["body"]:
        blocks += _part(part)
    if content.get("issued_on"):
        on = chinese_date(date.fromisoformat(content["issued_on"]))
        if not content.get("mark"):  # a brief tells in its head whose it is
            blocks.append(Signature(content["office"], on, sealed=with_head))
        if not with_head or content.get("corrects"):
            blocks.append(Note(_number(content)))
        if with_head:
            blocks.append(Imprint(content["printed_by"] or content["office"], on, content["copies"]))
    return blocks


def anchors_of(content: Mapping[str, Any], sections: Sequence[Section]) -> dict[int, str]:
    """The names of bookmarks for a file that may come back: each section with the version it is of, by the place of its first
    block in `blocks_of`. A section that says nothing has none."""
    ahead = {**content, "body": [], "issued_on": ""}
    at, found = len(blocks_of(ahead)), {}
    for part, section in zip(content["body"], sections, strict=True):
        blocks = _part(part)
        if blocks:
            lines = [words for one in blocks if (words := _outside_tables(one))]
            found[at] = returned.anchor(section.pk, section.version, lines)
        at += len(blocks)
    return found


def _outside_tables(block: Block) -> str:
    """What a file that comes back has of a block among its paragraphs: nothing of a table, of a chart its caption."""
    if isinstance(block, Table):
        return block.caption
    return returned.picture(block.caption) if isinstance(block, Chart) else plain_text([block])


def _part(part: Mapping[str, Any]) -> list[Block]:
    """One section: its heading, and its paragraphs."""
    lines, found = list(part["paragraphs"]), list[Block]()
    if part["level"] == 3:
        runs_in = bool(lines) and isinstance(lines[0], str)
        found.append(Heading(3, part["heading"], lines.pop(0) if runs_in else ""))
    elif part["level"]:
        found.append(Heading(part["level"], part["heading"]))
    return [*found, *map(_paragraph, lines)]


def _paragraph(line: str | Mapping[str, Any]) -> Block:
    """A paragraph, or what is drawn in its place; a draft says in words what cannot be drawn."""
    if isinstance(line, str):
        return Paragraph.of(line)
    if line["kind"] == "table":
        return table_of(line)
    rows = tuple((word, value) for word, value in line["rows"])
    why = refused(line["caption"], [value for _, value in rows])
    return Paragraph.of(f"（{why}）") if why else Chart(line["caption"], rows, line["kind"])


def table_of(line: Mapping[str, Any]) -> Table:
    """A table as it is set: its first column is twice as wide as the others."""
    first, *others = line["columns"]
    columns = (Column(first, width=2.0), *(Column(one) for one in others))
    return Table(columns, tuple(tuple(row) for row in line["rows"]), line["caption"])


def _masthead(content: Mapping[str, Any]) -> Masthead:
    """版头: whose paper it is (of a brief its name), the number it has or will have, who signs one that goes up."""
    number = content.get("number") or content.get("foreseen", "")
    return Masthead(content.get("mark") or f"{content['office']}文件", number, tuple(content.get("signers", ())))


def _number(content: Mapping[str, Any]) -> str:
    if not content.get("corrects"):
        return content["number"]
    return (
        f"{content['number']}，更正并代替{content['corrects']}，更正原因：{content['correction_reason'].rstrip('。')}"
    )
