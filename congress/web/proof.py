"""What binds is done only by who has just said who he is: the password (or the code of the second factor) once more, when
the last time was too long ago. What was entered is kept: it travels along on the page that asks, and is stored nowhere."""

import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse

from congress.models import TurnedAway
from congress.web import second_factor, turned_away
from congress.web.pages import page

FIELD = "proof_password"
PROVED = "proved"
CODE_DIGITS = 6
CLOCK_SLACK = 60  # seconds by which a clock may be set back
ASKED = "这一步比较重要，请再输入一次密码。"


def remember(sender, request, **kwargs) -> None:
    """Receiver of user_logged_in: who has just logged in has proved who he is."""
    request.session[PROVED] = int(time.time())


def is_fresh(request) -> bool:
    """Whether the last log-in or proof of this session is younger than PROOF_MINUTES."""
    age = time.time() - request.session.get(PROVED, 0)
    return not settings.PROOF_MINUTES or -CLOCK_SLACK <= age <= settings.PROOF_MINUTES * 60


def proved(view: Callable, *, free: str = "") -> Callable:
    """A view whose POST binds: it stands below the decorator that finds place and right, and needs a fresh proof. `free`
    names the button with which the view writes nothing and only shows."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method != "POST" or (free and free in request.POST) or is_fresh(request):
            return view(request, *args, **kwargs)
        typed = request.POST.get(FIELD)
        if typed and _is_right(request, typed):
            remember(None, request)
            return view(request, *args, **kwargs)
        return _ask(request, "密码不对，请重新输入。" if typed else "请输入密码。" if typed is not None else "")

    wrapper.proved = True
    return wrapper


def _is_right(request, typed: str) -> bool:
    """Whether it is the password or the telephone's code of who is logged in; what is wrong counts as a wrong password at
    the door does."""
    if len(typed) == CODE_DIGITS and typed.isdigit() and second_factor.has_one(request.user):
        return _is_code(request, typed)
    if authenticate(request, username=request.user.username, password=typed) == request.user:
        return True
    turned_away.count(request, TurnedAway.Kind.PASSWORD)
    return False


def _is_code(request, typed: str) -> bool:
    try:
        second_factor.accept(request.user, typed)
    except ValidationError:
        turned_away.count(request, TurnedAway.Kind.SECOND)
        return False
    return True


def _ask(request, error: str) -> HttpResponse:
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"findings": [{"code": "proof", "message": ASKED, "citation": ""}]}, status=403)
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in (FIELD, "csrfmiddlewaretoken")
    ]
    context = {"kept": kept, "error": error, "field": FIELD, "asked": ASKED, "files": bool(request.FILES)}
    answer = page(request, "congress/proof.html", context, fragment="congress/_proof.html")
    answer.asks_for_proof = True  # nothing was refused
    return answer
