"""The shorter reports of the liveliest township: its last half year and month, issued, and a draft on this year's suggestions."""

from calendar import monthrange
from datetime import date, time, timedelta

from reports import actions
from reports.demo.diary import Story
from reports.demo.town import Town
from reports.kinds import BRIEF, HALF, SUGGESTIONS, ReportKind, month_before, year_in_hand
from reports.life import ANNUAL
from reports.models import AnnualReport
from reports.queries import annual

AT = time(17, 15)  # at the end of a day, and without a throw of the dice
OFFICE_NEEDS = timedelta(days=20)  # from the last day told to the issue
BEGUN = timedelta(days=5)  # the draft was begun so many days ago
ASKED = "请点出逾期没有答复的单位，写明下一步怎样督办。"


def stories(town: Town) -> list[tuple[date, Story]]:
    """Each with the day it begins."""
    today = town.diary.today
    year = today.year if today >= date(today.year, 6, 30) + OFFICE_NEEDS else today.year - 1
    half, month = date(year, 6, 30), _last_month(today)
    begun = today - BEGUN
    return [
        (town.diary.workday(half + timedelta(days=2)), _issued(town, HALF, half)),
        (town.diary.workday(month + timedelta(days=1)), _issued(town, BRIEF, month, month.month)),
        (begun, _draft(town, min(begun - timedelta(days=1), date(year_in_hand(begun), 12, 31)))),
    ]


def _last_month(today: date) -> date:
    """The last day of the newest month whose brief has gone out."""
    year, month = month_before(today.year, today.month)
    if today < date(today.year, today.month, 1) + OFFICE_NEEDS:
        year, month = month_before(year, month)
    return date(year, month, monthrange(year, month)[1])


def _issued(town: Town, kind: ReportKind, cut_off: date, month: int = 0) -> Story:
    """Written and handed in by the clerk, signed by the chair, sent out by the clerk."""
    report = _begin(town, kind, cut_off, month)
    yield 2
    ANNUAL.take("submit", town.clerk, report, on=town.today)
    yield 1
    ANNUAL.take("sign", town.chair, report, on=town.today)
    yield 1
    ANNUAL.take("issue", town.clerk, report, on=town.today)


def _draft(town: Town, cut_off: date) -> Story:
    """Begun for the coming congress; the chair has said what is missing, and the clerk has not answered."""
    report = _begin(town, SUGGESTIONS, cut_off)
    yield 1
    short = next(one for one in annual.sections(report) if "不足" in one.heading)
    ANNUAL.take("comment", town.chair, report, section=short, text=ASKED)


def _begin(town: Town, kind: ReportKind, cut_off: date, month: int = 0) -> AnnualReport:
    found = {"kind": kind.key, "year": cut_off.year, "month": month, "cut_off": cut_off}
    return actions.start(town.clerk, town.township, on=town.today, **found)
