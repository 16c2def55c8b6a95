"""Citizen identity numbers (公民身份号码, GB 11643-1999): one written form, checks, what they tell.

15-digit numbers of the first generation cards are brought to 18 digits (century 19, check digit MOD 11-2 of ISO 7064).
Messages never repeat the number.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import mul

from django.conf import settings

from congress.law.finding import Finding
from congress.people.problem import Unacceptable
from congress.people.text import compact

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_ZEROES = sum(_WEIGHTS) * ord("0")  # digits are weighed as the bytes they are written with
# First two digits of the division code (GB/T 2260), with the residence permits of 81, 82, 83.
_PROVINCES = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
PROVINCES = frozenset(_PROVINCES.split())
INVENTED = "99"  # no such place, so nobody's number: what demonstrations use, and only they accept
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_FIFTEEN = re.compile(r"[0-9]{15}", re.ASCII)
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number that passed every check. repr and str show the mask."""

    number: str
    birth_date: date
    sex: str  # 男 or 女

    @property
    def division(self) -> str:
        """Code of the county-level place where the number was first given, six digits."""
        return self.number[:6]

    def __str__(self) -> str:
        return self.number[:6] + "*" * 8 + self.number[-4:]

    def __repr__(self) -> str:
        return f"<IdNumber {self}>"


def check_digit(first17: str) -> str:
    """The 18th character for 17 digits (MOD 11-2). Raises ValueError for anything else."""
    if len(first17) != 17 or not (first17.isascii() and first17.isdigit()):
        raise ValueError("a check digit is computed from 17 digits")
    return _CHECK[(sum(map(mul, _WEIGHTS, first17.encode())) - _ZEROES) % 11]


def canonical(text: str) -> str:
    """The one written form: compact, upper X, 15 digits extended to 18. Never raises; says nothing about validity."""
    typed = compact(text)
    if _FIFTEEN.fullmatch(typed):
        first17 = f"{typed[:6]}19{typed[6:]}"
        return first17 + check_digit(first17)
    return typed


def parse(text: str, on: date | None = None) -> IdNumber:
    """The checked number. `on` is the day of entry: nobody is born after it. Raises Unacceptable."""
    return _checked(canonical(text), on, bool(settings.DEMO))


@lru_cache(maxsize=8)  # the checks of one row ask after the same number several times; more are not remembered
def _checked(number: str, on: date | None, invented: bool) -> IdNumber:
    if not number:
        raise Unacceptable("id.empty", "请填写身份证号")
    if not _EIGHTEEN.fullmatch(number):
        raise Unacceptable(*_shape_problem(number))
    if number[:2] not in PROVINCES and not (invented and number[:2] == INVENTED):
        raise Unacceptable("id.division", "身份证号前两位不是省级行政区划代码")
    birth_date = _birth_date(number, on)
    expected = check_digit(number[:17])
    if number[17] != expected:
        raise Unacceptable("id.check_digit", f"身份证号校验位应为{expected}，请核对有没有输错数字")
    return IdNumber(number, birth_date, "男" if int(number[16]) % 2 else "女")


def normalise(text: str, on: date | None = None) -> str:
    """The 18-character number. Raises Unacceptable like `parse`."""
    return parse(text, on).number


def problem(text: str, on: date | None = None) -> Finding | None:
    """What is wrong with a typed number, or None."""
    try:
        parse(text, on)
    except Unacceptable as refused:
        return refused.problem
    return None


def disagreements(number: IdNumber, *, birth_date: date | None = None, sex: str | None = None) -> list[Finding]:
    """Where birth date or sex typed beside the number differ from what it says; values not given are not compared."""
    found = []
    if birth_date is not None and birth_date != number.birth_date:
        found.append(Finding("id.birth_date_differs", "出生日期与身份证号不一致"))
    if sex and sex != number.sex:
        found.append(Finding("id.sex_differs", "性别与身份证号不一致"))
    return found


def _shape_problem(number: str) -> tuple[str, str]:
    if "E+" in number or "." in number:
        # What a spreadsheet makes of 18 digits in a numeric cell: the last three are gone for good.
        return "id.numeric_cell", "该值是数值格式，末三位已丢失，请把列设为文本后重新填写"
    if len(number) not in (15, 18):
        return "id.length", f"身份证号应为18位（或旧式15位），现为{len(number)}位"
    return "id.characters", "身份证号只能是数字，末位可以是X"


def _birth_date(number: str, on: date | None) -> date:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise Unacceptable("id.birth_date", "身份证号第7至14位不是一个真实的日期") from None
    if born < EARLIEST or (on is not None and born > on):
        raise Unacceptable("id.birth_date", "身份证号中的出生日期不合情理")
    return born
