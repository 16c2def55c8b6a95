"""Counting days and months the way the law does. Integers and dates only; the day is always passed in."""

import calendar as month_table
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from congress.law.finding import Citation, Finding
from congress.law.holidays import missing, statutory
from congress.law.numerals import chinese_date
from congress.law.registry import rule
from congress.law.sources import cite

BEFORE_DISPUTE = (
    "“选举日的N日以前”如何计算，法律没有写明，实践不一：多数地方按选举日减N日计算，"
    "也有地方主张选举日与公布日都不计入、须满N整日（减N+1日）。按较早的一日公布两种算法都满足。"
)
LONGEST_WORKING_DAYS = 1000


@dataclass(frozen=True, slots=True)
class BeforeElection:
    """The latest day for something due N days before election day, both ways of counting.

    `lenient` is E−N, `strict` is E−N−1 (N full days between), `recommended` is the strict day.
    """

    election_day: date
    days: int
    lenient: date
    strict: date
    recommended: date
    dispute: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Statutory days off and make-up workdays, with the years they are known for.

    In a year not covered only weekends and the statutory days count as days off, and results are provisional.
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    covered_years: frozenset[int] = frozenset()

    @classmethod
    def of(cls, off: Iterable[date], worked: Iterable[date]) -> "WorkCalendar":
        """The calendar of what has been entered so far: a year is known when no statutory day off is missing."""
        off = frozenset(off)
        known = (year for year in {day.year for day in off} if not missing(year, off))
        return cls(off, frozenset(worked), frozenset(known))

    def is_workday(self, day: date) -> bool:
        """True for a working day: make-up days count, holidays do not, otherwise Monday to Friday."""
        if day in statutory(day.year):
            return False
        if day in self.workdays:
            return True
        return day not in self.holidays and day.weekday() < 5


@dataclass(frozen=True, slots=True)
class WorkingDue:
    """The last day of a period of working days. `provisional` when a year's holidays were not yet known."""

    date: date
    provisional: bool
    formula: str
    citation: Citation


@rule("periods.add_months", "自某日起若干个月的最后一日", cites=[("civil_code", "end_of_months")])
def add_months(start: date, months: int) -> date:
    """The same day of the month `months` later, or the month's last day when there is none (11-30 + 3 → 02-28)."""
    if months < 0:
        raise ValueError("月数不能为负")
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if year > date.max.year:
        raise ValueError("日期超出可以计算的范围")
    return date(year, month, min(start.day, month_table.monthrange(year, month)[1]))


@rule("periods.within_days", "自某日起若干日内的最后一日", cites=[("civil_code", "day_not_counted")])
def within_days(start: date, days: int) -> date:
    """The last day of “N日内”: the first day is not counted (list published 10-21, five days → 10-26)."""
    if days < 0:
        raise ValueError("天数不能为负")
    return start + timedelta(days=days)


_BEFORE_FACTS = {20: "publish_roll", 15: "publish_candidates", 7: "publish_final_candidates", 5: "roll_appeal"}


@rule(
    "periods.before_election",
    "选举日的若干日以前",
    cites=[("election_law", "publish_roll"), ("election_law", "publish_candidates")],
)
def before_election(election_day: date, days: int) -> BeforeElection:
    """The latest day for publishing N days before the election, leniently, strictly, and as recommended.

    No holiday moves this day: the holiday rule of 民法典 203 lengthens forward periods, this one runs backwards.
    """
    if days < 1:
        raise ValueError("天数至少为一")
    lenient, strict = election_day - timedelta(days=days), election_day - timedelta(days=days + 1)
    citation = cite("election_law", _BEFORE_FACTS.get(days, ""), election_day)
    return BeforeElection(election_day, days, lenient, strict, strict, BEFORE_DISPUTE, citation)


@rule(
    "periods.check_before_election",
    "检查公布日是否早于选举日若干日",
    cites=[("election_law", "publish_roll"), ("election_law", "publish_final_candidates")],
)
def check_before_election(election_day: date, days: int, published_on: date) -> tuple[Finding, ...]:
    """Nothing when published by the strict day; a warning on the lenient day; a blocking finding after it."""
    return findings_before(before_election(election_day, days), published_on)


def findings_before(limit: BeforeElection, published_on: date) -> tuple[Finding, ...]:
    """What is to be said of a day against a limit before the election."""
    if published_on > limit.lenient:
        message = (
            f"公布日{chinese_date(published_on)}晚于选举日{chinese_date(limit.election_day)}的{limit.days}日以前"
            f"（最迟{chinese_date(limit.lenient)}）"
        )
        return (Finding("before_election.late", message, limit.citation),)
    if published_on > limit.strict:
        message = (
            f"公布日{chinese_date(published_on)}按减{limit.days}日计算正好满足，按满{limit.days}整日计算晚一日；"
            f"建议不迟于{chinese_date(limit.recommended)}公布"
        )
        return (Finding("before_election.disputed", message, limit.citation, blocking=False),)
    return ()


@rule("periods.check_rest", "期限的最后一日是休息日", cites=[("civil_code", "holiday_extension")])
def check_rest(last: date, calendar: WorkCalendar) -> tuple[Finding, ...]:
    """A warning where a period that runs forward ends on a day off: whether it ends on the day after the rest instead, as a period
    of private law does, no text of public law says. Nothing is moved; who was late by the rest alone is not told to be late outright.
    """
    if calendar.is_workday(last):
        return ()
    following = last + timedelta(days=1)
    while not calendar.is_workday(following):
        following += timedelta(days=1)
    message = (
        f"最后一日{chinese_date(last)}是休息日，按不顺延计算；民法典规定民事期间顺延到休息日结束的次日（{chinese_date(following)}），"
        "这一期限能否类推适用，法律没有写明"
    )
    return (Finding("period.rest", message, cite("civil_code", "holiday_extension", last), blocking=False),)


@rule("periods.add_working_days", "自某日起若干个工作日", cites=[("civil_code", "day_not_counted")])
def add_working_days(start: date, days: int, calendar: WorkCalendar) -> WorkingDue:
    """The last of N working days after `start` (not counted). Provisional when a year passed is not covered."""
    if not 1 <= days <= LONGEST_WORKING_DAYS:
        raise ValueError(f"工作日数应在一至{LONGEST_WORKING_DAYS}之间，至少为一")
    day, left = start, days
    years = {start.year}
    while left:
        day += timedelta(days=1)
        years.add(day.year)
        left -= calendar.is_workday(day)
    provisional = not years <= calendar.covered_years
    formula = f"{chinese_date(start)}起{days}个工作日（当日不计入）= {chinese_date(day)}"
    if provisional:
        formula += "（节假日安排尚未公布或者未录全，暂按周一至周五和法定节日推算）"
    return WorkingDue(day, provisional, formula, cite("civil_code", "day_not_counted", start))
