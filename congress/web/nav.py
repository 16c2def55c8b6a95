"""The side navigation, the bar of phones and the way back: each app registers its entries, the page shows those the
standing allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from congress import permissions as may
from congress.models import Role
from congress.permissions import Permission, Standing, allowed
from congress.web.addresses import page_at

ROOMY = 12  # entries that stand open on a low screen without a fold


@dataclass(frozen=True)
class Entry:
    """A link of the navigation. `place` is township, county or administration; `daily` is the short word under which it
    stands in the bar of phones as well."""

    label: str
    icon: str
    url_name: str
    permission: Permission
    order: int
    place: str = "township"
    section: str = ""
    daily: str = ""


_entries: list[Entry] = []


def entry(
    label: str, icon: str, url_name: str, permission: Permission, order: int, place="township", section="", daily=""
) -> None:
    """Register an entry; the order is a number, lower comes first."""
    new = Entry(label, icon, url_name, permission, order, place, section, daily)
    if new not in _entries:
        _entries.append(new)
        _open_to.cache_clear()


def _place(standing: Standing) -> str:
    return "township" if standing.township else "county" if standing.county else "administration"


def entries_for(standing: Standing, path: str) -> list[dict]:
    """Entries the standing may open, with their addresses and which is active; each section stands together, where its
    first entry does, whatever numbers the entries of other apps have."""
    place = standing.township or standing.county
    opened = _open_to(_place(standing), place.code if place else "", standing.roles, standing.delegated)
    shown = [each.copy() for each in opened]
    best = max((row for row in shown if path.startswith(row["url"])), key=lambda row: len(row["url"]), default=None)
    # The address of the first page begins those of all the place's pages: that one is current at its own address alone.
    if best and (best is not shown[0] or best["url"] == path):
        best["active"] = True
    return shown


@lru_cache(maxsize=1024)  # every page asks, and the places and the roles people have there are few
def _open_to(place: str, code: str, roles: frozenset[str], delegated: frozenset[str]) -> list[dict]:
    first: dict[str, int] = {}
    for item in _entries:
        first[item.section] = min(item.order, first.get(item.section, item.order))
    return [
        {
            "label": item.label,
            "icon": item.icon,
            "section": item.section,
            "daily": item.daily,
            "url": page_at(item.url_name, *([code] if code else [])),
            "active": False,
        }
        for item in sorted(_entries, key=lambda e: (first[e.section] if e.section else e.order, e.section, e.order))
        if item.place == place and allowed(item.permission, roles, delegated)
    ]


def grouped(entries: list[dict]) -> list[dict]:
    """The entries by section, each with whether it stands open: the one with the page that is shown, where none has it
    the first; all of them where there are few. An entry without a section stands alone."""
    groups: list[dict] = []
    for each in entries:
        section = each["section"]
        if not (section and groups and groups[-1]["label"] == section):
            groups.append({"label": section, "icon": each["icon"], "entries": [], "open": False})
        groups[-1]["entries"].append(each)
    folded = [group for group in groups if group["label"]]
    active = [group for group in folded if any(each["active"] for each in group["entries"])]
    for group in folded if len(entries) <= ROOMY else active or folded[:1]:
        group["open"] = True
    return groups


def bar_for(standing: Standing, entries: list[dict]) -> list[dict]:
    """What stands in the bar of phones between nothing and the messages: the first page, what is done most often, and
    what is looked at every day; three in all, since five buttons are what a thumb hits at 320 px."""
    first = [{**each, "daily": each["label"]} for each in entries[:1]]
    done = shortcuts_for(standing)[:1] if standing.township and standing.writes else []
    daily = [each for each in entries if each["daily"]]
    return [*first, *({**each, "daily": each["label"], "active": False} for each in done), *daily][:3]


def way(standing: Standing, entries: list[dict], pages: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """(label, address) from the first page of the place, for a county viewer in a township from the county, to the page
    that is shown; `pages` are those of the view, under the first page. Empty where the navigation says it all."""
    township, county = standing.township, standing.county
    visits = township is not None and standing.has(Role.COUNTY)
    if not pages and not visits:
        return []
    home = page_at("township_home", township.code) if township else ""
    above = [(county.name, page_at("county_home", county.code))] if visits else []
    if township:
        above.append((township.name if visits else "首页", home))
    elif county:
        above.append(("首页", page_at("county_home", county.code)))
    here = [(each["label"], each["url"]) for each in entries if each["active"] and each["url"] != home]
    return [*above, *(pages or here)]


@dataclass(frozen=True)
class Shortcut:
    """A button on the first page of the day, for what is done most often."""

    label: str
    icon: str
    url_name: str
    permission: Permission
    order: int


_shortcuts: list[Shortcut] = []


def shortcut(label: str, icon: str, url_name: str, permission: Permission, order: int) -> None:
    """Register a button of the township's first page; lower comes first, the first one shown is the main one."""
    new = Shortcut(label, icon, url_name, permission, order)
    if new not in _shortcuts:
        _shortcuts.append(new)


def shortcuts_for(standing: Standing) -> list[dict]:
    """The buttons the standing may use in its township, with their addresses."""
    allowed = (item for item in _shortcuts if standing.allows(item.permission))
    return [
        {"label": item.label, "icon": item.icon, "url": page_at(item.url_name, standing.township.code)}
        for item in sorted(allowed, key=lambda item: item.order)
    ]


def register_kernel() -> None:
    """The kernel's own entries."""
    entry("首页", "house", "township_home", may.TOWNSHIP_HOME, 0)
    entry("期限", "clock", "deadlines", may.DEADLINES, 20, daily="期限")
    entry("印发文件", "file-earmark-text", "documents", may.DOCUMENTS, 60, section="文件与数据")
    entry("导入记录", "file-earmark-arrow-up", "imports", may.IMPORTS, 65, section="文件与数据")
    entry("办理进度", "hourglass-split", "jobs", may.JOBS, 70, section="文件与数据")
    entry("起步事项", "list-check", "first-day", may.CATEGORIES, 79, section="设置")
    entry("承办单位", "building", "units", may.CATEGORIES, 80, section="设置")
    entry("类别", "tag", "categories", may.CATEGORIES, 81, section="设置")
    entry("本乡镇信息", "geo-alt", "township-words", may.CATEGORIES, 82, section="设置")
    entry("编号", "list-ol", "series", may.CATEGORIES, 82, section="设置")
    entry("账号", "person-badge", "members", may.ACCOUNTS, 83, section="设置")
    entry("通知方式", "bell", "channels", may.CHANNELS, 84, section="设置")
    entry("外发通知", "envelope", "deliveries", may.DELIVERIES, 84, section="设置")
    entry("销毁申请", "shield-lock", "erasures", may.ERASE, 84, section="设置")
    entry("操作记录", "clock-history", "trail", may.TRAIL, 85, section="设置")
    entry("首页", "house", "county_home", may.COUNTY_HOME, 0, "county")
    entry("各乡镇期限", "clock", "county-deadlines", may.DEADLINES, 30, "county", section="督促")
    entry("系统管理", "gear", "administration", may.ADMINISTRATION, 0, "administration")
    entry("用户", "people", "administration-users", may.USERS, 10, "administration", daily="用户")
    entry("账号申请", "shield-check", "administration-requests", may.ADMINISTRATION, 15, "administration", daily="申请")
    entry("区划", "geo-alt", "administration-places", may.PLACES, 20, "administration")
    entry("节假日", "calendar3", "administration-holidays", may.PLACES, 30, "administration")
    entry("登录锁定", "lock", "administration-lockouts", may.SECURITY, 40, "administration")
    entry("个人信息清单", "shield-lock", "administration-personal", may.SECURITY, 45, "administration")
    entry("审计记录", "clock-history", "administration-audit", may.AUDIT_TRAIL, 50, "administration", daily="审计")
