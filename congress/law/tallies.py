"""Counting votes: is the election valid, who is elected, who ties, what stays unfilled. Whole numbers only.

Direct elections count against those who took part in voting (选举法 45); elections inside the congress against all
deputies (地方组织法 25, 29). Nobody's ballot is known here: names and totals only.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from congress.law.ballots import check_turnout, is_void
from congress.law.elections import candidate_numbers
from congress.law.finding import Citation, Finding
from congress.law.numerals import between
from congress.law.provinces import PackLike, finding_of
from congress.law.provinces import pack as find_pack
from congress.law.registry import rule
from congress.law.sources import cite
from congress.law.thresholds import more_than_half, quorum, share_up


@dataclass(frozen=True, slots=True)
class VoteLine:
    """Yes votes of one person. `write_in` marks somebody voters wrote on the ballot (另选他人)."""

    name: str
    votes: int
    write_in: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """The outcome of one vote.

    `base` is what the majority is taken of and `needed` the smallest number that elects. `tied` names those between
    whom `tied_seats` seats must be decided by a new vote; `unfilled` seats need 另行选举.
    """

    valid: bool
    base: int
    needed: int
    elected: tuple[str, ...]
    tied: tuple[str, ...]
    tied_seats: int
    unfilled: int
    findings: tuple[Finding, ...]
    citation: Citation


def _rank(lines: tuple[VoteLine, ...], seats: int) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """The elected by number of votes, those tied for the last seats, and how many seats the tie leaves open."""
    ordered = sorted(lines, key=lambda line: -line.votes)
    if len(ordered) <= seats:
        return tuple(line.name for line in ordered), (), 0
    last = ordered[seats - 1].votes
    if last != ordered[seats].votes:
        return tuple(line.name for line in ordered[:seats]), (), 0
    above = tuple(line.name for line in ordered if line.votes > last)
    return above, tuple(line.name for line in ordered if line.votes == last), seats - len(above)


def _check_numbers(lines: tuple[VoteLine, ...], seats: int, ballots: int) -> None:
    if seats < 1:
        raise ValueError("应选名额至少为一")
    if ballots < 0 or any(line.votes < 0 for line in lines):
        raise ValueError("票数不能为负")
    if len({line.name for line in lines}) != len(lines):
        raise ValueError("得票名单中有重名，请加以区分")
    over = [line.name for line in lines if line.votes > ballots]
    if over:
        raise ValueError(f"得票多于收回选票：{'、'.join(over)}")
    if sum(line.votes for line in lines) > ballots * seats:
        raise ValueError("得票合计多于全部选票可选的人数")


@rule(
    "tallies.direct_result",
    "选民直接选举的结果",
    cites=[("election_law", "winning"), ("election_law", "tie"), ("election_law", "another_round")],
)
def direct_result(
    registered: int,
    took_part: int,
    recovered: int,
    seats: int,
    votes: tuple[VoteLine, ...],
    on: date,
    base: Literal["took_part", "recovered"] = "took_part",
) -> Tally:
    """Elected with votes of more than half of those who took part; void and blank ballots stay in the base.

    `took_part` includes proxies and mobile boxes. A tie matters only at the last seat and among people with a
    majority. `base` is what the office fixed before the vote (`BallotRules.base`): where fewer ballots came back than people
    voted, and the other base would change the outcome, a warning says so; another when somebody written in is elected or ties,
    because the article speaks of candidates.
    """
    _check_numbers(votes, seats, recovered)
    citation = cite("election_law", "winning", on)
    taken_of = recovered if base == "recovered" else took_part
    needed = more_than_half(taken_of)
    problems = check_turnout(registered, took_part, recovered, on)
    if is_void(problems):
        return Tally(False, taken_of, needed, (), (), 0, seats, problems, citation)
    passed = tuple(line for line in votes if 2 * line.votes > taken_of)
    elected, tied, tied_seats = _rank(passed, seats)
    unfilled = seats - len(elected) - tied_seats
    notes = (
        *problems,
        *_write_in_note(votes, (*elected, *tied), citation),
        *_base_note(votes, took_part, recovered, base, on),
        *_tie_note(tied, tied_seats, on),
        *_unfilled_note(unfilled, on),
    )
    return Tally(True, taken_of, needed, elected, tied, tied_seats, unfilled, notes, citation)


def _write_in_note(votes: tuple[VoteLine, ...], names: tuple[str, ...], citation: Citation) -> tuple[Finding, ...]:
    """Says that the article speaks of 候选人 when one of these names was written in by the voters."""
    written = [line.name for line in votes if line.write_in and line.name in names]
    if not written:
        return ()
    message = f"{'、'.join(written)}是选民另选的人；条文写的是“代表候选人”，另选的人适用同样的条件是通行的理解，请选举委员会确认"
    return (Finding("tally.write_in", message, citation, blocking=False),)


def _void_again(problems: tuple[Finding, ...], citation: Citation) -> tuple[Finding, ...]:
    """The findings of a void further round, and that the text does not speak of its turnout."""
    if not any(finding.code == "tally.turnout" for finding in problems):
        return problems
    message = "再次投票、另行选举是否也须选民过半数参加，条文没有另外写明；本系统按同样的条件，请选举委员会确认"
    return (*problems, Finding("tally.further_turnout", message, citation, blocking=False))


def _base_note(votes: tuple[VoteLine, ...], took_part: int, recovered: int, base: str, on: date) -> tuple[Finding, ...]:
    between = [line.name for line in votes if recovered < 2 * line.votes <= took_part]
    if recovered >= took_part or not between:
        return ()
    message = (
        f"收回{recovered}张少于投票{took_part}人；按收回票数计算{'、'.join(between)}过半数，按投票人数计算未过半数。"
        f"法律写的是“参加投票的选民过半数”，本结果按{'收回票数' if base == 'recovered' else '投票人数'}计算，请选举委员会确认"
    )
    return (Finding("tally.base_disputed", message, cite("election_law", "winning", on), blocking=False),)


def _tie_note(tied: tuple[str, ...], seats: int, on: date) -> tuple[Finding, ...]:
    if not tied:
        return ()
    message = f"{'、'.join(tied)}票数相等，不能确定{seats}名当选人，应当就他们再次投票，以得票多的当选"
    return (Finding("tally.tie", message, cite("election_law", "tie", on), blocking=False),)


def _unfilled_note(unfilled: int, on: date) -> tuple[Finding, ...]:
    if unfilled < 1:
        return ()
    message = f"当选人数少于应选名额，不足的{unfilled}名另行选举"
    return (Finding("tally.unfilled", message, cite("election_law", "another_round", on), blocking=False),)


@rule(
    "tallies.tie_result",
    "再次投票的结果",
    cites=[("election_law", "tie"), ("shandong_election_rules", "election.tie_unfilled")],
)
def tie_result(
    registered: int,
    took_part: int,
    recovered: int,
    seats: int,
    votes: tuple[VoteLine, ...],
    on: date,
    pack: PackLike = "national",
) -> Tally:
    """The new vote among the tied: most votes win, no majority needed. After a second tie 山东 49 may leave the seat empty.

    Elsewhere no rule is held for a second tie; that half of the voters must take part again is read from the same article.
    """
    _check_numbers(votes, seats, recovered)
    citation = cite("election_law", "tie", on)
    problems = check_turnout(registered, took_part, recovered, on)
    if is_void(problems):
        return Tally(False, took_part, 1, (), (), 0, seats, _void_again(problems, citation), citation)
    elected, tied, tied_seats = _rank(tuple(line for line in votes if line.votes > 0), seats)
    unfilled = seats - len(elected) - tied_seats
    notes = [*problems, *_write_in_note(votes, (*elected, *tied), citation)]
    if tied or unfilled:
        local = find_pack(pack).value("election.tie_unfilled", on)
        who = f"{'、'.join(tied)}再次投票仍票数相等" if tied else f"再次投票后仍缺{unfilled}名"
        words = f"代表名额{local.value}" if local.value else "法律没有进一步规定，由选举委员会请示后处理"
        notes.append(finding_of(local, "tally.second_tie", f"{who}，{words}", blocking=False))
    return Tally(True, took_part, 1, elected, tied, tied_seats, unfilled, tuple(notes), citation)


@dataclass(frozen=True, slots=True)
class AnotherRound:
    """Candidates of 另行选举 in the order of the first vote; `cut_tied` names those equal at the last place."""

    names: tuple[str, ...]
    minimum: int
    maximum: int
    cut_tied: tuple[str, ...]
    findings: tuple[Finding, ...]
    citation: Citation


@rule(
    "tallies.another_round_candidates",
    "另行选举的候选人",
    cites=[("election_law", "another_round"), ("election_law", "candidate_number")],
)
def another_round_candidates(
    not_elected: tuple[VoteLine, ...], unfilled: int, on: date, number: int | None = None
) -> AnotherRound:
    """By the votes of the first round, one third to once more than the open seats; one open seat: exactly two.

    `number` chooses within the margin (the smallest when not given). Whether write-ins may be ranked is unsettled, and
    is said when one is among them.
    """
    limit = candidate_numbers(unfilled, on)
    wanted = limit.minimum if number is None else number
    if not limit.minimum <= wanted <= limit.maximum:
        raise ValueError(f"另行选举的候选人应为{between(limit.minimum, limit.maximum)}名")
    citation = cite("election_law", "another_round", on)
    elected, tied, _ = _rank(not_elected, wanted)
    chosen = tuple(line for line in not_elected if line.name in elected or line.name in tied)
    findings = []
    if tied:
        message = (
            f"{'、'.join(tied)}第一次得票相等，居于候选人名额的最后一位；可在差额范围内增加名额，或者由选举委员会确定"
        )
        findings.append(Finding("another_round.cut_tied", message, citation, blocking=False))
    if any(line.write_in for line in chosen):
        message = "候选人中有第一次投票时另选的人；能否列入做法不一，请选举委员会确认"
        findings.append(Finding("another_round.write_in", message, citation, blocking=False))
    if len(not_elected) < limit.minimum:
        message = f"可列入的只有{len(not_elected)}人，不足差额要求的{limit.minimum}人"
        findings.append(Finding("another_round.too_few", message, citation))
    return AnotherRound(elected, limit.minimum, limit.maximum, tied, tuple(findings), citation)


@rule(
    "tallies.another_round_result",
    "另行选举的结果",
    cites=[
        ("election_law", "another_round_third"),
        ("zhejiang_election_rules", "election.unfilled"),
        ("shanghai_election_rules", "election.unfilled"),
    ],
)
def another_round_result(
    registered: int,
    took_part: int,
    recovered: int,
    seats: int,
    votes: tuple[VoteLine, ...],
    on: date,
    pack: PackLike = "national",
    valid_ballots: int | None = None,
) -> Tally:
    """Most votes win, but not with fewer than one third of the ballots (one third itself suffices).

    The ballots recovered are taken as “选票”; where those who took part, or the valid ballots when they are given, would
    elect others, a warning says so. What stays unfilled is left so, by local rule where one is held.
    """
    _check_numbers(votes, seats, recovered)
    citation = cite("election_law", "another_round_third", on)
    needed = share_up(recovered, 1, 3)
    problems = check_turnout(registered, took_part, recovered, on)
    if is_void(problems):
        return Tally(False, recovered, needed, (), (), 0, seats, _void_again(problems, citation), citation)
    elected, tied, tied_seats = _by_third(votes, seats, recovered)
    unfilled = seats - len(elected) - tied_seats
    notes = [*problems, *_write_in_note(votes, (*elected, *tied), citation), *_tie_note(tied, tied_seats, on)]
    bases = {"投票人数": took_part, "有效票": valid_ballots}
    others = {words: base for words, base in bases.items() if base is not None and base != recovered}
    notes += _third_note(votes, seats, recovered, others, citation)
    if unfilled:
        local = find_pack(pack).value("election.unfilled", on)
        words = str(local.value) if local.value else "法律没有规定第三次选举"
        notes.append(finding_of(local, "tally.still_unfilled", f"另行选举后仍缺{unfilled}名：{words}", blocking=False))
    return Tally(True, recovered, needed, elected, tied, tied_seats, unfilled, tuple(notes), citation)


def _by_third(votes: tuple[VoteLine, ...], seats: int, base: int) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    return _rank(tuple(line for line in votes if line.votes and 3 * line.votes >= base), seats)


def _third_note(
    votes: tuple[VoteLine, ...], seats: int, recovered: int, others: dict[str, int], citation: Citation
) -> list[Finding]:
    """Names the other readings of “选票的三分之一” that would give another result."""
    result = _by_third(votes, seats, recovered)
    differ = [f"按{words}{base}须{share_up(base, 1, 3)}票" for words, base in others.items()
              if _by_third(votes, seats, base) != result]  # fmt: skip
    if not differ:
        return []
    message = (
        f"“选票的三分之一”的基数条文没有写明：本结果按收回选票{recovered}张须{share_up(recovered, 1, 3)}票；"
        f"{'，'.join(differ)}，结果不同，请选举委员会确认"
    )
    return [Finding("tally.third_disputed", message, citation, blocking=False)]


@rule(
    "tallies.officer_result",
    "人民代表大会选举国家机关领导人员的结果",
    cites=[
        ("organic_law", "majority"),
        ("organic_law", "quorum"),
        ("organic_law", "officer_tie"),
        ("organic_law", "officer_another_round"),
        ("chongqing_township_rules", "officers.ballots_exceed"),
        ("beijing_township_rules", "officers.ballots_exceed"),
    ],
)
def officer_result(
    deputies: int,
    present: int,
    issued: int,
    recovered: int,
    seats: int,
    votes: tuple[VoteLine, ...],
    on: date,
    pack: PackLike = "national",
) -> Tally:
    """Elected with votes of more than half of ALL deputies, with the quorum present; no proxy, no one-third rule.

    Where seats stay unfilled the congress holds another election now or at its next session; new nominations are
    allowed and 副职 must again outnumber the seats. Recovered above issued voids the vote by 重庆 24 and 北京 25, elsewhere by the
    usual 选举办法, of which 地方组织法 says nothing.
    """
    _check_numbers(votes, seats, recovered)
    citation = cite("organic_law", "majority", on)
    needed = more_than_half(deputies)
    if present > deputies or issued > present:
        raise ValueError("发出选票不能多于出席代表，出席代表不能多于全体代表；代表不能委托投票")
    problems = []
    limit = quorum(deputies, on)
    if present < limit.number:
        message = f"出席{present}人，不足{limit.number}人（{limit.formula}），不能选举"
        problems.append(Finding("tally.no_quorum", message, limit.citation))
    if recovered > issued:
        exceed = find_pack(pack).value("officers.ballots_exceed", on)
        message = f"收回选票{recovered}张，多于发出{issued}张，选举无效"
        problems.append(finding_of(exceed, "tally.ballots_exceed", message))
    if problems:
        return Tally(False, deputies, needed, (), (), 0, seats, tuple(problems), citation)
    passed = tuple(line for line in votes if 2 * line.votes > deputies)
    elected, tied, tied_seats = _rank(passed, seats)
    unfilled = seats - len(elected) - tied_seats
    notes = []
    if tied:
        message = f"{'、'.join(tied)}票数相等，不能确定当选人，就他们再次投票，以得票多的当选"
        notes.append(Finding("tally.tie", message, cite("organic_law", "officer_tie", on), blocking=False))
    if unfilled:
        message = f"不足的{unfilled}名另行选举，可在本次或者下次会议进行，可另行提名，仍须全体代表过半数"
        ground = cite("organic_law", "officer_another_round", on)
        notes.append(Finding("tally.unfilled", message, ground, blocking=False))
    return Tally(True, deputies, needed, elected, tied, tied_seats, unfilled, tuple(notes), citation)
