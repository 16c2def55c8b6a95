"""Days typed with a weekday that is not theirs: one of the two is a slip of the pen."""

from __future__ import annotations

import re
from datetime import date

WEEKDAYS = "一二三四五六日"
_TYPED = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"
    r"\s*[（(](?:[本上下这]个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])[）)]"
)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _meant(wrong: date, weekday: int) -> list[date]:
    """Days of that weekday of which one digit may have been left out or added in typing."""
    months = {number for number in range(1, 13) if _slip(wrong.month, number)}
    days = {number for number in range(1, 32) if _slip(wrong.day, number)}
    near = [_day(wrong.year, month, wrong.day) for month in sorted(months)]
    near += [_day(wrong.year, wrong.month, number) for number in sorted(days)]
    return [one for one in near if one and one.weekday() == weekday]


def _slip(typed: int, meant: int) -> bool:
    """Whether one digit lies between the two."""
    one, other = str(typed), str(meant)
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def wrong_weekdays(text: str, year: int | None = None) -> list[str]:
    """What is said of each day whose weekday does not match: the true weekday, and the day that may have been meant.

    `year` is that of days written without one; where none is known they are not looked at.
    """
    found = []
    for typed in _TYPED.finditer(text):
        written = int(typed["year"]) if typed["year"] else year
        day = _day(written, int(typed["month"]), int(typed["day"])) if written else None
        weekday = (
            "一二三四五六天".find(typed["weekday"]) if typed["weekday"] == "天" else WEEKDAYS.find(typed["weekday"])
        )
        if day is None or day.weekday() == weekday:
            continue
        said = f"“{typed[0]}”的星期不对：{day.year}年{day.month}月{day.day}日是星期{WEEKDAYS[day.weekday()]}"
        meant = _meant(day, weekday)
        if meant:
            days = "、".join(f"{one.year}年{one.month}月{one.day}日（星期{WEEKDAYS[weekday]}）" for one in meant)
            said += f"；是不是{days}"
        found.append(said)
    return found
