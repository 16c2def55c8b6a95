"""What the pages share: a record the viewer may see, and the way to its page."""

from django.http import Http404
from django.urls import reverse

from congress.work import outbox
from proposals import queries
from proposals.models import Matter, Suggestion


def visible_suggestion(request, pk) -> Suggestion:
    """The suggestion with its facts and those handled with it, or 404 for those who may not see it."""
    found = queries.with_joined(queries.visible_suggestions(request.standing)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def visible_matter(request, pk) -> Matter:
    """The matter with what belongs to it, or 404 for those who may not see it."""
    found = queries.with_matter(queries.visible_matters(request.standing)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def seen(request) -> None:
    """A unit that opens a record has read what told of it, whichever way it came there."""
    if request.standing.writes and request.standing.unit_ids:
        outbox.read(request.user, request.path)


def trail(township, *items) -> list[tuple[str, str]]:
    """The breadcrumbs of a page: (label, url name, arguments…) rows, below the township's first page."""
    return [(label, reverse(name, args=[township.code, *rest])) for label, name, *rest in items]
