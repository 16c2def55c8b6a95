"""What follows from the sums by law: elected, tied, unfilled; and what is close. The law is asked and not written again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from congress.counting.tally.codes import Notice
from congress.counting.tally.sheets import Measure, Paper
from congress.counting.tally.sums import Totals
from congress.law.provinces import PackLike
from congress.law.tallies import (
    Tally,
    VoteLine,
    another_round_result,
    direct_result,
    officer_result,
    tie_result,
)

ALMOST_ALL, THOUSAND = 995, 1000  # per mille of the voters


@dataclass(frozen=True, slots=True)
class Electorate:
    """Of whom a majority is taken: all voters of the district, or all deputies; of the hall who was present too."""

    registered: int
    present: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the law says (None: this measure has no rule, or the numbers cannot be), and what is to be looked at first."""

    tally: Tally | None
    notices: tuple[Notice, ...] = ()


def outcome(paper: Paper, totals: Totals, electorate: Electorate, on: date, pack: PackLike = "national") -> Outcome:
    """Ask the law about sums. Persons are named by their labels; those written in are marked."""
    if paper.measure == Measure.NONE:
        return Outcome(None)
    if paper.direct and totals.took_part > electorate.registered:
        said = f"参加投票{totals.took_part}人，多于选民总数{electorate.registered}人"
        return Outcome(None, (Notice("E102", said),))
    tally = _asked(paper, totals, electorate, on, pack)
    return Outcome(tally, (*_turnout(paper, totals, electorate), *_close(paper, totals, tally)))


def _turnout(paper: Paper, totals: Totals, electorate: Electorate) -> Iterator[Notice]:
    """Nearly everybody took part: that happens, and is looked into before anything is told."""
    if paper.direct and THOUSAND * totals.took_part >= ALMOST_ALL * electorate.registered:
        yield Notice("W107", f"参加投票{totals.took_part}人，选民{electorate.registered}人，达到99.5%")


def _asked(paper: Paper, totals: Totals, electorate: Electorate, on: date, pack: PackLike) -> Tally:
    votes = tuple(VoteLine(line.label, line.yes, line.written_in) for line in (*totals.lines, *totals.write_ins))
    people, seats = electorate.registered, paper.seats
    took_part, collected = totals.took_part, totals.collected
    match paper.measure:
        case Measure.OFFICER:
            return officer_result(people, electorate.present, totals.issued, collected, seats, votes, on, pack)
        case Measure.TIE:
            return tie_result(people, took_part, collected, seats, votes, on, pack)
        case Measure.ANOTHER:
            return another_round_result(people, took_part, collected, seats, votes, on, pack, totals.valid)
    return direct_result(people, took_part, collected, seats, votes, on, paper.rules.base)


def _close(paper: Paper, totals: Totals, tally: Tally) -> Iterator[Notice]:
    """A tie, and a margin that ballots still in question could turn."""
    if tally.tied:
        yield Notice("W110", f"{'、'.join(tally.tied)}票数相等，{tally.tied_seats}名不能确定")
    margin = _margin(totals, tally)
    if not tally.valid or margin is None:
        return
    if margin <= totals.disputed:
        yield Notice("W108", f"最近的票差是{margin}票，争议票{totals.disputed}张")
    gap = abs(totals.collected - totals.took_part)
    if margin <= gap:
        yield Notice("W109", f"最近的票差是{margin}票，收回与参加投票相差{gap}")


def _margin(totals: Totals, tally: Tally) -> int | None:
    """By how many votes the outcome hangs: of the last elected above the next one, or above what is needed; of the next one
    below what is needed, where a seat is open. None where nothing hangs on a vote."""
    votes = {line.label: line.yes for line in (*totals.lines, *totals.write_ins)}
    last = min((votes[name] for name in tally.elected), default=None)
    decided = {*tally.elected, *tally.tied}
    best = max((number for name, number in votes.items() if name not in decided), default=None)
    near = []
    if last is not None:
        near.append(last - tally.needed + 1)
    if best is not None and tally.unfilled:
        near.append(max(tally.needed - best, 0))
    elif last is not None and best is not None and not tally.tied:
        near.append(last - best)
    return min(near, default=None)
