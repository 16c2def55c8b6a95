"""What the stories of one township share: its records at hand, its people, and choices of one random source."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from uuid import UUID

from congress import clock
from congress.models import Category, Township, Unit, User
from deputies.models import Deputy, Station, Term
from reports.demo.diary import Diary
from reports.demo.names import People
from reports.demo.places import Place
from reports.demo.words import TOPICS, Complaint, Proposal, Topic


@dataclass(frozen=True)
class Scale:
    """How much is told: `small` is for tests."""

    small: bool = False

    def of(self, number: int) -> int:
        """So many, or a third of them."""
        return max(1, number // 3) if self.small else number


@dataclass
class Town:
    """A township of the demonstration while its history is told."""

    place: Place
    township: Township
    diary: Diary
    rng: Random
    scale: Scale
    people: People
    hashed: str = ""
    users: dict[str, User] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    handlers: dict[UUID, User] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    checklist: list[Category] = field(default_factory=list)
    stations: list[Station] = field(default_factory=list)
    term: Term | None = None
    in_office: list[Deputy] = field(default_factory=list)
    of_county: list[Deputy] = field(default_factory=list)
    leads: list[Deputy] = field(default_factory=list)
    sessions: list = field(default_factory=list)
    _complaints: list[tuple[Topic, Complaint, str]] = field(default_factory=list)
    _proposals: list[tuple[Topic, Proposal, str]] = field(default_factory=list)
    _said: Counter = field(default_factory=Counter)
    _letters: int = 0

    @property
    def clerk(self) -> User:
        return self.users["clerk"]

    @property
    def chair(self) -> User:
        return self.users["chair"]

    @property
    def today(self) -> date:
        """The day the story has come to."""
        return clock.today()

    def unit(self, name: str) -> Unit:
        """A unit by name; units of villages are their committees."""
        return self.units[name]

    def handler(self, unit: Unit) -> User:
        """Who writes for a unit: its own account, or the clerk for one that answers on paper."""
        return self.handlers.get(unit.pk, self.clerk)

    def say(self, text: str, village: str = "") -> str:
        """The text with the township's own words in it."""
        return text.replace("{v}", village).replace("{k}", self.place.k).replace("{y}", str(self.today.year))

    def village(self) -> str:
        """A village by chance."""
        return self.rng.choice(self.place.villages)

    def some(self, deputies: Iterable[Deputy], number: int) -> list[Deputy]:
        """So many of the deputies by chance (all, when there are fewer)."""
        deputies = list(deputies)
        return self.rng.sample(deputies, min(number, len(deputies)))

    def lead(self) -> Deputy:
        """A deputy with an account, who can rate what comes of a suggestion."""
        return self.rng.choice(self.leads)

    def next_complaint(self) -> tuple[Topic, Complaint, str]:
        """Something voters have not said here before: subject, words, village."""
        if not self._speakable(self._complaints):
            self._complaints = self._shuffled((topic, topic.complaints, "words") for topic in TOPICS)
        return self._take(self._complaints)

    def next_proposal(self) -> tuple[Topic, Proposal, str]:
        """Something deputies have not suggested here before."""
        if not self._speakable(self._proposals):
            self._proposals = self._shuffled((topic, topic.proposals, "title") for topic in TOPICS)
        return self._take(self._proposals)

    def proposal_about(self, label: str) -> tuple[Topic, Proposal, str]:
        """A suggestion about a subject, for a matter that becomes one."""
        if any(topic.label == label for topic, _, _ in self._proposals):
            return self._take(self._proposals, label)
        return self.next_proposal()

    def _speakable(self, pool: list) -> bool:
        return any(topic.until >= self.today.year for topic, _, _ in pool)

    def _shuffled(self, parts) -> list:
        pool = []
        for topic, texts, naming in parts:
            for text in texts:
                villages = self.place.villages if "{v}" in getattr(text, naming) else self.place.villages[:1]
                if topic.rural:
                    villages = tuple(village for village in villages if village.endswith("村"))
                pool += [(topic, text, village) for village in villages]
        self.rng.shuffle(pool)
        return pool

    def _take(self, pool: list, label: str = ""):
        """The text said least often so far, of a subject people still speak of."""
        fits = [
            at for at, (topic, _, _) in enumerate(pool) if topic.until >= self.today.year and label in ("", topic.label)
        ]
        topic, text, village = pool.pop(min(fits, key=lambda at: self._said[pool[at][1]]))
        self._said[text] += 1
        return topic, text, village

    def letter(self, unit: Unit) -> str:
        """Number of a letter of reply."""
        self._letters += 1
        return f"{unit.name}函〔{self.today.year}〕{self._letters}号"
