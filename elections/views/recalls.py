"""Recalls: the list, one with its signatures and its course, the papers that go with it."""

from congress.law.sources import cite, gist
from congress.web.pages import township_view
from congress.web.printing import print_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from congress.wording import cdatew, chinese_date
from elections.actions.recalls import RECALLS
from elections.documents import recalls as papers
from elections.forms.recalls import RecallForm
from elections.life import RECALL
from elections.listings import recalls as listings
from elections.models import Recall
from elections.permissions import EDIT, VIEW
from elections.queries.recalls import RecallFacts, recalls, with_facts
from elections.views.frame import refilled


@township_view(VIEW)
def recall_list(request, township):
    """All recalls."""
    head = []
    if request.allows(EDIT) and request.standing.writes:
        head.append(("登记罢免要求", at(township, "elections-recall-new"), "plus-lg"))
    return show(request, township, listings.RECALLS, recalls(), actions=head)


def _course(row: Recall, facts: RecallFacts, township) -> list[tuple]:
    shown = [
        ("状态", facts.stage.label + (f"，下一步：{facts.stage.next}" if facts.stage.next else "")),
        ("代表", row.mandate.deputy.name, at(township, "deputies-detail", row.mandate.deputy_id)),
        ("原选区", str(row.mandate.district)),
        ("提出日期", chinese_date(row.demanded_on)),
        ("罢免理由", row.reason),
    ]
    if row.submitted_on:
        shown.append(("呈报", f"{chinese_date(row.submitted_on)}，{row.submitted_to}"))
    if row.defended:
        shown += [
            ("申辩", f"{chinese_date(row.defended_on)}，{row.get_defended_display()}"),
            ("申辩意见", row.defence),
        ]
    if row.sent_on:
        shown.append(("印发选民", f"{chinese_date(row.sent_on)}，{row.copies}份"))
    if row.held_on:
        shown += [
            ("表决", f"{cdatew(row.held_on)}，{row.place}，{row.led_by}主持"),
            ("原选区选民", f"{row.voters}人"),
        ]
    if facts.count:
        shown.append(("计票", "打开", url_of(facts.count, township)))
    if row.result_on:
        told = "通过" if row.passed else "没有通过"
        shown.append(("结果", f"{chinese_date(row.result_on)}，赞成{row.yes}人，{told}"))
        shown += refilled(township, row.mandate) if row.passed else []
    if row.reported_on:
        shown.append(("报送备案", chinese_date(row.reported_on)))
    if row.announced_on:
        shown.append(("公告", f"{chinese_date(row.announced_on)}，{row.announced_by}"))
    if row.stopped_on:
        shown.append(("停止", f"{chinese_date(row.stopped_on)}，{row.stopped_why}"))
    return shown


@township_view(VIEW)
def recall(request, township, pk):
    """One recall."""
    row = found_or_404(RECALL, request, pk)
    facts = RecallFacts(row)
    prints = []
    if request.allows(EDIT):
        prints = [("罢免要求书", at(township, "elections-recall-demand", pk))]
        prints += [("印发选民的通知", at(township, "elections-recall-notice", pk))] if row.submitted_on else []
        prints += [("结果公告拟稿", at(township, "elections-recall-result", pk))] if row.result_on else []
    return detail_page(
        request,
        RECALLS,
        row,
        rows=_course(row, facts, township),
        edit=EDIT,
        template="elections/recall.html",
        facts=facts,
        findings=[*facts.gone, *facts.ballots],
        demand=facts.demand() if row.submitted_on is None and row.stopped_on is None else [],
        prints=prints,
        buttons=buttons(RECALL, request.standing, row),
        breadcrumbs=[("罢免代表", at(township, "elections-recalls")), (str(row), "")],
    )


@township_view(EDIT)
def recall_edit(request, township, pk=None):
    """Record a demand, or change it before it is sent up."""
    row = kept_or_404(with_facts(Recall.objects.all()), pk) if pk else Recall(township=township)
    form = RecallForm(request.POST or None, instance=row)
    lead = gist(cite("election_law", "recall_demand")) + gist(cite("election_law", "recall_reasons"))
    return keep_page(request, RECALLS, form, listed=at(township, "elections-recalls"), lead=lead)


@township_view(EDIT)
def recall_withdraw(request, township, pk):
    """Take back a demand recorded by mistake."""
    row = kept_or_404(with_facts(Recall.objects.all()), pk)
    return withdraw_page(request, RECALLS, row, at(township, "elections-recalls"))


demand = print_view(papers.DEMAND)
notice = print_view(papers.NOTICE)
result = print_view(papers.RESULT)
