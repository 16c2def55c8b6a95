"""How pages look to this reader: size of letters and contrast, columns of lists and how closely their rows stand."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from congress.accounts import SETTINGS
from congress.guard import scope
from congress.guard.action import action
from congress.web import columns
from congress.web.look import COOKIE, SIZES, Look
from congress.web.pages import open_view, personal_view

ONE_YEAR = 365 * 86400


@open_view("选择字号和对比度，登录前后都可以，不涉及业务数据")
def display(request):
    """Keep size and contrast in a cookie, the size also with the user who is logged in, and go back to the page."""
    response = HttpResponseRedirect(_back(request))
    if request.method != "POST":
        return response
    look = Look.of(request).changed(request.POST.get("size", ""), request.POST.get("contrast", ""))
    if request.user.is_authenticated and request.POST.get("size") in SIZES:
        with scope.user(request.user), action(SETTINGS, actor=request.user, subject=request.user):
            request.user.font_size = look.size
            request.user.save(update_fields=["font_size"])
    response.set_cookie(
        COOKIE, look.text, max_age=ONE_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return response


@personal_view
def list_view(request):
    """Keep with the user which columns of a list are shown and how closely its rows stand, and go back to the list."""
    if request.method == "POST":
        kept = columns.changed(request.user, request.POST, request.POST.getlist("columns"))
        if kept != request.user.list_views:
            with action(SETTINGS, actor=request.user, subject=request.user):
                request.user.list_views = kept
                request.user.save(update_fields=["list_views"])
    return HttpResponseRedirect(_back(request))


def _back(request) -> str:
    """The page of ours from which a form was sent, or the first one."""
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if ours else "/"
