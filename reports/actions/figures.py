"""Computing the figures of a report and keeping them with it."""

from collections.abc import Mapping
from datetime import date

from congress import clock, figures
from congress.figures import Computed
from congress.guard.bulk import update_many
from congress.law.deputies import TERM_YEARS
from congress.law.finding import Finding
from congress.law.numerals import chinese_date
from congress.steps import Attempt, change
from reports import growth
from reports.models import AnnualReport, FigureUse
from reports.queries import annual
from reports.queries.before import computed_before

_FIELDS = (
    "value",
    "denominator",
    "words",
    "period_from",
    "period_to",
    "cut_off",
    "definition",
    "rows",
    "rows_hash",
    "computed_at",
    "last_value",
    "last_denominator",
    "last_cut_off",
    "last_hash",
    "last_since",
    "version",
)


def against_period(report: AnnualReport, cut_off: date, on: date, since: date | None = None) -> list[Finding]:
    """What forbids a cut-off (before the period begins, after the day of asking) and a first day that cannot be."""
    first, year = report.of.days(report.year, report.month)[0], report.year
    least = max(min(first, since or first), date(year, 1, 1))
    longest = date(year - TERM_YEARS, 1, 1)
    checks = [
        (cut_off < least, f"数据截止日不能早于{chinese_date(least)}。", "cut_off"),
        (cut_off > on, "数据截止日不能晚于今天，否则每天的结果都会不同。", "cut_off"),
        (since is not None and since > min(cut_off, date(year, 12, 31)), "报告期不能在开始之前结束。", "since"),
        (
            since is not None and since < longest,
            f"报告期最长为一届，起始日不能早于{chinese_date(longest)}。",
            "since",
        ),
    ]
    return [Finding("period", message, field=field) for wrong, message, field in checks if wrong]


def values_of(computed: Computed, last: Computed | None) -> dict:
    """The fields of a kept figure: its answer, and that of the year before."""
    last = last if growth.compares(computed.figure) else None
    return {
        "value": computed.value,
        "denominator": computed.denominator,
        "words": computed.words[:400],
        "period_from": computed.period.start,
        "period_to": computed.period.end,
        "cut_off": computed.cut_off,
        "definition": computed.definition,
        "rows": [row.stored() | ({"word": row.word} if computed.figure.sorts else {}) for row in computed.rows],
        "rows_hash": computed.rows_hash,
        "computed_at": clock.now(),
        "last_value": last.value if last and last.rows else None,
        "last_denominator": last.denominator if last and last.rows else None,
        "last_cut_off": last.cut_off if last else None,
        "last_hash": last.rows_hash if last else "",
        "last_since": last.begun if last and last.rows else None,
    }


def keep(report: AnnualReport, computed: Mapping[str, Computed], before: Mapping[str, Computed]) -> None:
    """Write the figures beside the report with what they were the year before, new ones and old ones in two statements. Call
    inside an action."""
    kept = {use.key: use for use in report.figures.all()}
    new, old = [], []
    for key, answer in computed.items():
        use, values = kept.get(key), values_of(answer, before.get(key))
        if use is None:
            new.append(FigureUse(township=report.township, report=report, key=key, **values))
            continue
        for name, value in values.items():
            setattr(use, name, value)
        use.version += 1
        old.append(use)
    FigureUse.objects.bulk_create(new)
    update_many(old, _FIELDS)


def recompute(attempt: Attempt) -> dict:
    """Compute every figure anew for the report's days; what had changed is the step's outcome, by key, with its rows."""
    report, known = attempt.record, figures.registered()
    before = {key: drift for key, drift in annual.drifts(report).items() if drift.changed}
    keep(report, annual.computed(report), computed_before(report, known))
    attempt.outcome = before
    return {"变动": [known[key].label for key in sorted(before)]}


def check_days(attempt: Attempt) -> list[Finding]:
    """First day and cut-off as they were entered."""
    report = attempt.record
    since = report.of.since(report.year, report.month, attempt.data["since"])
    return against_period(report, attempt.data["cut_off"], attempt.on, since)


def set_period(attempt: Attempt) -> dict:
    """Move the first day (none: that of the year or month) and the cut-off, and compute every figure anew."""
    report, cut_off = attempt.record, attempt.data["cut_off"]
    since = report.of.since(report.year, report.month, attempt.data["since"])
    change(report, cut_off=cut_off, since=since)
    return {"截止日": cut_off, "起始日": since, **recompute(attempt)}
