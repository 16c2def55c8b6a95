"""What waits for somebody today: each app registers providers, the home page asks those."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from congress.permissions import Standing


@dataclass(frozen=True)
class Todo:
    """A line on the home page. `tone` is info, warning or danger."""

    label: str
    count: int
    url: str
    tone: str = "info"
    hint: str = ""


_providers: list[Callable[[Standing], Iterable[Todo]]] = []


def provider(function: Callable[[Standing], Iterable[Todo]]):
    """Decorator: the function gives the lines for a standing, inside the scope of its place."""
    if function not in _providers:
        _providers.append(function)
    return function


def waiting_for(standing: Standing) -> list[Todo]:
    """All lines with something to do, the most urgent tone first."""
    order = {"danger": 0, "warning": 1, "info": 2}
    lines = [line for ask in _providers for line in ask(standing) if line.count]
    return sorted(lines, key=lambda line: order[line.tone])
