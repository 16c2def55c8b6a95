"""One registry of deadlines: what is open, when it is due by which article, and who is to be reminded.

Due days are derived from facts, and kept beside them by their `sources`, so that board and counts read by index. The sweep
finds for each open day the latest step reached and inserts its message under a unique key, so running it twice, or after
three days down, sends exactly one.
"""

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator
from copy import copy
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat

from congress import clock
from congress.guard import scope
from congress.law.finding import Citation
from congress.law.periods import WorkCalendar
from congress.models import DueDay, Membership, Message, Role, Township, Unit, User
from congress.permissions import lasts
from congress.prepared import AnyOf, Prepared, given
from congress.work import outbox, sources
from congress.work.sources import Changes, Source
from congress.work.workdays import at_rest, work_calendar

STEPS = (30, 7, 1, 0, -1, -7, -30)
CHUNK = 100
TOLD = ("title", "url", "why", "citation", "units", "is_open")  # what may change of a due day that stands


OFFICE_ONLY = "内部时限，非法定"


@dataclass(frozen=True, slots=True)
class OfficeDue:
    """A last day set by the office itself: looks like the law's answer and never claims to be one."""

    date: date
    formula: str
    start: date
    citation: None = None
    statutory: bool = False
    provisional: bool = False
    note: str = OFFICE_ONLY


@dataclass(frozen=True)
class Opened:
    """An open subject: the law's answer when it is due (with .date, .formula, .citation), whom to remind, which units act."""

    subject: Any
    due: Any
    tell: Callable[[], Iterable[User]] = tuple
    units: Collection = ()

    @property
    def people(self) -> list[User]:
        """The users to remind, each once."""
        return list({user.pk: user for user in self.tell()}.values())

    @property
    def why(self) -> str:
        """Why it is that day, with what a reader must know of the rule (that townships only refer to it, what is open)."""
        note = getattr(self.due, "note", "")
        return "；".join(filter(None, (self.due.formula, "" if note in self.due.formula else note)))

    def told(self, calendar: WorkCalendar) -> str:
        """The same with what is open where a period of the law ends on a day off."""
        rest = at_rest(self.due.date, calendar) if getattr(self.due, "forward", False) else []
        return "；".join((self.why, *(one.message for one in rest)))


@dataclass(frozen=True)
class Deadline:
    """A kind of deadline: `opened(read)` picks from what its source reads what is open and due."""

    key: str
    label: str
    source: Source
    opened: Callable[[Any], Iterable[Opened]]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    remind: tuple[int, ...] = STEPS


@dataclass(frozen=True)
class Line:
    """A line of the deadline board."""

    deadline: Deadline
    row: DueDay
    days_left: int

    @property
    def title(self) -> str:
        return self.row.title

    @property
    def due_on(self) -> date:
        return self.row.due_on

    @property
    def url(self) -> str:
        return self.row.url

    @property
    def overdue(self) -> bool:
        return self.days_left < 0

    @property
    def opened(self) -> Opened:
        """What it stands for, read from the facts. Raises StopIteration when they say otherwise by now."""
        opened = self.deadline.opened(self.deadline.source.read([self.row.subject]))
        return next(one for one in opened if one.due.date == self.row.due_on)


class Accounts:
    """Accounts by (township, role, unit) for all rows at once, read when the first is asked for; unit is None for the
    office's own people. One query, and one for each of those asked for whose role lasts until a day."""

    def __init__(self, rows: Iterable):
        self.townships = {row.township_id for row in rows}
        self._lasting: dict[int, bool] = {}

    @cached_property
    def _found(self) -> dict[tuple, list[Membership]]:
        found: dict[tuple, list[Membership]] = {}
        memberships = Membership.objects.filter(
            township_id__in=self.townships, ended_at__isnull=True, user__is_active=True
        ).select_related("user", "township")
        for membership in memberships:
            key = (membership.township_id, membership.role, membership.unit_id)
            found.setdefault(key, []).append(membership)
        return found

    def of(self, row, role: str, unit=None) -> list[User]:
        """The accounts of a role in a row's township, or of a unit there."""
        return self._users(self._found.get((row.township_id, role, unit), []))

    def deputies(self, row, accounts: Collection) -> list[User]:
        """Those of these accounts, by key, that a deputy of a row's township has: nobody else can open the page."""
        held = self._found.get((row.township_id, Role.DEPUTY, None), [])
        return self._users(one for one in held if one.user_id in accounts)

    def _users(self, held: Iterable[Membership]) -> list[User]:
        # On the day a role ends the night has not ended it yet.
        return [one.user for one in held if self._lasts(one)]

    def _lasts(self, membership: Membership) -> bool:
        if membership.pk not in self._lasting:
            self._lasting[membership.pk] = lasts(membership)
        return self._lasting[membership.pk]

    def office(self, row) -> list[User]:
        """The clerk's and the chair's accounts in a row's township."""
        return [*self.of(row, Role.CLERK), *self.of(row, Role.CHAIR)]


_deadlines: dict[str, Deadline] = {}


def register(deadline: Deadline) -> None:
    """Add a kind of deadline. Raises ValueError when the key is taken."""
    if _deadlines.setdefault(deadline.key, deadline) is not deadline:
        raise ValueError(f"deadline {deadline.key} is registered twice")
    kept = next((one for one in deadline.source.derived if isinstance(one, DueDaysOf)), None)
    if kept is None:
        kept = DueDaysOf({})
        deadline.source.derived.append(kept)
    kept.deadlines[deadline.key] = deadline


def registered() -> dict[str, Deadline]:
    """Every kind by key."""
    return dict(_deadlines)


@dataclass(eq=False)
class DueDaysOf:
    """The due days of one source's kinds."""

    deadlines: dict[str, Deadline]

    def changes(self, read: Any, subjects: Collection | None) -> Changes:
        """What differs from the days that are kept."""
        wanted = {(row.key, row.subject, row.due_on): row for row in self._derived(read)}
        if subjects is None:  # those that are over matter only where one is waited for again
            waited = Q(is_open=True) | Q(subject__in=[subject for _, subject, _ in wanted])
            kept = list(DueDay.objects.filter(waited, key__in=self.deadlines))
        else:
            kept = _KEPT(kinds=list(self.deadlines), subjects=list(subjects))
        found = Changes(fields=TOLD)
        for row in kept:
            told = wanted.pop((row.key, row.subject, row.due_on), None)
            if told is None:
                told = copy(row)
                told.is_open = False
            if any(getattr(row, name) != getattr(told, name) for name in TOLD):
                for name in TOLD:
                    setattr(row, name, getattr(told, name))
                found.changed.append(row)
        found.new = list(wanted.values())
        return found

    def _derived(self, read: Any) -> Iterator[DueDay]:
        calendar = work_calendar()
        for deadline in self.deadlines.values():
            for opened in deadline.opened(read):
                subject, citation = opened.subject, opened.due.citation
                yield DueDay(
                    township_id=subject.township_id,
                    key=deadline.key,
                    subject=subject.pk,
                    due_on=opened.due.date,
                    title=deadline.title(subject)[:200],
                    url=deadline.url(subject),
                    why=opened.told(calendar),
                    citation=asdict(citation) if citation else None,
                    units=sorted(opened.units),
                )


_KEPT = Prepared(lambda: DueDay.objects.filter(AnyOf("key", given("kinds")), AnyOf("subject", given("subjects"))))


def open_days() -> QuerySet:
    """Everything waited for in the current scope, the most urgent first."""
    return DueDay.objects.open().filter(key__in=_deadlines).order_by("due_on", "title", "pk")


def grounded(word: str) -> QuerySet:
    """The open due days whose ground is called by a word; one more query, for the few grounds there are."""
    days = open_days()
    grounds = days.exclude(citation=None).order_by().values_list("citation", flat=True).distinct()
    return days.filter(citation__in=[ground for ground in grounds if word in str(Citation(**ground))])


def lines(rows: Iterable[DueDay], today: date | None = None) -> list[Line]:
    """Due days as the board tells them."""
    today = today or clock.today()
    return [Line(_deadlines[row.key], row, (row.due_on - today).days) for row in rows]


def board(today: date | None = None) -> list[Line]:
    """Everything waited for in the current scope, the most urgent first."""
    return lines(open_days(), today)


def stands(message: Message) -> bool:
    """Whether what a reminder speaks of is still open, still due on that day and still its recipient's to do; True for any
    other message.

    Asked again before a reminder leaves the house, inside the scope of its township: a reply may have come meanwhile.
    """
    deadline = _deadlines.get(message.kind)
    if deadline is None:
        return True
    _, pk, due, _ = message.key.rsplit(":", 3)
    open_now = deadline.opened(deadline.source.read([pk]))
    mine = [one for one in open_now if (str(one.subject.pk), str(one.due.date)) == (pk, due)]
    if message.unit_id:
        return any(message.unit_id in opened.units for opened in mine)
    return any(message.recipient_id in {user.pk for user in opened.people} for opened in mine)


def _step_passed(deadline: Deadline, today: date) -> Case:
    """The latest step its due days have passed, null before the first; asked of the database."""
    cases = (When(due_on__lte=today + timedelta(days=step), then=Value(step)) for step in sorted(deadline.remind))
    return Case(*cases, default=None, output_field=IntegerField())


def _unsaid(deadline: Deadline, today: date) -> list[tuple[DueDay, int]]:
    """Due days of a kind, each with the step it has passed of which nobody has been reminded."""
    days = open_days().filter(key=deadline.key).annotate(step=_step_passed(deadline, today)).filter(step__isnull=False)
    key = Concat(
        Value(f"{deadline.key}:"),
        Cast("subject", TextField()),
        Value(":"),
        Cast("due_on", TextField()),
        Value(":"),
        Cast("step", TextField()),
        output_field=TextField(),
    )
    said = Message.objects.filter(township=OuterRef("township"), key=OuterRef("told"))
    return [(row, row.step) for row in days.annotate(told=key).filter(~Exists(said))]


def sweep(township: Township, today: date | None = None) -> int:
    """Remind of everything open in a township; returns how many messages are new. Safe to kill and to repeat.

    What hangs on the day as well, or on rules that have changed, is derived anew first.
    """
    today = today or clock.today()
    if sources.stale(township):
        sources.renew(township)
    with scope.township(township):
        for source in sources.registered():
            if source.daily:
                sources.tell(source)
        unsaid = [(deadline, *found) for deadline in _deadlines.values() for found in _unsaid(deadline, today)]
    new = 0
    for start in range(0, len(unsaid), CHUNK):
        with scope.township(township), transaction.atomic():
            new += outbox.send(township, list(_notes(unsaid[start : start + CHUNK], today)))
    return new


def _notes(unsaid: list[tuple[Deadline, DueDay, int]], today: date) -> Iterator[outbox.Note]:
    """The reminders of some due days, to those whom the facts name now."""
    calendar = work_calendar()
    for deadline, group in itertools.groupby(unsaid, key=lambda one: one[0]):
        steps = {(row.subject, row.due_on): step for _, row, step in group}
        reached = [
            (opened, step)
            for opened in deadline.opened(deadline.source.read([subject for subject, _ in steps]))
            if (step := steps.get((opened.subject.pk, opened.due.date))) is not None
        ]
        units = outbox.reached({unit for opened, _ in reached for unit in opened.units})
        for opened, step in reached:
            ours = [units[key] for key in opened.units if key in units]
            yield from _notes_of(deadline, opened, step, today, ours, opened.told(calendar))


def _notes_of(
    deadline: Deadline, opened: Opened, step: int, today: date, units: list[Unit], why: str
) -> Iterator[outbox.Note]:
    """To the people, and to the units that act where they have a group of their own; `why` it is that day."""
    left = (opened.due.date - today).days
    state = f"还有{left}天" if left > 0 else "今天到期" if left == 0 else f"已逾期{-left}天"
    ground = f"依据：{opened.due.citation}。" if opened.due.citation else ""
    said = {
        "key": f"{deadline.key}:{opened.subject.pk}:{opened.due.date}:{step}",
        "kind": deadline.key,
        "title": f"{deadline.label}{state}：{deadline.title(opened.subject)}"[:120],
        "body": f"{why}。{ground}",
        "url": deadline.url(opened.subject),
    }
    for user in opened.people:
        yield outbox.Note(recipient=user, **said)
    for unit in units:
        yield outbox.Note(unit=unit, **said)
