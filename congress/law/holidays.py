"""The days nobody works by 《全国年节及纪念日放假办法》, and when a year's list of days off is complete.

The regulation (its text is not held here) names eleven days, from 2025 on thirteen; which days are
moved beside them is announced each autumn. Until the list of a year holds every one of them it is not known.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

FIRST_YEAR = 2016
# 春节初一、清明、端午、中秋 of the years from 2016 on, by the calendar of GB/T 33661-2017 《农历的编算和颁行》.
_MOVING = """
    0208 0404 0609 0915, 0128 0404 0530 1004, 0216 0405 0618 0924, 0205 0405 0607 0913,
    0125 0404 0625 1001, 0212 0404 0614 0921, 0201 0405 0603 0910, 0122 0405 0622 0929,
    0210 0404 0610 0917, 0129 0404 0531 1006, 0217 0405 0619 0925, 0206 0405 0609 0915,
    0126 0404 0528 1003, 0213 0404 0616 0922, 0203 0405 0605 0912, 0123 0405 0624 1001,
    0211 0404 0612 0919, 0131 0404 0601 0908, 0219 0405 0620 0927, 0208 0405 0610 0916,
    0128 0404 0530 1004, 0215 0404 0618 0924, 0204 0405 0607 0913, 0124 0405 0527 1002,
    0212 0404 0614 0920, 0201 0404 0603 0910, 0122 0404 0622 0928, 0210 0405 0611 0917,
    0130 0404 0531 1005, 0217 0404 0619 0925, 0206 0404 0608 0915, 0126 0405 0529 1004,
    0214 0404 0615 0922, 0202 0404 0604 0911, 0123 0404 0623 0930,
"""
_BY_YEAR = [cell.split() for cell in _MOVING.replace("\n", "").split(",") if cell.strip()]


@cache
def statutory(year: int) -> frozenset[date]:
    """The statutory days off of a year; only those with a fixed date where the moon's calendar is not held here."""
    two_more = year >= 2025  # 除夕 and 2 May
    days = {date(year, 1, 1), date(year, 5, 1), *(date(year, 10, day) for day in (1, 2, 3))}
    days |= {date(year, 5, 2)} if two_more else set()
    if 0 <= year - FIRST_YEAR < len(_BY_YEAR):
        new_year, *single = [date(year, int(text[:2]), int(text[2:])) for text in _BY_YEAR[year - FIRST_YEAR]]
        days |= {new_year + timedelta(days=day) for day in range(-1 if two_more else 0, 3)} | set(single)
    return frozenset(days)


def missing(year: int, off: Iterable[date]) -> list[date]:
    """The statutory days of a year that a list of days off leaves out; weekends need not be listed."""
    return sorted(day for day in statutory(year) - set(off) if day.weekday() < 5)
