"""Numbers given out without gaps or doubles, one series a township and year, or one of a single subject (the notices of an
election); a series of a year may begin after numbers used on paper."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model

from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.guard.refusal import refuse, refuse_where
from congress.models import NumberSequence, Township

BEGIN = verb("congress.begin_series", "设置了编号的起点")
OPEN = verb("congress.open_series", "开立了编号")
HIGHEST = 9999


@dataclass(frozen=True)
class Series:
    """A series of numbers: its key, what people call it, and how its number reads; it counts each year from one, or
    `within` something that a subject belongs to (the election of a list of voters), whatever the year."""

    key: str
    label: str
    reads: Callable[[Township, int, int], str]
    within: Callable[[Any], Model] | None = None

    def counter(self, subject: Model) -> str:
        """The name under which the numbers of papers about a subject are counted."""
        return f"{self.key}:{self.within(subject).pk}" if self.within else self.key

    def round(self, day: date) -> int:
        """The year in which a number of that day counts; 0 where years do not matter."""
        return 0 if self.within else day.year


_series: dict[str, Series] = {}


def series(
    key: str,
    label: str,
    reads: Callable[[Township, int, int], str],
    *,
    within: Callable[[Any], Model] | None = None,
) -> Series:
    """Register a series; `reads(township, year, number)` writes a number out. Raises ValueError when the key is taken."""
    if key in _series:
        raise ValueError(f"series {key} is registered twice")
    _series[key] = Series(key, label, reads, within)
    return _series[key]


def all_series() -> list[Series]:
    """Every registered series, in the order of registration."""
    return list(_series.values())


def yearly_series() -> list[Series]:
    """Those that count each year from one: a township sets where they begin."""
    return [one for one in all_series() if not one.within]


# The row stays locked until the transaction ends, so that a number is never given out twice and none is skipped.
_NEXT = """
INSERT INTO congress_numbersequence (id, township_id, created_at, version, withdrawn_reason, series, year, last)
VALUES (gen_random_uuid(), %(township)s, %(now)s, 0, '', %(series)s, %(year)s, %(first)s)
ON CONFLICT (township_id, series, year) DO UPDATE
  SET last = greatest(congress_numbersequence.last + %(step)s, %(first)s), version = congress_numbersequence.version + 1
RETURNING last
"""


def _advance(township: Township, series: str, year: int, *, step: int, first: int) -> int:
    if scope.current() is None:
        raise scope.ScopeMissing("numbers are given out inside a township's scope")
    values = {"township": township.pk, "now": clock.now(), "series": series, "year": year, "step": step, "first": first}
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, values)
        return cursor.fetchone()[0]


def next_number(township: Township, series: str, year: int) -> int:
    """The next number of the series, from 1. Locks the series until the transaction ends; call inside an action."""
    return _advance(township, series, year, step=1, first=1)


def next_numbers(township: Township, series: str, year: int, count: int) -> range:
    """The next numbers of the series for so many rows, as `next_number`; none where there is no row."""
    last = _advance(township, series, year, step=count, first=count) if count else 0
    return range(last - count + 1, last + 1)


def foreseen(township: Township, series: str, year: int) -> int:
    """The number that `next_number` would give now. Locks nothing: somebody else may take it first (see `take`)."""
    row = NumberSequence.objects.filter(township=township, series=series, year=year).values_list("last", flat=True)
    return (row.first() or 0) + 1


def take(township: Township, series: str, year: int, number: int) -> bool:
    """Take a number that was foreseen; False, and nothing is locked, where somebody else has it. Call inside an action.

    Taken, it locks the series until the transaction ends.
    """
    place = {"township": township, "series": series, "year": year}
    NumberSequence.objects.bulk_create([NumberSequence(**place)], ignore_conflicts=True)
    mine = NumberSequence.objects.filter(**place, last=number - 1)
    return bool(mine.update(last=number))


def used(township: Township, series: str, year: int, number: int) -> None:
    """A number of the series was used on paper: what is given out later comes after it. Call inside an action."""
    _advance(township, series, year, step=0, first=number)


def open_series(actor, township: Township, series: Series, year: int, ground: str) -> NumberSequence:
    """A series of a year in which no number was given out yet; the next one is 1. Side effect: an event."""
    row = NumberSequence(township=township, series=series.key, year=year)
    with action(OPEN, actor=actor, subject=row, township=township) as act:
        row.save()
        act.detail = {"序列": series.label, "年份": year, "依据": ground}
    return row


def begin_after(actor, township: Township, series: Series, year: int, last: int) -> NumberSequence:
    """Say, once a series and year, which number was the last used before this system; the next one follows it.

    Raises Refused for a number already passed and for a second time. Side effect: an event.
    """
    row = NumberSequence.objects.select_for_update(of=("self",)).filter(series=series.key, year=year).first()
    row = row or NumberSequence(township=township, series=series.key, year=year)
    if row.begun_after is not None:
        refuse(f"{year}年{series.label}的起点已经设置过（已用到{row.begun_after}号），只能设置一次。", "last")
    refuse_where(
        [
            (not 1 <= last <= HIGHEST, f"请填写1到{HIGHEST}之间的号。", "last"),
            (1 <= last <= row.last, f"{year}年{series.label}已经编到{row.last}号，起点要比它大。", "last"),
        ]
    )
    with action(BEGIN, actor=actor, subject=row, township=township) as act:
        row.begun_after = row.last = last
        row.save()
        act.detail = {"序列": series.label, "年份": year, "已用到": last}
    return row
