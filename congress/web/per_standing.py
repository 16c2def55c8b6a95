"""What is put together for somebody who asks, kept for whoever would be given the same.

Most of what a page asks the database takes longer to put together than to answer, and hangs on the roles of who asks, on the
day, and on the few other things that are asked of a standing. Which these were is noted while it is put together: another
standing of which they are the same, on the same day, is given what was made. What asked the database on the way hangs on more
than that, and is made anew each time.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

from congress import clock
from congress.models import County, Township
from congress.permissions import Standing

What = TypeVar("What", bound=Hashable)
Made = TypeVar("Made")

_ALWAYS = frozenset({"roles", "has", "has_role", "allows", "delegated"})


class PerStanding(Generic[What, Made]):
    """Makes of a `What` and a standing what `make` does, which has to say the same for the same answers of the standing on a day;
    at most so many of these are kept in a process."""

    def __init__(self, make: Callable[[What, Any], Made], most: int):
        self._make, self._most = make, most
        self._noted: dict[tuple, tuple[tuple[str, ...], ...]] = {}  # what standings with these roles were asked
        self._made: dict[tuple, Made] = {}

    def __call__(self, what: What, standing: Standing) -> Made:
        """What was made for this standing or for one like it, or is made now."""
        alike = what, clock.today(), standing.roles, standing.delegated
        for names in self._noted.get(alike, ()):
            made = self._made.get((alike, _answers(standing, names)))
            if made is not None:
                return made
        noting = _Noting(standing)
        with _statements() as asked:
            made = self._make(what, noting)
        if not asked:
            self._keep(alike, noting, made)
        return made

    def _keep(self, alike: tuple, noting: "_Noting", made: Made) -> None:
        if len(self._made) >= self._most:
            self._made.clear()
            self._noted.clear()
        names = tuple(sorted(noting.asked))
        known = self._noted.get(alike, ())
        self._noted[alike] = known if names in known else (*known, names)
        self._made[alike, _answers(noting.standing, names)] = made


class _Noting:
    """A standing that notes what beside its roles was asked of it."""

    def __init__(self, standing: Standing):
        self.standing, self.asked = standing, set[str]()

    def __getattr__(self, name: str) -> Any:
        if name not in _ALWAYS:
            self.asked.add(name)
        return getattr(self.standing, name)


def _answers(standing: Standing, names: tuple[str, ...]) -> tuple:
    return tuple((name, _told(getattr(standing, name))) for name in names)


def _told(answer: Any) -> Any:
    """Of a place all it says of itself and of its county, of any other record which one it is."""
    if isinstance(answer, Township):
        return _fields(answer), _told(answer.county)
    if isinstance(answer, County):
        return _fields(answer)
    return answer.pk if isinstance(answer, Model) else answer


def _fields(place: Model) -> tuple:
    return tuple(getattr(place, one.attname) for one in place._meta.concrete_fields)


@contextmanager
def _statements() -> Iterator[list]:
    """The statements that are put to the database meanwhile."""
    asked: list = []

    def note(execute, statement, *rest):
        asked.append(statement)
        return execute(statement, *rest)

    with connection.execute_wrapper(note):
        yield asked
