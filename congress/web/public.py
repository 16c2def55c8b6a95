"""The pages below `/p/<township's code>/` that anybody may open without logging in: what was published, and forms into inboxes.

The view runs in the public scope: the database gives it the rows that were published and nothing else, whatever it asks.
What is published of a township is told at its entrance by the kinds that apps register in their file `published`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404

from congress import clock
from congress.guard import scope
from congress.models import Township, TurnedAway
from congress.web import limits, turned_away
from congress.web.login import counted_address
from congress.web.pages import SAFE, guarded, page, perform
from congress.web.question import QuestionForm

READ = "read"


def public_view(reason: str, *, sends: str = ""):
    """View of what one township published, `/p/<code>/…`: called as view(request, township, …). A GET only reads; a POST is
    answered where the page `sends` something: the kind of limit it is counted under (`settings.PUBLIC_LIMITS`).

    While nobody can count (no Redis) pages are shown and forms are not taken: what could not be limited would fill an inbox.
    """

    def decorate(view):
        @login_not_required
        @wraps(view)
        def wrapper(request, code, **kwargs):
            kind = READ if request.method in SAFE else sends
            if not kind:
                return HttpResponseNotAllowed(SAFE)
            township = get_object_or_404(Township.objects.in_use().select_related("county"), code=code)
            request.published_by = township
            spent = limits.spend(kind, township.pk, counted_address(request))
            if spent and not (spent.unknown and kind == READ):
                return later(request, township, spent)
            answer = guarded(
                request, lambda: scope.public(township, adds=request.method not in SAFE), view, township, **kwargs
            )
            answer["Cache-Control"] = "no-store, private"  # on a computer of the village hall the next one goes back
            answer["X-Robots-Tag"] = (
                "noindex, nofollow"  # names on a notice are for the village, not for a search engine
            )
            return answer

        wrapper.permission = f"published: {reason}"
        return wrapper

    return decorate


def later(request, township: Township, spent: limits.Spent, why: str = ""):
    """The page that says from when on this can be tried again, and `why` where it is not the address. Side effect: one line
    for the trail where a limit was passed."""
    if spent.first:
        turned_away.count(request, TurnedAway.Kind.PUBLIC, township=township)
    wait = max(int((spent.until - clock.now()).total_seconds()), 1)
    # The minute after, or whoever comes back at the minute named would be a few seconds early.
    shown = spent.until if spent.unknown else spent.until + timedelta(minutes=1)
    context = {"until": shown.astimezone(clock.SHANGHAI), "unknown": spent.unknown, "why": why}
    answer = page(request, "public/later.html", context, status=503 if spent.unknown else 429)
    answer["Retry-After"] = str(wait)
    return answer


def send_page(
    request,
    form: QuestionForm,
    act: Callable[[], Any],
    *,
    title: str,
    submit: str,
    answer: Callable[[Any], HttpResponse],
    lead: str = "",
) -> HttpResponse:
    """A public form: shows it, runs `act()` when what was sent holds, and answers at once with `answer(what came of it)`,
    because nothing that was sent can be read here a second time. A refusal becomes errors of the form, with another
    question."""
    if request.method == "POST" and form.is_valid():
        if made := perform(form, lambda: (act(),)):
            return answer(made[0])
        form.ask_anew()
    return page(request, "public/form.html", {"title": title, "lead": lead, "form": form, "submit": submit})


@dataclass(frozen=True)
class Line:
    """Something that was published: what it is called, its address, the day it was published on."""

    label: str
    url: str
    on: date | None = None


@dataclass(frozen=True)
class Published:
    """A kind of what is published, under its heading; `lines(township)` is asked in the public scope."""

    heading: str
    order: int
    lines: Callable[[Township], Iterable[Line]]


_kinds: list[Published] = []


def register(kind: Published) -> None:
    """Let a kind be told at the entrance; the order is a number, lower comes first."""
    if kind not in _kinds:
        _kinds.append(kind)


def published(township: Township) -> list[tuple[str, list[Line]]]:
    """(heading, lines) of every kind of which there is anything. Call in the public scope."""
    told = [(kind.heading, list(kind.lines(township))) for kind in sorted(_kinds, key=lambda kind: kind.order)]
    return [(heading, lines) for heading, lines in told if lines]
