"""Actions of the kernel: lists a place keeps, the place's own words, holidays, jobs."""

from datetime import date

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.models import Category, CategoryPast, County, Holiday, Township, Unit

SAVE_UNIT = verb("congress.unit", "维护了承办单位")
SAVE_CATEGORY = verb("congress.category", "维护了类别")
SAVE_PLACE = verb("congress.place", "维护了区划信息")
SAVE_HOLIDAY = verb("congress.holiday", "维护了节假日")


def save_unit(actor, unit: Unit, version=None) -> Unit:
    """Add or change a unit. Raises Conflict when somebody changed it meanwhile."""
    return _save(SAVE_UNIT, actor, unit, version)


def save_category(actor, category: Category, version=None, since: date | None = None) -> Category:
    """Add, rename, reorder or switch off a category; a change takes effect on the day `since`, today unless said otherwise.

    What it was before is kept, so that figures of earlier days stand. Raises Refused for a day to come or before the last
    change, Conflict when somebody else was quicker.
    """
    since = since or clock.today()
    new = category._state.adding
    with action(SAVE_CATEGORY, actor=actor, subject=category, detail={"新建": new}) as act:
        if not new:
            before = lock(category, version)
            if _remember(before, category, since):
                act.detail["自"] = since
        category.save()
    return category


def _remember(before: Category, category: Category, since: date) -> bool:
    """Keep what a category was until a day, when it changes and was in use before; tells whether it did."""
    names = ("label", "position", "active")
    if all(getattr(before, name) == getattr(category, name) for name in names):
        return False
    last = max((row.until for row in before.past.all()), default=before.used_from)
    if since > clock.today():
        refuse("变更日期不能晚于今天。", "since")
    if last and since < last:
        refuse(f"{before.label}自{last}起用现在的名称和状态，变更日期不能更早。", "since")
    if since == last:
        return False
    CategoryPast.objects.create(
        township_id=category.township_id,
        category=category,
        until=since,
        **{name: getattr(before, name) for name in names},
    )
    return True


def _save(what, actor, row, version):
    with action(what, actor=actor, subject=row, detail={"新建": row._state.adding}):
        if not row._state.adding:
            lock(row, version)
        row.save()
    return row


def save_place(actor, place: Township | County) -> Township | County:
    """Add or change a township or county."""
    with action(SAVE_PLACE, actor=actor, township=place if isinstance(place, Township) and place.pk else None) as act:
        place.save()
        act.subject = place
    return place


def save_holidays(actor, days: list[Holiday]) -> int:
    """Write days off and worked weekends, replacing what stood for the same days; returns how many."""
    with action(SAVE_HOLIDAY, actor=actor, detail={"天数": len(days)}):
        Holiday.objects.bulk_create(
            days, update_conflicts=True, unique_fields=["day"], update_fields=["is_workday", "name", "basis"]
        )
    return len(days)
