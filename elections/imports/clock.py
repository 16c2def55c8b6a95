"""Hours as tables of polling places write them: 8:00, 上午8时, 下午4点半, 8:00-16:00."""

import re
import unicodedata
from collections.abc import Callable
from datetime import time

from congress.spreadsheets.cells import CellProblem

_HOUR = re.compile(r"(上午|下午|中午|晚上)?(\d{1,2})(?:[:时点](?:(\d{1,2})分?|(半))?(?::\d{2})?)?")
_BETWEEN = re.compile(r"[-—–－~～至到]+")


def hour(text: str) -> str:
    """A time of the day in the one form 08:00. Raises CellProblem for what is none."""
    found = _HOUR.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None:
        raise CellProblem("时间应如 8:00")
    half, said, minutes, is_half = found.groups()
    number, minute = int(said), 30 if is_half else int(minutes or 0)
    if half in ("下午", "晚上") and number < 12:
        number += 12
    if number > 23 or minute > 59:
        raise CellProblem("时间应如 8:00")
    return f"{number:02d}:{minute:02d}"


def spoken(moment: time | None) -> str | None:
    """A time of the day that is kept, in the same form."""
    return f"{moment:%H:%M}" if moment else None


def spread_hours(first: str, second: str) -> Callable[[str], dict[str, str]]:
    """What makes of a cell with both times, 8:00-16:00, cells of the two columns."""

    def spread(text: str) -> dict[str, str]:
        parts = [part.strip() for part in _BETWEEN.split(text.strip()) if part.strip()]
        return {first: parts[0], second: parts[1]} if len(parts) == 2 else {}

    return spread
