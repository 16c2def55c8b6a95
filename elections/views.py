"""Elections by their certified totals."""

from fractions import Fraction

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress.web.pages import done, page, perform, township_view
from congress.web.search import Among
from congress.web.table import Col, Listing, show
from congress.wording import percent
from deputies.queries import terms
from elections import actions, queries
from elections.forms import ElectionForm, ReasonForm
from elections.models import Election
from elections.permissions import EDIT, VIEW


def _turnout(row: Election) -> tuple[bool, Fraction]:
    return bool(row.registered), Fraction(row.took_part, row.registered or 1)


ELECTIONS = Listing(
    title="选举",
    name="elections",
    columns=[
        Col(
            "term",
            "届",
            lambda e: str(e.term),
            "term__number",
            lambda e, town: _url(town, "election", e.pk),
            find=Among("term", terms),
        ),
        Col("how", "类别", lambda e: e.get_how_display(), "how", find="how"),
        Col("level", "级别", lambda e: e.term.get_level_display(), "term__level", find="term__level"),
        Col("election_day", "选举日", lambda e: e.election_day, "election_day", find="election_day"),
        Col("districts", "选区", lambda e: e.districts, "districts", numeric=True),
        Col("seats", "应选名额", lambda e: e.seats, "seats", numeric=True),
        Col("registered", "登记选民", lambda e: e.registered, "registered", numeric=True),
        Col("took_part", "参加投票", lambda e: e.took_part, "took_part", numeric=True),
        Col("turnout", "参选率", lambda e: percent(e.took_part, e.registered), numeric=True, by=_turnout),
    ],
    default="-election_day",
    search_hint="届次、类别、级别、选举日",
    empty=("还没有选举记录", "登记换届选举的总数后，年度工作报告会写入这一段。"),
    empty_icon="check-circle",
)


def _url(township, name: str, *args) -> str:
    return reverse(f"elections-{name}", args=[township.code, *args])


@township_view(VIEW)
def election_list(request, township):
    """All elections."""
    head = [("登记选举", _url(township, "new"), "plus-lg")] if request.allows(EDIT) else ()
    return show(request, township, ELECTIONS, queries.elections().filter(township=township), actions=head)


@township_view(VIEW)
def election(request, township, pk):
    """One election with what the law says about its totals."""
    found = get_object_or_404(queries.elections(), pk=pk)
    context = {
        "election": found,
        "turnout": percent(found.took_part, found.registered),
        "findings": queries.findings(found),
        "turnouts": queries.turnouts(found),
        "may_edit": request.allows(EDIT),
        "breadcrumbs": [("换届选举", _url(township, "list")), (str(found), "")],
    }
    return page(request, "elections/election.html", context)


@township_view(EDIT)
def election_edit(request, township, pk=None):
    """Record an election or correct its totals."""
    found = get_object_or_404(queries.elections(), pk=pk) if pk else None
    form = ElectionForm(request.POST or None, instance=found or Election(township=township))
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        if found:
            version = form.cleaned_data["version"]
            saved = perform(form, lambda: actions.change_election(request.user, found, version=version, **values))
        else:
            saved = perform(form, lambda: actions.record_election(request.user, township, **values))
        if saved:
            for finding in queries.findings(saved):
                messages.warning(request, str(finding))
            return done(request, "已保存。", _url(township, "election", saved.pk))
    back = _url(township, "election", pk) if pk else _url(township, "list")
    context = {
        "title": "修改选举" if pk else "登记选举",
        "lead": "按经选举委员会确认的总数填写，不涉及任何选民和选票。",
        "form": form,
        "cancel_url": back,
    }
    return page(request, "congress/form.html", context)


@township_view(EDIT)
def election_withdraw(request, township, pk):
    """Take back an election recorded by mistake."""
    found = get_object_or_404(queries.elections(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if perform(form, lambda: actions.withdraw_election(request.user, found, reason=reason)):
            return done(request, "已撤回。", _url(township, "list"))
    context = {"title": f"撤回{found}", "form": form, "submit": "撤回", "cancel_url": _url(township, "election", pk)}
    return page(request, "congress/form.html", context)
