"""Ballots and turnout: is a district's vote valid, does every box come out, is one ballot valid. Whole numbers only.

Whether an election is valid is asked district by district (选举法 44, 45 speak of 选区 and 每次选举). How an unreadable mark
or a written-in name without a mark counts no law says: an office settles it before the vote, and the settings go in here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from congress.law.finding import PRACTICE, Citation, Finding
from congress.law.numerals import chinese_date
from congress.law.provinces import PackLike, finding_of
from congress.law.provinces import pack as find_pack
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


@rule(
    "ballots.check_opening",
    "流动票箱在哪里开箱",
    cites=[
        ("beijing_election_rules", "election.mobile_box_opened"),
        ("shandong_election_rules", "election.mobile_box_opened"),
        ("election_law", "count_check"),
    ],
)
def check_opening(opened_apart: bool, on: date, pack: PackLike = "national") -> tuple[Finding, ...]:
    """A mobile box is opened where its district's ballots are counted (北京 53: with the other boxes, 山东 47: in the district),
    never on its way; where no text is held that is practice."""
    if not opened_apart:
        return ()
    value = find_pack(pack).value("election.mobile_box_opened", on)
    where = value.value or "与本选区其他票箱一起"
    return (finding_of(value, "boxes.opened_apart", f"流动票箱应当{where}开箱计票，不能在途中单独开箱"),)


@dataclass(frozen=True, slots=True)
class BallotRules:
    """What no law settles, or leaves open, and an office fixes before the vote.

    `unreadable`: an unreadable mark voids that mark only, or the ballot. `unmarked_write_in`: a written-in name without
    ○ counts as chosen, or not. `marks`: another mark than ○ and × counts by what the voter plainly means, or not at all.
    `abstain_write_in`: who leaves a candidate blank may write in somebody, or has to oppose one first. `write_in_from`: any
    voter may be written in, or those of the district only. `base`: where fewer ballots come back than people voted, the
    majority is taken of the voters or of the ballots. `fixed_on`: the day it was decided.
    """

    unreadable: Literal["mark", "ballot"] = "mark"
    unmarked_write_in: Literal["counts", "void"] = "void"
    marks: Literal["intent", "symbol"] = "intent"
    abstain_write_in: Literal["counts", "void"] = "counts"
    write_in_from: Literal["any", "district"] = "any"
    base: Literal["took_part", "recovered"] = "took_part"
    fixed_on: date | None = None


@rule(
    "ballots.check_rules",
    "选票认定办法是否在投票前确定",
    cites=[("election_law", "ballot_overfull"), ("election_law", "vote_choices"), ("election_law", "winning")],
)
def check_rules(rules: BallotRules, election_day: date) -> tuple[Finding, ...]:
    """Warnings when the office's settings were not fixed before election day (no law asks for it in so many words), and where
    a setting is narrower than the law's words."""
    found = []
    if rules.fixed_on is None or rules.fixed_on >= election_day:
        message = (
            f"无法辨认的符号、只写姓名未画符号的另选人如何认定，应当在选举日{chinese_date(election_day)}以前确定并公布"
        )
        found.append(Finding("ballot.rules_late", message, None, blocking=False, force=PRACTICE))
    choices = cite("election_law", "vote_choices", election_day)
    narrower = (
        (
            rules.abstain_write_in == "void",
            "ballot.abstain_write_in",
            "条文没有规定弃权的不能另选他人，按“应当先反对”认定的，请选举委员会写明依据",
            choices,
        ),
        (
            rules.write_in_from == "district",
            "ballot.write_in_from",
            "条文写的是“其他任何选民”，只限本选区选民的，请选举委员会写明依据",
            choices,
        ),
        (
            rules.base == "recovered",
            "ballot.base",
            "条文写的是“参加投票的选民”过半数，按收回的选票计算的，请选举委员会写明依据",
            cite("election_law", "winning", election_day),
        ),
    )
    found += [Finding(code, message, ground, blocking=False) for there, code, message, ground in narrower if there]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line of the rules by which ballots are judged: what it is about, what holds, and by which article (None: the office's
    own setting, for which there is none)."""

    key: str
    about: str
    says: str
    citation: Citation | None = None


@rule(
    "ballots.rule_lines",
    "选票认定办法逐项的内容和依据",
    cites=[("election_law", "ballot_overfull"), ("election_law", "vote_choices"), ("election_law", "winning")],
)
def rule_lines(rules: BallotRules, seats: int, on: date) -> tuple[RuleLine, ...]:
    """The rules as a notice and a page tell them, first what the law itself says; `seats` 0: not of one district."""
    overfull, choices = cite("election_law", "ballot_overfull", on), cite("election_law", "vote_choices", on)
    asked = f"应选{seats}名" if seats else "应选名额"
    return (
        RuleLine("overfull", "所选人数", f"等于或者少于{asked}的有效，多于{asked}的作废", overfull),
        RuleLine("choices", "可以怎样选", "可以赞成、反对，可以另选其他任何选民，也可以弃权", choices),
        RuleLine("unreadable", "无法辨认的符号", SAID["unreadable"][rules.unreadable]),
        RuleLine("marks", "规定符号以外的符号", SAID["marks"][rules.marks]),
        RuleLine(
            "unmarked_write_in", "另选人没有画圈（只写了姓名）", SAID["unmarked_write_in"][rules.unmarked_write_in]
        ),
        RuleLine(
            "abstain_write_in",
            "没有反对候选人而另选他人",
            SAID["abstain_write_in"][rules.abstain_write_in],
            choices if rules.abstain_write_in == "counts" else None,
        ),
        RuleLine(
            "write_in_from",
            "可以另选的人",
            SAID["write_in_from"][rules.write_in_from],
            choices if rules.write_in_from == "any" else None,
        ),
        RuleLine(
            "base",
            "收回的选票少于投票人数",
            SAID["base"][rules.base],
            cite("election_law", "winning", on) if rules.base == "took_part" else None,
        ),
    )


SAID = {
    "unreadable": {"mark": "只该处不计，其余部分有效", "ballot": "整张选票作废"},
    "marks": {"intent": "能看出选民意愿的，按其意愿认定", "symbol": "不是规定的符号，该处不计"},
    "unmarked_write_in": {"counts": "计为所选", "void": "不计"},
    "abstain_write_in": {"counts": "有效", "void": "不计，应当先反对一名候选人"},
    "write_in_from": {"any": "其他任何选民", "district": "只限本选区的选民"},
    "base": {"took_part": "当选所需的过半数按投票人数计算", "recovered": "当选所需的过半数按收回的选票计算"},
}


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
        words = SAID["unreadable"][settled.unreadable]
        findings.append(_settled("ballot.unreadable", f"有{unreadable}处符号无法辨认：按事先确定的办法，{words}"))
    if unmarked_write_ins:
        words = SAID["unmarked_write_in"][settled.unmarked_write_in]
        message = f"有{unmarked_write_ins}名另选人只写姓名未画符号：按事先确定的办法，{words}"
        findings.append(_settled("ballot.unmarked_write_in", message))
    return tuple(findings)


WriteIn = Literal["district", "elsewhere", "outside", "unknown"]


@rule(
    "ballots.write_in",
    "另选的人是否计票",
    cites=[("election_law", "vote_choices"), ("election_law", "voting_age")],
)
def write_in(who: WriteIn, on: date, rules: BallotRules | None = None) -> tuple[Finding, ...]:
    """Whether votes for somebody written in count: of any voter, or of the district's alone as the office fixed it; nothing for
    who is no voter (below eighteen on the day, or off every roll) or whom nobody can tell. With any finding they do not."""
    settled = rules or BallotRules()
    choices = cite("election_law", "vote_choices", on)
    if who == "outside":
        message = "另选的应当是选民，不是选民的（选举日未满十八周岁、不在选民名单上）不计"
        return (Finding("write_in.outside", message, choices),)
    if who == "unknown":
        return (Finding("write_in.unknown", "认不出写的是谁的，不能计给任何人", None, force=PRACTICE),)
    if who == "elsewhere" and settled.write_in_from == "district":
        message = "按事先确定的办法，只限另选本选区的选民，其他选区选民的票不计；条文写的是“其他任何选民”"
        return (Finding("write_in.elsewhere", message, None, force=PRACTICE),)
    return ()


def _settled(code: str, message: str) -> Finding:
    return Finding(code, message, None, blocking=False, force=PRACTICE)
