"""The result of a count that is closed, for whoever had it counted."""

import contextlib
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from congress.counting import tally
from congress.counting.models import Count
from congress.counting.queries import CountFacts, counts, meant_lines
from congress.counting.stages import CountStage
from congress.guard.action import Refused
from congress.guard.refusal import refuse


@dataclass(frozen=True)
class Result:
    """What was counted and what follows: the persons by what they stand for outside, those written in by name."""

    count: Count
    totals: tally.Totals
    outcome: tally.Outcome
    notices: tuple[tally.Notice, ...]
    fingerprint: str
    subjects: dict[str, UUID | None]  # label on the ballot → what it stands for
    meant: tuple[str, ...] = ()  # whom written names were found to mean

    def standing_for(self, labels: tuple[str, ...]) -> list[UUID | None]:
        """What these names stand for; None for somebody written in, of whom nobody has said yet who it is."""
        return [self.subjects.get(label) for label in labels]

    @property
    def elected(self) -> list[UUID | None]:
        """Who is elected by what the law says; nobody where no rule was asked."""
        return self.standing_for(self.outcome.tally.elected) if self.outcome.tally else []

    @property
    def tied(self) -> list[UUID | None]:
        """Between whom another vote decides."""
        return self.standing_for(self.outcome.tally.tied) if self.outcome.tally else []


def result(count: Count) -> Result:
    """The result. Raises Refused while two people have not closed the count, and where what they closed reads otherwise now."""
    facts = CountFacts(counts().get(pk=count.pk))
    return _told(facts)


def results(keys: Collection) -> dict[UUID, Result]:
    """By their keys the results of those among several counts that have one, read in a constant number of statements."""
    found = {}
    for row in counts().filter(pk__in=keys) if keys else ():
        with contextlib.suppress(Refused):
            found[row.pk] = _told(CountFacts(row))
    return found


def _told(facts: CountFacts) -> Result:
    if facts.stage != CountStage.CLOSED or facts.last is None:
        refuse("计票还没有结束，没有结果。")
    if facts.counted is None or facts.outcome is None or facts.last.fingerprint != facts.fingerprint:
        refuse("计票结束以后内容与签认时不一致，请停止使用这一结果并查明。")
    subjects = {one.label: one.subject_id for one in facts.count.listed}
    return Result(
        facts.count,
        facts.counted.totals,
        facts.outcome,
        tuple(facts.notices),
        facts.fingerprint,
        subjects,
        tuple(meant_lines(facts)),
    )
