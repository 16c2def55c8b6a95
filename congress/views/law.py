"""The article something rests on: what it says in our words, the rules that rest on it, and its official wording
where the office has loaded it."""

from pathlib import Path

from django.conf import settings
from django.http import Http404

from congress.law.finding import Citation
from congress.law.registry import resting_on
from congress.law.sources import edition_note, said_in
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
        "said": said_in(citation),
        "rules": [one.title for one in resting_on(citation)],
        "note": edition_note(citation),
        "wording": stored_article(Path(settings.CONGRESS_LAW_DIR), citation),
    }
    return page(request, "congress/article.html", context)
