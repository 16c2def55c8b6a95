"""What the kernel keeps: the lists of a township, places with their words, days off."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.keeping import Keeping, differences
from congress.models import Category, CategoryPast, County, Holiday, Membership, Township, Unit
from congress.wording import chinese_date

UNITS = Keeping(Unit, "congress.unit", route="unit", past={"congress.unit": "维护了承办单位"})
CATEGORIES = Keeping(
    Category,
    "congress.category",
    parts=frozenset({"past"}),
    instead="；不再使用的请停用",
    route="category",
    past={"congress.category": "维护了类别"},
)


def _check_township(row: Township) -> None:
    """Who has another county look at what a township has entered opens its data to them: nobody does that alone."""
    before = Township.objects.filter(pk=row.pk).values_list("county", flat=True).first()
    if before in (None, row.county_id):
        return
    with scope.accounts():
        used = Membership.objects.filter(township=row).exists()
    if used:
        refuse(
            "这个乡镇已经开通过账号，不能再改属别的县级：改了以后，那里的人会看到它的全部记录。县级改名的，请改县级的名称。",
            "county",
        )


TOWNSHIPS = Keeping(Township, "congress.township", check=_check_township, past={"congress.place": "维护了区划信息"})
COUNTIES = Keeping(County, "congress.county")
HOLIDAYS = Keeping(Holiday, "congress.holiday", past={"congress.holiday": "维护了节假日"})
LOAD_HOLIDAYS = verb("congress.load_holidays", "载入了节假日")


def change_category(
    actor, category: Category, values: Mapping[str, Any], version, since: date | None = None
) -> Category:
    """Rename, reorder or switch a category off; the change takes effect on the day `since`, today unless said otherwise.

    What it was before is kept, so that figures of earlier days stand. Raises Refused for a day to come or before the last
    change, Conflict when somebody else was quicker.
    """
    since = since or clock.today()
    before = Category.objects.prefetch_related("past").get(pk=category.pk)

    def also(row: Category) -> dict:
        return {"自": since} if _remember(before, row, since) else {}

    return CATEGORIES.change(actor, category, values, version, also if differences(before, values) else None)


def _remember(before: Category, category: Category, since: date) -> bool:
    """Keep what a category was until a day, when it changes and was in use before; tells whether it did."""
    names = ("label", "position", "active")
    if all(getattr(before, name) == getattr(category, name) for name in names):
        return False
    last = max((row.until for row in before.past.all()), default=before.used_from)
    if since > clock.today():
        refuse("变更日期不能晚于今天。", "since")
    if last and since < last:
        refuse(f"{before.label}自{chinese_date(last)}起用现在的名称和状态，变更日期不能更早。", "since")
    if since == last:
        return False
    CategoryPast.objects.create(
        township_id=category.township_id,
        category=category,
        until=since,
        **{name: getattr(before, name) for name in names},
    )
    return True


def load_holidays(actor, days: list[Holiday]) -> int:
    """Write days off and worked weekends, replacing what stood for the same days; returns how many."""
    with action(LOAD_HOLIDAYS, actor=actor, detail={"天数": len(days)}):
        Holiday.objects.bulk_create(
            days, update_conflicts=True, unique_fields=["day"], update_fields=["is_workday", "name", "basis"]
        )
    return len(days)
