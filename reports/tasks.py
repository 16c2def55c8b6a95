"""The county's figures, told anew as background work."""

from collections.abc import Collection
from functools import partial

from celery import shared_task

from congress import clock
from congress.models import County, Township
from congress.work.tasks import in_every_township
from reports.actions import digest
from reports.actions.county import refresh
from reports.queries.county import years


@shared_task
def take_figures(year: int | None = None, only: Collection[int] | None = None) -> int:
    """Tell the figures of a year (this one unless said) anew where they have changed, in every township or in these."""
    return in_every_township(partial(_refresh, [year or clock.today().year]), only)


@shared_task
def take_all_figures() -> int:
    """The same for every year that is shown: an entry of today may be dated in one that is over."""
    return in_every_township(partial(_refresh, years(clock.today())))


def _refresh(wanted: list[int], township: Township) -> int:
    return refresh(township, wanted)


@shared_task
def send_digests() -> int:
    """Tell every county's people once a week what needs attention in their townships."""
    return sum(digest.send(county) for county in County.objects.all())
