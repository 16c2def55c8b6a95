"""Appeals against the list of voters: received, decided, and what followed."""

from django.contrib import messages

from congress.people.fields import masked
from congress.web.pages import page, township_view
from congress.web.records import at, form_page, kept_or_404, url_of
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from congress.wording import chinese_date
from congress.work.workdays import at_rest
from elections import permissions as may
from elections import queries
from elections.actions import appeals as acts
from elections.forms.appeals import AppealForm
from elections.life import APPEAL
from elections.life.appeals import facts_of
from elections.listings.lists import APPEALS, state_of
from elections.models import Appeal


def _trail(township, voter_list, *more):
    return [
        ("选举工作", at(township, "elections-campaigns")),
        (str(voter_list), url_of(voter_list, township)),
        ("申诉", at(township, "elections-appeals", voter_list.pk)),
        *more,
    ]


@township_view(may.VIEW)
def appeal_list(request, township, pk):
    """The appeals against one list."""
    voter_list = kept_or_404(queries.voter_lists(), pk)
    head = []
    if request.allows(may.EDIT) and voter_list.published_on:
        head = [("登记申诉", at(township, "elections-appeal-new", pk), "plus-lg")]
    rows = Appeal.objects.kept().filter(voter_list=voter_list)
    return show(request, township, APPEALS, rows, actions=head, context={"breadcrumbs": _trail(township, voter_list)})


@township_view(may.EDIT)
def appeal_new(request, township, pk):
    """Register an appeal as it came in."""
    voter_list = kept_or_404(queries.voter_lists().filter(published_on__isnull=False), pk)
    form = AppealForm(request.POST or None, voter_list=voter_list)

    def act() -> Appeal:
        data = form.cleaned_data
        names = ("kind", "appellant", "subject", "words", "received_on", "phone")
        entered = {name: data[name] for name in names}
        row = Appeal(
            pk=data["key"],
            township=township,
            voter_list=voter_list,
            registration=data.get("registration"),
            **entered,
        )
        for finding in acts.received_findings(row):
            messages.warning(request, str(finding))
        return acts.receive(request.user, row)

    return form_page(
        request,
        form,
        act,
        title="登记对选民名单的申诉",
        lead="选举委员会应在三日内作出处理决定；名单只按决定或者判决改动。",
        said="已登记申诉。",
        back=url_of,
        cancel_url=at(township, "elections-appeals", pk),
        breadcrumbs=_trail(township, voter_list, ("登记申诉", "")),
    )


@township_view(may.VIEW)
def appeal(request, township, pk):
    """One appeal: what was said, by when it is to be decided, what became of it."""
    found = found_or_404(APPEAL, request, pk)
    due = acts.decision_due(found)
    context = {
        "found": found,
        "rows": [*facts_of(found), ("申诉人电话", masked(found, "phone") if found.phone else "")],
        "course": _course(found),
        "due": "" if found.decided_on else f"{due.formula}（{due.citation}）",
        "state": state_of(found),
        "findings": [*acts.received_findings(found), *([] if found.decided_on else at_rest(due.date))],
        "buttons": buttons(APPEAL, request.standing, found),
        "may_issue": request.allows(may.ISSUE) and request.standing.writes,
        "breadcrumbs": _trail(township, found.voter_list, (str(found), "")),
    }
    return page(request, "elections/appeal.html", context)


def _course(found: Appeal) -> list[tuple[str, str]]:
    """What became of it, step by step."""
    rows = []
    if found.decided_on:
        word = "申诉成立" if found.upheld else "申诉不成立"
        rows += [("处理决定", f"{chinese_date(found.decided_on)}，{word}"), ("决定和理由", found.decision)]
    if found.delivered_on:
        rows.append(("送达", chinese_date(found.delivered_on)))
    if found.sued_on:
        rows.append(("起诉", f"{chinese_date(found.sued_on)}，{found.court}"))
    if found.judged_on:
        word = "支持起诉人" if found.judged_for else "驳回起诉"
        rows.append(("判决", f"{chinese_date(found.judged_on)}，{word}，{found.judgement}"))
    return rows
