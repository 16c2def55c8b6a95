"""The county's townships side by side: the figures of their reports, whose number of queries does not grow with them."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from congress import figures
from congress.figures import Computed
from congress.law.suggestions import Due
from congress.models import County, Township
from proposals import stages
from proposals.models import Suggestion
from proposals.queries.facts import facts_of, with_facts

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
    """A suggestion whose reply is overdue."""

    suggestion: Suggestion
    due: Due
    days: int

    @property
    def unit(self) -> str:
        """The lead unit that has it now."""
        leads = [share for share in self.suggestion.assignments.all() if share.part == "lead" and not share.returned_on]
        return str(leads[-1].unit) if leads else ""


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
        facts = facts_of(suggestion)
        due = stages.due(facts, suggestion.township.pack, suggestion.office_months or 1)
        waiting = facts.now is not None and facts.now.replied_on is None and stages.stage(facts) not in stages.ENDED
        if waiting and due is not None and due.date < today:
            found.append(Overdue(suggestion, due, (today - due.date).days))
    return sorted(found, key=lambda late: (-late.days, late.suggestion.township.code, late.suggestion.number))
