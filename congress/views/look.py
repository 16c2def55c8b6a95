"""How pages look to this reader: size of letters and contrast."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from congress.accounts import SETTINGS
from congress.guard import scope
from congress.guard.action import action
from congress.web.look import COOKIE, SIZES, Look
from congress.web.pages import public_view

ONE_YEAR = 365 * 86400


@public_view("选择字号和对比度，登录前后都可以，不涉及业务数据")
def display(request):
    """Keep size and contrast in a cookie, the size also with the user who is logged in, and go back to the page."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
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
