"""Days and numbers among the words of a search."""

import re
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q

from congress import clock
from congress.law.numerals import from_chinese
from congress.law.periods import add_months
from congress.spreadsheets.dates import EARLIEST, LATEST
from congress.web.conditions import NOTHING

_DAY = re.compile(r"(\d{4})(?:[-./年](\d{1,2}))?(?:[-./月](\d{1,2}))?[日月年]?", re.ASCII)
_NUMBER = re.compile(r"第?(\d{1,9}|[零一二三四五六七八九十百]{1,6})(?:届|次|次会议|号|选区|号选区|年|年度)?", re.ASCII)


def on_day(field: models.DateField, path: str, word: str) -> Q:
    """When a day at a path is the one a word names, or within the month or the year it names."""
    parts = _DAY.fullmatch(word)
    try:
        year, month, day = (int(part) if part else None for part in parts.groups())
        first = date(year, month or 1, day or 1)
        after = first + timedelta(days=1) if day else add_months(first, 1 if month else 12)
    except (AttributeError, ValueError, OverflowError):
        return NOTHING
    if not EARLIEST <= first.year <= LATEST:  # a number, such as that of a house
        return NOTHING
    if isinstance(field, models.DateTimeField):
        first, after = (datetime.combine(one, time(), clock.SHANGHAI) for one in (first, after))
    return Q(**{f"{path}__gte": first, f"{path}__lt": after})


def number_of(word: str) -> int | None:
    """The number a word says, in figures or in characters; None where it says none."""
    numeral = _NUMBER.fullmatch(word)
    if numeral is None:
        return None
    return int(numeral[1]) if numeral[1].isdigit() else from_chinese(numeral[1])
