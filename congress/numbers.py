"""Numbers given out without gaps or doubles, one series a township and year; a series may begin after numbers used on paper."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection

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
    """A series of numbers: its key, what people call it, and how its number reads."""

    key: str
    label: str
    reads: Callable[[Township, int, int], str]


_series: dict[str, Series] = {}


def series(key: str, label: str, reads: Callable[[Township, int, int], str]) -> Series:
    """Register a series; `reads(township, year, number)` writes a number out. Raises ValueError when the key is taken."""
    if key in _series:
        raise ValueError(f"series {key} is registered twice")
    _series[key] = Series(key, label, reads)
    return _series[key]


def all_series() -> list[Series]:
    """Every registered series, in the order of registration."""
    return list(_series.values())


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
