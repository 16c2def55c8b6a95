"""Stations at which nobody received voters: the station is kept by deputies, who came there is known here."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q, QuerySet

from congress.figures import THIS_YEAR, Asked, Figure, Row
from deputies.models import Station
from proposals.figures.receptions import held_in, register

SETTLED = 90  # days after which a new station is expected to receive


def _open(asked: Asked) -> QuerySet:
    end = asked.period.end
    return asked.kept(Station).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=end), opened_on__lte=end)


def _silent(asked: Asked) -> Iterable[Row]:
    settled = asked.period.end - timedelta(days=SETTLED)
    used = {reception.station_id for reception in held_in(asked)}
    found = [one for one in asked.read(_open) if one.opened_on <= settled and one.pk not in used]
    return [Row.of(station, station.name, station.opened_on) for station in found]


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
