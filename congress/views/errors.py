"""Error pages in plain words; what was typed is shown again so that nothing is lost."""

import logging
import sys

import psycopg.errors
import redis.exceptions
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from kombu.exceptions import OperationalError as BrokerError

from congress.models import TurnedAway
from congress.web import turned_away
from congress.web.typed import kept_input

logger = logging.getLogger(__name__)
SERVICE_ERRORS = (OperationalError, InterfaceError, redis.exceptions.RedisError, BrokerError)


def _plain(request, template: str, status: int, **context) -> HttpResponse:
    # No context processors: they would ask the very services that are away.
    body = render_to_string(template, {"kept": kept_input(request), "csp_nonce": "", **context})
    response = HttpResponse(body, status=status)
    if status == 503:
        response["Retry-After"] = "10"
    return response


@login_not_required
def server_error(request) -> HttpResponse:
    """500; or 503 with the typed input when PostgreSQL or Redis is away, or a statement took longer than pages may wait."""
    error = sys.exc_info()[1]
    if isinstance(error, SERVICE_ERRORS):
        return _plain(request, "503.html", 503, slow=isinstance(error.__cause__, psycopg.errors.QueryCanceled))
    return _plain(request, "500.html", 500)


def _count(request, kind: str) -> None:
    """Count what somebody who is logged in asked of an address that exists; a fault of the counting stops nobody."""
    try:
        if request.user.is_authenticated and request.resolver_match:
            with transaction.atomic():
                turned_away.count(request, kind)
    except (AttributeError, DatabaseError):
        logger.exception("a refusal was not counted")


@login_not_required
def not_found(request, exception=None) -> HttpResponse:
    """404, the same for what does not exist and for what is somebody else's."""
    _count(request, TurnedAway.Kind.NOT_FOUND)
    return render(request, "404.html", status=404)


@login_not_required
def forbidden(request, exception=None) -> HttpResponse:
    """403 for a member who lacks the permission, naming it."""
    _count(request, TurnedAway.Kind.FORBIDDEN)
    return render(request, "403.html", {"permission": str(exception or "")}, status=403)


@login_not_required
def bad_request(request, exception=None) -> HttpResponse:
    """400 for a request no form of ours makes."""
    return _plain(request, "400.html", 400)


@login_not_required
def csrf_failure(request, reason="") -> HttpResponse:
    """The form is stale (logged out meanwhile, or cookies are off): say so and give the text back."""
    return render(request, "csrf.html", {"kept": kept_input(request)}, status=403)


@login_not_required
def locked_out(request, credentials=None, *args, **kwargs) -> HttpResponse:
    """Too many wrong passwords for this user from this address."""
    return render(request, "429.html", status=429)
