"""The papers of an election: notices of the election committee, lists of voters and candidates, ballots, cards, forms, letters."""

from elections.documents import (
    ballots,
    boxes,
    candidates,
    cards,
    letters,
    mobile,
    nominations,
    notices,
    polling,
    proxies,
    registers,
    rolls,
    staff,
)

__all__ = [
    "ballots",
    "boxes",
    "candidates",
    "cards",
    "letters",
    "mobile",
    "nominations",
    "notices",
    "polling",
    "proxies",
    "registers",
    "rolls",
    "staff",
]
