"""The county's view of the election works of its townships: looked at, never changed, no voter named."""

from django.db import transaction

from congress import clock
from congress.web.pages import county_view
from congress.web.table import show
from elections import tasks
from elections.listings.county import COUNTY_WORKS
from elections.permissions import COUNTY
from elections.queries.county import lines


@county_view(COUNTY)
def works(request, county):
    """Every level of every work under way; rolls that changed since they were counted are counted anew beside the page."""
    found = lines(county.real_townships, clock.today())
    behind = sorted({line.township.pk for line in found if line.behind})
    if behind:
        transaction.on_commit(lambda: tasks.take_roll_figures.delay(behind), robust=True)
    context = {
        "counting": sorted({str(line.township) for line in found if line.behind}),
        "townships": len({line.township.pk for line in found}),
        "missed": sum(line.missed for line in found),
        "late": sum(line.late for line in found),
        "open": sum(line.voter_list.appeals_open for line in found if line.voter_list),
    }
    return show(request, county, COUNTY_WORKS, found, context=context, template="elections/county.html")
