"""A subject voters speak of, with the words for it. {v} stands for a village, {k} for 镇 or 乡."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Complaint:
    """What a voter says, what a deputy can answer at once, and what a unit reports when it is done."""

    words: str
    answer: str
    result: str


@dataclass(frozen=True)
class Proposal:
    """A deputy's suggestion: title, situation, what is proposed, what was said at the talk, the reply and its class."""

    title: str
    situation: str
    proposal: str
    talk: str
    reply: str
    grade: str = "A"


@dataclass(frozen=True)
class Topic:
    """A category of the township's list with the unit of the town and of the county that answer for it.

    `until` is the last year in which people spoke of it; `rural` ones do not come from the neighbourhood of the town.
    """

    label: str
    unit: str
    county_unit: str
    complaints: tuple[Complaint, ...]
    proposals: tuple[Proposal, ...]
    until: int = 9999
    rural: bool = False
