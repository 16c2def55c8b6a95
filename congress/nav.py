"""The side navigation: each app registers its entries, the page shows those the standing allows."""

from dataclasses import dataclass

from django.urls import reverse

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
    for item in sorted(_entries, key=lambda e: e.order):
        if item.place != place or not standing.allows(item.permission):
            continue
        url = reverse(item.url_name, args=[code.code] if code else [])
        shown.append({"label": item.label, "icon": item.icon, "url": url, "section": item.section, "active": False})
    best = max((row for row in shown if path.startswith(row["url"])), key=lambda row: len(row["url"]), default=None)
    if best:
        best["active"] = True
    return shown
