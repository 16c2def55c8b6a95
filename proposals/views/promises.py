"""What was promised in replies, of the suggestions the viewer may see."""

from congress.web.pages import township_view
from congress.web.table import show
from proposals import permissions as may
from proposals import queries
from proposals.listings.promises import PROMISES


@township_view(may.SUGGESTIONS)
def promises(request, township):
    """Promises, the next day first."""
    seen = queries.visible_suggestions(request.standing).values("pk")
    return show(request, township, PROMISES, queries.promises().filter(suggestion__in=seen))
