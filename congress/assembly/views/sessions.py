"""Sessions of the congress and the officers they elected."""

from fractions import Fraction

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress.assembly import actions, queries
from congress.assembly.figures import post_title
from congress.assembly.forms import EndForm, OfficerForm, ReasonForm, SessionForm
from congress.assembly.models import Officer, Session
from congress.assembly.permissions import EDIT, VIEW
from congress.guard.record import kept
from congress.web.pages import done, page, perform, township_view
from congress.web.search import Among, Name
from congress.web.table import Col, Listing, show
from congress.wording import percent


def _share(row: Session) -> tuple[bool, Fraction]:
    return bool(row.entitled), Fraction(row.present, row.entitled or 1)


SESSIONS = Listing(
    title="人代会会议",
    name="sessions",
    columns=[
        Col(
            "name",
            "会议",
            str,
            "term__number,number",
            lambda s, town: _url(town, "session", s.pk),
            width=34,
            find=Among("pk", lambda: queries.sessions().select_related("term")),
        ),
        Col("opened_on", "开幕日期", lambda s: s.opened_on, "opened_on", find="opened_on"),
        Col("closed_on", "闭幕日期", lambda s: s.closed_on, "closed_on", find="closed_on"),
        Col("entitled", "应到代表", lambda s: s.entitled, "entitled", numeric=True),
        Col("present", "实到代表", lambda s: s.present, "present", numeric=True),
        Col("share", "出席率", lambda s: percent(s.present, s.entitled), numeric=True, by=_share),
        Col("officers", "选举产生", lambda s: s.officer_count, "officer_count", numeric=True),
        Col("place", "地点", lambda s: s.place, "place", screen=False, find="place"),
    ],
    default="-opened_on",
    search=(Name("officers__name"),),
    search_hint="届次会次、日期、地点、当选人",
    empty=("还没有人代会会议", "登记后用于年度工作报告的会议次数、出席率和换届选举。"),
    empty_icon="building",
)


def _url(township, name: str, *args) -> str:
    return reverse(f"assembly-{name}", args=[township.code, *args])


def session_of(pk):
    """A session that stands, or 404."""
    return get_object_or_404(queries.sessions(), pk=pk)


def warn(request, findings) -> None:
    """Findings about what was recorded become notes above the next page."""
    for finding in findings:
        messages.warning(request, str(finding))


@township_view(VIEW)
def sessions(request, township):
    """All sessions of the township's congress."""
    head = [("登记会议", _url(township, "session-new"), "plus-lg")] if request.allows(EDIT) else ()
    officers = Count("officers", filter=kept("officers"), distinct=True)
    rows = queries.sessions().filter(township=township).annotate(officer_count=officers).distinct()
    return show(request, township, SESSIONS, rows, actions=head)


@township_view(VIEW)
def session(request, township, pk):
    """One session: numbers, what the law says about them, officers."""
    found = session_of(pk)
    officers = [{"officer": officer, "title": post_title(officer.post, township)} for officer in found.elected]
    context = {
        "session": found,
        "share": percent(found.present, found.entitled),
        "officers": officers,
        "findings": [*queries.findings(found), *queries.year_findings(township, found.opened_on)],
        "may_edit": request.allows(EDIT),
        "breadcrumbs": [("人代会会议", _url(township, "sessions")), (str(found), "")],
    }
    return page(request, "assembly/session.html", context)


@township_view(EDIT)
def session_edit(request, township, pk=None):
    """Record a session or change what is recorded."""
    found = session_of(pk) if pk else None
    form = SessionForm(request.POST or None, instance=found or Session(township=township))
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        if found:
            version = form.cleaned_data["version"]
            saved = perform(form, lambda: actions.change_session(request.user, found, version=version, **values))
        else:
            saved = perform(form, lambda: actions.record_session(request.user, township, **values))
        if saved:
            warn(request, queries.findings(saved))
            return done(request, "已保存。", _url(township, "session", saved.pk))
    back = _url(township, "session", pk) if pk else _url(township, "sessions")
    context = {"title": "修改会议" if pk else "登记会议", "form": form, "cancel_url": back}
    return page(request, "congress/form.html", context)


@township_view(EDIT)
def officer_new(request, township, pk):
    """Record somebody the session elected."""
    found = session_of(pk)
    form = OfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(form, lambda: actions.elect_officer(request.user, found, **data)):
            return done(request, "已登记。", _url(township, "session", pk))
    context = {
        "title": "登记当选人员",
        "lead": str(found),
        "form": form,
        "cancel_url": _url(township, "session", pk),
    }
    return page(request, "congress/form.html", context)


def _officer(pk) -> Officer:
    return get_object_or_404(Officer.objects.kept().select_related("session"), pk=pk)


@township_view(EDIT)
def officer_end(request, township, pk):
    """Record that an officer left."""
    officer = _officer(pk)
    form = EndForm(request.POST or None, initial={"ended_on": officer.ended_on})
    back = _url(township, "session", officer.session_id)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["ended_on"]
        if perform(form, lambda: actions.end_office(request.user, officer, ended_on=day)):
            return done(request, "已登记离任。", back)
    context = {"title": f"登记离任：{officer}", "form": form, "cancel_url": back}
    return page(request, "congress/form.html", context)


@township_view(EDIT)
def officer_withdraw(request, township, pk):
    """Take back an officer entered by mistake."""
    officer = _officer(pk)
    form = ReasonForm(request.POST or None)
    back = _url(township, "session", officer.session_id)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if perform(form, lambda: actions.withdraw_officer(request.user, officer, reason=reason)):
            return done(request, "已撤回。", back)
    context = {"title": f"撤回误登：{officer}", "form": form, "submit": "撤回", "cancel_url": back}
    return page(request, "congress/form.html", context)
