"""How a page is made: the decorator finds place and standing, opens transaction and scope, and renders before leaving.

A view that declares no permission does not pass the test that walks the URLs.
"""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django_htmx.http import HttpResponseClientRedirect
from psycopg.errors import UniqueViolation

from congress.guard import scope
from congress.guard.action import Conflict, Refused
from congress.guard.refusal import InTheWay
from congress.guard.savepoint import savepoint
from congress.law.finding import Finding
from congress.models import County, Township
from congress.people.keys import KeyDestroyed
from congress.permissions import (
    Permission,
    Standing,
    standing_alone,
    standing_anywhere,
    standing_in_county,
    standing_in_township,
)
from congress.prepared import Prepared, given
from congress.web.once import once
from congress.web.typed import kept_input


def _answer(request, view: Callable, *args, **kwargs) -> HttpResponse:
    response = view(request, *args, **kwargs)
    if hasattr(response, "render") and not response.is_rendered:
        response.render()  # outside the scope a lazy template would see no rows
    return response


def guarded(request, enter: Callable, view: Callable, *args, **kwargs) -> HttpResponse:
    """The view's answer, made inside the scope that `enter` opens; what was refused there as a page that says why."""
    try:
        with enter(), once(request):
            return _answer(request, view, *args, **kwargs)
    except Refused as refused:
        return turned_away(request, refused.findings)
    except IntegrityError as error:
        if not is_twice(error):
            raise
        return turned_away(request, [Finding("twice", TWICE)])
    except Conflict as conflict:
        with enter():
            context = {"current": conflict.current, "kept": kept_input(request)}
            return render(request, "409.html", context, status=409)


def turned_away(request, findings: Iterable[Finding], back: str = "") -> HttpResponse:
    """The page that says why a step cannot be taken, with what was typed and the way `back` (this same page unless said)."""
    context = {"findings": findings, "kept": kept_input(request), "back_url": back}
    return render(request, "refused.html", context, status=409)


SAFE = ("GET", "HEAD")  # what these ask for writes no record
GONE = "个人信息已按规定销毁，不能再填写；同一个人再来办理的，另行登记。"
TWICE = "同样的记录刚刚已经有了（可能是另一个窗口或者别人同时提交的）。请刷新后查看，不要重复提交。"


def is_twice(error: IntegrityError) -> bool:
    """Whether the database refused a row because there is one like it: somebody was faster, nothing is broken."""
    return isinstance(error.__cause__, UniqueViolation)


def row_or_404(rows, pk):
    """The row with this key out of a form; 404 when there is none, also when it is no key at all."""
    try:
        return get_object_or_404(rows, pk=pk)
    except (ValueError, ValidationError) as error:
        raise Http404 from error


def _place(request, standing: Standing, permission: Permission) -> None:
    if not standing.roles:
        raise Http404
    request.standing = standing
    request.allows = standing.allows
    if not standing.allows(permission):
        raise PermissionDenied(permission.label)


_IN_USE = Prepared(lambda: Township.objects.in_use().select_related("county").filter(code=given("code")))


def _township_or_404(code: str) -> Township:
    found: Township | None = next(iter(_IN_USE(code=code)), None)
    if found is None:
        raise Http404
    return found


def township_view(permission: Permission, *, notes: bool = False):
    """View of one township, `/t/<code>/…`: called as view(request, township, …), which a GET only reads, unless the view
    `notes` that something was fetched.

    Strangers and neighbours get 404, members without the permission 403. A county viewer reads and cannot write.
    """

    def decorate(view):
        @wraps(view)
        def wrapper(request, code, **kwargs):
            township = _township_or_404(code)

            def enter():
                writes = request.standing.writes and (notes or request.method not in SAFE)
                return scope.township(township) if writes else nullcontext()

            with scope.reading([township], by=request.user):
                _place(request, standing_in_township(request.user, township), permission)
                return guarded(request, enter, view, township, **kwargs)

        wrapper.permission = permission
        return wrapper

    return decorate


def county_view(permission: Permission):
    """View of one county, `/c/<code>/…`: called as view(request, county, …) with all its townships readable but those that
    are rehearsals, which count in nothing a county reads. What is sent may write the county's own rows and ask a township."""

    def decorate(view):
        @wraps(view)
        def wrapper(request, code, **kwargs):
            county = get_object_or_404(County, code=code)
            writes = request.method not in SAFE
            with scope.county(county, county.real_townships, by=request.user, writes=writes):
                _place(request, standing_in_county(request.user, county), permission)
                return guarded(request, nullcontext, view, county, **kwargs)

        wrapper.permission = permission
        return wrapper

    return decorate


def administration_view(permission: Permission, enter: Callable = scope.accounts):
    """View of the three administrators, outside every place; sees accounts (or the trail) and no record."""

    def decorate(view):
        @wraps(view)
        def wrapper(request, **kwargs):
            with scope.user(request.user):
                _place(request, standing_anywhere(request.user), permission)
                return guarded(request, enter, view, **kwargs)

        wrapper.permission = permission
        return wrapper

    return decorate


def personal_view(view):
    """View of the user's own things, whatever the place; where there is only one, with its navigation around it."""

    @wraps(view)
    def wrapper(request, **kwargs):
        request.around = standing_alone(request.user)
        return guarded(request, lambda: scope.user(request.user), view, **kwargs)

    wrapper.permission = "personal"
    return wrapper


def open_view(reason: str):
    """View of no place that anybody may see without logging in; says why. Runs in a transaction with no scope. What a
    township publishes is seen through `congress.web.public.public_view`."""

    def decorate(view):
        @login_not_required
        @wraps(view)
        def wrapper(request, **kwargs):
            with transaction.atomic():
                return _answer(request, view, **kwargs)

        wrapper.permission = f"public: {reason}"
        return wrapper

    return decorate


def page(request, template: str, context: dict | None = None, *, fragment: str = "", status: int = 200) -> HttpResponse:
    """The whole page, or for htmx (unless it is a boosted navigation) the fragment alone."""
    asked_for_part = fragment and request.htmx and not request.htmx.boosted
    return render(request, fragment if asked_for_part else template, context or {}, status=status)


def done(request, message: str, url) -> HttpResponse:
    """Say that it worked and go there; htmx is told to go as well, and a draft that it has arrived and may be forgotten."""
    if "X-Background" not in request.headers:  # else nobody has pressed a button on the page that is open
        messages.success(request, message)
    target = url if isinstance(url, str) else url.get_absolute_url()
    if draft := request.headers.get("X-Draft"):
        return JsonResponse({"saved": draft, "url": target})
    return HttpResponseClientRedirect(target) if request.htmx else HttpResponseRedirect(target)


def perform(form, act: Callable):
    """Run an action for a valid form; a refusal becomes errors of the form (each at the field its finding names; what stands in
    the way is `there` of the form, for its summary of errors) and gives None, and so do a row that somebody else has made in the
    meantime and personal data for somebody who was erased."""
    try:
        with savepoint():
            return act()
    except Refused as refused:
        for finding in refused.findings:
            form.add_error(finding.field if finding.field in form.fields else None, str(finding))
        form.there = [one.about for one in refused.findings if isinstance(one, InTheWay) and one.about is not None]
    except KeyDestroyed:
        form.add_error(None, GONE)
    except IntegrityError as error:
        if not is_twice(error):
            raise
        form.add_error(None, TWICE)
    return None
