"""What the step pages share: a form, what stands against it, an action, and back to the record."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from congress.guard.refusal import refuse
from congress.web.pages import done, page, perform
from proposals import queries
from proposals.models import Matter, Suggestion


@dataclass(frozen=True)
class StepPage:
    """A step's page: `act(user, record, data)` does it, `said` tells that it was done; `lead(record)` explains the form."""

    slug: str
    title: str
    form: type
    act: Callable
    said: str
    submit: str
    lead: Callable | None = None
    initial: Callable | None = None
    guard: bool = False


def visible_suggestion(request, pk) -> Suggestion:
    """The suggestion with its facts, or 404 for those who may not see it."""
    found = queries.with_facts(queries.visible_suggestions(request.standing)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def visible_matter(request, pk) -> Matter:
    """The matter with what belongs to it, or 404 for those who may not see it."""
    found = queries.with_matter(queries.visible_matters(request.standing)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def trail(township, *items) -> list[tuple[str, str]]:
    """The breadcrumbs of a page: (label, url name, arguments…) rows under the township's home."""
    links = [(label, reverse(name, args=[township.code, *rest])) for label, name, *rest in items]
    return [("首页", reverse("township_home", args=[township.code])), *links]


def matter_step(request, township, pk, spec: StepPage):
    """Show and take a step of a matter."""
    matter = visible_matter(request, pk)
    offered = {button.slug for button in queries.matter_steps_for(request.standing, matter)}
    if request.method != "POST" and spec.slug not in offered:
        refuse("这一步现在不能办，或者不由您办理；请返回事项页面查看最新情况。")
    steps = trail(
        township,
        ("反映事项", "proposals-matters"),
        (matter.number, "proposals-matter", pk),
        (spec.title, f"proposals-matter-{spec.slug}", pk),
    )
    back = reverse("proposals-matter", args=[township.code, pk])
    return take_step(request, matter, spec, back, {"breadcrumbs": steps})


def take_step(request, record, spec: StepPage, back: str, context: dict):
    """The form of a step: nothing typed is lost when the action refuses."""
    initial = {"version": record.version, **(spec.initial(record) if spec.initial else {})}
    form = spec.form(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        result = perform(form, lambda: spec.act(request.user, record, form.cleaned_data))
        if result:
            return done(request, spec.said, back)
    values = {
        "title": spec.title,
        "subject": record,
        "lead": spec.lead(record) if spec.lead else "",
        "form": form,
        "submit": spec.submit,
        "cancel_url": back,
        "guard": spec.guard,
        "draft": f"{spec.slug}:{record.pk}" if spec.guard else "",
        **context,
    }
    return page(request, "congress/step.html", values)
