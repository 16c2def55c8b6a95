"""One registry of deadlines: what is open, when it is due by which article, and who is to be reminded.

Due dates are derived from facts and never stored. The sweep finds for each open subject the latest step reached and
inserts its message under a unique key, so running it twice, or after three days down, sends exactly one.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from congress import clock
from congress.guard import scope
from congress.models import Membership, Message, Role, Township, User
from congress.work import outbox

STEPS = (30, 7, 1, 0, -1, -7, -30)
CHUNK = 100


@dataclass(frozen=True)
class Opened:
    """An open subject: the law's answer when it is due (with .date, .formula, .citation) and the users to remind."""

    subject: object
    due: object
    people: Sequence[User] = ()


@dataclass(frozen=True)
class Deadline:
    """A kind of deadline.

    `read(only)` reads inside the current scope what may be open, with all that is needed to tell: everything, or the
    subjects with these keys. `opened(read)` picks from it what is open and due. Kinds that share one `read` share what
    it reads.
    """

    key: str
    label: str
    read: Callable[[Collection | None], Any]
    opened: Callable[[Any], Iterable[Opened]]
    title: Callable[[object], str]
    url: Callable[[object], str]
    remind: tuple[int, ...] = STEPS


@dataclass(frozen=True)
class Line:
    """A line of the deadline board."""

    deadline: Deadline
    opened: Opened
    days_left: int

    @property
    def subject(self) -> object:
        return self.opened.subject

    @property
    def due(self) -> Any:
        return self.opened.due

    @property
    def title(self) -> str:
        return self.deadline.title(self.subject)

    @property
    def url(self) -> str:
        return self.deadline.url(self.subject)

    @property
    def why(self) -> str:
        """Why it is that day, with what a reader must know of the rule (that townships only refer to it, what is open)."""
        return "；".join(filter(None, (self.due.formula, getattr(self.due, "note", ""))))

    @property
    def overdue(self) -> bool:
        return self.days_left < 0


def accounts_of(rows: Iterable) -> dict[tuple, list[User]]:
    """Accounts by (township, role, unit) for all rows at once; unit is None for the office's own people. One query."""
    found: dict[tuple, list[User]] = {}
    memberships = Membership.objects.filter(
        township_id__in={row.township_id for row in rows}, ended_at__isnull=True, user__is_active=True
    ).select_related("user")
    for membership in memberships:
        found.setdefault((membership.township_id, membership.role, membership.unit_id), []).append(membership.user)
    return found


def office(row, accounts: dict[tuple, list[User]]) -> list[User]:
    """The clerk's and the chair's accounts in a row's township."""
    roles = (Role.CLERK, Role.CHAIR)
    return [user for role in roles for user in accounts.get((row.township_id, role, None), [])]


_deadlines: dict[str, Deadline] = {}


def register(deadline: Deadline) -> None:
    """Add a kind of deadline. Raises ValueError when the key is taken."""
    if _deadlines.setdefault(deadline.key, deadline) is not deadline:
        raise ValueError(f"deadline {deadline.key} is registered twice")


def registered() -> dict[str, Deadline]:
    """Every kind by key."""
    return dict(_deadlines)


def board(today: date | None = None) -> list[Line]:
    """Everything open in the current scope, the most urgent first."""
    today = today or clock.today()
    found = {reading: reading(None) for reading in {deadline.read for deadline in _deadlines.values()}}
    lines = [
        Line(deadline, opened, (opened.due.date - today).days)
        for deadline in _deadlines.values()
        for opened in deadline.opened(found[deadline.read])
    ]
    return sorted(lines, key=lambda line: (line.due.date, line.title))


def stands(message: Message) -> bool:
    """Whether what a reminder speaks of is still open, still due on that day and still its recipient's to do; True for any
    other message.

    Asked again before a reminder leaves the house, inside the scope of its township: a reply may have come meanwhile.
    """
    deadline = _deadlines.get(message.kind)
    if deadline is None:
        return True
    _, pk, due, _ = message.key.rsplit(":", 3)
    open_now = deadline.opened(deadline.read([pk]))
    return any(
        (str(opened.subject.pk), str(opened.due.date)) == (pk, due)
        and message.recipient_id in {user.pk for user in opened.people}
        for opened in open_now
    )


def step_reached(days_left: int, steps: tuple[int, ...]) -> int | None:
    """The latest step passed with so many days left (negative: overdue), or None before the first."""
    passed = [step for step in steps if days_left <= step]
    return min(passed) if passed else None


def sweep(township: Township, today: date | None = None) -> int:
    """Remind of everything open in a township; returns how many messages are new. Safe to kill and to repeat."""
    today = today or clock.today()
    with scope.township(township):
        due_lines = [(line, step_reached(line.days_left, line.deadline.remind)) for line in board(today)]
    reached = [(line, step) for line, step in due_lines if step is not None]
    new = 0
    for start in range(0, len(reached), CHUNK):
        with scope.township(township), transaction.atomic():
            notes = [note for line, step in reached[start : start + CHUNK] for note in _notes(line, step)]
            new += outbox.send(township, notes)
    return new


def _notes(line: Line, step: int) -> Iterable[outbox.Note]:
    left = line.days_left
    state = f"还有{left}天" if left > 0 else "今天到期" if left == 0 else f"已逾期{-left}天"
    body = f"{line.why}。依据：{line.due.citation}。" if line.due.citation else f"{line.why}。"
    for user in line.opened.people:
        yield outbox.Note(
            recipient=user,
            key=f"{line.deadline.key}:{line.subject.pk}:{line.due.date}:{step}",
            kind=line.deadline.key,
            title=f"{line.deadline.label}{state}：{line.title}"[:120],
            body=body,
            url=line.url,
        )
