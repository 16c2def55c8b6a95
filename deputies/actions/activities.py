"""Activities and who took part."""

from collections.abc import Mapping

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.wording import chinese_date
from deputies.models import Activity, ActivityAttendance, Deputy
from deputies.queries import idle

SAVE = verb("deputies.activity", "登记了履职活动")
WITHDRAW = verb("deputies.withdraw_activity", "撤回了履职活动")


def save_activity(actor, activity: Activity, attendances: Mapping[Deputy, str], version=None) -> Activity:
    """Add or change an activity with the deputies who took part (deputy → part); those left out are withdrawn.

    Raises Refused for a day that has not come, and for deputies added who could not exercise a mandate then.
    """
    if activity.held_on > clock.today():
        refuse("活动日期不能晚于今天；计划中的活动请在开展后登记。", "held_on")
    _check_present(activity, attendances)
    with action(SAVE, actor=actor, subject=activity, detail={"参加代表": len(attendances)}):
        if not activity._state.adding:
            lock(activity, version)
        activity.save()
        _set_attendances(activity, attendances)
    return activity


def _check_present(activity: Activity, wanted: Mapping[Deputy, str]) -> None:
    same_day = Activity.objects.filter(pk=activity.pk, held_on=activity.held_on)
    listed = set(ActivityAttendance.objects.filter(activity__in=same_day).values_list("deputy_id", flat=True))
    resting = idle([deputy for deputy in wanted if deputy.pk not in listed], activity.held_on)
    if resting:
        names = "、".join(deputy.name for deputy in resting)
        message = f"{names}在{chinese_date(activity.held_on)}没有代表资格或者不能执行代表职务，请核对名单和活动日期。"
        refuse(message, "attended")


def _set_attendances(activity: Activity, wanted: Mapping[Deputy, str]) -> None:
    parts = {deputy.pk: part for deputy, part in wanted.items()}
    known = {row.deputy_id: row for row in ActivityAttendance.objects.filter(activity=activity)}
    changed = []
    for deputy_id, row in known.items():
        # A deputy put back on the list gets the old row back: one row a deputy tells the whole history.
        gone_at = None if deputy_id in parts else row.withdrawn_at or clock.now()
        if (row.withdrawn_at, row.part) != (gone_at, parts.get(deputy_id, row.part)):
            row.withdrawn_at, row.part = gone_at, parts.get(deputy_id, row.part)
            changed.append(row)
    ActivityAttendance.objects.bulk_update(changed, ["withdrawn_at", "part"])
    ActivityAttendance.objects.bulk_create(
        ActivityAttendance(township=activity.township, activity=activity, deputy_id=pk, part=part)
        for pk, part in parts.items()
        if pk not in known
    )


def withdraw_activity(actor, activity: Activity, reason: str) -> None:
    """Take back an activity entered by mistake; figures of reports cut off later no longer count it.

    Raises Refused without a reason, or when it was taken back before.
    """
    if not reason.strip():
        refuse("请写明撤回原因。")
    with action(WITHDRAW, actor=actor, subject=activity):
        row = lock(activity)
        if row.withdrawn_at is not None:
            refuse("该活动已经撤回。")
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason.strip()
        row.save()
