"""Computing the figures of a report and keeping them with it."""

from collections.abc import Mapping
from datetime import date

from congress import clock, figures
from congress.figures import Computed
from congress.guard.action import action
from congress.guard.refusal import refuse_where
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


def check_cut_off(year: int, cut_off: date, on: date) -> None:
    """Raises Refused for a cut-off before the year begins or after the day of asking."""
    refuse_where(
        [
            (cut_off < date(year, 1, 1), f"数据截止日不能早于{year}年1月1日。", "cut_off"),
            (cut_off > on, "数据截止日不能晚于今天，否则每天的结果都会不同。", "cut_off"),
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
        "definition": computed.figure.definition,
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
        keep(current, figures.compute(figures.registered(), current.township, current.year, current.cut_off))
        known = figures.registered()
        act.detail = {"变动": [known[key].label if key in known else key for key in sorted(before)]}
    return before


def set_cut_off(actor, report: AnnualReport, *, cut_off: date, on: date, version=None) -> dict[str, annual.Drift]:
    """Move the cut-off day and compute every figure anew; gives what changed. `on` is today.

    Raises Refused for a day before the year or after `on`, Conflict when the report changed since `version`.
    """
    check_cut_off(report.year, cut_off, on)
    with action(verbs.CUT_OFF, actor=actor, subject=report, detail={"截止日": cut_off}):
        current = verbs.open_draft(report, version)
        current.cut_off = cut_off
        current.save()
        return recompute(actor, current)
