"""The first day of a township: what it begins with, and what has to be done until its first reception.

Each app registers its part. Whether a task is done is computed from facts and kept nowhere; which ones are put off is.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.db.models.expressions import Combinable
from django.urls import reverse

from congress import together
from congress.models import Role, TaskPutOff, Township, User
from congress.permissions import Standing


@dataclass(frozen=True)
class Default:
    """What a new township begins with, and may change afterwards.

    `rows` are all rows of the kind there ever were, withdrawn ones too: where there is one, the office has decided for
    itself and nothing is written. `make(actor, township, ground)` writes them through actions that tell the ground.
    """

    label: str
    ground: str
    url_name: str
    rows: Callable[[Township], QuerySet]
    make: Callable[[User | None, Township, str], None]


@dataclass(frozen=True)
class Task:
    """A step of setting up. `done` is a fact: rows that exist, a condition asked of the township, or what is known already.

    `who` does it; what an administrator does (`Role.SYSTEM`) has no address here.
    """

    key: str
    label: str
    why: str
    order: int
    who: Role
    done: Callable[[Township], QuerySet | Combinable | bool]
    url_name: str = ""
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A task as it stands. `mine`: whether whoever looks may do it."""

    task: Task
    done: bool
    put_off: bool
    url: str
    mine: bool

    @property
    def waits(self) -> bool:
        """Whether somebody still has to do it now."""
        return not (self.done or self.put_off)

    @property
    def administrators(self) -> bool:
        """Whether it is done outside the township."""
        return self.task.who == Role.SYSTEM

    @property
    def by(self) -> str:
        """Who does it, in words."""
        return str(self.task.who.label)


_defaults: list[Default] = []
_tasks: dict[str, Task] = {}


def default(one: Default) -> None:
    """Register what a township begins with, in the order in which it is written."""
    if one not in _defaults:
        _defaults.append(one)


def task(one: Task) -> None:
    """Register a task. Raises ValueError when the key is taken."""
    if _tasks.setdefault(one.key, one) != one:
        raise ValueError(f"task {one.key} is registered twice")


def known(key: str) -> bool:
    """Whether there is a task of this key."""
    return key in _tasks


def standing_defaults(township: Township) -> list[tuple[Default, bool]]:
    """Every default with whether the township has rows of that kind; one query."""
    return list(zip(_defaults, _facts(township, [one.rows(township) for one in _defaults])[0], strict=True))


def lines(standing: Standing, *, offices: bool = False) -> list[Line]:
    """The tasks in their order, as they stand for whoever looks; `offices` leaves out those of administrators, and then
    asks one query."""
    asked = [one for one in sorted(_tasks.values(), key=lambda one: one.order) if not offices or one.who != Role.SYSTEM]
    facts, put_off = _facts(standing.township, [one.done(standing.township) for one in asked])
    code = standing.township.code
    return [
        Line(
            one,
            done,
            one.key in put_off,
            reverse(one.url_name, args=[code, *one.arguments]) if one.url_name else "",
            standing.writes and standing.has_role(one.who),
        )
        for one, done in zip(asked, facts, strict=True)
    ]


def _facts(township: Township, answers: list) -> tuple[list[bool], list[str]]:
    """What the answers come to, and which tasks are put off; one query whatever is asked."""
    asked = {number: _question(township, one) for number, one in enumerate(answers) if not isinstance(one, bool)}
    found = together.ask({**asked, "put_off": (TaskPutOff.objects.kept().values("task"), together.COLUMN)})
    return [found.get(number, one) for number, one in enumerate(answers)], found["put_off"]


def _question(township: Township, answer: QuerySet | Combinable) -> tuple[QuerySet, together.Form]:
    if isinstance(answer, QuerySet):
        return answer, together.THERE
    condition = ExpressionWrapper(answer, BooleanField())
    return Township.objects.filter(pk=township.pk).values(fact=condition), together.ONE
