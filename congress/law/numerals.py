"""Chinese numerals as laws write them (第一百零八条), both ways, and dates as offices print them."""

from datetime import date

_DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}


def to_chinese(number: int) -> str:
    """Writes 0-9999 the way article numbers are written: 10 十, 15 十五, 108 一百零八, 110 一百一十."""
    if not 0 <= number <= 9999:
        raise ValueError(f"article numbers run from 0 to 9999, not {number}")
    if number < 10:
        return _DIGITS[number]
    text, zero_pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if zero_pending else "") + _DIGITS[digit] + name
            zero_pending = False
        elif text:
            zero_pending = True
    return text.removeprefix("一") if text.startswith("一十") else text


def from_chinese(text: str) -> int:
    """Reads 一百零八 as 108 and 十五 as 15; raises ValueError for anything else."""
    total, digit = 0, 0
    if not text:
        raise ValueError("no numeral")
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS.index(sign)
        elif sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            raise ValueError(f"not a Chinese numeral: {text}")
    return total + digit


def chinese_date(day: date) -> str:
    """2022-03-10 as 2022年3月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


def between(least: int, most: int) -> str:
    """From the least to the most in words: 3至4, and where both are one number that number."""
    return f"{least}至{most}" if least != most else str(least)
