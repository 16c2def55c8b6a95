"""Working papers of the counting room: the table of a unit and of the whole, with the fingerprint of what they show. They are no
official documents: the report that people sign is made by whoever had it counted."""

from congress.counting.queries import CountFacts, UnitFacts
from congress.documents.kit import DocumentKind, register, working_paper
from congress.documents.render import render
from congress.documents.text import Column, TableDoc
from congress.guard.refusal import refuse
from congress.wording import cdatew

PIECE = 16  # characters of a fingerprint read as one
BLANK = "　"


def compose(context: dict, draft: bool) -> bytes:
    """The PDF of one table. Raises MissingGlyph naming characters no font has."""
    table = TableDoc(
        title=context["title"],
        subtitle=context["subtitle"],
        columns=tuple(Column(*column) for column in context["columns"]),
        rows=context["rows"],
        notes=tuple(context["notes"]),
        foot=(context["foot"], BLANK),
        landscape=False,
        size=10.5,
    )
    return render(table, profile="table", draft=draft)


PAPER = register(DocumentKind("counting.sheet", "计票单", compose, profile="table", numbering=None))
SIGN_HERE = "监票人：　　　　　　　　计票人：　　　　　　　　总监票人："


def of_unit(facts: UnitFacts) -> bytes:
    """The table of one unit. Raises Refused while its reading is not settled."""
    if facts.told is None:
        refuse("这一单元还没有确定，不能打印计票单；录入前请用空白的计票单。")
    paper, sheet = facts.whole.paper, facts.told.sheet
    rows = [["发出的票", str(facts.unit.issued)], ["参加投票", str(facts.unit.took_part)]]
    rows += [[f"{cell.group} {cell.label}".strip(), str(sheet.get(cell.key))] for cell in paper.cells]
    rows += [[f"另选 {name}", str(votes)] for name, votes in sheet.write_ins]
    parts = "、".join(str(one) for one in facts.whole.count.emptied if one.mixed_into_id == facts.unit.pk)
    notes = [f"本单元由{parts}的票混合而成。"] if parts else []
    return _paper(
        facts.whole, f"{facts.unit.name}计票单", rows, facts.fingerprint, notes, (("项目", 3.0, "left"), ("数", 1.0))
    )


def of_whole(facts: CountFacts) -> bytes:
    """The table of the whole. Raises Refused while one unit is not settled: part of a result is no result."""
    if facts.counted is None:
        refuse("还有单元没有确定，不能打印计票汇总。")
    totals, paper = facts.counted.totals, facts.paper
    rows = [
        ["发出的票", str(totals.issued), *[BLANK] * 3],
        ["参加投票", str(totals.took_part), *[BLANK] * 3],
        ["收回的票", str(totals.collected), *[BLANK] * 3],
        ["有效票", str(totals.valid), *[BLANK] * 3],
        *([f"废票：{paper.voids[key]}", str(number), *[BLANK] * 3] for key, number in totals.void),
        ["全部弃权（在有效票内）", str(totals.blank), *[BLANK] * 3],
        ["经认定的争议票", str(totals.disputed), *[BLANK] * 3],
        *([one.label, str(one.yes), str(one.no), str(one.abstain), str(one.unclear)] for one in totals.lines),
        *([f"另选 {one.label}", str(one.yes), *[BLANK] * 3] for one in totals.write_ins),
    ]
    columns = (("项目、姓名", 3.0, "left"), ("数、赞成", 1.0), ("反对", 1.0), ("弃权", 1.0), ("该处不计", 1.0))
    notes = [f"共{len(facts.read)}个计票单元：" + "、".join(str(one.unit) for one in facts.read) + "。"]
    return _paper(facts, "计票汇总表", rows, facts.fingerprint, notes, columns)


def _paper(facts: CountFacts, title: str, rows: list, fingerprint: str, notes: list[str], columns: tuple) -> bytes:
    count = facts.count
    read = " ".join(fingerprint[at : at + PIECE] for at in range(0, len(fingerprint), PIECE))
    context = {
        "title": title,
        "subtitle": f"{count.title}　{cdatew(count.held_on)}",
        "columns": [list(one) for one in columns],
        "rows": rows,
        "notes": [*notes, "工作用表，不是投票结果报告单；签字的报告单由组织投票的机关印制。", SIGN_HERE],
        "foot": f"计票指纹 {read}",
        "office": count.township.name,
    }
    return working_paper(PAPER, context)
