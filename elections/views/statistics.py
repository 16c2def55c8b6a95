"""The statistics of an election's registration."""

from django.http import Http404

from congress.web.pages import township_view
from congress.web.records import at, form_page, kept_or_404
from congress.web.table import show
from elections import permissions as may
from elections.actions.statistics import write_notes
from elections.forms.statistics import NotesForm
from elections.listings.statistics import INDICATORS, PARTS
from elections.queries import statistics
from elections.views.frame import LEVELS
from elections.views.lists import trail


@township_view(may.VIEW)
def indicator_list(request, township, pk):
    """Every number of the registration, and whether they add up."""
    election = kept_or_404(LEVELS, pk)
    head = (
        [("填写项号和来源", at(township, "elections-statistics-notes", pk), "pencil")]
        if request.allows(may.EDIT)
        else []
    )
    read = statistics.facts(election)
    context = {
        "breadcrumbs": trail(township, election, ("选举统计", "")),
        "findings": statistics.check(read),
        "formula": statistics.total(read).formula,
        "breakdowns": [
            (label, at(township, "elections-breakdown", pk, key)) for key, (label, _) in statistics.BREAKDOWNS.items()
        ],
    }
    rows = statistics.indicators(read)
    return show(
        request, township, INDICATORS, rows, actions=head, context=context, template="elections/statistics.html"
    )


@township_view(may.VIEW)
def breakdown(request, township, pk, dimension):
    """The roll by one dimension."""
    election = kept_or_404(LEVELS, pk)
    if dimension not in statistics.BREAKDOWNS:
        raise Http404
    label, parts = statistics.BREAKDOWNS[dimension]
    back = ("选举统计", at(township, "elections-statistics", pk))
    context = {"breadcrumbs": trail(township, election, back, (f"按{label}", ""))}
    return show(request, township, PARTS, parts(election), context=context)


@township_view(may.EDIT)
def notes(request, township, pk):
    """The item numbers of the county's book, and what no record says."""
    election = kept_or_404(LEVELS, pk)
    read = statistics.facts(election)
    form = NotesForm(request.POST or None, indicators=statistics.indicators(read), notes=read.notes)
    return form_page(
        request,
        form,
        lambda: write_notes(request.user, election, form.entries()),
        title="填写统计项号和来源",
        lead="官方报表的项号按县里发的填报本填写；本系统没有记录的数字写明来源。",
        said=lambda changed: f"已保存{changed}项。",
        back=at(township, "elections-statistics", pk),
        breadcrumbs=trail(township, election, ("填写统计项号和来源", "")),
    )
