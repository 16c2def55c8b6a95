"""The article something rests on: its gist in our words, and the official wording where the office has loaded it."""

from pathlib import Path

from django.conf import settings
from django.http import Http404

from congress.law.finding import Citation
from congress.law.sources import edition_note, gist
from congress.law.textstore import stored_article
from congress.web.pages import page, personal_view


@personal_view
def law_article(request, source, edition, article):
    """One article of one edition."""
    citation = Citation(source, article, edition)
    if not citation.held:
        raise Http404
    context = {
        "citation": citation,
        "gist": gist(citation),
        "note": edition_note(citation),
        "wording": stored_article(Path(settings.CONGRESS_LAW_DIR), citation),
    }
    return page(request, "congress/article.html", context)
