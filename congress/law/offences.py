"""Disturbing an election (选举法 35, 58, 59): under which article an act falls, who looks into it, whether who was elected by it is not."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from congress.law.finding import Citation, Finding
from congress.law.registry import rule
from congress.law.sources import cite

Act = Literal["bribe", "force", "forge", "revenge", "funding", "other"]
LISTED = ("bribe", "force", "forge", "revenge")  # 选举法五十八第一款（一）至（四）


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the law says of an act: `listed` by which it is forbidden (None: no article of 选举法 names it), `voids` by which who was
    elected by it is not elected (None: not by this)."""

    listed: Citation | None
    voids: Citation | None
    looks: Citation


@rule(
    "offences.ruling",
    "破坏选举的行为属于哪一条",
    cites=[
        ("election_law", "offences"),
        ("election_law", "election_offences"),
        ("election_law", "foreign_funding"),
        ("election_law", "investigation"),
    ],
)
def ruling(act: Act, on: date) -> Ruling:
    """The articles of an act. 五十九 asks for looking into it 及时 and sets no number of days."""
    looks = cite("election_law", "investigation", on)
    if act in LISTED:
        return Ruling(cite("election_law", "offences", on), cite("election_law", "election_offences", on), looks)
    if act == "funding":
        ground = cite("election_law", "foreign_funding", on)
        return Ruling(ground, ground, looks)
    return Ruling(None, None, looks)


@rule(
    "offences.check_void",
    "确定当选无效的先后",
    cites=[("election_law", "qualification_review"), ("election_law", "vacancy")],
)
def check_void(ground: str, proved: bool, reviewed_on: date, decided_on: date) -> tuple[Finding, ...]:
    """The credentials committee says it first, the presidium determines it afterwards; who was elected by an offence of which nobody
    has found anything yet is not told to be void: a warning, because another body may have found it."""
    review = cite("election_law", "qualification_review", decided_on)
    found = []
    if decided_on < reviewed_on:
        message = "先由代表资格审查委员会提出意见，再由主席团（县级为常委会）确定，确定日期不能早于意见日期"
        found.append(Finding("void.order", message, review, field="on"))
    if ground in ("offence", "funded") and not proved:
        message = "还没有登记查实的反映：以违法行为当选的，应当先查明；由其他机关查明的，请在文件里写明"
        found.append(Finding("void.unproved", message, review, blocking=False))
    return tuple(found)
