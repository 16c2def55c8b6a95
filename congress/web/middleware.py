"""Session limits, the first password, and pages that no cache may keep."""

import secrets
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from congress.guard.action import action, verb
from congress.web import second_factor
from congress.web.login import client_address
from congress.web.pages import SAFE

TAKE_ALONG = verb("congress.take_along", "导出或下载了文件")
CLOCK_SLACK = 60  # seconds by which a clock may be set back without anybody being logged out


def _is_over(age: int, limit: int) -> bool:
    """Whether a session of this age (seconds) is over; one that began in the future has no age and is."""
    return age > limit or age < -CLOCK_SLACK


class CleanTextMiddleware:
    """Takes NUL out of what was typed, because no text of PostgreSQL can hold one; an address with one does not exist."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:
            raise Http404
        request.GET = _without_nul(request.GET)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Only here, after the token was looked for: the body is read once, by whoever may send one."""
        if request.method == "POST":
            request.POST = _without_nul(request.POST)


def _without_nul(typed: QueryDict) -> QueryDict:
    if not any("\0" in text for key, values in typed.lists() for text in (key, *values)):
        return typed
    clean = QueryDict(mutable=True, encoding=typed.encoding)
    for key, values in typed.lists():
        clean.setlist(key.replace("\0", ""), [value.replace("\0", "") for value in values])
    clean._mutable = False
    return clean


class NobodysPageMiddleware:
    """Where a hall votes in secret nobody is known: the session of a browser that is logged in is not looked at, or the moment it was
    last seen would be written beside the vote, with the next transaction's number (ADR 22). Stands before the sessions."""

    ADDRESS = "/v/"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(self.ADDRESS):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return self.get_response(request)


class SessionLimitsMiddleware:
    """Ends a session after so long without a request, and after so long altogether (等保 身份鉴别)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = int(time.time())
            began = request.session.setdefault("began", now)
            seen = request.session.get("seen", now)
            idle, absolute = settings.SESSION_IDLE_SECONDS, settings.SESSION_ABSOLUTE_SECONDS
            if _is_over(now - seen, idle) or _is_over(now - began, absolute):
                logout(request)
                messages.info(request, "登录已超时，请重新登录。未提交的内容请在登录后重新填写或从草稿恢复。")
                asked_by_script = "X-Background" in request.headers or "HX-Request" in request.headers
                return redirect(settings.LOGIN_URL) if asked_by_script else redirect_to_login(request.get_full_path())
            # What a page asks by itself (unread messages, progress of a job) is no sign of somebody sitting there.
            by_itself = "X-Background" in request.headers and "seen" in request.session
            if not by_itself and (now - seen > 30 or "seen" not in request.session):
                request.session["seen"] = now
        return self.get_response(request)


class TakenAlongMiddleware:
    """Every table, document and file somebody takes along is an event: without the event there is no file."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 200 and hasattr(response, "taken_along") and request.user.is_authenticated:
            township = getattr(getattr(request, "standing", None), "township", None)
            detail = {"文件": response.taken_along, "地址": client_address(request)}
            with action(TAKE_ALONG, actor=request.user, township=township, detail=detail):
                pass
        return response


class FileCameMiddleware:
    """A form that is answered with a file stays where it is and no script is told: a cookie tells, and its buttons wake
    (static/js/congress.js)."""

    COOKIE = "file_came"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and response.get("Content-Disposition", "").startswith("attachment"):
            response.set_cookie(
                self.COOKIE, secrets.token_hex(8), max_age=60, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
            )
        return response


class OwnPasswordMiddleware:
    """A one-time code, or a password that is too old, opens nothing but the page where one chooses a password of one's own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and request.user.must_choose_password:
            allowed = {reverse("account_change_password"), reverse("account_logout")}
            if request.path not in allowed and not request.path.startswith(settings.STATIC_URL):
                return redirect("account_change_password")
        return self.get_response(request)


class SecondFactorMiddleware:
    """A role that needs a second factor opens nothing but the pages where a telephone is enrolled."""

    ALLOWED = ("mfa_activate_totp", "mfa_view_recovery_codes", "account_change_password", "account_logout")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (
            request.user.is_authenticated
            and not request.path.startswith(settings.STATIC_URL)
            and second_factor.is_missing(request)
            and request.path not in {reverse(name) for name in self.ALLOWED}
        ):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


class NoStoreMiddleware:
    """Pages of somebody who is logged in are kept nowhere, nor is any answer to what was sent: it may give back what was typed,
    also when the session had ended. The back button after logout shows nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "Cache-Control" not in response and (request.method not in SAFE or request.user.is_authenticated):
            response["Cache-Control"] = "no-store, private"
        return response
