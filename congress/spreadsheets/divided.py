"""A value that stands in several columns: one of them ticked, the year, the month and the day of a date, a post beside its unit."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from .cells import NO, YES, CellProblem, clean_text, is_empty, is_error
from .columns import plain

_TICKS = YES | frozenset("○ 〇 ◯ ● ◎ ■ v 勾 打勾".split())
_OF_DAY = "年月日份号"
_BETWEEN = re.compile(r"[、，,;；/／\n]")


class PartProblem(CellProblem):
    """What is wrong with one of the cells; `at` is which."""

    def __init__(self, words: str, at: int):
        super().__init__(words)
        self.at = at


def several_in(text: str) -> list[str]:
    """The values of a cell that holds several: 张三、李四; by blanks where nothing of one letter is left, as of 张 三."""
    found = [one.strip() for one in _BETWEEN.split(text) if one.strip()]
    words = [one.split() for one in found]
    return [
        word for one, each in zip(found, words, strict=True) for word in (each if min(map(len, each)) > 1 else [one])
    ]


def tick_in(cell: Any, option: str) -> bool | None:
    """Whether a cell that is not empty is ticked, or says its own heading; None for anything else."""
    text = unicodedata.normalize("NFKC", clean_text(cell)).casefold()
    if text in _TICKS or plain(text) == plain(option):
        return True
    return False if text in NO else None


def ticked(cells: Sequence[Any], options: Sequence[str]) -> Any:
    """The option whose cell is ticked, None when none is. Raises PartProblem at a second one and at what is no tick."""
    found = None
    for at, (cell, option) in enumerate(zip(cells, options, strict=True)):
        if is_error(cell):
            return cell
        answer = False if is_empty(cell) else tick_in(cell, option)
        if answer is None:
            raise PartProblem(f"“{option}”一栏请打“√”或者留空", at)
        if answer and found is not None:
            raise PartProblem(f"“{found}”和“{option}”都打了勾，请只留一处", at)
        found = option if answer else found
    return found


def day_of(cells: Sequence[Any]) -> Any:
    """Year, month and day as one text; a cell that stands alone is left as it is."""
    filled = [cell for cell in cells if not is_empty(cell)]
    if len(filled) < 2 or any(map(is_error, filled)):
        return next(filter(is_error, filled), filled[0] if filled else None)
    texts = [unicodedata.normalize("NFKC", clean_text(cell)).strip() for cell in filled]
    return "-".join(text if len(text) == 1 else text.rstrip(_OF_DAY) for text in texts)


def joined(cells: Sequence[Any], glue: str) -> Any:
    """Two cells that make one: 农技站 + 站长 → 农技站站长; a part that the other holds already is not repeated."""
    if any(map(is_error, cells)):
        return next(cell for cell in cells if is_error(cell))
    whole = ""
    for text in (clean_text(cell) for cell in cells if cell is not None):
        if text.startswith(whole):
            whole = text
        elif not whole.endswith(text):
            whole = glue.join(filter(None, (whole, text)))
    return whole or None
