"""What the proposed sentences are made of: the place's words, the year, and which figures have records behind them."""

from collections.abc import Mapping

from congress.figures import Computed
from congress.models import Township
from reports.words import Place


class Story:
    """Asked by the sentences of the proposal."""

    def __init__(self, township: Township, year: int, figures: Mapping[str, Computed]):
        self.place = Place.of(township)
        self.year = year
        self.figures = figures

    def has(self, *keys: str) -> bool:
        """Whether every one of the figures has something to tell."""
        return all(self.figures[key].value for key in keys)

    def whole(self, key: str) -> bool:
        """Whether a share is of something and complete."""
        figure = self.figures[key]
        return bool(figure.denominator) and figure.value == figure.denominator

    def all_of(self, key: str, whole: str) -> bool:
        """Whether a count reaches another one, which is not nothing."""
        return self.has(whole) and self.figures[key].value == self.figures[whole].value

    def when(self, *keys: str) -> str:
        """今年 or 去年, by the earliest record of the figures."""
        days = [row.on for key in keys for row in self.figures[key].rows if row.on]
        return "去年" if days and min(days).year < self.year else "今年"

    def in_first_half(self, key: str) -> bool:
        """Whether all records of a figure lie in the first half of the year."""
        days = [row.on for row in self.figures[key].rows if row.on]
        return bool(days) and max(days).month <= 6


def say(*parts: tuple[object, str] | str) -> str:
    """The parts that are plain or whose condition holds, one after the other."""
    return "".join(part if isinstance(part, str) else (part[1] if part[0] else "") for part in parts)


def listed(parts: list[str]) -> str:
    """一是…二是…: each part with its number, however many there are, each a paragraph."""
    numbers = "一二三四五六七八九"
    return "\n".join(f"{numbers[at]}是{part}" for at, part in enumerate(part for part in parts if part))
