"""A report's figures beside those of the year before: the same definition, the same days a year earlier."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from congress import figures
from congress.figures import ELECTION, Computed, Figure, Kind
from congress.wording import NOTHING, percent
from reports import growth
from reports.models import AnnualReport, FigureUse

SEVERAL_YEARS = "报告期超过一年，不比较"
TWO_YEARS = "跨年度统计，不比较"
REDEFINED = "口径已变，不比较"
NO_RECORDS = "上年无记录"


@dataclass(frozen=True)
class Before:
    """What a figure was a year before: shown in words, with the step from it to the figure of now (增加3件); where the two
    do not compare, `why`. `kept` where it was computed with the report, `answer` what today's records say."""

    shown: str = NOTHING
    step: str = ""
    why: str = ""
    answer: Computed | None = None
    kept: bool = False


def a_year_before(day: date) -> date:
    """The same day of the year before; of 29 February the last of that February."""
    leap = (day.month, day.day) == (2, 29)
    return date(day.year - 1, 2, 28) if leap else day.replace(year=day.year - 1)


def computed_before(report: AnnualReport, keys: Iterable[str]) -> dict[str, Computed]:
    """Some figures as they were a year before the report's days by today's records, but for those of days that do not compare;
    as many statements as the figures of one year take. Call in a scope that reads the township."""
    known = figures.registered()
    asked = [key for key in keys if not _apart(report, known[key])]
    if not asked:
        return {}
    since = report.since and a_year_before(report.since)
    return figures.compute(asked, report.township, report.year - 1, a_year_before(report.cut_off), since)


def years_before(
    report: AnnualReport, uses: Mapping[str, FigureUse], told: Mapping[str, Computed] | None = None
) -> dict[str, Before]:
    """Each kept figure beside the year before: as that was kept with it, else (of a report begun earlier) as today's records
    tell it. `told` are the answers of today where they have been read already."""
    known = figures.registered()
    wanted = {key: known[key] for key in uses if key in known}
    answers = computed_before(report, wanted) if told is None else told
    return {key: _before(report, figure, uses[key], answers.get(key)) for key, figure in wanted.items()}


def _before(report: AnnualReport, figure: Figure, use: FigureUse, answer: Computed | None) -> Before:
    if why := _apart(report, figure):
        return Before(why=why)
    if use.last_cut_off is not None:
        if use.last_value is None:
            return Before(why=NO_RECORDS, answer=answer, kept=True)
        shown = figures.show(figure.kind, use.last_value, use.last_denominator, "")
        step = _step(figure, use, use.last_value, use.last_denominator)
        return Before(f"{shown}{figure.suffix}", step, answer=answer, kept=True)
    if answer is None or not answer.rows:
        return Before(why=NO_RECORDS, answer=answer)
    shown = f"{answer.shown}{figure.suffix}"
    if use.definition != answer.definition:
        return Before(shown, why=REDEFINED, answer=answer)
    return Before(shown, _step(figure, use, answer.value, answer.denominator), answer=answer)


def _apart(report: AnnualReport, figure: Figure) -> str:
    """Why the days of a figure are none of a year that could be compared; empty where they are."""
    if figure.period is ELECTION:
        return TWO_YEARS
    if report.since and report.since <= a_year_before(report.cut_off):
        return SEVERAL_YEARS
    return ""


def _step(figure: Figure, use: FigureUse, value: int, whole: int | None) -> str:
    """From what to what: 增加3件, 下降1.5个百分点; words have none, and a share of nothing."""
    if figure.kind is Kind.WORDS:
        return ""
    if figure.kind is Kind.COUNT:
        more = use.value - value
        return f"{'增加' if more > 0 else '减少'}{abs(more)}{figure.unit}" if more else growth.SAME
    if not use.denominator or not whole:
        return ""
    points = _hundredths(use.value, use.denominator) - _hundredths(value, whole)
    word = "提高" if points > 0 else "下降"
    return f"{word}{percent(abs(points), 10_000).removesuffix('%')}个百分点" if points else growth.SAME


def _hundredths(part: int, whole: int) -> int:
    """A share in hundredths of a per cent, rounded as `percent` shows it, so that what is shown subtracts."""
    return (part * 20000 + whole) // (2 * whole)
