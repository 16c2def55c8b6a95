"""What one ballot says, mark by mark: for, against, nothing, somebody else; by the article and by what the office fixed beforehand.

The law knows the voter's choices (选举法 41) and that a ballot with too many is void (44); how a mark is read it leaves to those
who count, who follow `BallotRules`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from congress.law.ballots import BallotRules, check_ballot
from congress.law.finding import Finding
from congress.law.registry import rule

CIRCLES, CROSSES = frozenset("○OoＯ〇◯⭕⚪"), frozenset("×XxＸ✕✗✖✘╳❌")
# Marks that are none of the two asked for and plainly mean one of them.
MEANT: dict[str, Literal["for", "against", "none"]] = {
    **dict.fromkeys(("√", "✓", "✔", "✅", "赞成", "同意"), "for"),
    **dict.fromkeys(("划去姓名", "反对", "不赞成", "不同意"), "against"),
    "弃权": "none",
}
Meaning = Literal["for", "against", "none", "part", "unreadable"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside a printed name, as it was written; empty where nothing does."""

    name: str
    mark: str


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A line for somebody else as it was filled in; `candidate` where the name is that of one printed on the ballot."""

    name: str
    mark: str
    candidate: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a ballot says: valid, void in a part of it, or void; for whom, against whom, and about whom nothing."""

    status: Literal["valid", "void_part", "void"]
    chosen: tuple[str, ...]
    against: tuple[str, ...]
    abstained: tuple[str, ...]
    findings: tuple[Finding, ...]


def _meaning(mark: str, rules: BallotRules) -> Meaning:
    signs = set(mark.strip().replace("\ufe0f", ""))  # how a sign is to be drawn says nothing
    if not signs:
        return "none"
    if signs <= CIRCLES:  # the same mark twice is one voice
        return "for"
    if signs <= CROSSES:
        return "against"
    meant = MEANT.get(mark.strip())
    if meant is None:
        return "unreadable"
    return "part" if rules.marks == "symbol" else meant


@rule(
    "marks.read_ballot",
    "一张选票各处符号的认定",
    cites=[("election_law", "vote_choices"), ("election_law", "ballot_overfull")],
)
def read_ballot(
    marks: tuple[Mark, ...],
    written: tuple[WrittenName, ...],
    seats: int,
    on: date,
    rules: BallotRules | None = None,
) -> Reading:
    """A mark repeated counts once, and nobody twice; a line for somebody else without a name is nobody. What is not counted makes
    a part of the ballot void, too many chosen the whole of it, and an unreadable mark what the office fixed.

    Where the office wants a candidate opposed before somebody is written in, no more are counted than were opposed.
    """
    settled = rules or BallotRules()
    read = {one.name: _meaning(one.mark, settled) for one in marks}
    if len(read) != len(marks):
        raise ValueError("选票上有重名，请加以区分")
    against = [name for name, meaning in read.items() if meaning == "against"]
    chosen = [name for name, meaning in read.items() if meaning == "for"]
    named = [(one.candidate or one.name, _meaning(one.mark, settled)) for one in written if one.name.strip()]
    unmarked = sum(meaning == "none" for _, meaning in named)
    wanted = {"for", "none"} if settled.unmarked_write_in == "counts" else {"for"}
    others = [
        name for name in dict.fromkeys(name for name, meaning in named if meaning in wanted) if name not in chosen
    ]
    # For and against the same person, wherever it is written: neither is plain.
    refused = {*against, *(name for name, meaning in named if meaning == "against")}
    opposed = [name for name in (*chosen, *others) if name in refused]
    against, chosen, others = ([name for name in names if name not in opposed] for names in (against, chosen, others))
    counted = others[: len(against)] if settled.abstain_write_in == "void" else others
    chosen += counted
    meanings = [*read.values(), *(meaning for _, meaning in named)]
    unreadable = meanings.count("unreadable") + len(opposed)
    uncounted = unmarked if settled.unmarked_write_in == "void" else 0
    findings = check_ballot(len(chosen), seats, on, unreadable, uncounted, settled)
    if len(chosen) > seats or (unreadable and settled.unreadable == "ballot"):
        return Reading("void", (), (), (), findings)
    lost = "part" in meanings or unreadable or uncounted or len(counted) < len(others)
    abstained = tuple(name for name in read if name not in chosen and name not in against)
    return Reading("void_part" if lost else "valid", tuple(chosen), tuple(against), abstained, findings)
