"""The county's townships side by side: the figures of their reports, whose number of queries does not grow with them."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from congress import figures
from congress.figures import Computed
from congress.law.suggestions import Due
from congress.models import County, Township
from proposals.models import Assignment, Suggestion
from proposals.queries.facts import answering_shares, due_of, facts_of, late_by, owed, with_facts

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


@dataclass(frozen=True)
class Overdue:
    """A suggestion whose reply is overdue, by the clock that ran out first, and the units that owe one."""

    suggestion: Suggestion
    due: Due
    days: int
    unit: str


def cut_off_of(year: int, today: date) -> date:
    """The day up to which a year is told: its last one once it is over."""
    return min(today, date(year, 12, 31))


def overview(county: County, year: int, today: date) -> tuple[list[Line], Line]:
    """What each township did in a year, and all together: the figures of a report with the same cut-off, and no others.
    Call in a scope that reads the townships."""
    townships = list(county.townships.select_related("county"))
    each = figures.compute_each([*SHOWN, *ALSO], townships, year, cut_off_of(year, today))
    late = Counter(one.suggestion.township_id for one in overdue(county, today))
    lines = [Line(township, each[township.pk], late[township.pk]) for township in townships]
    return lines, Line(None, _together(lines), sum(late.values()))


def _together(lines: list[Line]) -> dict[str, Computed]:
    if not lines:
        return {}
    whole = lines[0].told
    return {
        key: replace(one, rows=tuple(row for line in lines for row in line.told[key].rows))
        for key, one in whole.items()
    }


def _kept(townships):
    return Suggestion.objects.kept().filter(township__in=townships)


def overdue(county: County, today: date) -> list[Overdue]:
    """Every open suggestion without the reply of its present round although it was due, the longest overdue first."""
    open_rows = _kept(county.townships.all()).filter(
        declined_on__isnull=True, closed_on__isnull=True, assigned_on__isnull=False
    )
    found = []
    for suggestion in with_facts(open_rows):
        late = _late_shares(suggestion, today)
        if late:
            due = min((due for _, due in late), key=lambda due: due.date)
            units = "、".join(str(share.unit) for share, _ in late if share.returned_on is None)
            found.append(Overdue(suggestion, due, (today - due.date).days, units))
    return sorted(found, key=lambda late: (-late.days, late.suggestion.township.code, late.suggestion.number))


def _late_shares(suggestion: Suggestion, today: date) -> list[tuple[Assignment, Due]]:
    """The shares whose reply is overdue, with their last day."""
    if not owed(suggestion):
        return []
    parts = [(share, facts_of(suggestion).of(share.strand)) for share in answering_shares(suggestion)]
    return [(share, due_of(suggestion, facts)) for share, facts in parts if late_by(suggestion, today, facts)]
