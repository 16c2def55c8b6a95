"""What a count's page tells of its recounts by lot; papers of the room as files."""

from django.shortcuts import get_object_or_404

from congress import clock, files
from congress.counting import documents
from congress.counting import permissions as may
from congress.counting.actions.recounts import checked
from congress.counting.life import COUNT
from congress.counting.models import Recount
from congress.counting.queries import CountFacts
from congress.guard.refusal import Refused
from congress.spreadsheets.write import safe_filename
from congress.web.pages import township_view, turned_away
from congress.web.records import at, url_of
from congress.web.steps import found_or_404

PDF = "application/pdf"


def rows_of(facts: CountFacts, township) -> list[dict]:
    """The recounts of a count: where each stands, what was drawn from which seed, and what was read otherwise."""
    return [
        {
            "found": one,
            "seed": one.row.seed if one.row.second_by_id else "",
            "drawn": "、".join(f"{number}号" for number in one.row.drawn),
            "url": url_of(one.row.again, township) if one.row.again_id else "",
            "paper": at(township, "counting-recount-paper", one.row.pk) if one.differences is not None else "",
        }
        for one in checked(facts)
    ]


@township_view(may.SIGN)
def recount_paper(request, township, pk):
    """The statement of a recount by lot as a file."""
    row = get_object_or_404(Recount.objects.kept(), pk=pk)
    count = found_or_404(COUNT, request, row.count_id)
    facts = CountFacts(count)
    found = next(one for one in checked(facts) if one.row.pk == row.pk)
    return printed(request, township, lambda: documents.of_recount(facts, found), count, f"{row}情况说明")


def printed(request, township, make, row, title: str):
    """A paper of the room as a file; what is refused is told on the page of the record."""
    try:
        pdf = make()
    except Refused as refused:
        return turned_away(request, refused.findings, url_of(row, township))
    return files.download(pdf, name=safe_filename(township.name, title, clock.today(), "pdf"), content_type=PDF)
