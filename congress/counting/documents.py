"""Working papers of the counting room: the table of a unit and of the whole, with the fingerprint of what they show. They are no
official documents: the report that people sign is made by whoever had it counted."""

from collections.abc import Sequence

from congress.counting.actions.recounts import Checked
from congress.counting.models import HallVote
from congress.counting.queries import CountFacts, UnitFacts, counts, meant_lines
from congress.documents.cards import Card, cards_pdf
from congress.documents.kit import DocumentKind, register, working_paper
from congress.documents.render import render
from congress.documents.text import Column, TableDoc
from congress.guard.refusal import refuse
from congress.wording import cdatew

PIECE = 16  # characters of a fingerprint read as one
BLANK = "　"
WRITTEN_IN = 4  # empty lines for people written in


def compose(context: dict, draft: bool) -> bytes:
    """The PDF of one table. Raises MissingGlyph naming characters no font has."""
    table = TableDoc(
        title=context["title"],
        subtitle=context["subtitle"],
        columns=tuple(Column(*column) for column in context["columns"]),
        rows=context["rows"],
        notes=tuple(context["notes"]),
        foot=(context["foot"], BLANK),
        landscape=context.get("landscape", False),
        size=10.5,
    )
    return render(table, profile="table", draft=draft)


PAPER = register(DocumentKind("counting.sheet", "计票单", compose, profile="table", numbering=None))
SIGN_HERE = "监票人：　　　　　　　　计票人：　　　　　　　　总监票人："


def of_unit(facts: UnitFacts) -> bytes:
    """The table of one unit. Raises Refused while its reading is not settled."""
    if facts.told is None:
        refuse("这一单元还没有确定，不能打印结果；唱票时用空白的计票单。")
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
    notes += meant_lines(facts)
    return _paper(facts, "计票汇总表", rows, facts.fingerprint, notes, columns)


def of_recount(facts: CountFacts, found: Checked) -> bytes:
    """The statement of a recount by lot: how the units were drawn, so that anybody can draw them anew, and what was read otherwise.
    Raises Refused while it is not closed."""
    if found.differences is None:
        refuse("抽查复核的计票还没有由两人结束，不能打印情况说明。")
    row, units = found.row, {one.unit.number: one.unit.name for one in facts.read}
    rows = [[unit, what, str(first), str(again)] for unit, what, first, again in found.differences]
    drawn = "、".join(f"{number}号（{units.get(number, '')}）" for number in row.drawn)
    notes = [
        f"{cdatew(row.drawn_on)}当众掷出的种子数字：{row.seed}，由{row.first_by}、{row.second_by}分别录入。",
        f"从{len(units)}个计票单元中抽取{row.size}个：{drawn}。",
        "抽取办法：对“种子数字、计票指纹、单元序号”（中间用制表符隔开）求SHA-256，取最小的几个。",
        f"抽取时的计票指纹：{row.fingerprint}。",
        "复核由两人分别看纸重新录入，原来的录入和结果没有改动。"
        + ("上列不同由总监票人组织查明；确有错误的，由两人重新开启原来的计票更正。" if rows else "各栏与原来一致。"),
    ]
    columns = (("计票单元", 1.6, "left"), ("项目、姓名", 2.4, "left"), ("原来", 1.0), ("复核", 1.0))
    again = row.again_id and CountFacts(counts().get(pk=row.again_id)).fingerprint
    return _paper(facts, "抽查复核情况说明", rows or [["没有不同", BLANK, BLANK, BLANK]], again, notes, columns)


def blank(facts: UnitFacts) -> bytes:
    """The sheet on which the ballots of a unit are tallied by strokes of 正, in the order in which it is entered afterwards."""
    paper = facts.whole.paper
    labels = [f"{cell.group} {cell.label}".strip() for cell in paper.heads]
    void = [label for label in labels if label.startswith("废票")]
    rows = [[label, BLANK, *[""] * (2 * len(paper.marks) - 1)] for label in void]
    written_in = ["另选" for _ in range(WRITTEN_IN)] if paper.write_ins else []
    rows += [[label, *[BLANK] * (2 * len(paper.marks))] for label in (*(one.label for one in paper.names), *written_in)]
    rows += [[label, BLANK, *[""] * (2 * len(paper.marks) - 1)] for label in labels if label not in void]
    columns = [["项目、姓名", 2.4, "left"]]
    for words in paper.marks.values():
        columns += [[f"{words}（正字）", 2.6], ["小计", 0.8]]
    context = {
        "title": f"{facts.unit.name}计票单",
        "subtitle": f"{facts.whole.count.title}　{cdatew(facts.whole.count.held_on)}",
        "columns": columns,
        "rows": rows,
        "notes": [
            "先把废票挑出，再唱有效票。一张计票单不超过100张票，多张的相加。",
            "没有的填0，不要空着。",
            SIGN_HERE,
        ],
        "foot": f"第　张，共　张　　发出{facts.unit.issued}张　参加{facts.unit.took_part}人",
        "office": facts.whole.count.township.name,
        "landscape": True,
    }
    return working_paper(PAPER, context)


def slips_of(row: HallVote, codes: Sequence[str], address: str) -> bytes:
    """The stack of codes of a secret vote, to be cut apart and drawn: ten to a page, each with the address for a camera. Nothing on
    a slip tells one from another but its code."""
    half = len(codes[0]) // 2
    foot = ("凭码无记名投票，只能用一次；不登记谁抽到哪一张。",)
    cards = [
        Card((row.title, "表决码"), (("表决码", f"{code[:half]} {code[half:]}"), ("网址", address)), foot, code=address)
        for code in codes
    ]
    return cards_pdf(cards, title=f"{row.title}表决码", across=2, down=5)


def fingerprint_words(fingerprint: str) -> str:
    """A fingerprint as papers show it, in pieces somebody can read aloud."""
    return "计票指纹 " + " ".join(fingerprint[at : at + PIECE] for at in range(0, len(fingerprint), PIECE))


def _paper(facts: CountFacts, title: str, rows: list, fingerprint: str, notes: list[str], columns: tuple) -> bytes:
    count = facts.count
    context = {
        "title": title,
        "subtitle": f"{count.title}　{cdatew(count.held_on)}",
        "columns": [list(one) for one in columns],
        "rows": rows,
        "notes": [*notes, "工作用表，不是投票结果报告单；签字的报告单由组织投票的机关印制。", SIGN_HERE],
        "foot": fingerprint_words(fingerprint),
        "office": count.township.name,
    }
    return working_paper(PAPER, context)
