"""Notices of the pure functions as they are told to who is in charge."""

from collections.abc import Iterable
from dataclasses import replace

from congress.counting import tally
from congress.counting.queries import CountFacts
from congress.law.finding import Finding


def for_charge(notices: Iterable[tally.Notice], facts: CountFacts) -> list[Finding]:
    """Each with who decides and by which article; none of them forbids to look at it."""
    direct, on = facts.paper.direct, facts.count.held_on
    return [replace(one.finding(direct, on, typist=False), blocking=False) for one in notices]


def to_settle(notices: Iterable[tally.Notice]) -> list[tally.Notice]:
    """Those which the paper may really say, and which somebody in charge looks into."""
    return [one for one in notices if one.weight == tally.Weight.SETTLE]
