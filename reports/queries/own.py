"""What of the county's own rows says today: rules that fire, and the map of its townships."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt

from congress.models import County, Township
from reports.models import AlertRule, Tile
from reports.queries.county import Line, Told


@dataclass(frozen=True)
class Fired:
    """A rule that holds in a township, with what the figure says there."""

    rule: AlertRule
    township: Township
    told: Told


def rules(county: County) -> list[AlertRule]:
    """All the county's rules; one statement. Call in its scope."""
    return list(AlertRule.objects.filter(county=county))


def fired(found: Sequence[AlertRule], lines: Sequence[Line], today: date) -> list[Fired]:
    """What the rules of today say of the townships' figures. A share of nothing, and what is not told of a few, is compared
    with nothing."""
    return [
        Fired(rule, line.township, line.told[rule.figure])
        for line in lines
        if line.township
        for rule in found
        if rule.holds_on(today) and rule.figure in line.told and _holds(rule, line)
    ]


def _holds(rule: AlertRule, line: Line) -> bool:
    told = line.told[rule.figure]
    if told.few or told.denominator == 0:
        return False
    # Shares are compared as products of whole numbers: 66.67% is not 66%.
    value, bound = (
        (told.value, rule.threshold)
        if told.denominator is None
        else (told.value * 100, rule.threshold * told.denominator)
    )
    return value < bound if rule.comparison == AlertRule.Comparison.BELOW else value > bound


@dataclass(frozen=True)
class Field:
    """A field of the map, counted from one."""

    township: Township
    row: int
    column: int


def fields(county: County, townships: Sequence[Township]) -> list[Field]:
    """Where the townships lie: as the county ordered them, the others in the free fields behind, by their codes, in a map that
    is about as wide as high. Call in the county's scope."""
    laid = {tile.place_id: tile for tile in Tile.objects.filter(county=county)}
    found = [Field(town, laid[town.pk].row, laid[town.pk].column) for town in townships if town.pk in laid]
    wide = max([ceil(sqrt(len(townships))), *(one.column for one in found)], default=1)
    taken = {(one.row, one.column) for one in found}
    free = ((row, column) for row in range(1, len(townships) + 21) for column in range(1, wide + 1))
    empty = (field for field in free if field not in taken)
    rest = sorted((town for town in townships if town.pk not in laid), key=lambda town: town.code)
    return [*found, *(Field(town, *field) for town, field in zip(rest, empty, strict=False))]
