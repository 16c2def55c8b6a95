"""What each district of an election counted, and whether its election is valid."""

from fractions import Fraction

from congress.web.pages import township_view
from congress.web.records import at, detail_page, import_at, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.table import Badge, Col, Listing, show
from congress.wording import percent
from elections import queries
from elections.actions import TURNOUTS as KEEPING
from elections.forms.elections import TurnoutForm
from elections.models import DistrictTurnout, Election
from elections.permissions import EDIT, VIEW

ROWS = DistrictTurnout.objects.select_related("election__term", "township")
TURNOUTS = Listing(
    title="选区投票情况",
    name="turnouts",
    columns=[
        Col("number", "选区号", str, "number", lambda row, town: url_of(row, town), find="number"),
        Col("registered", "登记选民", lambda row: row.registered, "registered", numeric=True),
        Col("took_part", "参加投票", lambda row: row.took_part, "took_part", numeric=True),
        Col("recovered", "收回选票", lambda row: row.recovered, "recovered", numeric=True),
        Col(
            "turnout",
            "参选率",
            lambda row: percent(row.took_part, row.registered),
            numeric=True,
            by=lambda row: Fraction(row.took_part, row.registered or 1),
        ),
        Col("valid", "结论", lambda row: Badge(*queries.standing(row)), by=lambda row: queries.standing(row)),
    ],
    default="number",
    search_hint="选区号",
    empty=("还没有登记各选区的选民和投票人数", "逐个登记，或者用表格一次导入；选举是否有效按选区判断。"),
    empty_icon="check-circle",
)


@township_view(VIEW)
def turnout_list(request, township, pk):
    """The districts of one election."""
    election = kept_or_404(queries.elections(), pk)
    head = []
    if request.allows(EDIT):
        head = [
            ("登记选区投票情况", at(township, "elections-turnout-new", pk), "plus-lg"),
            ("导入选区投票情况", import_at(township, "elections.turnouts", election=pk), "upload"),
        ]
    trail = {"breadcrumbs": [*_trail(township, election), ("选区投票情况", "")]}
    return show(request, township, TURNOUTS, queries.turnouts(election), actions=head, context=trail)


def _trail(township, election: Election) -> list[tuple[str, str]]:
    return [("历次选举", at(township, "elections-list")), (str(election), url_of(election, township))]


@township_view(VIEW)
def turnout(request, township, pk):
    """One district, with what the law says of its vote."""
    found = kept_or_404(ROWS, pk)
    rows = [
        ("选举", str(found.election), url_of(found.election, township)),
        ("登记选民", f"{found.registered} 人"),
        ("参加投票", f"{found.took_part} 人（{percent(found.took_part, found.registered)}）"),
        ("收回选票", "" if found.recovered is None else f"{found.recovered} 张"),
        ("结论", queries.standing(found)[0]),
    ]
    listed = ("选区投票情况", at(township, "elections-turnouts", found.election_id))
    return detail_page(
        request,
        KEEPING,
        found,
        rows=rows,
        edit=EDIT,
        findings=queries.judged(found),
        breadcrumbs=[*_trail(township, found.election), listed, (str(found), "")],
    )


@township_view(EDIT)
def turnout_new(request, township, pk):
    """Record what a district of an election counted."""
    election = kept_or_404(queries.elections(), pk)
    return _keep(request, township, DistrictTurnout(township=township, election=election))


@township_view(EDIT)
def turnout_edit(request, township, pk):
    """Correct what a district counted."""
    return _keep(request, township, kept_or_404(ROWS, pk))


def _keep(request, township, row: DistrictTurnout):
    form = TurnoutForm(request.POST or None, instance=row)
    lead = f"{row.election}：按经选举委员会确认的数字填写，不涉及任何选民和选票。"
    return keep_page(
        request,
        KEEPING,
        form,
        listed=at(township, "elections-turnouts", row.election_id),
        findings=queries.judged,
        lead=lead,
    )


@township_view(EDIT)
def turnout_withdraw(request, township, pk):
    """Take back what was recorded of a district by mistake."""
    found = kept_or_404(ROWS, pk)
    return withdraw_page(request, KEEPING, found, at(township, "elections-turnouts", found.election_id))
