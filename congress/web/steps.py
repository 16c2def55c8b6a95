"""The pages of a life: one for each step, all made from the rows of its table, and the buttons that lead there.

A page that asks for JSON (`Accept: application/json`) is answered in JSON: what stands against the step, or what was done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, JsonResponse
from django.urls import URLPattern, path, reverse

from congress import clock
from congress.guard.action import Conflict
from congress.law.finding import Finding
from congress.steps import Attempt, Consequences, Life, Step
from congress.web.once import ALREADY, done_before
from congress.web.pages import done, page, perform, township_view, turned_away
from congress.web.proof import proved

TEMPLATE = "congress/step.html"
CONFIRMED = "confirmed"


def found_or_404(life: Life, request, pk):
    """The record of an address with its facts, or 404. Whether its reader sees it is asked apart: what it is read with is the
    same for everybody, and put together once."""
    if not life.visible(request.standing).filter(pk=pk).exists():
        raise Http404
    return life.find(pk)


@dataclass(frozen=True)
class Button:
    """A step the viewer may take, with its address; `main` is what is expected next, `apart` what takes back."""

    key: str
    label: str
    url: str
    main: bool
    apart: bool = False
    icon: str = ""
    at_once: bool = False  # pressing it takes the step; else it leads to the step's page


def buttons(life: Life, standing, record) -> list[Button]:
    """The steps offered to a standing, what is expected next first and what takes back last; `record` comes with its facts."""
    offered = sorted(life.offered(standing, record), key=lambda one: (one.apart, not one.main))
    return [
        Button(one.key, one.words.button, life.url(record, one.key), one.main, one.apart, one.words.icon, one.at_once)
        for one in offered
    ]


@dataclass(frozen=True)
class Pages:
    """The pages of a life's steps under the address of its record; `listing` is the (label, name) of the list above.

    Where the pages of the record share a frame (its tabs, its state), `template` brings it and `frame(request, attempt)` what
    it shows.
    """

    life: Life
    route: str
    listing: tuple[str, str]
    template: str = TEMPLATE
    frame: Callable[[Any, Attempt], dict] | None = None

    def urls(self) -> list[URLPattern]:
        """One address a step."""
        life = self.life
        return [path(f"{self.route}{one.key}/", self._page(one), name=f"{life.name}-{one.key}") for one in life.steps]

    def _page(self, step: Step) -> Callable:
        def view(request, township, pk):
            attempt = self.life.attempt(step.key, request.standing, found_or_404(self.life, request, pk))
            wanted = request.get_preferred_type(["text/html", "application/json"])
            return _json(request, attempt) if wanted == "application/json" else self._form(request, attempt)

        return township_view(step.permission)(proved(view) if step.proved else view)

    def _form(self, request, attempt: Attempt):
        """Show and take the step: what stands against it as a page of its own, warnings above the form, refusals at its
        fields; nothing typed is lost."""
        step = attempt.step
        if _sent_again(request, attempt):
            return done(request, step.speak(step.said, attempt), attempt.onward)
        if done_before(request):
            return done(request, ALREADY, attempt.onward)
        if against := attempt.against():
            return turned_away(request, against, attempt.back)
        form = _form_of(request, attempt)
        if request.method == "POST" and form.is_valid():
            if step.confirm and CONFIRMED not in request.POST:
                if perform(form, lambda: _weighed(attempt, form)):
                    return self._confirm(request, attempt, form)
            elif taken := perform(form, lambda: _take(attempt, form)):
                return done(request, said_of(taken), taken.onward)
        return page(request, self.template, self._shown(request, attempt, form))

    def _shown(self, request, attempt: Attempt, form) -> dict:
        """What the page of a step shows: the facts and what follows, what is to be said, and the form or what it lacks."""
        step, life = attempt.step, attempt.life
        told = step.shows(attempt) if step.shows else Consequences((), ())
        around = self.frame(request, attempt) if self.frame else {}
        return around | {
            "title": step.title,
            "subject": life.called(attempt.record),
            "lead": step.speak(step.lead, attempt),
            "rows": told.rows,
            "beside": told.title,
            "consequences": told.follows,
            "findings": [*told.findings, *said_above(attempt)],
            "lacking": attempt.lacking(),
            "step": step,
            "form": form,
            "submit": step.words.submit or step.words.button,
            "cancel_url": attempt.back,
            "guard": step.guard,
            "draft": _called_unsent(attempt) if step.guard else "",
            "breadcrumbs": [*self.breadcrumbs(attempt.record), (step.title, life.url(attempt.record, step.key))],
        }

    def _confirm(self, request, attempt: Attempt, form):
        """What follows, before the step binds; the same answers are sent once more, hidden."""
        step, asked = attempt.step, attempt.step.confirm(attempt)
        for entry in form.fields.values():
            entry.widget = entry.hidden_widget()
        form.fields[CONFIRMED] = forms.BooleanField(widget=forms.HiddenInput, initial=True)
        form.helper.layout.append(CONFIRMED)  # made before, it would leave the field out
        form.data = {**form.data.dict(), CONFIRMED: "on"}
        values = {
            "title": step.title,
            "rows": asked.rows,
            "findings": [*asked.findings, *attempt.warnings],
            "consequences": asked.follows,
            "form": form,
            "submit": f"确认{step.words.button}",
            "cancel_url": attempt.back,
            "draft": _called_unsent(attempt) if step.guard else "",
        }
        return page(request, "congress/confirm.html", values)

    def breadcrumbs(self, record) -> list[tuple[str, str]]:
        """The way to the record's page."""
        label, name = self.listing
        rows = reverse(name, args=[record.township.code])
        return [(label, rows), (self.life.called(record), self.life.url(record))]


def said_above(attempt: Attempt) -> list[Finding]:
    """Warnings and hints that stand above the form, and what goes along."""
    found = [*attempt.asked(), *attempt.step.lacks(attempt), *attempt.step.hints(attempt)]
    if along := _called(attempt.life, attempt.step.along(attempt)):
        found.append(Finding("along", f"一并办理：{along}。", blocking=False))
    return [finding for finding in found if not finding.blocking]


def _called(life: Life, records) -> str:
    return "、".join(life.called(record) for record in records)


def _called_unsent(attempt: Attempt) -> str:
    """What the form is called among those that are not sent yet."""
    return f"{attempt.step.title} {attempt.life.called(attempt.record)}"


def said_of(taken: Attempt) -> str:
    """That it was done, and for which records as well."""
    along = _called(taken.life, taken.along)
    return taken.step.speak(taken.step.said, taken) + (f"一并办理：{along}。" if along else "")


def _form_of(request, attempt: Attempt):
    step = attempt.step
    brought = {name: request.GET[name] for name in step.prefilled if name in request.GET}
    initial = {"version": attempt.record.version, **(step.initial(attempt) if step.initial else {}), **brought}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()  # a form may ask for nothing at all
    return step.form(*sent, initial=initial, **(step.options(attempt) if step.options else {}))


def _sent_again(request, attempt: Attempt) -> bool:
    """Whether this very form has done its work already; then the attempt knows what was made."""
    if request.method == "POST" and attempt.step.before:
        form = _form_of(request, attempt)
        attempt.made = attempt.step.before(form.cleaned_data) if form.is_valid() else None
    return attempt.made is not None


def _entered(attempt: Attempt, form) -> tuple[dict, str | None, date]:
    """What was entered, with the version shown and the day apart."""
    data = dict(form.cleaned_data)
    return data, data.pop("version", None), data.pop(attempt.step.day, None) or clock.today()


def _weighed(attempt: Attempt, form) -> bool:
    attempt.data, _, attempt.on = _entered(attempt, form)
    attempt.weigh()
    return True


def _take(attempt: Attempt, form) -> Attempt:
    data, version, on = _entered(attempt, form)
    return attempt.life.door(attempt.step.key, attempt.standing, attempt.record.pk, data, on=on, version=version)


def _json(request, attempt: Attempt) -> JsonResponse:
    """409 with what stands against the step; else what it asks for, or (sent) what was done; 422 with errors by field."""
    if against := attempt.against() or attempt.lacking():
        return JsonResponse({"findings": [_told(finding) for finding in against]}, status=409)
    form, step = _form_of(request, attempt), attempt.step
    if request.method != "POST":
        fields = [
            {"name": one.name, "label": one.label, "required": one.field.required} for one in form.visible_fields()
        ]
        said = [_told(finding) for finding in said_above(attempt)]
        return JsonResponse({"title": step.title, "fields": fields, "findings": said})
    try:
        taken = perform(form, lambda: _take(attempt, form)) if form.is_valid() else None
    except Conflict as changed:
        return JsonResponse({"findings": [_told(Finding("conflict", f"{changed}。"))]}, status=409)
    if taken is None:
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    return JsonResponse({"said": said_of(taken), "url": taken.onward})


def _told(finding: Finding) -> dict[str, str]:
    return {"code": finding.code, "message": finding.message, "citation": str(finding.citation or "")}
