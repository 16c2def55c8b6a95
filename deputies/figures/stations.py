"""Figures about the stations and the check-list they are built up by."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from congress.figures import AT_CUT_OFF, Asked, Figure, Kind, Row, keeper
from congress.models import Category
from deputies.models import Station, StationCheck

register = keeper("代表联络站", "deputies-stations")


def _open(asked: Asked) -> QuerySet:
    rows = asked.kept(Station).filter(opened_on__lte=asked.cut_off)
    return rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=asked.cut_off))


def _stations(asked: Asked) -> list[Station]:
    def read():
        held = Q(lost_on__isnull=True) | Q(lost_on__gt=asked.cut_off)
        met = StationCheck.objects.kept().filter(held, met_on__lte=asked.cut_off)
        stations = asked.read(_open)
        prefetch_related_objects(stations, Prefetch("checks", queryset=met, to_attr="met"))
        return stations

    return asked.once("deputies.stations", read)


def _items(asked: Asked) -> QuerySet:
    return asked.kept(Category).filter(kind=Category.Kind.CHECKLIST).prefetch_related("past")


def _checklist(asked: Asked) -> list[Category]:
    day = asked.cut_off

    def read():
        used = [(item.on(day), item) for item in asked.read(_items) if item.in_use(day)]
        return [item for was, item in sorted(used, key=lambda pair: (pair[0].position, pair[0].label))]

    return asked.once("deputies.checklist", read)


def _station_rows(asked: Asked) -> Iterable[Row]:
    return [Row.of(station, station.name, station.opened_on) for station in _stations(asked)]


def _kinds(asked: Asked) -> Iterable[Row]:
    number = Counter(station.kind for station in _stations(asked))
    rows = sorted(_stations(asked), key=lambda station: (-number[station.kind], station.kind))
    return [Row.of(one, one.name, one.opened_on, word=f"{one.kind}{number[one.kind]}个") for one in rows]


def _station_items(asked: Asked) -> Iterable[Row]:
    wanted = {item.pk for item in _checklist(asked)}
    return [
        Row.of(
            station,
            station.name,
            station.opened_on,
            value=len(wanted & {check.item_id for check in station.met}),
            whole=len(wanted),
        )
        for station in _stations(asked)
    ]


def _complete_stations(asked: Asked) -> Iterable[Row]:
    full = [row for row in _station_items(asked) if row.whole and row.value == row.whole]
    return [replace(row, value=1, whole=0) for row in full]


def _requirements(asked: Asked) -> Iterable[Row]:
    labels = [(item, item.on(asked.cut_off).label) for item in _checklist(asked)]
    return [Row.of(item, label, word=label) for item, label in labels]


register(
    Figure(
        "stations.count",
        "联络站",
        "代表联络站（点）",
        "个",
        "截止日当天已启用且未停用的代表联络站、点；没有填写启用日期的不计",
        AT_CUT_OFF,
        _station_rows,
    ),
    Figure(
        "stations.kinds",
        "联络站",
        "各类站（点）个数",
        "类",
        "截止日当天已启用且未停用的代表联络站、点，按登记的类别分别计数，由多到少",
        AT_CUT_OFF,
        _kinds,
        Kind.WORDS,
    ),
    Figure(
        "stations.complete",
        "联络站",
        "达到全部建设要求的站（点）",
        "个",
        "截止日前建设清单每一项都有达到日期和佐证的联络站、点",
        AT_CUT_OFF,
        _complete_stations,
        zero_ok=True,
    ),
    Figure(
        "stations.items",
        "联络站",
        "建设要求达到率",
        "",
        "截止日前已达到的建设项目",
        AT_CUT_OFF,
        _station_items,
        Kind.SHARE,
        "各联络站、点应达到的建设项目总数",
        zero_ok=True,
    ),
    Figure(
        "stations.requirements",
        "联络站",
        "建设要求",
        "项",
        "截止日当天本乡镇在用的联络站建设清单，名称按截止日当天的",
        AT_CUT_OFF,
        _requirements,
        Kind.WORDS,
    ),
)
