"""Activities and who took part."""

from collections.abc import Mapping
from typing import Any

from congress import clock
from congress.guard.refusal import refuse, refuse_where
from congress.keeping import Keeping
from congress.wording import chinese_date
from deputies.models import Activity, ActivityAttendance, Deputy
from deputies.queries import idle


def _check(activity: Activity) -> None:
    if activity.held_on > clock.today():
        refuse("活动日期不能晚于今天；计划中的活动请在开展后登记。", "held_on")
    refuse_where(wrong_counts(activity))


def wrong_counts(activity: Activity) -> list[tuple[bool, str, str]]:
    """What does not fit together among the numbers of an activity: (whether it is so, what to say, where)."""
    day = activity.mended_on
    return [
        (activity.mended > activity.opinions, "整改落实的条数不能多于评议意见的条数。", "mended"),
        (bool(activity.mended) and day is None, "请填写整改落实的日期，报告按这个日期计。", "mended_on"),
        (day is not None and not activity.mended, "填写了整改落实的日期，请填写条数。", "mended"),
        (day is not None and day < activity.held_on, "整改落实的日期不能早于评议日期。", "mended_on"),
        (day is not None and day > clock.today(), "整改落实的日期不能晚于今天。", "mended_on"),
    ]


ACTIVITIES = Keeping(
    Activity,
    "deputies.activity",
    check=_check,
    parts=frozenset({"attendances", "entered"}),
    route="deputies-activity",
    past={"deputies.activity": "登记了履职活动"},
)


def record_activity(actor, activity: Activity, attendances: Mapping[Deputy, str]) -> Activity:
    """Record an activity with the deputies who took part (deputy → part).

    Raises Refused for a day that has not come, and for deputies who could not exercise a mandate then.
    """
    _check_present(activity, attendances)
    return ACTIVITIES.record(actor, activity, lambda row: _set_attendances(row, attendances))


def change_activity(
    actor, activity: Activity, values: Mapping[str, Any], attendances: Mapping[Deputy, str], version
) -> Activity:
    """Change an activity and who took part; those left out are withdrawn. Raises Refused like `record_activity`, Conflict."""
    held_on = values.get("held_on", activity.held_on)
    _check_present(Activity(pk=activity.pk, held_on=held_on), attendances)
    known = dict(ActivityAttendance.objects.kept().filter(activity=activity).values_list("deputy_id", "part"))
    same = known == {deputy.pk: part for deputy, part in attendances.items()}
    also = None if same else lambda row: _set_attendances(row, attendances)
    return ACTIVITIES.change(actor, activity, values, version, also)


def _check_present(activity: Activity, wanted: Mapping[Deputy, str]) -> None:
    same_day = Activity.objects.filter(pk=activity.pk, held_on=activity.held_on)
    listed = set(ActivityAttendance.objects.filter(activity__in=same_day).values_list("deputy_id", flat=True))
    resting = idle([deputy for deputy in wanted if deputy.pk not in listed], activity.held_on)
    if resting:
        names = "、".join(deputy.name for deputy in resting)
        message = f"{names}在{chinese_date(activity.held_on)}没有代表资格或者不能执行代表职务，请核对名单和活动日期。"
        refuse(message, "attended")


def _set_attendances(activity: Activity, wanted: Mapping[Deputy, str]) -> dict:
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
    return {"参加代表": len(parts)}
