"""A report's figures beside those of the year before: the same definition, the same days a year earlier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from congress import figures
from congress.figures import ELECTION, Computed, Figure, Kind
from congress.wording import NOTHING, percent
from reports.models import AnnualReport, FigureUse

SEVERAL_YEARS = "报告期超过一年，不比较"
TWO_YEARS = "跨年度统计，不比较"
REDEFINED = "口径已变，不比较"
NO_RECORDS = "上年无记录"


@dataclass(frozen=True)
class Before:
    """What a figure was a year before: shown in words, with the step from it to the figure of now (增加3件); where the two
    do not compare, `why`."""

    shown: str = NOTHING
    step: str = ""
    why: str = ""
    answer: Computed | None = None


def a_year_before(day: date) -> date:
    """The same day of the year before; of 29 February the last of that February."""
    leap = (day.month, day.day) == (2, 29)
    return date(day.year - 1, 2, 28) if leap else day.replace(year=day.year - 1)


def years_before(report: AnnualReport, uses: Mapping[str, FigureUse]) -> dict[str, Before]:
    """Each kept figure as it was a year before the report's days, told by today's records; as many statements as the figures
    of one year take. Call in a scope that reads the township."""
    known = figures.registered()
    wanted = {key: known[key] for key in uses if key in known}
    asked = [key for key, figure in wanted.items() if not _apart(report, figure)]
    since = report.since and a_year_before(report.since)
    cut_off = a_year_before(report.cut_off)
    told = figures.compute(asked, report.township, report.year - 1, cut_off, since) if asked else {}
    return {
        key: _beside(uses[key], told[key]) if key in told else Before(why=_apart(report, figure))
        for key, figure in wanted.items()
    }


def _apart(report: AnnualReport, figure: Figure) -> str:
    """Why the days of a figure are none of a year that could be compared; empty where they are."""
    if figure.period is ELECTION:
        return TWO_YEARS
    if report.since and report.since <= a_year_before(report.cut_off):
        return SEVERAL_YEARS
    return ""


def _beside(use: FigureUse, before: Computed) -> Before:
    figure = before.figure
    if not before.rows:
        return Before(why=NO_RECORDS, answer=before)
    shown = f"{before.shown}{figure.suffix}"
    if use.definition != before.definition:
        return Before(shown, why=REDEFINED, answer=before)
    return Before(shown, step=_step(use, before), answer=before)


def _step(use: FigureUse, before: Computed) -> str:
    """From what to what: 增加3件, 下降1.5个百分点; words have none, and a share of nothing."""
    if before.figure.kind is Kind.WORDS:
        return ""
    if before.figure.kind is Kind.COUNT:
        more = use.value - before.value
        return f"{'增加' if more > 0 else '减少'}{abs(more)}{before.figure.unit}" if more else "持平"
    if not use.denominator or not before.denominator:
        return ""
    points = _hundredths(use.value, use.denominator) - _hundredths(before.value, before.denominator)
    word = "提高" if points > 0 else "下降"
    return f"{word}{percent(abs(points), 10_000).removesuffix('%')}个百分点" if points else "持平"


def _hundredths(part: int, whole: int) -> int:
    """A share in hundredths of a per cent, rounded as `percent` shows it, so that what is shown subtracts."""
    return (part * 20000 + whole) // (2 * whole)
