"""Dates as people write them: 2026.3.1, 2026/3/1, 20260301, 二〇二六年三月一日, 1975年8月, and what spreadsheets make of them."""

import datetime
import re
import unicodedata
from collections.abc import Callable

from .columns import plain

EARLIEST, LATEST = 1900, 2100
_EPOCH = datetime.date(1899, 12, 30)  # day 0 of spreadsheet serial numbers
_SERIALS = range(10_000, 73_051)  # 1927 to 2099: five digits that can only be a serial number

_DIGITS = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")
# What stands between the numbers as keyboards and programs write it: 1975。08 with the Chinese one, 1975–08 by correction.
_MARKS = str.maketrans("。·•,―—–‐‑‒−~_", "...." + "-" * 9)
_AGE = re.compile(r"\s*\(\s*(?:年龄|现年)?\s*\d{1,3}\s*周?岁?\s*\)$")  # 1972.03（54岁）, as forms of cadres ask for it
_FIRST_MONTH = re.compile(r"(?<=年)\s*元月")
_WRITTEN = re.compile(
    r"(\d{2,4})\s*(?:年\s*(?=\d+\s*[月./])|[./\-、]\s*(?=\d+\s*月))(\d{1,2})\s*[月./]\s*(\d{1,2})\s*[日号]?"
)
# One mark in both places: 2026.5-6 is May and June, and no sixth of May.
_SEPARATED = re.compile(r"(\d{2,4})\s*([./\-、])\s*(\d{1,2})\s*\2\s*(\d{1,2})\s*[日号]?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(
    r"(\d{2,4})\s*[年./\-、]\s*(\d{1,2})\s*月?\s*(?:份|生|日)?"
)  # 1975年8月 日: a form with no day filled in
_YEARLESS = re.compile(r"(\d{1,2})\s*[月./\-、]\s*\d{1,2}\s*[日号]?")  # 10.20, of the year that the title says
_PACKED_MONTH = re.compile(r"(\d{4})(\d{2})")
_YEAR = re.compile(r"(\d{4})年?")
_TAIL = re.compile(
    r"(?:[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?|\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?|\s*生"
    r"|\s*(?:上午|下午|中午|晚上?|早上|全天)(?:\d{1,2}(?::\d{2}|[时点](?:\d{1,2}分?|半|整)?)?)?|(?<=日)\s*\d{1,2}(?::\d{2}|[时点](?:\d{1,2}分?|半)?))$"
)
_CHINESE_NUMBER = re.compile(r"(?P<tens>[一二三]?)十(?P<ones>[一二三四五六七八九]?)")


_1904 = 1462  # days between the two calendars of spreadsheets


class ShownMonth(datetime.date):
    """A cell that holds a day and shows the month only, 1975.08: as a month of birth its day means nothing."""


def as_headed(value: object, label: str) -> object:
    """Under 出生年月 the first of a month stands for the month: what a spreadsheet makes of 1975-08."""
    if isinstance(value, datetime.date) and value.day == 1 and plain(label).endswith("年月"):
        return ShownMonth(value.year, value.month, 1)
    return value


def counted_from_1904(value: object) -> object:
    """A bare serial number of a workbook that counts days from 1904 as it would stand in any other."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return value + _1904 if int(value) + _1904 in _SERIALS else value


_DAY = r"\d{4}\s*[年./\-、]\s*\d{1,2}\s*[月./\-、]\s*\d{1,2}\s*[日号]?|(?<!\d)\d{8}(?!\d)"
_PERIOD_WORDS = re.compile(r"[\s自从由起至到止—–―~～\-()、,]*")
_ENDLESS = re.compile("终身|长期|永久")


def period_in(text: str) -> tuple[str, str] | None:
    """First and last day of a cell that says both, 2024-03-01至2026-02-28, the last one empty where there is none (终身); None where
    the cell is no period."""
    said = unicodedata.normalize("NFKC", text)
    days, rest = re.findall(_DAY, said), re.sub(_DAY, "", said)
    endless = bool(_ENDLESS.search(rest))
    if len(days) != 2 - endless or not _PERIOD_WORDS.fullmatch(_ENDLESS.sub("", rest)):
        return None
    return days[0], "" if endless else days[1]


def spread_period(first: str, last: str) -> Callable[[str], dict[str, str]]:
    """What a column of days `spread`s where its cell says from when until when: the cells of these two columns."""

    def spread(text: str) -> dict[str, str]:
        found = period_in(text)
        return dict(zip((first, last), found, strict=True)) if found else {}

    return spread


class NotADate(ValueError):
    """The text is no date; the message says what to write instead."""


def parse_date(value: object) -> datetime.date:
    """Return the date of a cell. Raises NotADate; two-digit years and dates without a day, or that show none, are refused, not
    guessed."""
    year, month, day = _parts(value)
    if month is None or day is None:
        raise NotADate(
            "缺少日，请写成2026-03-01这样的完整日期" if month else "只有年份，请写成2026-03-01这样的完整日期"
        )
    return _real(year, month, day)


def parse_month(value: object) -> str:
    """Return year and month of a cell as 1975-08; a whole date is cut. Raises NotADate."""
    year, month, day = _parts(value)
    if month is None:
        raise NotADate("只有年份，请写成1975-08这样的年月")
    _real(year, month, day or 1)
    return f"{year:04d}-{month:02d}"


def parse_day_or_month(value: object) -> str:
    """Return a day as 1975-08-12, or 1975-08 where only year and month are said or shown. Raises NotADate."""
    year, month, day = _parts(value)
    if month is None:
        raise NotADate("只有年份，请写成1975-08这样的年月")
    return parse_month(value) if day is None else _real(year, month, day).isoformat()


def _real(year: int, month: int, day: int) -> datetime.date:
    if not EARLIEST <= year <= LATEST:
        raise NotADate(f"年份应在{EARLIEST}到{LATEST}之间")
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise NotADate("没有这一天，请核对") from None


def _parts(value: object) -> tuple[int, int | None, int | None]:
    """Return (year, month or None, day or None)."""
    if isinstance(value, datetime.date):
        return value.year, value.month, None if isinstance(value, ShownMonth) else value.day
    if isinstance(value, bool | datetime.time):
        raise NotADate("不是日期，请写成2026-03-01")
    if isinstance(value, int) and value in _SERIALS:
        day = _EPOCH + datetime.timedelta(days=value)
        return day.year, day.month, day.day
    if isinstance(value, float):
        return _from_float(value)
    return _from_text(str(value))


def _from_float(value: float) -> tuple[int, int | None, int | None]:
    if int(value) in _SERIALS:
        return _parts(int(value))
    text = f"{value:.2f}"
    if value < EARLIEST:
        raise NotADate("认不出这个日期，请写成2026-03-01")
    if text.endswith(".10"):
        # 1975.10 typed as a number is 1975.1: January or October, nobody can tell. 1975.8 can only be August.
        raise NotADate("按数值格式填写的年月分不清1月和10月，请写成1975-10")
    return _from_text(text.removesuffix("0"))


def _from_text(text: str) -> tuple[int, int | None, int | None]:
    if _ISO.fullmatch(text):
        return int(text[:4]), int(text[5:7]), int(text[8:])
    plain = _AGE.sub("", unicodedata.normalize("NFKC", text).strip().lstrip("'‘’")).translate(_MARKS)
    while found := _TAIL.search(plain):
        plain = plain[: found.start()].strip()
    plain = _FIRST_MONTH.sub("1月", plain)
    plain = _CHINESE_NUMBER.sub(lambda m: str(_tens(m["tens"]) * 10 + _tens(m["ones"] or "0", 0)), plain)
    plain = plain.translate(_DIGITS).rstrip(".-")
    if plain.isdecimal() and len(plain) == 5 and int(plain) in _SERIALS:
        return _parts(int(plain))
    if (found := _YEARLESS.fullmatch(plain)) and 1 <= int(found[1]) <= 12:
        raise NotADate("没有写年份，请写成2026-03-01")
    for pattern in (_WRITTEN, _SEPARATED, _PACKED, _MONTH, _PACKED_MONTH, _YEAR):
        if found := pattern.fullmatch(plain):
            if len(found[1]) != 4:
                raise NotADate("年份请写四位，如1975年8月写成1975-08")
            year, *rest = (int(part) for part in found.groups() if part.isdecimal())
            return year, rest[0] if rest else None, rest[1] if len(rest) > 1 else None
    raise NotADate("认不出这个日期，请写成2026-03-01")


def _tens(char: str, empty: int = 1) -> int:
    return "一二三四五六七八九".find(char) + 1 if char and char != "0" else empty
