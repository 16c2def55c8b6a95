"""Stations at which nobody received voters: the station is kept by deputies, who came there is known here."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q

from congress.figures import THIS_YEAR, Asked, Figure, Row
from deputies.models import Station
from proposals.figures.receptions import held_in, register

SETTLED = 90  # days after which a new station is expected to receive


def _silent(asked: Asked) -> Iterable[Row]:
    end = asked.period.end
    rows = asked.kept(Station).filter(opened_on__lte=end - timedelta(days=SETTLED))
    rows = rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=end))
    used = {reception.station_id for reception in held_in(asked)}
    return [Row.of(station, station.name, station.opened_on) for station in rows if station.pk not in used]


register(
    Figure(
        "stations.silent",
        "联络站",
        "没有接待过选民的站（点）",
        "个",
        f"截止日在用、启用满{SETTLED}天的代表联络站、点中，本年度没有在那里接待过选民的",
        THIS_YEAR,
        _silent,
        zero_ok=True,
        bad=True,
    )
)
