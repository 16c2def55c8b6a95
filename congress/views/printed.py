"""Papers of daily work that a job has made: fetching one, and clearing it once it is printed."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from congress import clock, files
from congress.models import PrintedPaper
from congress.permissions import JOBS
from congress.printing import PAPERS, paper_of
from congress.spreadsheets.write import safe_filename
from congress.web.pages import done, page, township_view
from congress.web.records import at


def _own(request, pk) -> PrintedPaper:
    """A paper of the user's own, while the right to print such a one is still held; 404 for anybody else's."""
    found: PrintedPaper = get_object_or_404(PrintedPaper.objects.filter(owner=request.user).defer("content"), pk=pk)
    if not request.allows(paper_of(found.kind).permission):
        raise PermissionDenied(found.title)
    return found


@township_view(JOBS)
def printed_paper(request, township, pk):
    """A finished paper: how large it is, until when it lies; to fetch it or to clear it."""
    found = _own(request, pk)
    form = paper_of(found.kind).form
    lies = PAPERS.of(request.user).filter(pk=pk).exists()
    if request.method == "POST" and lies:
        PAPERS.drop(request.user, found)
        return done(request, f"{form.noun}已清除。", at(township, "printed-paper", pk))
    context = {"paper": found, "fetchable": lies, "file_form": form, "file_url": at(township, "printed-paper-file", pk)}
    return page(request, "congress/printed_paper.html", context)


@township_view(JOBS, notes=True)
def printed_paper_file(request, township, pk):
    """The paper as a file, for whoever asked for it."""
    found = _own(request, pk)
    form = paper_of(found.kind).form
    name = safe_filename(township.name, found.title, clock.today(), form.suffix)
    answer = files.download(PAPERS.fetch(request.user, found), name=name, content_type=form.content_type)
    del answer.taken_along  # told already, as what it is
    return answer
