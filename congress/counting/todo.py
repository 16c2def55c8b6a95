"""What waits in the counting room for somebody."""

from congress.counting.models import CountEntry, CountReader, CountTurn
from congress.counting.permissions import ENTER, ORGANISE
from congress.counting.queries.halls import HallStage, halls
from congress.guard.record import kept
from congress.permissions import Standing
from congress.web.records import at
from congress.web.todo import Todo, provider


@provider
def counting(standing: Standing):
    """A count that somebody else asked to open or close, and one's own sheets that are not done or came back."""
    if standing.township is None or standing.user is None:
        return
    url = at(standing.township, "counting-counts")
    if standing.allows(ORGANISE):
        asked = CountTurn.objects.kept().filter(kept("count"), second_by=None).exclude(first_by=standing.user)
        yield Todo("计票的开启、结束待另一人确认", asked, url, "warning")
        waiting = halls().filter(state__in=[HallStage.OPENING, HallStage.CLOSING])
        others = waiting.exclude(open_asked_by=standing.user, opened_by=None).exclude(close_asked_by=standing.user)
        yield Todo("会场表决待另一人确认", others, at(standing.township, "counting-halls"), "warning")
    if standing.allows(ENTER):
        places = (CountReader.Place.FIRST, CountReader.Place.SECOND)
        mine = CountEntry.objects.kept().filter(kept("reader"), reader__user=standing.user, reader__place__in=places)
        back = mine.filter(final=False, corrects__isnull=False)
        yield Todo("没有录完的计票单", mine.filter(final=False), url, "warning", "其中{}份是退回更正的", back)
