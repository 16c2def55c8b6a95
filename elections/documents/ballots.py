"""Ballots as they go to the printer, the sample that hangs where people vote, and the order with counts and stub numbers."""

from collections.abc import Callable
from datetime import date
from functools import partial

from congress.documents.ballots import Ballot, ballots_pdf
from congress.documents.joined import join
from congress.documents.kit import DocumentKind, register, silent
from congress.documents.render import render
from congress.documents.text import Column, Paragraph, Subtitle, Table, Title
from congress.guard.refusal import refuse
from congress.law.ballots import BallotRules, rule_lines
from congress.printing import WorkingPaper
from congress.printing import register as offer
from congress.wording import chinese_date
from elections.actions.ballots import refuse_changed
from elections.actions.candidate_lists import ballot_rules
from elections.documents.common import ELECTION_COMMITTEE, committee_name, congress_name
from elections.documents.sheets import levels
from elections.models import Election, VotingRules
from elections.permissions import ISSUE
from elections.queries import candidate_lists as queries
from elections.queries.candidate_lists import Facts

HOW = (
    "在候选人姓名左边的符号栏内，赞成的画“○”，反对的画“×”，弃权的不画任何符号。",
    "另选他人的，在“另选他人姓名”栏写上姓名，并在左边的符号栏内画“○”。",
)
PIECE = 16  # ballots that are typeset at once
OF_OTHERS = ("unmarked_write_in", "abstain_write_in", "write_in_from")
ON_BALLOT = ("overfull", "unreadable", "marks", "unmarked_write_in", "abstain_write_in", "write_in_from")


def _compose(context: dict, draft: bool, progress: Callable = silent) -> bytes:
    found = [
        Ballot(
            title=tuple(one["title"]),
            district=one["district"],
            seats=one["seats"],
            names=tuple((name, beside, written) for name, beside, written in one["names"]),
            rules=tuple(one["rules"]),
            seal=one["seal"],
            colour=one["colour"],
            beside=one["beside"],
            stub=tuple(one["stub"]),
            others=one.get("others", True),
        )
        for one in context["ballots"]
    ]

    def sheets(ballots: list[Ballot], first_page: int) -> bytes:
        return ballots_pdf(ballots, title=context["title"], sample=context["sample"], draft=draft)

    pieces = (partial(sheets, found[at : at + PIECE]) for at in range(0, len(found), PIECE))
    try:
        return join(pieces, progress, len(found), "正在排选票")
    except ValueError as error:  # more people than a page holds, as a by-election may have
        refuse(f"{error}，请核对候选人名单。")


BALLOTS = register(
    DocumentKind("elections.ballots", "选票", _compose, issuer=ELECTION_COMMITTEE, numbering=None, told=True)
)


def ballots(election: Election, *, sample: bool) -> dict:
    """The ballot of every district that was ordered, one page each; as a sample it says so and bears no stub.

    Raises Refused where none was ordered, and where a list or the number of seats changed since: no ballot is made of such a
    list. One that does not fit on its page is refused when it is set.
    """
    found = [one for one in queries.facts_of(election).values() if one.printed is not None]
    if not found:
        refuse("还没有付印的选票：请先在“付印选票”里确定张数、存根号码和票纸颜色。")
    for facts in found:
        refuse_changed(facts)
        if not queries.ballots_hold(facts):
            refuse(f"{facts.district}付印的选票与现在的应选名额不符，已经印制的作废，请重新付印。")
    rules = VotingRules.objects.kept().filter(election=election).first()
    settings = ballot_rules(rules) if rules else None
    called = "样票" if sample else "选票"
    return {
        "title": f"{congress_name(election)}代表选举{called}",
        "sample": sample,
        "ballots": [_ballot(election, one, settings) for one in found],
    }


def rules_on(settings: BallotRules | None, seats: int, on: date, *, others: bool = True) -> list[str]:
    """How it is marked, and what makes it void; numbered. Nothing of others where nobody else may be chosen."""
    lines = rule_lines(settings or BallotRules(), seats, on)
    wanted = ON_BALLOT if settings else ON_BALLOT[:1]
    how = HOW if others else HOW[:1]
    wanted = wanted if others else tuple(key for key in wanted if key not in OF_OTHERS)
    told = (*how, *(f"{one.about}：{one.says}。" for one in lines if one.key in wanted))
    return [f"{at}.{text}" for at, text in enumerate(told, start=1)]


def _ballot(election: Election, facts: Facts, settings: BallotRules | None) -> dict:
    printed, office = facts.printed, committee_name(election.township, election)
    return {
        "title": [f"{congress_name(election)}代表选举", "选　票"],
        "district": str(facts.district),
        "seats": facts.seats,
        "names": [list(one) for one in queries.ballot_names(facts)],
        "rules": rules_on(settings, facts.seats, facts.day),
        "seal": office,
        "colour": printed.colour if printed else "",
        "beside": printed.title_beside if printed else "",
        "stub": [
            f"{congress_name(election)}代表选举　{facts.district}",
            f"本选区存根号码{printed.first_stub}至{printed.last_stub}；号码只印在存根上，发放选票时沿虚线裁下。"
            if printed
            else "",
        ],
    }


def _compose_order(context: dict, draft: bool) -> bytes:
    columns = (
        Column("选区", 3.4, "left"),
        Column("应选", 1),
        Column("候选人", 1.2),
        Column("选民数", 1.4),
        Column("备用", 1),
        Column("印制张数", 1.5),
        Column("存根号码", 2.6),
        Column("票纸颜色", 1.4),
    )
    blocks = [
        Title((context["title"],)),
        Subtitle(tuple(context["under"])),
        Table(columns, tuple(tuple(map(str, row)) for row in context["rows"])),
        *(Paragraph.of(text) for text in context["below"]),
    ]
    return render(blocks, title=context["title"], draft=draft)


ORDER = register(
    DocumentKind("elections.ballot_order", "选票付印清单", _compose_order, issuer=ELECTION_COMMITTEE, numbering=None)
)


def print_order(election: Election) -> dict:
    """How many ballots of each district are printed, on what paper, with which numbers on the stubs. Raises Refused where none
    was ordered."""
    found = [one for one in queries.facts_of(election).values() if one.printed is not None]
    if not found:
        refuse("还没有付印的选票。")
    rows = [
        [
            str(one.district),
            one.seats,
            len(queries.ballot_names(one)),
            one.printed.voters,
            one.printed.spare,
            one.printed.copies,
            f"{one.printed.first_stub}—{one.printed.last_stub}",
            one.printed.colour,
        ]
        for one in found
        if one.printed
    ]
    voters, spare, copies = (sum(int(row[at]) for row in rows) for at in (3, 4, 5))
    rows.append(["合计", "", "", voters, spare, copies, "", ""])
    first = min(one.printed.ordered_on for one in found if one.printed)
    return {
        "title": "选票付印清单",
        "under": [f"{congress_name(election)}代表选举　{chinese_date(first)}付印"],
        "rows": rows,
        "below": [
            "号码只印在存根上，选票上不得有任何号码或者记号。",
            "印制时派人监印，废版、废票当场清点销毁；承印人和接收人清点后签名：",
            "承印（签名）：　　　　　　　接收（签名）：　　　　　　　年　　月　　日",
        ],
    }


def _ballots_in(context: dict) -> int:
    return len(context["ballots"])


PRINTED = offer(WorkingPaper(BALLOTS, levels, lambda found, _: ballots(found, sample=False), _ballots_in, ISSUE))
SAMPLE = offer(
    WorkingPaper(
        BALLOTS,
        levels,
        lambda found, _: ballots(found, sample=True),
        _ballots_in,
        ISSUE,
        "elections.sample_ballots",
        "样票",
    )
)
PRINT_ORDER = offer(
    WorkingPaper(
        ORDER, levels, lambda found, _: print_order(found), lambda context: 1 + len(context["rows"]) // 14, ISSUE
    )
)
