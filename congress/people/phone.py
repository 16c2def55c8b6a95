"""Telephone numbers of the mainland: mobile (11 digits) and fixed line, in one written form.

Mobile 13800138000; fixed line 0536-3251234 or 010-65121234, with extension 0536-3251234-801; a local number without
area code is kept as it is. Messages never repeat the number.
"""

import re
from dataclasses import dataclass

from congress.law.finding import Finding
from congress.people.problem import Unacceptable
from congress.people.text import compact, visible

MOBILE, LANDLINE = "mobile", "landline"
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_COUNTRY = re.compile(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$))", re.ASCII)
# Area codes: 010 and 02x have three digits, all others (03xx to 09xx) four.
_LANDLINE = re.compile(r"(?P<area>010|02\d|0[3-9]\d{2})?(?P<number>[2-8]\d{6,7})", re.ASCII)
_EXTENSION = re.compile(r"\s*(?:转|分机|EXT\.?|#)\s*(?P<extension>\d{1,6})$", re.ASCII | re.IGNORECASE)
_DASHED_EXTENSION = re.compile(r"(?<=\d{7})-(?P<extension>\d{1,5})$", re.ASCII)
_BRACKETS = str.maketrans("", "", "()[]")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number that passed the checks; kind is "mobile" or "landline". repr shows the kind only."""

    kind: str
    number: str

    def __repr__(self) -> str:
        return f"<Phone {self.kind}>"


def parse(text: str) -> Phone:
    """The checked number. Raises Unacceptable."""
    typed, extension = _without_extension(visible(text))
    digits = _COUNTRY.sub("", compact(typed).translate(_BRACKETS))
    if not digits:
        raise Unacceptable("phone.empty", "请填写电话号码")
    if _MOBILE.fullmatch(digits) and not extension:
        return Phone(MOBILE, digits)
    landline = _LANDLINE.fullmatch(digits)
    if landline:
        parts = (landline["area"], landline["number"], extension)
        return Phone(LANDLINE, "-".join(part for part in parts if part))
    raise Unacceptable(*_shape_problem(digits))


def normalise(text: str) -> str:
    """The one written form. Raises Unacceptable like `parse`."""
    return parse(text).number


def canonical(text: str) -> str:
    """The one written form, or merely compact text when it is no number. Never raises."""
    try:
        return normalise(text)
    except Unacceptable:
        return compact(text)


def problem(text: str) -> Finding | None:
    """What is wrong with a typed number, or None."""
    try:
        parse(text)
    except Unacceptable as refused:
        return refused.problem
    return None


def _without_extension(text: str) -> tuple[str, str]:
    found = _EXTENSION.search(text) or _DASHED_EXTENSION.search(text)
    # 138-0013-8000 ends in a dash and digits too: only what is left of a complete number is an extension.
    if found and _LANDLINE.fullmatch(_COUNTRY.sub("", compact(text[: found.start()]).translate(_BRACKETS))):
        return text[: found.start()], found["extension"]
    return text, ""


def _shape_problem(digits: str) -> tuple[str, str]:
    if not (digits.isascii() and digits.isdigit()):
        return "phone.characters", "电话号码只能写数字；固定电话写成“区号-号码”"
    if digits.startswith("1") and len(digits) == 11:
        return "phone.mobile", "手机号第二位应为3到9，请核对"
    if digits.startswith("1"):
        return "phone.mobile", f"手机号应为1开头的11位数字，现为{len(digits)}位"
    return "phone.landline", "固定电话应写成“区号-号码”，如 0536-3251234"
