"""What a report's sentences are decided by: the figures with what is known of them, the words of the place and of the year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from congress.figures import Computed, Kind
from congress.models import Township
from reports.models import Guiding


@dataclass(frozen=True)
class Value:
    """What sentences ask of a figure: its number, what a share is of, the first and last day of its records."""

    kind: str
    value: int = 0
    denominator: int = 0
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, computed: Computed) -> "Value":
        """The value of a computed figure."""
        days = (row.on for row in computed.rows if row.on)
        return cls.over(computed.figure.kind, computed.value, computed.denominator, days)

    @classmethod
    def over(cls, kind: str, value: int, denominator: int | None, days: Iterable[date]) -> "Value":
        """The value of a figure whose records are of these days."""
        found = sorted(days)
        first, last = (found[0], found[-1]) if found else (None, None)
        return cls(kind, value, denominator or 0, first, last)

    @property
    def told(self) -> bool:
        """Whether there is anything to tell: no zero, no share of nothing, no empty words."""
        return self.value > 0 and (self.kind != Kind.SHARE or self.denominator > 0)

    @property
    def based(self) -> bool:
        """Whether there is something the share is of, or anything that was counted."""
        return self.denominator > 0 if self.kind == Kind.SHARE else self.value > 0

    @property
    def whole(self) -> bool:
        """Whether a share is of something and complete."""
        return self.kind == Kind.SHARE and 0 < self.denominator == self.value

    def reaches(self, percent: int) -> bool:
        """Whether a share of something is at least so many per cent."""
        return self.denominator > 0 and self.value * 100 >= percent * self.denominator


NOTHING = Value(Kind.COUNT)
PLACE_WORDS = ("乡镇", "县", "本地", "发展目标", "期间", "年", "明年", "上年")
YEAR_WORDS = tuple(Guiding.Kind.labels)
WORDS = (*PLACE_WORDS, *YEAR_WORDS)


@dataclass(frozen=True)
class Place:
    """The words a place has for itself: 镇 or 乡, 区 or 县, the development goal."""

    name: str
    kind: str
    county_kind: str
    goal: str

    @classmethod
    def of(cls, township: Township) -> "Place":
        """民族乡 is called 乡 in running text; without a goal of its own a township builds itself."""
        kind = "乡" if "乡" in township.kind else township.kind
        goal = township.motto or f"美丽幸福{township.name}"
        return cls(township.name, kind, township.county.kind, goal)


@dataclass(frozen=True)
class Story:
    """What is told: `said` are the year's own words (指导思想、重要会议), `ahead` those of the year to come."""

    place: Place
    year: int
    values: Mapping[str, Value]
    before: Mapping[str, Value] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    ahead: Mapping[str, str] = field(default_factory=dict)
    inserts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    renewal: bool = False  # a general election is the work of the year to come
    period: str = ""  # the days that are told of, in words; the year unless said

    def value(self, key: str) -> Value:
        """A figure; one that is offered no longer has nothing to tell."""
        return self.values.get(key, NOTHING)

    def word(self, name: str, ahead: bool = False) -> str:
        """What `{name}` stands for; empty when nothing was entered for these days."""
        own = {
            "乡镇": self.place.kind,
            "县": self.place.county_kind,
            "本地": self.place.name,
            "发展目标": self.place.goal,
            "期间": self.period or f"{self.year}年",
            "年": str(self.year),
            "明年": str(self.year + 1),
            "上年": str(self.year - 1),
        }
        return own.get(name) or (self.ahead if ahead else self.said).get(name, "")
