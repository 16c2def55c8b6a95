"""Papers of daily work that are made when they are asked for: a file to download, or a word on why there is none."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.shortcuts import redirect

from congress import clock, files
from congress.guard.action import Refused
from congress.spreadsheets.write import safe_filename
from congress.web.pages import township_view
from congress.web.records import kept_or_404, url_of
from elections.models import Campaign
from elections.permissions import ISSUE

PDF = "application/pdf"


def printed(rows: Callable[[], QuerySet], make: Callable[[Model], bytes], title: str) -> Callable:
    """The view that gives the paper `make` makes of a row. What is refused is told on the row's own page."""

    def view(request, township, pk):
        found = kept_or_404(rows(), pk)
        try:
            pdf = make(found)
        except Refused as refused:
            for finding in refused.findings:
                messages.warning(request, str(finding))
            return redirect(url_of(found, township))
        name = safe_filename(township.name, title, clock.today(), "pdf")
        return files.download(pdf, name=name, content_type=PDF)

    view.__doc__ = f"{title}。"
    return township_view(ISSUE)(view)


def paper_of_campaign(make: Callable[[Campaign], bytes], title: str) -> Callable:
    """The same of a paper about a whole campaign."""
    return printed(lambda: Campaign.objects.select_related("township__county"), make, title)
