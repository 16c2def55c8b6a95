"""What of the roster, the stations and the activities the search over all finds."""

from congress.web.overall import Kind, register
from deputies import listings
from deputies import permissions as may
from deputies.models import Activity, Deputy, Station


def _deputies(standing):
    rows = Deputy.objects.kept()
    return rows if standing.allows(may.DETAIL) else rows.filter(state=Deputy.State.APPROVED)


register(
    Kind(
        "代表",
        "deputies-list",
        may.READ,
        _deputies,
        lambda standing: listings.ROSTER if standing.allows(may.DETAIL) else listings.PUBLIC_ROSTER,
        subject="name",
        order=("stroke_key",),
        opens=may.DETAIL,
        rank=10,
    )
)
register(
    Kind(
        "履职活动",
        "deputies-activities",
        may.ACTIVITIES,
        lambda standing: Activity.objects.kept(),
        lambda standing: listings.ACTIVITIES,
        subject="title",
        day="held_on",
        state="kind",
        rank=43,
    )
)
register(
    Kind(
        "代表联络站",
        "deputies-stations",
        may.STATIONS,
        lambda standing: Station.objects.kept(),
        lambda standing: listings.STATIONS,
        subject="name",
        order=("name",),
        rank=42,
    )
)
