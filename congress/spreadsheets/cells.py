"""One cell to one value, or a plain sentence about what is wrong with it. Messages never repeat personal data."""

import datetime
import decimal
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from congress.law.numerals import from_chinese
from congress.names.parts import tidy
from congress.names.written import problem
from congress.people import idnumber, phone
from congress.people.problem import Unacceptable
from congress.people.scrub import ID_NUMBER, MOBILE, find_personal
from congress.people.text import as_shown

from .columns import DATED, Column
from .dates import NotADate, ShownMonth, parse_date, parse_day_or_month, parse_month
from .extract import EXACT

LOST_DIGITS = "该列是数值格式，末三位已丢失，请把列设为文本后重新填写"
ERRORS = frozenset(
    "#REF! #N/A #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #GETTING_DATA #FIELD! #ERROR!".split()
)
_MASKED = re.compile(r"\*{2,}")
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+?\d{2}", re.IGNORECASE)
_SEX_BEHIND = re.compile(r"\s*[（(【\[]\s*[男女]性?\s*[）)】\]]$")  # 张三（女）, as name lists of offices have it
_COUNTED = re.compile(
    r"(?<=\d)(?:人次|轮次?|号?(?:流动)?(?:票箱|箱)|号?选区|号|(?:选民)?小?组|[人名位件户次个处份票条])$"
)  # 32人, 1号箱
_WHICH = re.compile(
    r"第?([一二三四五六七八九十]{1,3})(?:号?(?:流动)?(?:票箱|箱)|号|轮次?|(?:选民|村民)?小?组|号?选区)"
)  # 第二组
_WRAP, _WRAP_LATIN = re.compile(r"\s*\n\s*"), re.compile(r"(?<=[!-~])\s*\n\s*(?=[!-~])")
_ROUNDED = re.compile(r"1\d{2,4}0{6,8}")  # what 1.38E+10 of a text file becomes in a workbook
_EMPTY = frozenset(["", "-", "—", "/", "／", "——"])
# What people write where there is no number and no day; that a day is not known is more than that there was none.
_NONE = frozenset("无 暂无 没有 空 略".split())
_NOT_KNOWN = frozenset("不详 不明 未知 未提供 未填 待补 待补充 缺 无手机 无电话".split())
_NUMBERED = frozenset(["phone", "id_number", "integer", "decimal", *DATED])
YES = frozenset(["是", "有", "√", "✓", "✔", "y", "yes", "true", "1", "对", "☑", "○"])
NO = frozenset(["否", "无", "×", "✗", "✘", "x", "n", "no", "false", "0", "不是", "没有", "☐"])
DITTO = frozenset(
    [*'〃″〞＂"”“', "''", "同上", "同 上", "同\u3000上", "同前", "（同上）", "(同上)", "同上。"]
)  # as above
HELD_ELSEWHERE, SHORTEST = (ID_NUMBER, MOBILE), 11  # numbers that have columns of their own; digits of the shortest


class Clean(str):
    """Text that `clean_text` has been over: asked for several times a cell, it is worked out once."""

    __slots__ = ()


class CellProblem(ValueError):
    """What is wrong with one cell, in words; the address is put in front by the preview."""


def parse_cell(value: Any, column: Column) -> Any:
    """Return the value of a cell for its column, None when it is empty. Raises CellProblem.

    Kinds give: text, name, phone, id_number, choice, month ("1975-08"), birth (a day or a month) → str; integer → int;
    decimal → Decimal; date → date; yes_no → bool. A masked cell of a personal column counts as not filled in.
    """
    if is_error(value):
        raise CellProblem(f"公式出错（{clean_text(value)}），请改成应有的内容")
    if is_empty(value) or is_masked(value, column) or says_none(value, column):
        if column.required and not column.titled:
            raise CellProblem(f"{column.label}必须填写")
        return None
    parsed = _PARSERS[column.kind](value, column)
    if column.check is not None and parsed is not None:
        parsed = column.check(parsed)
    return parsed


def is_empty(value: Any) -> bool:
    """Say whether a cell counts as not filled in: blank, or only a dash or a slash."""
    return value is None or (
        isinstance(value, str) and (value if type(value) is Clean else clean_text(value)) in _EMPTY
    )


def is_error(value: Any) -> bool:
    """Say whether a cell is what a spreadsheet shows for a formula that failed."""
    return isinstance(value, str) and value.startswith("#") and clean_text(value).upper() in ERRORS


def is_masked(value: Any, column: Column) -> bool:
    """Say whether a personal cell is masked, as tables that were exported hold it: 138****8000."""
    if not column.personal or not isinstance(value, str) or not ("*" in value or "＊" in value or "﹡" in value):
        return False  # no other character becomes a star when widths are made one
    return bool(_MASKED.search(unicodedata.normalize("NFKC", value)))


def says_none(value: Any, column: Column) -> bool:
    """Say whether a word stands where a number or a day would, and says that there is none: 无, 待补."""
    if not isinstance(value, str) or column.kind not in _NUMBERED:
        return False
    word = clean_text(value).strip("（）()。")
    return word in _NONE or (column.personal and word in _NOT_KNOWN)


def clean_text(value: Any) -> str:
    """Return a cell as text: without invisible characters, trimmed; 5.0 as 5, dates as 2026-03-01."""
    if type(value) is Clean:
        return str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, ShownMonth):
        return f"{value:%Y-%m}"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return as_shown(str(value)).strip(" \t\n\u3000")


def _text(value: Any, column: Column) -> str:
    if isinstance(value, float) and abs(value) >= EXACT:
        raise CellProblem(LOST_DIGITS.replace("末三位", "末几位"))
    text = clean_text(value)
    if column.wrapped and "\n" in text:
        text = _WRAP.sub("", _WRAP_LATIN.sub(" ", text))
    if len(text) > column.max_length:
        raise CellProblem(f"{column.label}最多{column.max_length}个字，现为{len(text)}个字")
    free = not (column.personal or column.check)  # a column with a check of its own judges for itself
    if free and len(text) >= SHORTEST and any(one.kind in HELD_ELSEWHERE for one in find_personal(text)):
        raise CellProblem("写有身份证号或者电话号码，请删去")
    return text


def _own(value: Any, column: Column) -> None:
    if type(value) in (str, Clean) and value in DITTO:
        raise CellProblem(f"写着“{value}”，请写出这一行自己的{column.label}")


def _name(value: Any, column: Column) -> str:
    _own(value, column)
    name = tidy(_SEX_BEHIND.sub("", _text(value, column)))
    if wrong := problem(name):
        raise CellProblem(wrong)
    return name


def _number(value: Any, column: Column) -> decimal.Decimal:
    text = unicodedata.normalize("NFKC", clean_text(value)).replace(",", "").replace(" ", "")
    if which := _WHICH.fullmatch(text):
        text = str(from_chinese(which[1]))
    text = _COUNTED.sub("", re.sub(r"^第(?=\d)", "", text))
    try:
        number = decimal.Decimal(text)
    except decimal.InvalidOperation:
        raise CellProblem(f"{column.label}应为数字") from None
    if isinstance(value, bool) or not number.is_finite():
        raise CellProblem(f"{column.label}应为数字")
    if abs(number) >= decimal.Decimal(EXACT):
        raise CellProblem(f"{column.label}数字过大，请核对")
    return number


def _integer(value: Any, column: Column) -> int:
    number = _number(value, column)
    if number != int(number):
        raise CellProblem(f"{column.label}应为整数")
    if column.least is not None and number < column.least:
        raise CellProblem(f"{column.label}{'应为正整数' if column.least else '不能为负'}")
    return int(number)


def _date(value: Any, column: Column) -> datetime.date:
    try:
        return parse_date(value)
    except NotADate as error:
        raise CellProblem(f"{column.label}{error}") from None


def _month(value: Any, column: Column) -> str:
    try:
        return parse_month(value)
    except NotADate as error:
        raise CellProblem(f"{column.label}{error}") from None


def _birth(value: Any, column: Column) -> str:
    try:
        return parse_day_or_month(value)
    except NotADate as error:
        raise CellProblem(f"{column.label}{error}") from None


def _digits(value: Any) -> str:
    """Return the text of a number that people type as text; a numeric cell with lost digits is refused."""
    if isinstance(value, bool | datetime.date | datetime.time):
        raise CellProblem("该格被表格软件当成了日期或真假值，请把列设为文本后重新填写")
    if isinstance(value, float) and abs(value) >= EXACT:
        raise CellProblem(LOST_DIGITS)
    text = clean_text(value).lstrip("'‘’＇")
    if ("e" in text or "E" in text) and _EXPONENT.search(text.replace(" ", "")):
        raise CellProblem(LOST_DIGITS)
    return text


def _phone(value: Any, column: Column) -> str:
    text = _digits(value)
    if not isinstance(value, str) and _ROUNDED.fullmatch(text):
        raise CellProblem("末几位都是0，多半是按科学计数（1.38E+10）存过而丢失了，请核对后以文本填写")
    if re.search(r"\d\s*[/、，,;；\n]\s*\d|\d{7}\s+1\d{10}", text):
        raise CellProblem(f"{column.label}一格只填一个号码")
    return _accepted(phone.normalise, text)


def _id_number(value: Any, column: Column) -> str:
    _own(value, column)
    text = _digits(value)
    try:
        return idnumber.normalise(text)
    except Unacceptable as error:
        # 18 digits of which the last three are 0 have mostly been through a numeric cell.
        if error.problem.code == "id.check_digit" and idnumber.canonical(text).endswith("000"):
            raise CellProblem(f"{error.problem.message}；末三位是000，多半{LOST_DIGITS}") from None
        raise CellProblem(error.problem.message) from None


def _accepted(normalise: Callable[[str], str], text: str) -> str:
    try:
        return normalise(text)
    except Unacceptable as error:
        raise CellProblem(error.problem.message) from None


def _choice(value: Any, column: Column) -> str:
    choice, _ = column.chosen(clean_text(value))
    if choice is not None:
        return choice
    shown = "" if column.personal else f"“{clean_text(value)[:20]}”"
    listed = "、".join(column.values[:12]) + ("等" if len(column.values) > 12 else "")
    raise CellProblem(f"{column.label}{shown}不在可选项中，可填：{listed}")


def _yes_no(value: Any, column: Column) -> bool:
    if isinstance(value, bool):
        return value
    typed = unicodedata.normalize("NFKC", clean_text(value)).casefold()
    if typed in YES:
        return True
    if typed in NO:
        return False
    raise CellProblem(f"{column.label}请填“是”或“否”")


_PARSERS = {
    "text": _text,
    "name": _name,
    "integer": _integer,
    "decimal": _number,
    "date": _date,
    "month": _month,
    "birth": _birth,
    "phone": _phone,
    "id_number": _id_number,
    "choice": _choice,
    "yes_no": _yes_no,
}
