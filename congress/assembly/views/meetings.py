"""Meetings of the presidium."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress.assembly import actions, queries
from congress.assembly.forms import MeetingForm, ReasonForm
from congress.assembly.models import PresidiumMeeting
from congress.assembly.permissions import EDIT, VIEW
from congress.web.pages import done, page, perform, township_view
from congress.web.table import Col, Listing, show
from congress.wording import percent

MEETINGS = Listing(
    title="主席团会议",
    name="meetings",
    columns=[
        Col(
            "held_on",
            "日期",
            lambda m: m.held_on,
            "held_on",
            lambda m, town: _url(town, "meeting", m.pk),
            find="held_on",
        ),
        Col("topics", "议题", lambda m: m.topics, "topics", width=50, find="topics"),
        Col("entitled", "应到", lambda m: m.entitled, "entitled", numeric=True),
        Col("present", "实到", lambda m: m.present, "present", numeric=True),
        Col("decisions", "决定", lambda m: m.decisions, width=50, screen=False, find="decisions"),
    ],
    default="-held_on",
    search_hint="日期、议题、决定",
    empty=("还没有主席团会议", "登记后用于年度工作报告的会议次数和出席率。"),
    empty_icon="list-check",
)


def _url(township, name: str, *args) -> str:
    return reverse(f"assembly-{name}", args=[township.code, *args])


@township_view(VIEW)
def meetings(request, township):
    """All meetings of the presidium."""
    head = [("登记会议", _url(township, "meeting-new"), "plus-lg")] if request.allows(EDIT) else ()
    return show(request, township, MEETINGS, queries.meetings().filter(township=township), actions=head)


@township_view(VIEW)
def meeting(request, township, pk):
    """One meeting."""
    found = get_object_or_404(queries.meetings(), pk=pk)
    context = {
        "meeting": found,
        "findings": queries.meeting_findings(found),
        "share": percent(found.present, found.entitled),
        "may_edit": request.allows(EDIT),
        "breadcrumbs": [("主席团会议", _url(township, "meetings")), (str(found.held_on), "")],
    }
    return page(request, "assembly/meeting.html", context)


@township_view(EDIT)
def meeting_edit(request, township, pk=None):
    """Record a meeting or change what is recorded."""
    found = get_object_or_404(queries.meetings(), pk=pk) if pk else None
    form = MeetingForm(request.POST or None, instance=found or PresidiumMeeting(township=township))
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        if found:
            version = form.cleaned_data["version"]
            saved = perform(form, lambda: actions.change_meeting(request.user, found, version=version, **values))
        else:
            saved = perform(form, lambda: actions.record_meeting(request.user, township, **values))
        if saved:
            return done(request, "已保存。", _url(township, "meeting", saved.pk))
    back = _url(township, "meeting", pk) if pk else _url(township, "meetings")
    context = {"title": "修改主席团会议" if pk else "登记主席团会议", "form": form, "cancel_url": back, "guard": True}
    return page(request, "congress/form.html", context)


@township_view(EDIT)
def meeting_withdraw(request, township, pk):
    """Take back a meeting recorded by mistake."""
    found = get_object_or_404(queries.meetings(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if perform(form, lambda: actions.withdraw_meeting(request.user, found, reason=reason)):
            return done(request, "已撤回。", _url(township, "meetings"))
    context = {"title": f"撤回{found}", "form": form, "submit": "撤回", "cancel_url": _url(township, "meeting", pk)}
    return page(request, "congress/form.html", context)
