"""Dates, shares and differences in the words our pages use. Plain functions: the library `ui` offers them to templates."""

import difflib
import re
from dataclasses import dataclass
from datetime import date, datetime

from congress import clock
from congress.law import numerals

WEEKDAYS = "一二三四五六日"
NOTHING = "—"
# Beyond this many pieces a difference is slow to find and useless to read: both texts are then shown whole.
DIFF_LIMIT = 4000
DAY = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
PIECES = re.compile(r"[A-Za-z0-9.%]+|\s+|.", re.DOTALL)


def people_in(text: str) -> list[str]:
    """The names of a field that takes several, between 、 or a comma, each once: whoever is named twice is one person."""
    return list(dict.fromkeys(filter(None, map(str.strip, re.split("[、，,；;]", text)))))


def as_date(value) -> date | None:
    """The calendar day in Asia/Shanghai of a date, a datetime or an ISO text; None when there is none."""
    if value in (None, ""):
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(clock.SHANGHAI).date() if value.tzinfo else value.date()
    return value


def chinese_date(value) -> str:
    """2026年3月1日, as offices print it; a dash when there is no day."""
    day = as_date(value)
    return numerals.chinese_date(day) if day else NOTHING


def days_said(text: str) -> str:
    """A text that was kept for programs, with its days 2026-03-01 as people write them."""
    return DAY.sub(lambda day: f"{day[1]}年{int(day[2])}月{int(day[3])}日", text)


def cdatew(value) -> str:
    """2026年3月1日（星期日）."""
    day = as_date(value)
    return f"{chinese_date(day)}（星期{WEEKDAYS[day.weekday()]}）" if day else NOTHING


def until(limit) -> str:
    """2026年6月2日，即2026年3月2日交办 + 3个月: a last day and how it is counted, in which the day is not told again."""
    day = chinese_date(limit.date)
    counted = re.sub(rf"\s*= {day}", "", limit.formula)
    return f"{day}，即{counted}"


def idate(value) -> str:
    """2026-03-01, the form of a table's cells; wherever a day stands among words it is `chinese_date`."""
    day = as_date(value)
    return day.isoformat() if day else NOTHING


def clock_time(value) -> str:
    """2026年3月1日 09:05 in Asia/Shanghai."""
    if value in (None, ""):
        return NOTHING
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        return chinese_date(value)
    at = value.astimezone(clock.SHANGHAI) if value.tzinfo else value
    return f"{chinese_date(at)} {at:%H:%M}"


def moment(value: datetime) -> str:
    """今天9时5分, 3月1日9时5分, 2025年3月1日9时5分: a moment in Asia/Shanghai as one says it."""
    at, today = value.astimezone(clock.SHANGHAI), clock.today()
    day = "今天" if at.date() == today else f"{at.month}月{at.day}日"
    return f"{'' if at.year == today.year else f'{at.year}年'}{day}{at.hour}时{at.minute}分"


def relative(value, today=None) -> str:
    """今天, 明天, 还有3天, 3天前: the distance in calendar days."""
    day = as_date(value)
    if day is None:
        return NOTHING
    days = (day - (as_date(today) or clock.today())).days
    near = {0: "今天", 1: "明天", 2: "后天", -1: "昨天", -2: "前天"}
    if days in near:
        return near[days]
    return f"还有{days}天" if days > 0 else f"{-days}天前"


def percent(part, whole) -> str:
    """A share as 92.47%, rounded half up in whole numbers; 100% without decimals; a dash when nothing can be divided.

    The one way a share is written on pages and lists; `whole_percent` is how the text of a report reads it out.
    """
    if part is None or not whole:
        return NOTHING
    hundredths = (int(part) * 20000 + int(whole)) // (2 * int(whole))
    units, rest = divmod(hundredths, 100)
    return f"{units}.{rest:02d}%" if rest else f"{units}%"


def whole_percent(part, whole) -> str:
    """A share as 92%, rounded half up; 100% and 0% only when it is all or nothing, so that 199 of 200 are 99%."""
    if part is None or not whole:
        return NOTHING
    rounded = (int(part) * 200 + int(whole)) // (2 * int(whole))
    return f"{rounded if part in (0, whole) else min(99, max(1, rounded))}%"


def span(seconds: int | None) -> str:
    """About how long seconds are: 不到1分钟, 约3分钟, 约2小时; empty for None."""
    if seconds is None:
        return ""
    if seconds < 60:
        return "不到1分钟"
    minutes = (seconds + 30) // 60
    return f"约{minutes}分钟" if minutes < 90 else f"约{(minutes + 30) // 60}小时"


@dataclass(frozen=True)
class Spoken:
    """A state in words: what is written, its tone (neutral, info, good, warning, bad) and its icon."""

    word: str
    tone: str
    icon: str


def deadline(due, done=None, today=None) -> Spoken:
    """How a due date stands: still days to go, overdue, or done in time or late. Days are calendar days."""
    due_on, done_on = as_date(due), as_date(done)
    if due_on is None:
        return Spoken("已办结", "good", "check-circle") if done_on else Spoken("无期限", "neutral", "dash-circle")
    if done_on:
        late = (done_on - due_on).days
        if late > 0:
            return Spoken(f"已办结，逾期{late}天", "warning", "exclamation-circle")
        return Spoken("已按期", "good", "check-circle")
    left = (due_on - (as_date(today) or clock.today())).days
    if left < 0:
        return Spoken(f"逾期{-left}天", "bad", "exclamation-triangle-fill")
    if left == 0:
        return Spoken("今天到期", "warning", "hourglass-split")
    return Spoken(f"还有{left}天", "warning" if left <= 7 else "neutral", "hourglass-split" if left <= 7 else "clock")


def differences(old: str, new: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Both texts cut into (kind, text) pieces, kind being same, del (only in the old) or ins (only in the new)."""
    before, after = PIECES.findall(old), PIECES.findall(new)
    if len(before) + len(after) > DIFF_LIMIT:
        return [("same", old)], [("same", new)]
    left, right = [], []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            left.append(("same", "".join(before[i1:i2])))
            right.append(("same", "".join(after[j1:j2])))
            continue
        if i2 > i1:
            left.append(("del", "".join(before[i1:i2])))
        if j2 > j1:
            right.append(("ins", "".join(after[j1:j2])))
    return left, right
