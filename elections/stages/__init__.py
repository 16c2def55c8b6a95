"""How far the work of an election is, derived from its dated facts. Pure: plain values in, values out."""

from dataclasses import dataclass
from datetime import date

from congress.staged import Staged


class Stage(Staged):
    """Where an election stands. The order is the order of the work."""

    BEGUN = "begun", "筹备", "info", "等待确定选举的主持机构"
    ORGANISED = "organised", "主持机构已确定", "info", "等待划分选区、分配名额"
    DIVIDED = "divided", "选区已划分", "info", "等待选民登记"
    REGISTERING = "registering", "选民登记", "info", "等待公布选民名单"
    LISTED = "listed", "选民名单已公布", "info", "等待公布代表候选人"
    NOMINATED = "nominated", "初步候选人已公布", "info", "等待公布正式代表候选人"
    FINAL = "final", "正式候选人已公布", "info", "等待投票选举"
    VOTED = "voted", "选举日已过", "warning", "等待确认结果、资格审查和归档"
    CLOSED = "closed", "已结束", "good"


@dataclass(frozen=True)
class Facts:
    """What is known of one level's election."""

    election_day: date  # of the last district that votes
    committee: bool = False
    districts: int = 0
    registered: bool = False
    listed_on: date | None = None
    nominated_on: date | None = None
    final_on: date | None = None
    closed_on: date | None = None


def stage(facts: Facts, today: date) -> Stage:
    """The furthest stage the facts show on a day: what happened on paper before the system was used counts like the rest."""
    reached = (
        (Stage.CLOSED, facts.closed_on is not None),
        (Stage.VOTED, today > facts.election_day),
        (Stage.FINAL, _by(facts.final_on, today)),
        (Stage.NOMINATED, _by(facts.nominated_on, today)),
        (Stage.LISTED, _by(facts.listed_on, today)),
        (Stage.REGISTERING, facts.registered),
        (Stage.DIVIDED, facts.districts > 0),
        (Stage.ORGANISED, facts.committee),
    )
    return next((one for one, there in reached if there), Stage.BEGUN)


def least(stages: list[Stage]) -> Stage:
    """Where a campaign stands: where the least advanced of its levels does."""
    order = list(Stage)
    return min(stages, key=order.index, default=Stage.BEGUN)


def _by(day: date | None, today: date) -> bool:
    return day is not None and day <= today
