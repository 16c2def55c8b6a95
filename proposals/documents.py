"""The papers of handling: the slip that goes with a hand-over (交办单), with the part that comes back signed."""

from datetime import date

from congress.documents import kit
from congress.documents.fonts import replaced
from congress.documents.render import Metadata, render
from congress.documents.text import Blank, Column, Heading, Note, Paragraph, Table, Title
from congress.wording import chinese_date
from proposals import queries
from proposals.models import Assignment, Matter, Suggestion

HIDDEN = "（应代表要求不公开）"
FACTS = (Column("项目", 1.4), Column("内容", 8.6, align="left"))
SLIP = tuple(Column(label) for label in ("签收单位（章）", "签收人", "签收日期", "联系电话"))


def compose(context: dict, draft: bool) -> bytes:
    """The PDF of a slip. Raises MissingGlyph naming characters no font has."""
    blocks = (
        Title((context["office"], context["title"])),
        Paragraph.of(context["lead"]),
        Table(FACTS, tuple(tuple(row) for row in context["rows"])),
        Blank(),
        Heading(1, f"回执（{context['number']}）"),
        Table(SLIP, (tuple(context["back"]),)),
        Note(context["note"]),
    )
    return render(blocks, title=context["title"], draft=draft, metadata=Metadata(author=context["office"]))


HAND_OVER = kit.register(kit.DocumentKind("proposals.slip", "交办单", compose))


def _slip(place, unit, on: date, rows: list[tuple[str, str]], **said) -> dict:
    """A character no font has is left to be written in by hand: it never keeps a unit from being told."""
    by = f"{place.presidium_name}　{chinese_date(on)}（盖章）"
    return {
        "office": place.presidium_name,
        "lead": f"{unit}：现将下列事项交你单位办理，请签收后填写回执交回。",
        "back": [str(unit), "　", "　年　月　日", "　"],
        "note": "回执签收后剪下交回人大主席团存档",
        **said,
        "rows": [[label, replaced(" ".join(words.split()))[0]] for label, words in [*rows, ("交办单位", by)]],
    }


def slip_of_share(suggestion: Suggestion, share: Assignment) -> bytes:
    """The slip with which a unit's share of a suggestion is delivered; `suggestion` comes with its facts. A confidential
    suggestion names no deputy."""
    facts = queries.facts_of(suggestion).of(share.strand)
    limit = queries.due_of(suggestion, facts)
    lead = HIDDEN if suggestion.confidential else suggestion.lead.name
    rows = [
        ("编号", suggestion.number),
        ("标题", suggestion.title),
        ("提出代表", lead),
        ("事由", suggestion.situation),
        ("具体建议", suggestion.proposal),
        ("办理方式", share.get_part_display()),
        ("答复期限", f"{chinese_date(limit.date)}（{limit.formula}，依据{limit.citation.brief}）"),
    ]
    said = {"title": "代表建议交办单", "number": suggestion.number}
    return kit.working_paper(HAND_OVER, _slip(suggestion.township, share.unit, share.assigned_on, rows, **said))


def slip_of_matter(matter: Matter) -> bytes:
    """The slip with which a matter is delivered to the unit that has it; it names no voter."""
    limit = queries.follow_up_due(matter)
    rows = [
        ("编号", matter.number),
        ("类别", matter.category.label),
        ("反映内容", matter.words),
        ("交办说明", matter.answer or "无"),
        ("办理期限", f"{chinese_date(limit.date)}（{limit.formula}）"),
    ]
    said = {"title": "选民反映事项交办单", "number": matter.number}
    return kit.working_paper(HAND_OVER, _slip(matter.township, matter.unit, matter.channelled_on, rows, **said))
