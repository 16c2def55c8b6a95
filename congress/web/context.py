"""What every page shows: demo mode, the place, the navigation, unread messages. A part of a page shows none of what stands round
it: what costs something is found out where a template asks for it.
"""

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from congress import clock
from congress.guard import scope
from congress.models import Message
from congress.prepared import Prepared, given
from congress.web import filling, nav
from congress.web.look import Look

_UNREAD = Prepared(
    lambda: (
        Message.objects.filter(recipient=given("user"), read_at__isnull=True)
        .order_by()
        .values("recipient")
        .annotate(number=Count("*"))
        .values_list("number")
    )
)


def _search_url(standing) -> str:
    """Where the field in the head of every page looks; nowhere for administrators, who see no records."""
    if standing.township:
        return reverse("search", args=[standing.township.code])
    return reverse("county-search", args=[standing.county.code]) if standing.county else ""


def _unread(user) -> int:
    with scope.user(user):
        return sum(number for (number,) in _UNREAD(user=user.pk))


def page(request) -> dict:
    """Context processor; asks the database for the number of unread messages only."""
    standing = getattr(request, "standing", None) or getattr(request, "around", None)
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    works = bool(standing and standing.roles)
    entries = SimpleLazyObject(lambda: nav.entries_for(standing, request.path)) if works else []
    return {
        "demo_mode": settings.DEMO,
        "filling": filling.told(),
        "has_authority": bool(settings.AUTHORITY),
        "today": clock.today(),
        "standing": standing,
        "place": (standing.township or standing.county) if standing else None,
        "nav_entries": entries,
        "nav": SimpleLazyObject(lambda: nav.grouped(entries)),
        "search_url": SimpleLazyObject(lambda: _search_url(standing) if entries else ""),
        "bar": SimpleLazyObject(lambda: nav.bar_for(standing, entries) if entries else []),
        "roles_label": standing.roles_label if standing else "",
        "unread_count": SimpleLazyObject(lambda: _unread(user)) if known else 0,
        "font_size_class": Look.of(request).classes,
        "session_idle_seconds": settings.SESSION_IDLE_SECONDS,
    }
