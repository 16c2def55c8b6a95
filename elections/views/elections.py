"""Elections by their certified totals."""

from fractions import Fraction

from django.shortcuts import redirect

from congress.web.pages import township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.search import Among
from congress.web.table import Col, Listing, show
from congress.wording import cdatew, chinese_date, percent
from deputies.queries import terms
from elections import queries
from elections.actions import ELECTIONS as KEEPING
from elections.forms.elections import ElectionForm
from elections.models import Election
from elections.permissions import EDIT, VIEW


def _turnout(row: Election) -> tuple[bool, Fraction]:
    return bool(row.registered), Fraction(row.took_part, row.registered or 1)


ELECTIONS = Listing(
    title="历次选举",
    name="elections",
    columns=[
        Col(
            "term",
            "届",
            lambda e: str(e.term),
            "term__number",
            lambda e, town: url_of(e, town),
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
    empty=("还没有选举记录", "登记换届选举的总数后，年度工作报告会写入这一段；正在进行的选举在“选举工作”里办理。"),
    empty_icon="check-circle",
)


@township_view(VIEW)
def election_list(request, township):
    """All elections."""
    head = [("登记选举", at(township, "elections-new"), "plus-lg")] if request.allows(EDIT) else ()
    return show(request, township, ELECTIONS, queries.elections().filter(township=township), actions=head)


@township_view(VIEW)
def election(request, township, pk):
    """One election with what the law says about its totals; one of a campaign stands on the campaign's page."""
    under_way = Election.objects.kept().filter(pk=pk, campaign__isnull=False).select_related("campaign").first()
    if under_way is not None:
        return redirect(url_of(under_way.campaign, township))
    found = kept_or_404(queries.elections(), pk)
    turnout = percent(found.took_part, found.registered)
    rows = [
        ("类别", found.get_how_display()),
        ("工作开始", chinese_date(found.begun_on)),
        ("选举日", cdatew(found.election_day)),
        ("选区", f"{found.districts} 个"),
        ("应选名额", f"{found.seats} 名"),
        ("登记选民", f"{found.registered} 人"),
        ("参加投票", f"{found.took_part} 人（{turnout}）"),
        ("专题会议和培训", f"{found.meetings} 场"),
        ("建立制度", f"{found.rules} 项"),
    ]
    return detail_page(
        request,
        KEEPING,
        found,
        rows=rows,
        edit=EDIT,
        title=f"{found}（{found.term.get_level_display()}）",
        findings=queries.findings(found),
        turnouts=[(row, url_of(row, township), queries.standing(row)) for row in queries.turnouts(found)],
        template="elections/election.html",
        breadcrumbs=[("历次选举", at(township, "elections-list")), (str(found), "")],
    )


@township_view(EDIT)
def election_edit(request, township, pk=None):
    """Record an election or correct its totals."""
    row = kept_or_404(queries.elections(), pk) if pk else Election(township=township)

    form = ElectionForm(request.POST or None, instance=row)
    lead = "按经选举委员会确认的总数填写，不涉及任何选民和选票。"
    return keep_page(
        request, KEEPING, form, listed=at(township, "elections-list"), findings=queries.findings, lead=lead
    )


@township_view(EDIT)
def election_withdraw(request, township, pk):
    """Take back an election recorded by mistake."""
    found = kept_or_404(queries.elections(), pk)
    return withdraw_page(request, KEEPING, found, at(township, "elections-list"))
