"""Matters raised by voters: the list, the page of one, and its steps."""

from django.http import Http404
from django.urls import reverse

from congress.people.fields import encrypted_fields, masked
from congress.people.reveal import SHOWN_SECONDS, reveal
from congress.web import attachments
from congress.web.forms import RevealForm
from congress.web.pages import page, perform, township_view
from congress.web.table import show
from proposals import actions, queries
from proposals import permissions as may
from proposals.forms import receptions as forms
from proposals.listings.receptions import MATTERS, matter_due, matter_state
from proposals.views.common import StepPage, matter_step, trail, visible_matter

VISITOR_FIELDS = (("name", "姓名"), ("phone", "电话"), ("village", "村（组）"))


@township_view(may.MATTERS)
def matters(request, township):
    """The matters the viewer may see."""
    return show(request, township, MATTERS, queries.with_matter(queries.visible_matters(request.standing)))


@township_view(may.MATTERS)
def matter(request, township, pk):
    """One matter with its thread and what the viewer may do."""
    found = visible_matter(request, pk)
    seen = queries.visible_suggestions(request.standing).filter(matter=found)
    files = [
        {"name": str(one.file), "url": reverse("attachment", args=[township.code, one.pk])}
        for one in attachments.of(found)
    ]
    context = {
        "matter": found,
        "state": matter_state(found),
        "left": matter_due(found),
        "due": queries.follow_up_due(found) if matter_due(found) else None,
        "suggestions": seen,
        "visitor": _visitor(request, township, found),
        "thread": queries.matter_thread(found, found.reception),
        "buttons": _buttons(request, township, found),
        "files": files,
        "may_attach": request.standing.writes and attachments.may_add(request.standing, found),
        "breadcrumbs": trail(township, ("反映事项", "proposals-matters"), (found.number, "proposals-matter", pk)),
    }
    return page(request, "proposals/matter.html", context)


def _buttons(request, township, found) -> list:
    offered = queries.matter_steps_for(request.standing, found)
    return [
        (one.label, reverse(f"proposals-matter-{one.slug}", args=[township.code, found.pk]), one.main)
        for one in offered
    ]


def _visitor(request, township, found):
    """The voter under masks, each with the way to see it whole for those who may; None where it is not to be seen."""
    if found.visitor_id is None or not queries.sees_visitor(request.standing, found):
        return None
    whole = queries.may_reveal(request.standing, found) and request.allows(may.VISITOR)
    rows = []
    for field, label in VISITOR_FIELDS:
        url = reverse("proposals-visitor", args=[township.code, found.pk, field]) if whole else ""
        rows.append((label, masked(found.visitor, field), url))
    return rows


@township_view(may.VISITOR)
def visitor(request, township, pk, field):
    """The voter's datum whole, for a reason and on record: clerk and receiving deputies only."""
    found = visible_matter(request, pk)
    labels = {
        each.name: each.verbose_name for each in encrypted_fields(type(found)._meta.get_field("visitor").related_model)
    }
    if field not in labels or found.visitor_id is None or not queries.may_reveal(request.standing, found):
        raise Http404
    form = RevealForm(request.POST or None)
    context = {"label": labels[field], "back": reverse("proposals-matter", args=[township.code, pk])}
    if request.method == "POST" and form.is_valid():
        value = perform(form, lambda: (reveal(request.user, found.visitor, field, form.cleaned_data["reason"]),))
        if value:
            shown = {"value": value[0], "seconds": SHOWN_SECONDS, **context}
            return page(request, "congress/revealed.html", shown, fragment="components/revealed.html")
    title = f"查看选民{labels[field]}"
    values = {"title": title, "form": form, "submit": "查看", "cancel_url": context["back"], **context}
    return page(request, "congress/form.html", values, fragment="congress/_reveal_form.html")


def _page(permission, spec: StepPage):
    @township_view(permission)
    def view(request, township, pk):
        return matter_step(request, township, pk, spec)

    view.__doc__ = f"{spec.title}。"
    return view


answer = _page(
    may.CHANNEL,
    StepPage(
        "answer",
        "当场答复",
        forms.AnswerForm,
        lambda user, row, data: actions.answer_on_the_spot(
            user, row, answer=data["text"], on=data["on"], version=data["version"]
        ),
        "已记录当场答复。",
        "保存",
        lead=lambda row: row.words,
    ),
)
hand = _page(
    may.CHANNEL,
    StepPage(
        "unit",
        "转办",
        forms.HandForm,
        lambda user, row, data: actions.hand_to_unit(
            user, row, unit=data["unit"], note=data["text"], on=data["on"], version=data["version"]
        ),
        "已转办。",
        "转办",
        lead=lambda row: row.words,
    ),
)
upward = _page(
    may.CHANNEL,
    StepPage(
        "upward",
        "报上级",
        forms.UpwardForm,
        lambda user, row, data: actions.pass_upward(
            user, row, passed_to=data["text"], on=data["on"], version=data["version"]
        ),
        "已记录报送。",
        "保存",
        lead=lambda row: row.words,
    ),
)
decline = _page(
    may.CHANNEL,
    StepPage(
        "decline",
        "不予受理并告知",
        forms.ProperChannelForm,
        lambda user, row, data: actions.decline_matter(
            user, row, proper_channel=data["text"], on=data["on"], version=data["version"]
        ),
        "已记录，并已告知选民。",
        "保存",
        lead=lambda row: "诉讼、仲裁、复议和个人信访一类事项不由人大办理，应当告知选民正当的渠道。",
    ),
)
resolve = _page(
    may.RESOLVE,
    StepPage(
        "resolve",
        "记录办理结果",
        forms.ResolveForm,
        lambda user, row, data: actions.resolve_matter(
            user, row, answer=data["text"], on=data["on"], version=data["version"]
        ),
        "已办结，请向选民反馈。",
        "办结",
        lead=lambda row: row.words,
    ),
)
tell = _page(
    may.TELL,
    StepPage(
        "tell",
        "向选民反馈",
        forms.TellForm,
        lambda user, row, data: actions.tell_voter(user, row, **data),
        "已记录反馈。",
        "保存",
        lead=lambda row: row.answer,
    ),
)
correct = _page(
    may.CHANNEL,
    StepPage(
        "correct",
        "更正事项",
        forms.MatterCorrectForm,
        lambda user, row, data: actions.correct_matter(user, row, **data),
        "已更正。",
        "保存",
        initial=lambda row: {n: getattr(row, n) for n in ("words", "category", "confidential")},
        guard=True,
    ),
)
withdraw = _page(
    may.UNDO,
    StepPage(
        "withdraw",
        "撤回误录的事项",
        forms.ReasonForm,
        lambda user, row, data: actions.withdraw_matter(user, row, **data) or True,
        "已撤回。",
        "撤回",
        lead=lambda row: "原记录保留备查，不再计入统计。",
    ),
)
