"""The county's townships side by side: the figures of their reports, whose number of queries does not grow with them."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, QuerySet

from congress import figures
from congress.figures import Computed
from congress.models import County, Township
from proposals.models import Suggestion
from proposals.queries.facts import answering_shares, facts_of, late_by

# The figures a county reads, in its words; each stands for the rows it leads to.
SHOWN = {
    "deputies.in_office": "代表",
    "receptions.count": "接待",
    "receptions.people": "人次",
    "receptions.matters": "意见",
    "receptions.resolved": "已解决",
    "suggestions.submitted": "建议",
    "suggestions.assigned": "交办",
    "suggestions.replied": "已答复",
    "suggestions.unanswered": "未答复",
    "suggestions.closed": "已办结",
    "suggestions.on_time_rate": "按期率",
}
ALSO = ("receptions.resolved_rate",)


@dataclass(frozen=True)
class Line:
    """One township's figures, or (None) those of all together, and how many replies are overdue now."""

    township: Township | None
    told: dict[str, Computed]
    overdue: int


def cut_off_of(year: int, today: date) -> date:
    """The day up to which a year is told: its last one once it is over."""
    return min(today, date(year, 12, 31))


def overview(county: County, year: int, today: date) -> tuple[list[Line], Line]:
    """What each township did in a year, and all together: the figures of a report with the same cut-off, and no others.
    Call in a scope that reads the townships."""
    townships = list(county.townships.select_related("county"))
    each = figures.compute_each([*SHOWN, *ALSO], townships, year, cut_off_of(year, today))
    late = dict(overdue(county, today).values_list("township").annotate(count=Count("pk")).order_by())
    lines = [Line(township, each[township.pk], late.get(township.pk, 0)) for township in townships]
    return lines, Line(None, _together(lines), sum(late.values()))


def _together(lines: list[Line]) -> dict[str, Computed]:
    if not lines:
        return {}
    whole = lines[0].told
    return {
        key: replace(one, rows=tuple(row for line in lines for row in line.told[key].rows))
        for key, one in whole.items()
    }


def overdue(county: County, today: date) -> QuerySet:
    """The suggestions without the reply of their present round although it was due, the longest overdue first."""
    return Suggestion.objects.filter(
        township__in=county.townships.all(), summary__owed=True, summary__due_on__lt=today
    ).order_by("summary__due_on", "township__code", "number")


def late_units(suggestion: Suggestion, today: date) -> str:
    """The units whose reply is overdue; `suggestion` is read with its facts."""
    parts = [(share, facts_of(suggestion).of(share.strand)) for share in answering_shares(suggestion)]
    late = [share for share, facts in parts if late_by(suggestion, today, facts)]
    return "、".join(str(share.unit) for share in late if share.returned_on is None)
