"""A chart is a table first: what the browser draws is read from the table that stands behind it, so both tell the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reports.queries.county import Told


@dataclass(frozen=True)
class Point:
    """A number as it is drawn (None: nothing is drawn) and as it is read, with the page of its rows and what keeps it from
    being compared."""

    drawn: float | None
    shown: str
    url: str = ""
    note: str = ""

    @classmethod
    def of(cls, told: Told | None, url: str = "", note: str = "") -> "Point":
        """The point of a figure; of one that was never told, or is not told of a few, there is nothing to draw."""
        if told is None:
            return cls(None, "未汇总")
        if told.few or told.denominator == 0:
            return cls(None, told.shown, url, note)
        share = told.denominator is not None
        return cls(round(told.value * 100 / told.denominator, 2) if share else told.value, told.shown, url, note)  # type: ignore[operator]


@dataclass(frozen=True)
class Series:
    """A line of the chart, a row of its table."""

    name: str
    points: Sequence[Point]
    url: str = ""


@dataclass(frozen=True)
class Chart:
    """What is drawn: lines over `labels`, or bars that lie side by side."""

    title: str
    kind: str  # line or bar
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    note: str = ""
    more: Sequence[tuple[str, str]] = field(default_factory=tuple)

    @property
    def drawable(self) -> bool:
        """Whether there is more to draw than one point: one value is read, not drawn."""
        return sum(point.drawn is not None for one in self.series for point in one.points) > 1


def bars(title: str, told: Iterable[tuple[str, int, str]], *, unit: str = "", note: str = "") -> Chart:
    """One bar for each word with its number and the page of its rows, lying, so that long words are read."""
    told = list(told)
    points = [Point(number, str(number), url) for _, number, url in told]
    return Chart(title, "bar", [word for word, *_ in told], [Series("合计", points)] if told else [], unit, note)
