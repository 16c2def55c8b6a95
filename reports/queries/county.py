"""The county's townships side by side: grouped counts, whose number of queries does not grow with the townships."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, Sum

from congress.guard.record import kept
from congress.law.suggestions import Due
from congress.models import County, Township
from congress.wording import percent
from deputies.models import Level
from deputies.queries import seats_held
from proposals import stages
from proposals.models import Matter, Reception, Suggestion
from proposals.queries.facts import facts_of, with_facts

# The stages of a suggestion as a county reads them.
WAITING = frozenset({stages.Stage.SUBMITTED}) | stages.AWAITS_CHAIR
GROUPS = (
    ("waiting", "待交办", WAITING),
    ("handling", "办理中", stages.IN_HANDLING),
    ("replied", "已答复", frozenset({stages.Stage.REPLIED})),
    ("closed", "已办结", frozenset({stages.Stage.CLOSED})),
)
NOT_COUNTED = frozenset({stages.Stage.DECLINED, stages.Stage.WITHDRAWN})


@dataclass
class Line:
    """One township's numbers."""

    township: Township
    deputies: int = 0
    receptions: int = 0
    people: int = 0
    matters: int = 0
    resolved: int = 0
    declined: int = 0
    suggestions: int = 0
    waiting: int = 0
    handling: int = 0
    replied: int = 0
    closed: int = 0
    overdue: int = 0
    in_time: int = 0
    judged: int = 0

    @property
    def on_time(self) -> str:
        """The share answered in time, of those answered or due."""
        return percent(self.in_time, self.judged)

    @property
    def resolved_share(self) -> str:
        """The share of matters that are resolved, of those not sent elsewhere: the report's 办结率."""
        return percent(self.resolved, self.matters - self.declined)


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


@dataclass
class Overview:
    """All lines and their sum."""

    lines: list[Line] = field(default_factory=list)

    @property
    def total(self) -> Line:
        """The county as a whole."""
        sums = {
            name: sum(getattr(line, name) for line in self.lines)
            for name in Line.__dataclass_fields__
            if name != "township"
        }
        return Line(None, **sums)


def overview(county: County, year: int, today: date) -> Overview:
    """What each township did in a year, as the records of today tell. Call in a scope that reads the townships."""
    lines = {township.pk: Line(township) for township in county.townships.all()}
    _people(lines, today)
    _receptions(lines, year)
    rows = _kept(lines).filter(submitted_on__year=year)
    for suggestion in with_facts(rows):
        _count(lines[suggestion.township_id], suggestion, today)
    for late in overdue(county, today):
        lines[late.suggestion.township_id].overdue += 1
    return Overview(list(lines.values()))


def _people(lines: dict[int, Line], today: date) -> None:
    held = seats_held(today, Level.TOWNSHIP).filter(township__in=lines)
    for row in held.order_by().values("township").annotate(count=Count("pk")):
        lines[row["township"]].deputies = row["count"]


def _receptions(lines: dict[int, Line], year: int) -> None:
    held = Reception.objects.kept().filter(township__in=lines, held_on__year=year)
    for row in held.order_by().values("township").annotate(count=Count("pk"), people=Sum("people")):
        line = lines[row["township"]]
        line.receptions, line.people = row["count"], row["people"]
    raised = Matter.objects.kept().filter(kept("reception"), township__in=lines, reception__held_on__year=year)
    done = Count("pk", filter=Q(resolved_on__isnull=False))
    sent_on = Count("pk", filter=Q(channel=Matter.Channel.DECLINED))
    for row in raised.order_by().values("township").annotate(count=Count("pk"), done=done, declined=sent_on):
        line = lines[row["township"]]
        line.matters, line.resolved, line.declined = row["count"], row["done"], row["declined"]


def _kept(townships):
    return Suggestion.objects.kept().filter(township__in=townships)


def _count(line: Line, suggestion: Suggestion, today: date) -> None:
    facts = facts_of(suggestion)
    stage = stages.stage(facts)
    if stage in NOT_COUNTED:
        return
    line.suggestions += 1
    for name, _, members in GROUPS:
        if stage in members:
            setattr(line, name, getattr(line, name) + 1)
    if not facts.rounds:
        return
    first = facts.rounds[0]
    due = stages.due_of(facts, first, suggestion.township.pack).date
    if first.replied_on or due < today:
        line.judged += 1
        line.in_time += bool(first.replied_on and first.replied_on <= due)


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
