"""Computing the figures of a report and keeping them with it."""

from collections.abc import Mapping
from datetime import date

from congress import clock, figures
from congress.figures import Computed
from congress.guard.action import action
from congress.guard.refusal import refuse_where
from congress.law.numerals import chinese_date
from reports.actions import verbs
from reports.models import AnnualReport, FigureUse
from reports.queries import annual

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
    "version",
)


YEARS = 5  # of a term: the longest time a report tells of


def check_period(year: int, cut_off: date, on: date, since: date | None = None) -> None:
    """Raises Refused for a cut-off before the year begins or after the day of asking, and for a first day that cannot be."""
    refuse_where(
        [
            (cut_off < date(year, 1, 1), f"数据截止日不能早于{year}年1月1日。", "cut_off"),
            (cut_off > on, "数据截止日不能晚于今天，否则每天的结果都会不同。", "cut_off"),
            (since is not None and since > min(cut_off, date(year, 12, 31)), "报告期不能在开始之前结束。", "since"),
            (
                since is not None and since < date(year - YEARS, 1, 1),
                f"报告期最长为一届，起始日不能早于{chinese_date(date(year - YEARS, 1, 1))}。",
                "since",
            ),
        ]
    )


def _values(computed: Computed) -> dict:
    return {
        "value": computed.value,
        "denominator": computed.denominator,
        "words": computed.words[:400],
        "period_from": computed.period.start,
        "period_to": computed.period.end,
        "cut_off": computed.cut_off,
        "definition": computed.definition,
        "rows": [row.stored() for row in computed.rows],
        "rows_hash": computed.rows_hash,
        "computed_at": clock.now(),
    }


def keep(report: AnnualReport, computed: Mapping[str, Computed]) -> None:
    """Write the figures beside the report, new ones and old ones in two statements. Call inside an action."""
    kept = {use.key: use for use in report.figures.all()}
    new, old = [], []
    for key, answer in computed.items():
        use = kept.get(key)
        if use is None:
            new.append(FigureUse(township=report.township, report=report, key=key, **_values(answer)))
            continue
        for name, value in _values(answer).items():
            setattr(use, name, value)
        use.version += 1
        old.append(use)
    FigureUse.objects.bulk_create(new)
    FigureUse.objects.bulk_update(old, _FIELDS)


def recompute(actor, report: AnnualReport, *, version=None) -> dict[str, annual.Drift]:
    """Compute every figure anew for the report's cut-off. Gives what had changed, by key, with the rows concerned.

    Raises Refused when the report has been issued.
    """
    with action(verbs.COMPUTE, actor=actor, subject=report) as act:
        current = verbs.open_draft(report, version)
        before = {key: drift for key, drift in annual.drifts(current).items() if drift.changed}
        keep(current, annual.computed(current))
        known = figures.registered()
        act.detail = {"变动": [known[key].label if key in known else key for key in sorted(before)]}
    return before


def set_period(
    actor, report: AnnualReport, *, cut_off: date, on: date, since: date | None = None, version=None
) -> dict[str, annual.Drift]:
    """Move the first day (None: the year's) and the cut-off, and compute every figure anew; gives what changed.

    `on` is today. Raises Refused for days that cannot be, Conflict when the report changed since `version`.
    """
    check_period(report.year, cut_off, on, since)
    with action(verbs.CUT_OFF, actor=actor, subject=report, detail={"截止日": cut_off, "起始日": since}):
        current = verbs.open_draft(report, version)
        current.cut_off, current.since = cut_off, since
        current.save()
        return recompute(actor, current)
