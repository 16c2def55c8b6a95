"""The kinds of reports: for which days each is written, what it is called, in which form it goes out. Pure.

All else is one machinery for every kind: figures, sentences, editing, comments, signature, papers, versions.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from congress.law.numerals import chinese_date

OCTOBER, JUNE = 10, 6  # from then on one writes the report of the running year, of its first half
MONTH_IS_ALMOST_OVER = 25  # the day from which on one writes the brief of the running month


class Way(TextChoices):
    """As what a report goes out, from which follows what stands above and below its text (GB/T 9704 7.2, 7.4)."""

    MEETING = "meeting", "报告人民代表大会会议（没有版头）"
    UPWARD = "upward", "上报县级人大常委会（有版头和签发人）"
    INTERNAL = "internal", "本级印发（有版头、版记和抄送）"
    BRIEF = "brief", "编发简报（有报头和期号）"


PAPERS = (Way.MEETING, Way.UPWARD, Way.INTERNAL)


def year_in_hand(today: date) -> int:
    """The year whose report is written now: until autumn the one that is over. What is planned now is for the year after it."""
    return today.year if today.month >= OCTOBER else today.year - 1


def _a_year(today: date) -> tuple[int, int]:
    return year_in_hand(today), 0


def _half_a_year(today: date) -> tuple[int, int]:
    return (today.year if today.month >= JUNE else today.year - 1), 0


def _a_month(today: date) -> tuple[int, int]:
    if today.day >= MONTH_IS_ALMOST_OVER:
        return today.year, today.month
    return month_before(today.year, today.month)


def month_before(year: int, month: int) -> tuple[int, int]:
    """The month before one."""
    return (year, month - 1) if month > 1 else (year - 1, 12)


@dataclass(frozen=True)
class ReportKind:
    """A kind of report. In its words {office}, {town}, {committee}, {year}, {coming}, {month} and {topic} are filled in.

    `proposed(today)` tells the year and month one writes of now; `months` are the first and the last month of a period
    that is counted by years. `ways` are the forms it may go out in, the usual one first; `paper` is the key of its kind of
    document, `structure` that with which a township begins. `subjects` are the figures (by the first half of their keys)
    whose shortcomings it tells; none means all.
    """

    key: str
    label: str
    called: str
    title: tuple[str, ...]
    period: str
    paper: str
    structure: str
    ways: tuple[Way, ...] = PAPERS
    salutation: str = ""
    copies: str = ""
    proposed: Callable[[date], tuple[int, int]] = _a_year
    months: tuple[int, int] = (1, 12)
    monthly: bool = False
    topical: bool = False
    subjects: tuple[str, ...] = ()

    def days(self, year: int, month: int = 0) -> tuple[date, date]:
        """The first and the last day one of them tells of unless others are said."""
        first, last = (month, month) if self.monthly else self.months
        return date(year, first, 1), date(year, last, monthrange(year, last)[1])

    def since(self, year: int, month: int, wanted: date | None) -> date | None:
        """The first day as it is kept: none where it is that of the year."""
        first = self.days(year, month)[0]
        return wanted or (first if first.month > 1 or self.monthly else None)

    def before(self, year: int, month: int) -> tuple[int, int]:
        """The period before one."""
        return month_before(year, month) if self.monthly else (year - 1, 0)

    def spoken(self, year: int, month: int, since: date | None, cut_off: date) -> str:
        """The days of a report in words: 2026年上半年, or from when until when where it tells of others."""
        first, last = self.days(year, month)
        if (since or date(year, 1, 1)) == first and min(cut_off, date(year, 12, 31)) <= last:
            return self.period.format(year=year, month=month)
        return f"{chinese_date(since or first)}至{chinese_date(cut_off)}"

    def tells(self, figure: str) -> bool:
        """Whether it speaks of what a figure counts."""
        return not self.subjects or figure.partition(".")[0] in self.subjects


WORK = ("deputies", "presidium", "promises", "receptions", "sessions", "stations", "suggestions")
ANNUAL = ReportKind(
    key="annual",
    label="年度工作报告",
    called="{year}年度工作报告",
    title=("{office}", "{year}年工作总结和{coming}年工作安排"),
    period="{year}年",
    paper="annual_report",
    structure="seed",
)
HALF = ReportKind(
    key="half",
    label="半年工作小结",
    called="{year}年上半年工作小结",
    title=("{office}", "{year}年上半年工作小结和下半年工作安排"),
    period="{year}年上半年",
    paper="half_year_report",
    structure="half",
    ways=(Way.INTERNAL, Way.MEETING, Way.UPWARD),
    copies="{committee}办公室",
    proposed=_half_a_year,
    months=(1, 6),
    subjects=WORK,
)
SUGGESTIONS = ReportKind(
    key="suggestions",
    label="代表建议办理情况的报告",
    called="{year}年代表建议办理情况的报告",
    title=("{office}", "关于{year}年代表建议、批评和意见", "办理情况的报告"),
    period="{year}年",
    paper="suggestions_report",
    structure="suggestions",
    salutation="各位代表：",
    subjects=("suggestions", "promises"),
)
UPWARD = ReportKind(
    key="upward",
    label="向县级人大常委会的报告",
    called="{year}年{topic}情况的报告",
    title=("{office}", "关于{year}年{topic}情况的报告"),
    period="{year}年",
    paper="upward_report",
    structure="upward",
    ways=(Way.UPWARD, Way.INTERNAL),
    salutation="{committee}：",
    topical=True,
    subjects=WORK,
)
BRIEF = ReportKind(
    key="brief",
    label="工作简报",
    called="{year}年{month}月工作简报",
    title=("{town}人大{year}年{month}月工作情况",),
    period="{year}年{month}月",
    paper="work_brief",
    structure="brief",
    ways=(Way.BRIEF,),
    copies="{committee}办公室",
    proposed=_a_month,
    monthly=True,
    subjects=WORK,
)
KINDS = {kind.key: kind for kind in (ANNUAL, HALF, SUGGESTIONS, UPWARD, BRIEF)}
CHOICES = [(kind.key, kind.label) for kind in KINDS.values()]
