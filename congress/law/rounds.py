"""Rounds of a district's election: what follows a vote by law, and whether the ballots of one are all accounted for. Whole
numbers only.

A round is the first vote, 再次投票 between those who tie, 另行选举 for seats that stay unfilled, or 重新选举 after a first vote that was
void; a further vote that was void is held once more as what it was.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from congress.law.finding import PRACTICE, Citation, Finding
from congress.law.numerals import chinese_date
from congress.law.registry import rule
from congress.law.sources import cite

RoundKind = Literal["first", "again", "another", "anew"]
Following = Literal["again", "another", "anew"]
Void = Literal["", "turnout", "exceeded"]
FURTHER = frozenset({"again", "another"})  # of these no third one is held


@dataclass(frozen=True, slots=True)
class Follow:
    """A round that the law wants after another: for how many seats, between whom (nobody named: whoever stood before), and one
    sentence that says why. `repeats`: the vote before was void, and the same is held once more."""

    kind: Following
    seats: int
    names: tuple[str, ...]
    words: str
    citation: Citation
    repeats: bool = False


@rule(
    "rounds.following",
    "一次投票以后接着办什么",
    cites=[
        ("election_law", "ballots_exceed"),
        ("election_law", "turnout"),
        ("election_law", "tie"),
        ("election_law", "another_round"),
    ],
)
def following(
    kind: RoundKind, void: Void, tied: tuple[str, ...], tied_seats: int, unfilled: int, on: date
) -> Follow | None:
    """The round that follows, or None where all seats are filled or the law knows no further one.

    A void vote is held anew (`void` says for which of the two grounds) by the rule it was held by: a further one stays 再次投票 or
    另行选举, so that nobody needs more votes than before and no vote opens that the law does not know. Those who tie at the last seat
    are voted on again; seats that the first vote left unfilled are filled by 另行选举. After a second tie, and for seats that
    另行选举 leaves unfilled, the law is silent: nothing follows by itself, and the tally says so. A tie in 另行选举 is voted on again
    as any other.
    """
    if void:
        fact = "turnout" if void == "turnout" else "ballots_exceed"
        same: Following = "anew" if kind == "first" else kind
        return Follow(same, unfilled, (), "这次投票无效，重新组织投票", cite("election_law", fact, on), repeats=True)
    if tied and kind != "again":
        names = "、".join(tied)
        words = f"{names}票数相等，就他们再次投票，以得票多的当选{tied_seats}名"
        return Follow("again", tied_seats, tied, words, cite("election_law", "tie", on))
    if unfilled and kind not in FURTHER:
        words = f"当选人数少于应选名额，不足的{unfilled}名另行选举"
        return Follow("another", unfilled, (), words, cite("election_law", "another_round", on))
    return None


@rule("rounds.check_day", "投票日的先后", cites=[("election_law", "tie"), ("election_law", "another_round")])
def check_day(held_on: date, before_on: date) -> tuple[Finding, ...]:
    """A further round is not held before the one it follows; on the same day it may be. No text sets a latest day."""
    if held_on >= before_on:
        return ()
    message = f"这次投票在{chinese_date(held_on)}，早于它所接续的{chinese_date(before_on)}的投票"
    return (Finding("round.before", message, None, field="held_on", force=PRACTICE),)


@rule("rounds.check_way", "投票的方式", cites=[("election_law", "secret_ballot"), ("election_law", "turnout")])
def check_way(secret: bool, by_all_voters: bool, on: date) -> tuple[Finding, ...]:
    """Deputies are elected, in a by-election as well, by secret ballot, and by the voters of the district: neither by a show of
    hands nor by people who stand for the voters."""
    found = []
    if not secret:
        message = "选举代表须无记名投票，不能举手表决"
        found.append(Finding("way.not_secret", message, cite("election_law", "secret_ballot", on)))
    if not by_all_voters:
        message = "选举代表须由选区全体选民投票，全体选民过半数参加方为有效；不能由村民代表等代替"
        found.append(Finding("way.not_all", message, cite("election_law", "turnout", on)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ballots of one district in one round: printed, handed to voters, and what became of the others."""

    printed: int
    issued: int  # to voters who came and to those who vote for others
    replaced: int  # spoilt by the voter and exchanged
    kept: int  # blank ones that are filed
    destroyed: int
    lost: int = 0

    @property
    def accounted(self) -> int:
        """Of how many it is known what became of them."""
        return self.issued + self.replaced + self.kept + self.destroyed + self.lost


@rule("rounds.check_ledger", "选票是否账实相符", cites=[("election_law", "count_check")])
def check_ledger(ledger: Ledger, on: date) -> tuple[Finding, ...]:
    """E301: printed = issued + exchanged + filed + destroyed (+ lost, which is told). What is not accounted for keeps the count
    from beginning; no article says so, the check of numbers of 选举法 43 rests on it."""
    ground = cite("election_law", "count_check", on)
    if min(asdict(ledger).values()) < 0:
        raise ValueError("票数不能为负")
    found = []
    if ledger.accounted != ledger.printed:
        gap = ledger.printed - ledger.accounted
        told = f"少{gap}张" if gap > 0 else f"多{-gap}张"
        message = (
            f"票账不平：印制{ledger.printed}张；发出{ledger.issued}、换发作废{ledger.replaced}、存档空白{ledger.kept}、"
            f"销毁{ledger.destroyed}、遗失{ledger.lost}，合计{ledger.accounted}张，{told}"
        )
        found.append(Finding("ledger.unbalanced", message, ground, force=PRACTICE))
    if ledger.lost:
        message = f"遗失选票{ledger.lost}张，请写明情况并报选举委员会"
        found.append(Finding("ledger.lost", message, ground, blocking=False, force=PRACTICE))
    return tuple(found)


@rule("rounds.check_line", "一处的选票是否账实相符", cites=[("election_law", "count_check")])
def check_line(name: str, received: int, issued: int, replaced: int, left: int, on: date) -> tuple[Finding, ...]:
    """At a place: received = issued + exchanged + left over. A difference is told with its number and blocks nothing by itself."""
    if received == issued + replaced + left:
        return ()
    gap = received - issued - replaced - left
    told = f"少{gap}张" if gap > 0 else f"多{-gap}张"
    message = f"{name}：领取{received}张，发出{issued}、换发作废{replaced}、剩余{left}，{told}，请查明"
    return (Finding("ledger.line", message, cite("election_law", "count_check", on), blocking=False, force=PRACTICE),)


@rule("rounds.check_levels", "县乡两级同时投票的人数", cites=[("election_law", "count_check")])
def check_levels(
    name: str, level: str, took_part: int, other: str, other_took_part: int, on: date
) -> tuple[Finding, ...]:
    """W112: where both levels vote on one day at one place, as many take part in both, but for voters who vote at the county's
    level alone. A difference is told with its number and blocks nothing; no article says so."""
    if took_part == other_took_part:
        return ()
    ground = cite("election_law", "count_check", on)
    message = (
        f"{name}：{level}参加投票{took_part}人，{other}{other_took_part}人，相差{abs(took_part - other_took_part)}人；"
        "只参加县级选举的选民以外，两级应当一致，请查明"
    )
    return (Finding("rounds.levels", f"W112 {message}", ground, blocking=False, force=PRACTICE),)
