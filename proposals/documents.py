"""The papers of handling: the slip that goes with a hand-over (交办单), with the part that comes back signed."""

from collections.abc import Mapping, Sequence
from datetime import date

from congress.documents import kit
from congress.documents.fonts import replaced
from congress.documents.render import Metadata, render
from congress.documents.text import (
    Addressee,
    Blank,
    Block,
    Column,
    Heading,
    Imprint,
    Masthead,
    NewPage,
    Note,
    Paragraph,
    Signature,
    Table,
    Title,
    typed_lines,
)
from congress.wording import chinese_date, until
from proposals import queries
from proposals.actions import pressing
from proposals.models import Assignment, Matter, Suggestion, Urging

HIDDEN = "（应代表要求不公开）"
MARKS = "。！？；，、：…"  # with one of these at its end a line goes on
FACTS = (Column("项目", 1.4), Column("内容", 8.6, align="left"))
SLIP = tuple(Column(label) for label in ("签收单位（章）", "签收人", "签收日期", "联系电话"))


def compose(context: dict, draft: bool) -> bytes:
    """The PDF of slips, each on a page of its own. Raises MissingGlyph naming characters no font has."""
    slips = context["slips"]
    blocks = [block for slip in slips for block in (NewPage(), *_blocks(slip))][1:]
    metadata = Metadata(author=slips[0]["office"])
    return render(blocks, title=slips[0]["title"], draft=draft, metadata=metadata)


def _blocks(slip: dict) -> tuple[Block, ...]:
    return (
        Title((slip["office"], slip["title"])),
        Paragraph.of(slip["lead"]),
        Table(FACTS, tuple(tuple(row) for row in slip["rows"])),
        Blank(),
        Heading(1, f"回执（{slip['number']}）"),
        Table(SLIP, (tuple(slip["back"]),)),
        Note(slip["note"]),
    )


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
        "rows": [[label, replaced(_run_on(words))[0]] for label, words in [*rows, ("交办单位", by)]],
    }


def _run_on(words: str) -> str:
    """What was typed on several lines as a cell holds it: no blank between characters, and a mark where a line had none."""
    lines = typed_lines(words)
    return "".join(
        line if line[-1] in MARKS or at == len(lines) else f"{line}；" for at, line in enumerate(lines, start=1)
    )


def printed(slips: Sequence[dict]) -> bytes:
    """The PDF of slips, one after the other. Raises Refused naming characters no font has."""
    return kit.working_paper(HAND_OVER, {"slips": list(slips)})


def slip_of_share(suggestion: Suggestion, share: Assignment) -> dict:
    """The slip with which a unit's share of a suggestion is delivered; `suggestion` comes with its facts. A confidential
    suggestion names no deputy."""
    facts = queries.facts_of(suggestion).of(share.strand)
    limit = queries.due_of(suggestion, facts)
    lead = HIDDEN if suggestion.confidential else suggestion.lead.name
    others = "、".join(one.deputy.name for one in suggestion.cosigners.all() if one.confirmed_on)
    rows = [
        ("编号", suggestion.number),
        ("标题", suggestion.title),
        ("提出代表", lead),
        *([("联名代表", others)] if others and not suggestion.confidential else []),
        ("事由", suggestion.situation),
        ("具体建议", suggestion.proposal),
        ("办理方式", share.get_part_display()),
        *_beside(suggestion, share),
        ("答复期限", f"{until(limit)}，依据{limit.citation.brief}"),
    ]
    said = {"title": "代表建议交办单", "number": suggestion.number}
    return _slip(suggestion.township, share.unit, share.assigned_on, rows, **said)


def _beside(suggestion: Suggestion, share: Assignment) -> list[tuple[str, str]]:
    """With whom the unit handles it: who leads and who assists has to find the other."""
    others: dict[str, list[str]] = {}
    for one in queries.current_shares(suggestion):
        if one.pk != share.pk:
            others.setdefault(one.get_part_display(), []).append(one.unit.name)
    return [(f"{part}单位", "、".join(units)) for part, units in others.items()]


def slip_of_urging(urging: Urging) -> dict:
    """The slip with which a unit that cannot be told here is pressed; what it presses for comes with its facts."""
    record = urging.suggestion or urging.matter
    rows = [("编号", record.number), ("催办日期", chinese_date(urging.urged_on))]
    if urging.suggestion:
        share = queries.share_of(record, urging.unit)
        limit = queries.due_of(record, queries.facts_of(record).of(share.strand))
        rows += [("标题", record.title), ("交办日期", chinese_date(share.assigned_on))]
    else:
        limit = queries.follow_up_due(record)
        rows += [("反映内容", record.words), ("转办日期", chinese_date(record.channelled_on))]
    late = (urging.urged_on - limit.date).days
    rows.append(("期限", until(limit) + (f"，已逾期{late}天" if late > 0 else "")))
    said = {"title": "催办单", "number": record.number, "lead": f"{urging.unit}：下列事项请抓紧办理并答复。"}
    return _slip(record.township, urging.unit, urging.urged_on, rows, **said)


def letter_blocks(context: Mapping) -> tuple[Block, ...]:
    """What the presidium's letter consists of."""
    issued = context.get("issued_on", "")
    on = chinese_date(issued) if issued else "（草稿）"
    office, by = context["office"], f"{context['deputy']}代表" if context["deputy"] else "代表"
    names = (context["deputy"],) if context["deputy"] else ()
    told = (
        f"{context['assigned_on']}，{office}将{by}提出的《{context['suggestion']}》（第{context['number_of']}号）交你单位办理，"
        f"答复期限为{context['due']}，依据为{context['ground']}。"
        f"截至{context['on']}，尚未收到你单位的书面答复{context['late']}。"
    )
    return (
        Masthead(office, context.get("number", "")),
        Title.of(context["title"]),
        Addressee(f"{context['unit']}："),
        Paragraph.of(told, names),
        Paragraph.of(context["demand"]),
        Paragraph.of(f"请于{context['answer_by']}前书面答复代表，并将办理情况报送{office}。"),
        Paragraph.of("特此函告。"),
        Signature(office, on, sealed=True),
        Imprint(office, on),
    )


def compose_letter(context: dict, draft: bool) -> bytes:
    """The PDF of the presidium's letter from its frozen values. Raises MissingGlyph naming characters no font has."""
    issued = context.get("issued_on", "")
    metadata = Metadata(author=context["office"], created=date.fromisoformat(issued) if issued else None)
    return render(letter_blocks(context), title=context["title"], profile="official", draft=draft, metadata=metadata)


LETTER = kit.register(
    kit.DocumentKind(pressing.LETTER, "督办函", compose_letter, profile="official", blocks=letter_blocks)
)


def slip_of_matter(matter: Matter) -> dict:
    """The slip with which a matter is delivered to the unit that has it; it names no voter."""
    limit = queries.follow_up_due(matter)
    rows = [
        ("编号", matter.number),
        ("类别", matter.category.label),
        ("反映内容", matter.words),
        ("交办说明", matter.answer or "无"),
        ("办理期限", until(limit)),
    ]
    said = {"title": "选民反映事项交办单", "number": matter.number}
    return _slip(matter.township, matter.unit, matter.channelled_on, rows, **said)


def slips_to_sign(suggestion: Suggestion) -> list[dict]:
    """The slips of a suggestion's units that have not signed for it while they owe a reply; it comes with its facts."""
    shares = queries.current_shares(suggestion) if queries.owed(suggestion) else ()
    return [slip_of_share(suggestion, share) for share in shares if share.signed_on is None]


def slips_to_answer(matter: Matter) -> list[dict]:
    """The slip of the unit that has a matter, while nothing came of it."""
    given = matter.channel == Matter.Channel.UNIT and not matter.resolved_on
    return [slip_of_matter(matter)] if given else []
