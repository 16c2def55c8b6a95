"""The steps of looking for a voter who was not found yet."""

from congress.law.finding import Finding
from congress.steps import Attempt, Life, Step, Words, register
from elections.actions import pool
from elections.forms.pool import FoundForm, LookOnForm, UnfoundForm
from elections.models import PoolEntry
from elections.permissions import VOTERS_EDIT


def _waiting(attempt: Attempt) -> list[Finding]:
    if attempt.record.state == PoolEntry.State.WAITING:
        return []
    return [Finding("order.done", f"这名选民{attempt.record.get_state_display()}。")]


def _settled(attempt: Attempt) -> list[Finding]:
    if attempt.record.state != PoolEntry.State.FOUND:
        return []
    return [Finding("order.found", "这名选民已经联系上。")]


def _due(attempt: Attempt) -> list[Finding]:
    day = attempt.data["due_on"]
    if day >= attempt.record.campaign.election_day:
        return [Finding("due", "办结日期应在选举日以前。", field="due_on")]
    return []


POOL_ENTRY = register(
    Life(
        name="elections-pool-entry",
        kind="elections.pool",
        model=PoolEntry,
        read=lambda rows: rows.select_related("township", "campaign", "voter", "data_key"),
        visible=lambda standing: PoolEntry.objects.kept(),
        steps=(
            Step(
                "found",
                Words("已联系上", "登记查找结果"),
                said="已登记。选民册的变动请在选民页面办理。",
                verb=pool.FOUND,
                form=FoundForm,
                permission=VOTERS_EDIT,
                act=pool.found,
                when=_waiting,
            ),
            Step(
                "unfound",
                Words("查找无果", "登记查找无果"),
                said="已登记查找无果；在册的选民仍列入名单。",
                verb=pool.FOUND,
                form=UnfoundForm,
                permission=VOTERS_EDIT,
                act=pool.unfound,
                when=_waiting,
                main=False,
            ),
            Step(
                "look-on",
                Words("继续查找", "安排继续查找"),
                said="已安排。",
                verb=pool.LOOK_ON,
                form=LookOnForm,
                permission=VOTERS_EDIT,
                act=pool.look_on,
                when=_settled,
                check=_due,
                main=False,
                initial=lambda attempt: {"owner": attempt.record.owner, "due_on": attempt.record.due_on},
            ),
        ),
    )
)
