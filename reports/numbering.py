"""Numbers of headings (一、 （一） 1.) made from the order of the sections, so that moving one renumbers the others."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from congress.law.numerals import to_chinese


class HasLevel(Protocol):
    """A section: level 0 is plain text, 1 一、, 2 （一）, 3 1."""

    level: int
    heading: str


S = TypeVar("S", bound=HasLevel)


def _mark(level: int, number: int) -> str:
    return {1: f"{to_chinese(number)}、", 2: f"（{to_chinese(number)}）", 3: f"{number}."}[level]


def numbered(sections: Iterable[S]) -> Iterator[tuple[S, str]]:
    """Each section with its whole heading; empty for plain text. A deeper count starts anew under each heading above it."""
    counts = {1: 0, 2: 0, 3: 0}
    for section in sections:
        if not section.level:
            yield section, ""
            continue
        counts[section.level] += 1
        for deeper in range(section.level + 1, 4):
            counts[deeper] = 0
        yield section, _mark(section.level, counts[section.level]) + section.heading
