"""A deputy enters an activity of their own; the office confirms it or sends it back by the steps of `life`."""

from collections.abc import Iterable

from congress import clock
from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.law.finding import Finding
from congress.steps import Attempt, change
from congress.wording import chinese_date
from deputies.actions.activities import change_activity, record_activity
from deputies.models import Activity, ActivityAttendance, OwnActivity
from deputies.queries import idle

ENTER = verb("deputies.enter_activity", "自报了履职活动")
ENTERED = ("kind", "title", "held_on", "place", "people", "households", "deeds", "note")  # what the deputy enters


def enter_activity(actor, row: OwnActivity) -> OwnActivity:
    """Keep what the deputy enters of themselves. Raises Refused for another's activity, a day to come, and one on which no
    mandate could be exercised. Side effect: one event."""
    if row.deputy.account_id != actor.pk:
        refuse("只能登记本人参加的活动。")
    for finding in day_findings(row.deputy, row.held_on):
        refuse(finding.message, "held_on")
    with action(ENTER, actor=actor, subject=row):
        row.save()
    return row


def day_findings(deputy, held_on) -> Iterable[Finding]:
    """What is wrong with the day: not come yet, or without a mandate that could be exercised."""
    if held_on > clock.today():
        yield Finding("day.ahead", "活动日期不能晚于今天，请在开展后登记。", field="held_on")
    elif idle([deputy], held_on):
        when = chinese_date(held_on)
        yield Finding(
            "day.idle", f"{deputy.name}在{when}没有代表资格或者不能执行代表职务，请核对日期。", field="held_on"
        )


def check_day(attempt: Attempt) -> Iterable[Finding]:
    """The same of what is entered at a step, or stands there."""
    yield from day_findings(attempt.record.deputy, attempt.data.get("held_on", attempt.record.held_on))


def revise(attempt: Attempt) -> dict:
    """Other words, and it waits anew."""
    values = {name: attempt.data[name] for name in ENTERED if name in attempt.data}
    return {"项目": change(attempt.record, **values, state=OwnActivity.State.ENTERED, answer="")}


def confirm(attempt: Attempt) -> dict:
    """The deputy took part in an activity that is recorded already, or in one made of what was entered."""
    row, into = attempt.record, attempt.data["into"]
    if into is None:
        values = {name: getattr(row, name) for name in ENTERED}
        made = Activity(township=row.township, **values)
        into = record_activity(attempt.actor, made, {row.deputy: ActivityAttendance.Part.ATTENDED})
    else:
        _join(attempt.actor, into, row.deputy)
    change(row, state=OwnActivity.State.CONFIRMED, activity=into)
    return {"履职活动": str(into.pk)}


def _join(actor, activity: Activity, deputy) -> None:
    present = {one.deputy: one.part for one in activity.attendances.kept().select_related("deputy")}
    if deputy not in present:
        present[deputy] = ActivityAttendance.Part.ATTENDED
        change_activity(actor, activity, {}, present, activity.version)


def send_back(attempt: Attempt) -> dict:
    """It counts nowhere; the deputy reads why, and may enter it anew."""
    change(attempt.record, state=OwnActivity.State.RETURNED, answer=attempt.data["reason"])
    return {}


def take_back(attempt: Attempt) -> dict:
    """The deputy takes it back before it is confirmed; the row stays."""
    change(attempt.record, withdrawn_at=clock.now(), withdrawn_reason="代表撤回")
    return {}
