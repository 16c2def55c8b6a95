"""Actions of the kernel: lists a place keeps, the place's own words, holidays, jobs."""

from congress.guard.action import action, lock, verb
from congress.models import Category, County, Holiday, Township, Unit

SAVE_UNIT = verb("congress.unit", "维护了承办单位")
SAVE_CATEGORY = verb("congress.category", "维护了类别")
SAVE_PLACE = verb("congress.place", "维护了区划信息")
SAVE_HOLIDAY = verb("congress.holiday", "维护了节假日")


def save_unit(actor, unit: Unit, version=None) -> Unit:
    """Add or change a unit. Raises Conflict when somebody changed it meanwhile."""
    return _save(SAVE_UNIT, actor, unit, version)


def save_category(actor, category: Category, version=None) -> Category:
    """Add, rename, reorder or switch off a category. Raises Conflict."""
    return _save(SAVE_CATEGORY, actor, category, version)


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
