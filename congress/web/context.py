"""What every page shows: demo mode, the place, the navigation, unread messages."""

from django.conf import settings
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.models import Message
from congress.web import filling, nav
from congress.web.look import Look


def _search_url(standing) -> str:
    """Where the field in the head of every page looks; nowhere for administrators, who see no records."""
    if standing.township:
        return reverse("search", args=[standing.township.code])
    return reverse("county-search", args=[standing.county.code]) if standing.county else ""


def page(request) -> dict:
    """Context processor; asks the database for the number of unread messages only."""
    standing = getattr(request, "standing", None) or getattr(request, "around", None)
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    unread = 0
    if known:
        with scope.user(user):
            unread = Message.objects.filter(recipient=user, read_at__isnull=True).count()
    entries = nav.entries_for(standing, request.path) if standing and standing.roles else []
    return {
        "demo_mode": settings.DEMO,
        "filling": filling.told(),
        "has_authority": bool(settings.AUTHORITY),
        "today": clock.today(),
        "standing": standing,
        "place": (standing.township or standing.county) if standing else None,
        "nav_entries": entries,
        "nav": nav.grouped(entries),
        "search_url": _search_url(standing) if entries else "",
        "bar": nav.bar_for(standing, entries) if entries else [],
        "roles_label": standing.roles_label if standing else "",
        "unread_count": unread,
        "font_size_class": Look.of(request).classes,
        "session_idle_seconds": settings.SESSION_IDLE_SECONDS,
    }
