"""Voters who were not found yet: found with an outcome, looked for in vain, handed to somebody else."""

from congress.guard.action import verb
from congress.guard.refusal import refuse_where
from congress.keeping import Keeping
from congress.steps import Attempt, change
from elections.models import PoolEntry

FOUND = verb("elections.pool_found", "登记了未取得联系选民的查找结果")
LOOK_ON = verb("elections.pool_look_on", "安排继续查找选民")


def _check(row: PoolEntry) -> None:
    refuse_where(
        [
            (row.campaign.closed_on is not None, "这次选举工作已经结束。", ""),
            (row.due_on < row.campaign.begun_on, "办结日期不能早于工作开始日期。", "due_on"),
            (row.due_on >= row.campaign.election_day, "办结日期应在选举日以前。", "due_on"),
        ]
    )


POOL = Keeping(PoolEntry, "elections.pool", check=_check, route="elections-pool")


def found(attempt: Attempt) -> dict:
    """The voter was found; what follows for the roll is entered there."""
    said = attempt.data
    change(
        attempt.record,
        state=PoolEntry.State.FOUND,
        outcome=said["outcome"],
        settled_on=attempt.on,
        note=said["note"],
    )
    return {"结果": attempt.record.get_outcome_display()}


def unfound(attempt: Attempt) -> dict:
    """Looked for in vain; who stands on the roll stays on it."""
    change(attempt.record, state=PoolEntry.State.UNFOUND, settled_on=attempt.on, note=attempt.data["note"])
    return {"结果": "查找无果"}


def look_on(attempt: Attempt) -> dict:
    """Somebody looks on until another day."""
    said = attempt.data
    change(
        attempt.record,
        state=PoolEntry.State.WAITING,
        owner=said["owner"],
        due_on=said["due_on"],
        settled_on=None,
        note="",
    )
    return {"办结日期": said["due_on"].isoformat()}
