"""Ballots and turnout: is a district's vote valid, does every box come out, is one ballot valid. Whole numbers only.

Whether an election is valid is asked district by district (选举法 44, 45 speak of 选区 and 每次选举). How an unreadable mark
or a written-in name without a mark counts no law says: an office settles it before the vote, and the settings go in here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from congress.law.finding import PRACTICE, Finding
from congress.law.numerals import chinese_date
from congress.law.registry import rule
from congress.law.sources import cite
from congress.law.thresholds import more_than_half

VOID = frozenset({"tally.turnout", "tally.ballots_exceed"})


def is_void(findings: tuple[Finding, ...]) -> bool:
    """True when one of the findings makes the whole vote of a district void."""
    return any(finding.code in VOID for finding in findings)


@rule(
    "ballots.check_turnout",
    "选区选举是否有效",
    cites=[("election_law", "turnout"), ("election_law", "ballots_exceed")],
)
def check_turnout(registered: int, took_part: int, recovered: int | None, on: date) -> tuple[Finding, ...]:
    """Findings for one district: half or fewer took part, or more ballots than voters; both make its election void.

    `took_part` includes proxies and mobile boxes. `recovered` None: the ballots were not counted against the voters. Where
    the turnout reaches half only by the voters and not by the ballots recovered, a warning says so.
    """
    if took_part > registered:
        raise ValueError("参加投票人数不能多于选民总数")
    turnout = cite("election_law", "turnout", on)
    needed = more_than_half(registered)
    findings = []
    if took_part < needed:
        message = f"参加投票{took_part}人，没有超过选民{registered}人的一半（须{needed}人），选举无效"
        findings.append(Finding("tally.turnout", message, turnout))
    if recovered is None:
        message = "没有登记收回选票数，未核对票数是否多于投票人数"
        findings.append(Finding("tally.not_compared", message, cite("election_law", "ballots_exceed", on), False))
    elif recovered > took_part:
        message = f"收回选票{recovered}张，多于投票{took_part}人，本次选举无效，须重新选举"
        findings.append(Finding("tally.ballots_exceed", message, cite("election_law", "ballots_exceed", on)))
    elif recovered < needed <= took_part:
        message = (
            f"参加投票{took_part}人超过半数，收回选票{recovered}张没有超过半数；条文写的是“过半数参加投票”，"
            "本结果按投票人数计算，请选举委员会确认"
        )
        findings.append(Finding("tally.turnout_disputed", message, turnout, blocking=False))
    return tuple(findings)


@dataclass(frozen=True, slots=True)
class DistrictTurnout:
    """One district's voters, those who took part, and the ballots recovered (None: not entered)."""

    name: str
    registered: int
    took_part: int
    recovered: int | None = None


@rule(
    "ballots.check_turnouts",
    "各选区选举是否有效",
    cites=[("election_law", "turnout"), ("election_law", "ballots_exceed")],
)
def check_turnouts(districts: tuple[DistrictTurnout, ...], on: date) -> tuple[Finding, ...]:
    """What `check_turnout` finds in each district, with the district's name in front."""
    return tuple(
        Finding(one.code, f"{district.name}：{one.message}", one.citation, one.blocking)
        for district in districts
        for one in check_turnout(district.registered, district.took_part, district.recovered, on)
    )


@rule("ballots.check_totals", "合计数能否判断选举是否有效", cites=[("election_law", "turnout")])
def check_totals(registered: int, took_part: int, districts: int, judged: int, on: date) -> tuple[Finding, ...]:
    """What totals of several districts cannot tell: validity is a matter of each district, so they judge nothing.

    `judged` is the number of districts whose own figures are there. One single district is judged by its totals.
    """
    if took_part > registered:
        raise ValueError("参加投票人数不能多于选民总数")
    if districts == 1 and not judged:
        return tuple(one for one in check_turnout(registered, took_part, None, on) if one.code in VOID)
    if judged and judged >= districts:
        return ()
    known = f"共{districts}个选区" if districts else "选区数没有登记"
    message = f"{known}，已登记{judged}个选区的选民和投票人数；选举是否有效按选区判断，合计数不能判断"
    return (Finding("tally.totals_only", message, cite("election_law", "turnout", on), blocking=False),)


@dataclass(frozen=True, slots=True)
class Box:
    """One ballot box (station, meeting or mobile): those who voted there and the ballots found in it."""

    name: str
    voters: int
    ballots: int


@rule(
    "ballots.check_boxes", "逐箱核对票数", cites=[("election_law", "ballots_exceed"), ("election_law", "count_check")]
)
def check_boxes(boxes: tuple[Box, ...], took_part: int, recovered: int, on: date) -> tuple[Finding, ...]:
    """Box by box: where a box does not come out, and where the boxes do not add up to the district's figures.

    选举法 44 speaks of the whole vote, so a single box with too many ballots is an alarm for the committee and voids nothing.
    """
    ground = cite("election_law", "ballots_exceed", on)
    check = cite("election_law", "count_check", on)
    findings = []
    for box in boxes:
        if box.ballots > box.voters:
            message = f"{box.name}有票{box.ballots}张，多于在此投票的{box.voters}人；请查明，是否无效按全选区合计判断"
            findings.append(Finding("boxes.exceed", message, ground, blocking=False))
    for label, total, stated in (
        ("投票人数", sum(box.voters for box in boxes), took_part),
        ("收回选票", sum(box.ballots for box in boxes), recovered),
    ):
        if total != stated:
            message = f"各票箱{label}合计{total}，与全选区{stated}不符"
            findings.append(Finding("boxes.sum", message, check))
    return tuple(findings)


@dataclass(frozen=True, slots=True)
class BallotRules:
    """What no law settles and an office fixes before the vote.

    `unreadable`: an unreadable mark voids that mark only, or the ballot. `unmarked_write_in`: a written-in name without
    ○ counts as chosen, or not. `fixed_on`: the day it was decided.
    """

    unreadable: Literal["mark", "ballot"] = "mark"
    unmarked_write_in: Literal["counts", "void"] = "void"
    fixed_on: date | None = None


@rule("ballots.check_rules", "选票认定办法是否在投票前确定", cites=[("election_law", "ballot_overfull")])
def check_rules(rules: BallotRules, election_day: date) -> tuple[Finding, ...]:
    """A warning when the office's settings were not fixed before election day; no law asks for it in so many words."""
    if rules.fixed_on is not None and rules.fixed_on < election_day:
        return ()
    message = (
        f"无法辨认的符号、只写姓名未画符号的另选人如何认定，应当在选举日{chinese_date(election_day)}以前确定并公布"
    )
    return (Finding("ballot.rules_late", message, None, blocking=False, force=PRACTICE),)


@rule("ballots.check_ballot", "一张选票是否有效", cites=[("election_law", "ballot_overfull")])
def check_ballot(
    chosen: int,
    seats: int,
    on: date,
    unreadable: int = 0,
    unmarked_write_ins: int = 0,
    rules: BallotRules | None = None,
) -> tuple[Finding, ...]:
    """A ballot choosing more people than there are seats is void; marked write-ins are part of `chosen`.

    Unreadable marks and names written in without a mark count as the office settled it, which the answer says.
    """
    settled = rules or BallotRules()
    findings = []
    counted = chosen + (unmarked_write_ins if settled.unmarked_write_in == "counts" else 0)
    if counted > seats:
        message = f"一张选票所选{counted}人，多于应选{seats}人，作废"
        findings.append(Finding("tally.overfull", message, cite("election_law", "ballot_overfull", on)))
    if unreadable:
        words = "整张选票作废" if settled.unreadable == "ballot" else "只该处不计，其余部分有效"
        findings.append(_settled("ballot.unreadable", f"有{unreadable}处符号无法辨认：按事先确定的办法，{words}"))
    if unmarked_write_ins:
        words = "计为所选" if settled.unmarked_write_in == "counts" else "不计"
        message = f"有{unmarked_write_ins}名另选人只写姓名未画符号：按事先确定的办法，{words}"
        findings.append(_settled("ballot.unmarked_write_in", message))
    return tuple(findings)


def _settled(code: str, message: str) -> Finding:
    return Finding(code, message, None, blocking=False, force=PRACTICE)
