"""One registry of deadlines: what is open, when it is due by which article, and who is to be reminded.

Due dates are derived from facts and never stored. The sweep finds for each open subject the latest step reached and
inserts its message under a unique key, so running it twice, or after three days down, sends exactly one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from congress import clock
from congress.guard import scope
from congress.models import Township
from congress.work import outbox

STEPS = (30, 7, 1, 0, -1, -7, -30)
CHUNK = 100


@dataclass(frozen=True)
class Deadline:
    """A kind of deadline.

    `open()` gives the open subjects inside the current scope (related rows selected); `due(subject)` the law's answer
    (with .date, .formula, .citation) or None; `to(subject)` the users to remind. Kinds that share one `open` share what
    it reads.
    """

    key: str
    label: str
    open: Callable[[], Iterable]
    due: Callable[[object], object | None]
    to: Callable[[object], Iterable]
    title: Callable[[object], str]
    url: Callable[[object], str]
    remind: tuple[int, ...] = STEPS


@dataclass(frozen=True)
class Open:
    """A line of the deadline board."""

    deadline: Deadline
    subject: object
    due: object
    days_left: int

    @property
    def title(self) -> str:
        return self.deadline.title(self.subject)

    @property
    def url(self) -> str:
        return self.deadline.url(self.subject)

    @property
    def overdue(self) -> bool:
        return self.days_left < 0


_deadlines: dict[str, Deadline] = {}


def register(deadline: Deadline) -> None:
    """Add a kind of deadline. Raises ValueError when the key is taken."""
    if _deadlines.setdefault(deadline.key, deadline) is not deadline:
        raise ValueError(f"deadline {deadline.key} is registered twice")


def registered() -> dict[str, Deadline]:
    """Every kind by key."""
    return dict(_deadlines)


def board(today: date | None = None) -> list[Open]:
    """Everything open in the current scope, the most urgent first."""
    today = today or clock.today()
    read = {opening: list(opening()) for opening in {deadline.open for deadline in _deadlines.values()}}
    lines = [
        Open(deadline, subject, due, (due.date - today).days)
        for deadline in _deadlines.values()
        for subject in read[deadline.open]
        if (due := deadline.due(subject)) is not None
    ]
    return sorted(lines, key=lambda line: (line.due.date, line.title))


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


def _notes(line: Open, step: int) -> Iterable[outbox.Note]:
    left = line.days_left
    state = f"还有{left}天" if left > 0 else "今天到期" if left == 0 else f"已逾期{-left}天"
    body = f"{line.due.formula}。依据：{line.due.citation}。" if line.due.citation else f"{line.due.formula}。"
    for user in line.deadline.to(line.subject):
        yield outbox.Note(
            recipient=user,
            key=f"{line.deadline.key}:{line.subject.pk}:{line.due.date}:{step}",
            kind=line.deadline.key,
            title=f"{line.deadline.label}{state}：{line.title}"[:120],
            body=body,
            url=line.url,
        )
