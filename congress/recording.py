"""From which day on a township records things of a kind: a year of which only a part was recorded is no year to compare with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import QuerySet

from congress.figures import Period
from congress.guard.record import kept
from congress.models import AuditEvent, Township
from congress.prepared import given
from congress.together import ONE, Asked
from congress.wording import as_date

TENTH = 10  # what begins within the first tenth of a period is told of the whole: who meets once a month begins late in January


@dataclass(frozen=True)
class Facts:
    """Records of a kind with the day of each: those of a model, kept with what its `relations` lead to, of some values only."""

    model: type[models.Model]
    day: str
    relations: tuple[str, ...] = ()
    only: tuple[tuple[str, Any], ...] = ()

    def of(self, township: Any) -> QuerySet:
        """The days of a township's records, the first one first."""
        rows = self.model._default_manager.kept().filter(*map(kept, self.relations), township=township)  # type: ignore[attr-defined]
        days = rows.filter(**dict(self.only), **{f"{self.day}__isnull": False})
        return days.order_by(self.day).values_list(self.day)


_facts: dict[str, Facts] = {}


def dated(facts: Facts, *names: str) -> None:
    """Say of which records some figures are made, by their keys or by the first half of these. Raises ValueError where that was
    said otherwise."""
    for name in names:
        if _facts.setdefault(name, facts) != facts:
            raise ValueError(f"the records of {name} are named twice")


def facts_of(key: str) -> Facts | None:
    """The records a figure is made of, where they were named."""
    return _facts.get(key) or _facts.get(key.partition(".")[0])


def in_part(period: Period, ever: date | None, inside: date | None, opened: date | None) -> date | None:
    """The day from which on a period was recorded, where that is not the whole of it. Pure.

    `ever` is the day of the first record of the kind, `inside` that of the first one from the beginning of the period on,
    `opened` the day the township began here. What was entered later for the days before it counts as recorded.
    """
    late = period.start + (period.end - period.start) / TENTH
    if inside is None or not late < inside <= period.end:
        return None
    if opened is not None and late < opened <= inside:
        return opened
    return inside if ever == inside else None


@lru_cache(maxsize=100)
def _first_days(asked: tuple[tuple[Facts, int], ...]) -> Asked:
    """The first day of some records at all, and from some day on, of which there may be several."""
    questions = {}
    for facts, start in asked:
        days = facts.of(given("township"))
        questions[facts] = (days[:1], ONE)
        questions[facts, start] = (days.filter(**{f"{facts.day}__gte": given(f"start{start}")})[:1], ONE)
    trail = AuditEvent.objects.filter(chain=given("township")).order_by("at").values_list("at")
    return Asked(lambda: questions | {"opened": (trail[:1], ONE)})


def begun(township: Township, periods: Mapping[str, Period]) -> dict[str, date]:
    """Of some figures with the days they cover: from which day on, where that is not the whole. One statement; call in a scope
    that reads the township."""
    known = {key: facts for key in periods if (facts := facts_of(key)) is not None}
    if not known:
        return {}
    starts = list(dict.fromkeys(periods[key].start for key in known))
    asked = dict.fromkeys((facts, starts.index(periods[key].start)) for key, facts in known.items())
    told = _first_days(tuple(asked))(township=township.pk, **{f"start{at}": start for at, start in enumerate(starts)})
    opened = told["opened"]
    since = {
        key: in_part(periods[key], told[facts], told[facts, starts.index(periods[key].start)], _day(opened))
        for key, facts in known.items()
    }
    return {key: day for key, day in since.items() if day is not None}


def _day(at: datetime | None) -> date | None:
    return as_date(at) if at is not None else None
