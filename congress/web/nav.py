"""The side navigation: each app registers its entries, the page shows those the standing allows."""

from dataclasses import dataclass

from django.urls import reverse

from congress import permissions as may
from congress.permissions import Permission, Standing


@dataclass(frozen=True)
class Entry:
    """A link of the navigation. `place` is township, county or administration."""

    label: str
    icon: str
    url_name: str
    permission: Permission
    order: int
    place: str = "township"
    section: str = ""


_entries: list[Entry] = []


def entry(
    label: str, icon: str, url_name: str, permission: Permission, order: int, place="township", section=""
) -> None:
    """Register an entry; the order is a number, lower comes first."""
    new = Entry(label, icon, url_name, permission, order, place, section)
    if new not in _entries:
        _entries.append(new)


def entries_for(standing: Standing, path: str) -> list[dict]:
    """Entries the standing may open, with their addresses and which is active."""
    place = "township" if standing.township else "county" if standing.county else "administration"
    code = standing.township or standing.county
    shown = []
    first = {}  # a section stands where its first entry does, whatever numbers the entries of other apps have
    for item in _entries:
        first[item.section] = min(item.order, first.get(item.section, item.order))
    for item in sorted(_entries, key=lambda e: (first[e.section] if e.section else e.order, e.section, e.order)):
        if item.place != place or not standing.allows(item.permission):
            continue
        url = reverse(item.url_name, args=[code.code] if code else [])
        shown.append({"label": item.label, "icon": item.icon, "url": url, "section": item.section, "active": False})
    best = max((row for row in shown if path.startswith(row["url"])), key=lambda row: len(row["url"]), default=None)
    if best:
        best["active"] = True
    return shown


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
        {"label": item.label, "icon": item.icon, "url": reverse(item.url_name, args=[standing.township.code])}
        for item in sorted(allowed, key=lambda item: item.order)
    ]


def register_kernel() -> None:
    """The kernel's own entries."""
    entry("首页", "house", "township_home", may.TOWNSHIP_HOME, 0)
    entry("期限", "clock", "deadlines", may.DEADLINES, 20)
    entry("印发文件", "file-earmark-text", "documents", may.DOCUMENTS, 60, section="文件与数据")
    entry("导入记录", "file-earmark-arrow-up", "imports", may.IMPORTS, 65, section="文件与数据")
    entry("后台任务", "hourglass-split", "jobs", may.JOBS, 70, section="文件与数据")
    entry("承办单位", "building", "units", may.CATEGORIES, 80, section="设置")
    entry("类别", "tag", "categories", may.CATEGORIES, 81, section="设置")
    entry("本乡镇信息", "geo-alt", "township-words", may.CATEGORIES, 82, section="设置")
    entry("编号", "list-ol", "series", may.CATEGORIES, 82, section="设置")
    entry("账号", "person-badge", "members", may.ACCOUNTS, 83, section="设置")
    entry("邮件发送", "envelope", "deliveries", may.DEADLINES, 84, section="设置")
    entry("销毁申请", "shield-lock", "erasures", may.ERASE, 84, section="设置")
    entry("操作记录", "clock-history", "trail", may.TRAIL, 85, section="设置")
    entry("首页", "house", "county_home", may.COUNTY_HOME, 0, "county")
    entry("系统管理", "gear", "administration", may.ADMINISTRATION, 0, "administration")
    entry("用户", "people", "administration-users", may.USERS, 10, "administration")
    entry("账号申请", "shield-check", "administration-requests", may.ADMINISTRATION, 15, "administration")
    entry("区划", "geo-alt", "administration-places", may.PLACES, 20, "administration")
    entry("节假日", "calendar3", "administration-holidays", may.PLACES, 30, "administration")
    entry("登录锁定", "lock", "administration-lockouts", may.SECURITY, 40, "administration")
    entry("个人信息清单", "shield-lock", "administration-personal", may.SECURITY, 45, "administration")
    entry("审计记录", "clock-history", "administration-audit", may.AUDIT_TRAIL, 50, "administration")
