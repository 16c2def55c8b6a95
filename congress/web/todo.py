"""What waits for somebody today: each app registers providers, the home page asks those."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from django.db.models import QuerySet

from congress import together
from congress.permissions import Standing
from congress.web.per_standing import PerStanding

MOST = 2_000  # providers as standings are answered, of which each process keeps the lines


@dataclass(frozen=True)
class Todo:
    """A line on the home page: how many rows wait. `tone` is info, warning or danger; where the hint tells of `some` of them
    it holds {} for how many, and is said only where there are any."""

    label: str
    count: int | QuerySet | together.Fixed
    url: str
    tone: str = "info"
    hint: str = ""
    some: int | QuerySet | together.Fixed | None = None

    @property
    def said(self) -> str:
        """How many wait, in words; call once they are counted."""
        return f"{together.said(self.count)}件"  # type: ignore[arg-type]


Provider = Callable[[Standing], Iterable[Todo]]
_providers: dict[Provider, Callable[[], QuerySet] | None] = {}


def provider(function: Provider) -> Provider:
    """Decorator: the function gives the lines for a standing, inside the scope of its place."""
    _providers[function] = None
    return function


def provider_while(rows: Callable[[], QuerySet]) -> Callable[[Provider], Provider]:
    """Decorator of a provider whose lines can have something to do in a township only while there are such `rows`: it is not
    asked in the years between, for its many questions take longer to put than to answer."""

    def remember(function: Provider) -> Provider:
        _providers[function] = rows
        return function

    return remember


def waiting_for(standing: Standing) -> list[Todo]:
    """All lines with something to do, the most urgent tone first; everything is counted in one statement, after another that
    says which providers need not be asked."""
    order = {"danger": 0, "warning": 1, "info": 2}
    lines = _counted([line for ask in _asked(standing) for line in _lines(ask, standing)])
    return sorted((line for line in lines if line.count), key=lambda line: order[line.tone])


def _asked(standing: Standing) -> list[Provider]:
    conditions = tuple({rows: None for rows in _providers.values() if rows}) if standing.township else ()
    there = _there(conditions)()
    return [ask for ask, rows in _providers.items() if rows is None or there.get(rows)]


@cache
def _there(conditions: tuple[Callable[[], QuerySet], ...]) -> together.Asked:
    """Which of these have rows."""
    return together.Asked(lambda: {rows: (rows(), together.THERE) for rows in conditions})


def _answered(ask: Provider, standing: Standing) -> list[Todo]:
    return [replace(line, count=_fixed(line.count), some=_fixed(line.some)) for line in ask(standing)]


def _fixed(rows):
    return together.Fixed(rows) if isinstance(rows, QuerySet) else rows


# What a provider says to a standing; of forty lines it takes longer to put the questions together than to answer them.
_lines = PerStanding(_answered, MOST)


def _counted(lines: list[Todo]) -> list[Todo]:
    asked = {id(rows): rows for line in lines for rows in (line.count, line.some) if isinstance(rows, together.Fixed)}
    found = together.numbers(asked)

    def number(rows) -> int:
        return found.get(id(rows), rows)

    return [
        replace(line, count=number(line.count), hint=_hint(line.hint, number(line.some)), some=None) for line in lines
    ]


def _hint(words: str, some: int | None) -> str:
    return words if some is None else words.format(together.said(some)) if some else ""
