"""The county's townships side by side: the figures of their reports, as they were told last, each with its hour."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Func, OuterRef, QuerySet, Subquery, UUIDField, Value

from congress import clock, figures
from congress.figures import Computed, Figure
from congress.models import County, DueDay, Township, Unit
from congress.work import sources
from proposals.models import SuggestionSummary
from proposals.queries.summaries import REPLIES, is_late
from reports.models import TownshipFigures
from reports.parting import COVERED
from reports.queries.shown import FEW, KEYS, MONTHLY, few

PROGRAM = ("congress/assembly", "deputies", "elections", "proposals", "reports")  # where figures are defined
YEARS_BACK = 5
TOO_FEW = f"不足{FEW}"


@dataclass(frozen=True)
class Told:
    """A figure's answer without the rows it was made of; what a share is of is None for other figures."""

    figure: Figure
    value: int
    denominator: int | None
    covered: bool = False  # a sum from which the hidden parts could be told
    parts_few: bool = False  # a sum whose rows would tell parts that are not told

    @property
    def few(self) -> bool:
        """Whether it is not told because it would speak of a handful of people."""
        return self.covered or few(self.figure.key, self.value, self.denominator)

    @property
    def opens(self) -> bool:
        """Whether the rows behind it may be seen: they name their township, so of a sum none of its parts is hidden."""
        return not (self.few or self.parts_few)

    @property
    def rank(self) -> int:
        """By what it is sorted: a share in ten-thousandths, so that shares compare as whole numbers; of nothing, and where it
        is not told, it comes first."""
        if self.few:
            return -1
        if self.denominator is None:
            return self.value
        return self.value * 10000 // self.denominator if self.denominator else -1

    @property
    def shown(self) -> str:
        """The figure as its page shows it."""
        if self.few:
            return TOO_FEW if few(self.figure.key, self.value, self.denominator) else COVERED
        return figures.show(self.figure.kind, self.value, self.denominator, "")


@dataclass(frozen=True)
class Kept:
    """A row of `TownshipFigures` as it was read: of a past year with some figures alone, and of the parts since when it was
    recorded."""

    year: int
    cut_off: date
    taken_at: datetime
    behind: bool
    told: Mapping[str, Sequence]
    parts: Mapping | None


@dataclass(frozen=True)
class Line:
    """One township's figures, or (None) those of all together, when they were told, whether they are kept, whether records
    have been written since or the day they are told up to is over, and how many replies are overdue now."""

    township: Township | None
    told: dict[str, Told]
    overdue: int
    taken_at: datetime
    kept: bool
    behind: bool


def years(today: date) -> list[int]:
    """The years that are told, the present one first."""
    return list(range(today.year, today.year - YEARS_BACK, -1))


def cut_off_of(year: int, today: date) -> date:
    """The day up to which a year is told: its last one once it is over."""
    return min(today, date(year, 12, 31))


def overview(county: County, year: int, today: date) -> tuple[list[Line], Line | None]:
    """What each township did in a year, and all together (None where there is no township), as it was told last; where it
    never was, as it is now. Constant statements where all were told. Call in a scope that reads the townships."""
    rows = TownshipFigures.objects.filter(year=year).with_behind()
    late = {row["township"]: row["count"] for row in overdue_counts(today)}
    return side_by_side(county.real_townships, year, today, {row.township_id: row for row in rows}, late)


def side_by_side(
    townships: Sequence[Township],
    year: int,
    today: date,
    kept: Mapping[int, TownshipFigures | Kept],
    late: Mapping[int, int],
) -> tuple[list[Line], Line | None]:
    """The same from rows with `behind` and from the `late` replies, both by township."""
    now = _answers([town for town in townships if town.pk not in kept], year, today)
    lines = []
    for town in townships:
        row = kept.get(town.pk)
        told = told_of(row) if row else now[town.pk]
        old = row is not None and is_old(row, today)
        at = row.taken_at if row else clock.now()
        lines.append(Line(town, told, late.get(town.pk, 0), at, row is not None, old))
    return lines, _together(lines) if lines else None


def is_old(row: TownshipFigures | Kept, today: date) -> bool:
    """Whether a row with `behind` was told by fewer records, up to another day, or by a program that knew fewer figures."""
    return row.behind or row.cut_off != cut_off_of(row.year, today) or not set(KEYS) <= set(row.told)


def _answers(townships: Sequence[Township], year: int, today: date) -> dict[int, dict[str, Told]]:
    found = figures.compute_each(KEYS, townships, year, cut_off_of(year, today)) if townships else {}
    return {
        pk: {key: Told(one.figure, one.value, one.denominator) for key, one in answers.items()}
        for pk, answers in found.items()
    }


def told_of(row: TownshipFigures | Kept) -> dict[str, Told]:
    """The figures that are kept; one that an older program did not know is none."""
    return {key: told_one(row, key) for key in KEYS}


def told_one(row: TownshipFigures | Kept, key: str) -> Told:
    """One of them."""
    return Told(figures.find(key), *(row.told.get(key) or (0, 0)))


def summed(parts: Sequence[Told]) -> Told:
    """One figure of several townships together. Where those that are not told are still too few together, the sum is not told
    either: it would say what they are."""
    value, whole = _sum(parts)
    hidden = [one for one in parts if one.few]
    covered = few(parts[0].figure.key, *_sum(hidden))
    return replace(parts[0], value=value, denominator=whole, covered=covered, parts_few=bool(hidden))


def _sum(parts: Sequence[Told]) -> tuple[int, int | None]:
    shares = [one.denominator for one in parts if one.denominator is not None]
    return sum(one.value for one in parts), sum(shares) if shares else None


def _together(lines: list[Line]) -> Line:
    told = {key: summed([line.told[key] for line in lines]) for key in lines[0].told}
    late = sum(line.overdue for line in lines)
    kept, behind = all(line.kept for line in lines), any(line.behind for line in lines)
    return Line(None, told, late, min(line.taken_at for line in lines), kept, behind)


def behind(townships: Sequence[Township], key: str, year: int, today: date) -> Computed | None:
    """A figure of these townships as it is now, with the records behind it; None where one of them is not told. Raises
    ValueError for no township."""
    if not townships:
        raise ValueError("a figure is asked of townships")
    found = [answers[key] for answers in figures.compute_each([key], townships, year, cut_off_of(year, today)).values()]
    if any(few(key, one.value, one.denominator) for one in found):
        return None
    return replace(found[0], rows=tuple(row for one in found for row in one.rows))


def digest_of(township: Township) -> str:
    """By which program, pack, periods and days off its figures are told; call in the township's scope."""
    said = (sources.grounds_of(township), sources.program(*PROGRAM), KEYS, MONTHLY)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def overdue(townships: Iterable[Township], today: date) -> QuerySet:
    """The summaries of the suggestions in these townships that wait for the reply of their present round although it was due,
    the longest overdue first: counted and sorted without the suggestions."""
    rows = SuggestionSummary.objects.filter(is_late(today), township__in=list(townships))
    return rows.order_by("due_on", "township__code", "suggestion__number")


def overdue_counts(today: date | Value) -> QuerySet:
    """How many they are in each township of the scope that has any; the day may be `prepared.given`."""
    return by_township(SuggestionSummary.objects.filter(is_late(today)))


def by_township(rows: QuerySet) -> QuerySet:
    """How many of the rows each township has."""
    return rows.order_by().values("township").annotate(count=Count("*"))


def with_lateness(rows: QuerySet, today: date) -> QuerySet:
    """Summaries with their suggestions, the names of the units whose reply is overdue (`late_units`) and the place in a law that
    the day they are listed by follows from (`ground`, as the due day keeps it)."""

    def due_days(row: Callable[[str], Any]) -> QuerySet:
        return DueDay.objects.open().filter(township=row("township"), subject=row("suggestion"), key__in=REPLIES)

    over = due_days(lambda path: OuterRef(OuterRef(path))).filter(due_on__lt=today)
    units = Unit.objects.filter(pk__in=over.annotate(unit=_Each("units")).values("unit"))
    return rows.select_related("suggestion__township").annotate(
        late_units=ArraySubquery(units.order_by("name").values("name")),
        ground=Subquery(due_days(OuterRef).filter(due_on=OuterRef("due_on")).values("citation")[:1]),
    )


class _Each(Func):
    """Each value of an array, a row for each."""

    function, set_returning, output_field = "unnest", True, UUIDField()
