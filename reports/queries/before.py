"""A report's figures beside those of the year before: the same definition, the same days a year earlier."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from congress import figures, recording
from congress.figures import ELECTION, Computed, Figure, Kind
from congress.wording import NOTHING, percent
from reports import growth
from reports.models import AnnualReport, FigureUse
from reports.story import Value

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
    as many statements as the figures of one year take, and one to ask since when each kind was recorded. Call in a scope that
    reads the township."""
    known = figures.registered()
    asked = [key for key in keys if not _apart(report, known[key])]
    if not asked:
        return {}
    since = report.since and a_year_before(report.since)
    told = figures.compute(asked, report.township, report.year - 1, a_year_before(report.cut_off), since)
    begun = recording.begun(report.township, {key: one.period for key, one in told.items()})
    return {key: replace(one, begun=begun.get(key)) for key, one in told.items()}


def comparable(before: Mapping[str, Computed]) -> dict[str, Value]:
    """What a year can be held against: the figures of the year before, but for those of which it recorded a part."""
    return {key: Value.of(one) for key, one in before.items() if one.begun is None}


def in_part(day: date) -> str:
    """That the year before was recorded from a day on, in words."""
    return f"上年{day.month}月{day.day}日起才有记录"


def partly(uses: Mapping[str, FigureUse], keys: Iterable[str]) -> list[str]:
    """Of which figures the year before was recorded in part and what that means for the text, a sentence for each day."""
    known, found = figures.registered(), dict[date, list[str]]()
    for key in dict.fromkeys(keys):
        if key in uses and key in known and (since := uses[key].last_since) is not None:
            found.setdefault(since, []).append(known[key].label)
    return [f"{'、'.join(labels)}{in_part(since)}，没有同上年比较。" for since, labels in sorted(found.items())]


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
        if use.last_since is not None:
            return Before(f"{shown}{figure.suffix}", why=f"{in_part(use.last_since)}，不比较", answer=answer, kept=True)
        step = _step(figure, use, use.last_value, use.last_denominator)
        return Before(f"{shown}{figure.suffix}", step, answer=answer, kept=True)
    if answer is None or not answer.rows:
        return Before(why=NO_RECORDS, answer=answer)
    shown = f"{answer.shown}{figure.suffix}"
    if answer.begun is not None:
        return Before(shown, why=f"{in_part(answer.begun)}，不比较", answer=answer)
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
