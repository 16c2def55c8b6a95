"""Identity and telephone numbers in free text, where they do not belong: found, masked, refused.

Written for texts of matters and suggestions, which more people read than may see a person's numbers (个人信息保护法
第六条: no more than the purpose needs).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from congress.people.idnumber import EARLIEST, PROVINCES
from congress.people.masks import HIDDEN, mask_id_number, mask_phone
from congress.people.text import DASHES, INVISIBLE

ID_NUMBER, MOBILE, LANDLINE = "id_number", "mobile", "landline"
LABELS = {ID_NUMBER: "身份证号", MOBILE: "手机号", LANDLINE: "固定电话"}
_LIKE_X = "XxＸｘ×ХхΧχⅩⅹ"  # of Latin, wide, Cyrillic, Greek and Roman letters


class _Digits(dict):
    """Characters by the plain digit they stand for; one by one, so that positions in the translated text are positions in the
    original."""

    def __init__(self, known: dict[int, str], value: Callable):
        super().__init__(known)
        self._value = value

    def __missing__(self, code: int) -> str:
        digit = self._value(chr(code), None)
        self[code] = chr(code) if digit is None else str(digit)
        return self[code]


# The digits of every script; then those that may stand before a number as well: raised, in a ring, Chinese.
_WIDTH = _Digits(dict.fromkeys(map(ord, _LIKE_X), "X") | {ord("＋"): "+"}, unicodedata.decimal)
_NUMERALS = _Digits(
    dict(zip(map(ord, "零〇○一幺二三四五六七八九壹贰叁肆伍陆柒捌玖"), "0001123456789123456789", strict=True)),
    unicodedata.digit,
)
# What people set between the groups: blanks, strokes, brackets, and what a digit in a box ends with.
_GAP = rf"[\s.·/／()（）\ufe0f\u20e3{re.escape(DASHES)}{INVISIBLE}]{{0,3}}"
_RUN = re.compile(rf"(?<![0-9])[0-9]+X?(?:{_GAP}(?:[0-9]+X?|X\b))*", re.ASCII)
_GROUP = re.compile(r"[0-9]+X?|X", re.ASCII)
# Keys and digests of the program itself, as forms hand them back: one of some eight hundred has a mobile's digits in it.
_KEY = re.compile(r"\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[0-9]*[a-f])[0-9a-f]{32,})\b", re.ASCII)
_COUNTRY = re.compile(r"(?:0086|86|0)(?=1[3-9])", re.ASCII)  # or the nought of old long-distance calls
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"(?P<area>010|02\d|0[3-9]\d{2})(?P<number>[2-8]\d{6,7})", re.ASCII)
# How people group the eleven digits of a mobile number; other groupings are dates and amounts.
_MOBILE_GROUPS = {(11,), (3, 4, 4), (4, 4, 3), (4, 3, 4), (3, 3, 5), (3, 8), (7, 4), (5, 6), (3, 2, 2, 2, 2), (1,) * 11}
# Several amounts in one breath, as 每户补助150/2000/3000元: strokes between tens. Of four hundred mobiles one looks like that.
_AMOUNTS = re.compile(r"[1-9][0-9]*0(?:\s?[/／]\s?[1-9][0-9]*0)+", re.ASCII)
LATEST = date(2099, 12, 31)
_LONGEST = 18  # characters of the longest number looked for, and so the most groups it can have


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a text: its kind, its mask for showing, and where it stands (start and end in the original)."""

    kind: str
    masked: str
    span: tuple[int, int]


def find_personal(text: str) -> list[Found]:
    """Every identity number, mobile and fixed-line number in a text, by position.

    Identity numbers are found by place and date of birth even when the check digit is wrong: a number with a slip of
    the finger still points at a person. Full-width digits, usual groupings and Chinese numerals are seen through. What
    stands within a key or digest of the program is nobody's number.
    """
    plain = _KEY.sub(lambda key: "-" * len(key.group()), text).translate(_WIDTH)
    found = list(_scan(plain))
    taken = [each.span for each in found]
    for each in _scan(plain.translate(_NUMERALS)):
        if all(each.span[1] <= start or each.span[0] >= end for start, end in taken):
            found.append(each)
    return sorted(found, key=lambda each: each.span)


def scrubbed(text: str) -> str:
    """The text with every number found replaced by its mask."""
    for each in reversed(find_personal(text)):
        text = text[: each.span[0]] + each.masked + text[each.span[1] :]
    return text


def refuse_personal(value: str, kinds: Iterable[str] = (ID_NUMBER, MOBILE)) -> None:
    """Form and model validator: raises ValidationError (code "personal") when the text holds a number of these kinds.

    Fixed lines are let through unless asked for: in these texts they are mostly those of offices.
    """
    kinds = tuple(kinds)
    found = [each for each in find_personal(value or "") if each.kind in kinds]
    if found:
        shown = "、".join(dict.fromkeys(f"{LABELS[each.kind]} {each.masked}" for each in found))
        raise ValidationError(
            f"这里不要写身份证号或电话号码（发现：{shown}）。请删去，联系方式填在专门的栏目里。", code="personal"
        )


def _scan(plain: str) -> Iterator[Found]:
    for run in _RUN.finditer(plain):
        groups = [(match.group(), run.start() + match.start()) for match in _GROUP.finditer(run.group())]
        at = 0
        while at < len(groups):
            found, used = _longest_from(groups[at : at + _LONGEST], plain)
            if found:
                yield found
            at += used


def _longest_from(groups: list[tuple[str, int]], plain: str) -> tuple[Found | None, int]:
    """The longest number that begins with the first group, and how many groups it takes (1 when there is none)."""
    for count in range(len(groups), 0, -1):
        parts = [part for part, _ in groups[:count]]
        start, end = groups[0][1], groups[count - 1][1] + len(parts[-1])
        kind, masked = _judge(parts)
        if kind is None and parts[-1].endswith("X"):  # an X that merely follows, as in 13800138000x
            parts[-1], end = parts[-1][:-1], end - 1
            kind, masked = _judge(parts)
        if kind == MOBILE and _AMOUNTS.fullmatch(plain[start:end]):
            continue
        if kind:
            plus = kind == MOBILE and plain[start - 1 : start] == "+"
            return Found(kind, masked, (start - plus, end)), count
    return None, 1


def _judge(parts: list[str]) -> tuple[str | None, str]:
    """Kind and mask of the number these groups make together, or (None, "")."""
    digits = "".join(parts)
    if len(digits) in (15, 18) and _names_a_person(digits):
        return ID_NUMBER, mask_id_number(digits) if len(digits) == 18 else digits[:6] + HIDDEN
    country = _COUNTRY.match(digits)
    if country:
        digits = digits[country.end() :]
        parts = _without_first(parts, country.end())
    if _MOBILE.fullmatch(digits) and tuple(map(len, parts)) in _MOBILE_GROUPS:
        return MOBILE, mask_phone(digits)
    landline = _LANDLINE.fullmatch(digits)
    if landline and (len(parts) == 1 or len(parts[0]) == len(landline["area"])):
        return LANDLINE, mask_phone(f"{landline['area']}-{landline['number']}")
    return None, ""


def _without_first(parts: list[str], count: int) -> list[str]:
    """The groups without their first `count` digits; groups that become empty go."""
    rest = list(parts)
    while count:
        taken = min(count, len(rest[0]))
        rest[0], count = rest[0][taken:], count - taken
        if not rest[0]:
            del rest[0]
    return rest


def _names_a_person(digits: str) -> bool:
    """True when province and date of birth are real ones; the check digit is not asked."""
    if digits[:2] not in PROVINCES or not (digits[:17].isdigit() and digits[:15].isascii()):
        return False
    born = digits[6:14] if len(digits) == 18 else f"19{digits[6:12]}"
    try:
        return EARLIEST <= date(int(born[:4]), int(born[4:6]), int(born[6:])) <= LATEST
    except ValueError:
        return False
