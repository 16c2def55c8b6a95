"""A step taken for several records of a list at once: they are ticked, one form is filled in, and each record goes through
the door on its own. What is refused says why and stays ticked; the others stand.

    urls = [*Several(SUGGESTION, "suggestions/", ("代表建议", "proposals-suggestions")).urls()]
    return show(request, township, LEDGER, rows, several=SUGGESTION)
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from congress import clock
from congress.guard.action import Conflict, Refused
from congress.steps import Attempt, Life, Step
from congress.web.pages import TWICE, is_twice, page, township_view
from congress.web.steps import said_above, said_of

TICKED, SENT, VERSION = "ticked", "sent", "version-"
MOST = 200  # more than a page of a list holds
TEMPLATE = "congress/several.html"
CHANGED = "刚刚被别人改动过，请核对后再办。"


def offered(life: Life | None, standing, place) -> list[tuple[str, str]]:
    """(word, address) of the steps the standing may take for several records of a life."""
    steps = [step for step in life.steps if step.many] if life and standing.writes else []
    return [
        (step.words.button, reverse(_name(life, step), args=[place.code]))
        for step in steps
        if standing.allows(step.permission)
    ]


def _name(life: Life, step: Step) -> str:
    return f"{life.name}-several-{step.key}"


@dataclass
class Row:
    """A ticked record: what the step's page says of it, and what came of it."""

    attempt: Attempt
    said: str = ""
    against: list[str] = field(default_factory=list)

    @property
    def record(self) -> Any:
        """The record, as it was when the page was asked for."""
        return self.attempt.record

    @property
    def called(self) -> str:
        """What people call it."""
        return self.attempt.life.called(self.record)

    @property
    def url(self) -> str:
        """Its page."""
        return self.attempt.life.url(self.record)

    @property
    def notes(self) -> list[str]:
        """Warnings and hints that would stand above the form of this one."""
        return [str(finding) for finding in said_above(self.attempt)]


@dataclass(frozen=True)
class Several:
    """The pages of a life's steps that are taken for many records; `listing` is the (label, name) of the list above."""

    life: Life
    route: str
    listing: tuple[str, str]

    def urls(self) -> list[URLPattern]:
        """One address a step."""
        steps = [step for step in self.life.steps if step.many]
        return [path(f"{self.route}several/{one.key}/", self._page(one), name=_name(self.life, one)) for one in steps]

    def _page(self, step: Step) -> Callable:
        @township_view(step.permission)
        def view(request, township):
            back = reverse(self.listing[1], args=[township.code])
            rows = self._rows(request, step)
            if not rows:
                messages.warning(request, f"请先在列表里勾选要{step.words.button}的记录。")
                return HttpResponseRedirect(back)
            return self._form(request, step, rows, back)

        view.__doc__ = f"{step.title}，一次办理多件。"
        return view

    def _rows(self, request, step: Step) -> list[Row]:
        """The ticked records the standing may see, in the order they were ticked."""
        wanted = list(dict.fromkeys(_keys(request.POST.getlist(TICKED))))[:MOST]
        seen = self.life.read(self.life.visible(request.standing)).in_bulk(wanted)
        return [Row(self.life.attempt(step.key, request.standing, seen[pk])) for pk in wanted if pk in seen]

    def _form(self, request, step: Step, rows: list[Row], back: str):
        """The form with the records it is for; sent, what came of each."""
        for row in rows:
            row.against = [str(one) for one in (row.attempt.against() or row.attempt.lacking())]
        able, unable = [row for row in rows if not row.against], [row for row in rows if row.against]
        sent = SENT in request.POST
        form = _form_of(request, step, (able or rows)[0].attempt, sent)
        if sent and form.is_valid():
            for row in able:
                _take(row, form, request.POST.get(f"{VERSION}{row.record.pk}"))
        done = [row for row in able if row.said]
        values = {
            "step": step,
            "title": f"{step.title}（{len(rows)}件）" if not done else f"已办理{len(done)}件",
            "lead": "" if done else f"一次填写，{len(able)}件各自办理、各自留痕。",
            "done": done,
            "open": [row for row in able if not row.said],
            "unable": unable,
            "form": form,
            "submit": step.words.submit or step.words.button,
            "cancel_url": back,
            "breadcrumbs": [(self.listing[0], back), (step.title, "")],
        }
        return page(request, TEMPLATE, values)


def _keys(ticked: list[str]) -> list[uuid.UUID]:
    """The keys among what was sent; anything else is nobody's key."""
    found = []
    for text in ticked:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def _form_of(request, step: Step, first: Attempt, sent: bool):
    """The form of the step, with nothing of any one record in it."""
    options = step.options(first) if step.options else {}
    return step.form(*((request.POST, request.FILES) if sent else ()), **options)


def _take(row: Row, form, version: str | None) -> None:
    """One record through the door; a refusal is told of it and leaves the others alone."""
    attempt, data = row.attempt, dict(form.cleaned_data)
    data.pop("version", None)
    on = data.pop(attempt.step.day, None) or clock.today()
    try:
        with transaction.atomic():
            key, pk = attempt.step.key, row.record.pk
            row.said = said_of(attempt.life.door(key, attempt.standing, pk, data, on=on, version=version))
    except Refused as refused:
        row.against = [str(finding) for finding in refused.findings]
    except Conflict:
        row.against = [CHANGED]
    except IntegrityError as error:
        if not is_twice(error):
            raise
        row.against = [TWICE]
