"""The list of counts; one count with its units and what comes next; a unit with its two readings; one's own reading."""

from django.shortcuts import redirect

from congress.counting import documents, tally
from congress.counting import permissions as may
from congress.counting.actions.findings import for_charge
from congress.counting.actions.readings import facts_of
from congress.counting.life import COUNT, ENTRY, UNIT, written_in
from congress.counting.listings import COUNTS
from congress.counting.models import Count
from congress.counting.queries import CountFacts, UnitFacts, listed
from congress.counting.stages import SIGNERS, CountStage, UnitStage
from congress.counting.views.recounts import printed, rows_of
from congress.law.ballots import rule_lines
from congress.web.pages import page, township_view
from congress.web.records import at, url_for, url_of
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from congress.wording import cdatew, percent

OVER = (
    UnitStage.MIXED,
    UnitStage.SMALL,
    UnitStage.READ,
    UnitStage.SIGNED,
)  # when nobody tallies the unit any more, or yet


@township_view(may.VIEW)
def counts(request, township):
    """Every count."""
    return show(request, township, COUNTS, listed(request.standing).filter(township=township))


def _found(life, request, pk):
    return found_or_404(life, request, pk)


def _trail(township, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("计票", at(township, "counting-counts")), *more]


@township_view(may.VIEW)
def count(request, township, pk):
    """One count: its ballot, its units and where each stands, the sums once every unit is settled."""
    row = _found(COUNT, request, pk)
    facts = CountFacts(row)
    signs = request.allows(may.SIGN)
    return page(
        request,
        "counting/count.html",
        {
            "facts": facts,
            "rows": _facts_of(facts, township),
            "rules": [(one.about, one.says, one.citation) for one in _rules(facts)],
            "units": [(one, url_of(one.unit, township), _who_next(one, request.user)) for one in facts.units],
            "waiting": sum(one.stage != UnitStage.SIGNED for one in facts.read),
            "totals": _totals(facts) if facts.counted else [],
            "findings": [*for_charge(facts.notices, facts), *facts.boxes],
            "said": _outcome(facts),
            "law": list(facts.outcome.tally.findings) if facts.outcome and facts.outcome.tally else [],
            "unclear": "unclear" in facts.paper.marks,
            "identified": [(written_in.told(one), one.second_by) for one in row.identified] if signs else [],
            "uncounted": facts.meant.uncounted if facts.meant else (),
            "unidentified": facts.unidentified if facts.stage in written_in.OPEN else [],
            "signers": SIGNERS,
            "closed": facts.stage == CountStage.CLOSED,
            "paper": at(township, "counting-count-paper", pk) if signs and facts.counted else "",
            "recounts": rows_of(facts, township) if facts.count.checked else [],
            "buttons": buttons(COUNT, request.standing, row),
            "breadcrumbs": _trail(township, (row.title, "")),
        },
    )


def _facts_of(facts: CountFacts, township) -> list[tuple]:
    row: Count = facts.count
    whole = "选民总数" if facts.paper.direct else "全体代表"
    rows = [
        ("投票日期", cdatew(row.held_on)),
        ("种类", row.get_kind_display()),
        ("当选条件", row.get_measure_display()),
    ]
    rows += [("应选", f"{row.seats}名")] if row.seats else []
    rows += [(whole, row.registered)] if row.registered else []
    rows += [("出席", row.present)] if row.present else []
    rows.append(("票上所列", "、".join(one.label for one in row.listed)))
    if row.subject_type and (url := url_for(row.subject_type, row.subject_id, township)):
        rows.append(("为谁计票", "打开", url))
    return rows


def _rules(facts: CountFacts):
    """By what a ballot is judged; what the hall's own rules say stands in its 选举办法."""
    paper = facts.paper
    return rule_lines(paper.rules, paper.seats, facts.count.held_on) if paper.direct else ()


def _who_next(facts: UnitFacts, user) -> str:
    """What comes next at a unit, and whether it is one's own to do."""
    held = facts.held_by(user)
    seat = facts.seats.get(held.place) if held and held.withdrawn_at is None else None
    if seat and seat.entry and not seat.entry.final:
        return "您正在录入"
    return facts.stage.next


def _totals(facts: CountFacts) -> list[tuple[str, str]]:
    totals = facts.counted.totals
    voids = "，".join(f"{facts.paper.voids[key]}{number}" for key, number in totals.void if number)
    rows = [
        ("发出的票", f"{totals.issued}张"),
        ("参加投票", f"{totals.took_part}人"),
        ("收回的票", f"{totals.collected}张"),
        ("有效票", f"{totals.valid}张，其中全部弃权{totals.blank}张"),
        ("废票", f"{totals.void_in_all}张{f'（{voids}）' if voids else ''}"),
    ]
    if facts.count.registered:
        by_people, by_paper = totals.took_part, totals.collected
        rows.append(("参选率（按参加投票）", percent(by_people, facts.count.registered)))
        rows.append(("参选率（按收回的票）", percent(by_paper, facts.count.registered)))
    return rows


def _outcome(facts: CountFacts) -> list[tuple[str, str]]:
    """What the law makes of it, in words; it is told by whoever had it counted, and not here."""
    found = facts.outcome.tally if facts.outcome else None
    if found is None:
        return []
    rows = [("投票", "有效" if found.valid else "无效"), ("当选所需", f"{found.needed}票（基数{found.base}）")]
    rows.append(("得票符合当选条件的", "、".join(found.elected) or "没有"))
    rows += [("票数相等", f"{'、'.join(found.tied)}，{found.tied_seats}名待定")] if found.tied else []
    rows += [("缺额", f"{found.unfilled}名")] if found.unfilled else []
    return rows


@township_view(may.VIEW)
def unit(request, township, pk):
    """One unit: its ledger, where its readings stand, and what stands once it is settled."""
    row = _found(UNIT, request, pk)
    facts = UnitFacts(row)
    whole = facts.whole
    signs = request.allows(may.SIGN)
    mine = facts.held_by(request.user)
    seat = facts.seats.get(mine.place) if mine and mine.withdrawn_at is None else None
    own = url_of(seat.entry, township) if seat and seat.entry and seat.reader.place != 3 else ""
    shown = facts.settled if signs else None
    return page(
        request,
        "counting/unit.html",
        {
            "unit": row,
            "facts": facts,
            "rows": _ledger(facts),
            "own": own,
            "own_final": bool(seat and seat.final),
            "sheet": table_of(whole.paper, shown) if shown else None,
            "findings": for_charge(facts.check(facts.settled), whole) if shown else [],
            "back": _sent_back(facts) if request.allows(may.DECIDE) and facts.pair else [],
            "signers": SIGNERS,
            "blank": at(township, "counting-unit-blank", pk) if facts.stage not in OVER and signs else "",
            "paper": at(township, "counting-unit-paper", pk) if shown else "",
            "buttons": buttons(UNIT, request.standing, row),
            "breadcrumbs": _trail(township, (whole.count.title, url_of(whole.count, township)), (row.name, "")),
        },
    )


def _ledger(facts: UnitFacts) -> list[tuple]:
    row = facts.unit
    rows = [("种类", row.get_kind_display()), ("发出的票", f"{row.issued}张"), ("参加投票", f"{row.took_part}人")]
    parts = [one.name for one in facts.whole.count.emptied if one.mixed_into_id == row.pk]
    rows += [("由哪些单元混合", "、".join(parts))] if parts else []
    if row.mixed_into_id:
        into = next(one for one in facts.whole.count.emptied if one.pk == row.mixed_into_id)
        rows.append(("并入", into.name, url_of(into, row.township)))
    decided = facts.decision
    rows += [("不一致的栏", f"由{decided.reader.user}看纸确定：{decided.explanation}")] if decided else []
    return rows


def _sent_back(facts: UnitFacts) -> list[tuple]:
    """Readings that were sent back, with who did and why; told only while both readings are final."""
    return [
        (str(reader), entry.number, str(entry.sent_back_by), entry.sent_back_why)
        for reader in facts.unit.seated
        for entry in reader.typed
        if entry.sent_back_by_id
    ]


def table_of(paper: tally.Paper, sheet: tally.Sheet) -> dict:
    """A reading as a table: the cells above, a row a name, people written in, and sums nobody has to do in his head."""

    def value(key: str) -> str:
        found = sheet.cells.get(key)
        return "" if found is None else str(found)

    valid, blank = sheet.cells.get("valid"), sheet.cells.get("blank")
    sums = []
    if valid is not None and all(sheet.cells.get(f"void_{key}") is not None for key in paper.voids):
        void = sheet.void(paper)
        sums.append(("有效票加废票", f"{valid}＋{void}＝{valid + void}"))
    if valid is not None and blank is not None and paper.seats:
        most = paper.seats * max(valid - blank, 0)
        sums.append(("赞成合计最多", f"应选{paper.seats}×（有效{valid}－全部弃权{blank}）＝{most}"))
    return {
        "heads": [(f"{cell.group} {cell.label}".strip(), value(cell.key)) for cell in paper.heads],
        "marks": list(paper.marks.values()),
        "names": [
            (name.label, [value(cell.key) for cell in paper.row(name)], _sum(paper, sheet, name))
            for name in paper.names
        ],
        "people": [(name, "" if votes is None else votes) for name, votes in sheet.write_ins],
        "sums": sums,
    }


def _sum(paper: tally.Paper, sheet: tally.Sheet, name: tally.Name) -> str:
    found = [sheet.cells.get(cell.key) for cell in paper.row(name)]
    return "" if None in found else str(sum(found))


@township_view(may.ENTER)
def entry(request, township, pk):
    """One's own reading: while it is typed the sheet to go on with, afterwards what was typed."""
    row = _found(ENTRY, request, pk)
    if not row.final:
        return redirect(ENTRY.url(row, "save"))
    facts = facts_of(row)
    paper = facts.whole.paper
    back = row.sent_back_why if row.sent_back_by_id else ""
    later = getattr(row, "correction", None)
    return page(
        request,
        "counting/entry_final.html",
        {
            "entry": row,
            "unit": facts.unit,
            "sheet": table_of(paper, tally.Sheet.of(row.sheet)),
            "back": back,
            "later": url_of(later, township) if later else "",
            "back_url": url_of(facts.unit, township),
            "breadcrumbs": _trail(
                township,
                (facts.whole.count.title, url_of(facts.whole.count, township)),
                (facts.unit.name, url_of(facts.unit, township)),
                (str(row), ""),
            ),
        },
    )


def around_entry(request, attempt) -> dict:
    """What stands beside the sheet while it is typed: sums of what is kept, by which rules ballots are judged."""
    facts = facts_of(attempt.record)
    township = attempt.record.township
    kept = tally.Sheet.of(attempt.record.sheet)
    return {
        "kept": table_of(facts.whole.paper, kept) if attempt.record.sheet else None,
        "ledger": [("发出的票", f"{facts.unit.issued}张"), ("参加投票", f"{facts.unit.took_part}人")],
        "rules": [(one.about, one.says, one.citation) for one in _rules(facts.whole)],
        "finish_url": ENTRY.url(attempt.record, "finish"),
        "save_url": ENTRY.url(attempt.record, "save"),
        "unit_url": url_of(facts.unit, township),
    }


@township_view(may.SIGN)
def count_paper(request, township, pk):
    """The table of the whole as a file."""
    row = _found(COUNT, request, pk)
    return printed(request, township, lambda: documents.of_whole(CountFacts(row)), row, "计票汇总表")


@township_view(may.SIGN)
def unit_paper(request, township, pk):
    """The table of a unit as a file."""
    row = _found(UNIT, request, pk)
    return printed(request, township, lambda: documents.of_unit(UnitFacts(row)), row, f"{row.name}计票单")


@township_view(may.SIGN)
def unit_blank(request, township, pk):
    """The empty sheet on which a unit is tallied by hand."""
    row = _found(UNIT, request, pk)
    return printed(request, township, lambda: documents.blank(UnitFacts(row)), row, f"{row.name}空白计票单")
