"""From rows to facts: a suggestion with everything around it in a constant number of queries."""

from collections.abc import Callable
from datetime import date
from functools import cache

from django.db.models import OuterRef, QuerySet, Subquery

from congress.law.suggestions import OFFICE_MONTHS, Due
from congress.models import Unit
from congress.prepared import Around
from congress.wording import as_date
from proposals import stages
from proposals.models import (
    Assignment,
    Cosigner,
    Extension,
    OfficePeriod,
    Rating,
    Reply,
    Suggestion,
    Talk,
)


def _kept(model, *related: str) -> QuerySet:
    rows = model.objects.kept()
    return rows.select_related(*related) if related else rows


@cache
def _course() -> tuple[Around, ...]:
    return (
        Around("assignments", _kept(Assignment, "unit").order_by("round", "assigned_on", "created_at")),
        Around("talks", _kept(Talk, "unit")),
        Around("replies", _kept(Reply, "unit")),
        Around("ratings", _kept(Rating, "deputy")),
        Around("extensions", _kept(Extension)),
    )


@cache
def _cosigners() -> Around:
    return Around("cosigners", _kept(Cosigner, "deputy"))


def with_course(suggestions: QuerySet) -> QuerySet:
    """The suggestions with all rows `facts_of` reads; five more queries however many there are."""
    months = (
        OfficePeriod.objects.kept()
        .filter(
            township=OuterRef("township"),
            kind=OfficePeriod.Kind.SECOND_HANDLING,
            effective_from__lte=OuterRef("reopened_on"),
        )
        .order_by("-effective_from")
    )
    return (
        suggestions.select_related("township__county", "lead", "session")
        .annotate(office_months=Subquery(months.values("value")[:1]))
        .prefetch_related(*_course())
    )


def with_facts(suggestions: QuerySet) -> QuerySet:
    """The same with everything its pages show of it; one more query."""
    rows = with_course(suggestions).select_related("category", "session__term", "matter")
    return rows.prefetch_related(_cosigners())


def fresh(suggestion: Suggestion) -> Suggestion:
    """The suggestion with its facts, read again."""
    return with_facts(Suggestion.objects.all()).get(pk=suggestion.pk)


def _until(day: date | None, by: date | None) -> date | None:
    """The day, if it had come by then."""
    return day if day and (by is None or day <= by) else None


def facts_of(suggestion: Suggestion, by: date | None = None) -> stages.Facts:
    """The facts of a suggestion read by `with_facts`; with `by` only those that were facts on that day.

    Facts of today are kept with the row; read the row anew after a change.
    """
    if by is None and "_facts" in suggestion.__dict__:
        return suggestion.__dict__["_facts"]
    numbers = sorted({share.round for share in suggestion.assignments.all()})
    rounds = (_round(suggestion, number, by) for number in numbers)
    facts = stages.Facts(
        submitted_on=suggestion.submitted_on,
        registered_on=_until(suggestion.registered_on, by),
        declined_on=_until(suggestion.declined_on, by),
        withdrawn_on=_until(as_date(suggestion.withdrawn_at), by),
        closed_on=_until(suggestion.closed_on, by),
        rounds=tuple(handling for handling in rounds if handling),
        difficult=suggestion.difficult,
        at_session=suggestion.session_id is not None,
        session_closed_on=suggestion.session.closed_on if suggestion.session_id else None,
        pack=suggestion.township.pack,
    )
    if by is None:
        suggestion.__dict__["_facts"] = facts
    return facts


def _round(suggestion: Suggestion, number: int, by: date | None) -> stages.Round | None:
    strands: dict[int, list[Assignment]] = {}
    for share in suggestion.assignments.all():
        if share.round == number and share.part in Assignment.ANSWERING and _until(share.assigned_on, by):
            strands.setdefault(share.strand, []).append(share)
    if not strands:
        return None
    of_round = (row for row in suggestion.ratings.all() if row.round == number and _until(row.rated_on, by))
    rating = next(of_round, None)
    return stages.Round(
        number=number,
        strands=tuple(_strand(suggestion, strands[one], by) for one in sorted(strands)),
        rated_on=rating.rated_on if rating else None,
        satisfied=None if rating is None else "bad" not in (rating.attitude, rating.result),
    )


def _strand(suggestion: Suggestion, shares: list[Assignment], by: date | None) -> stages.Strand:
    """What the units that had it, one after another, have done about it."""
    current = shares[-1]
    here = (current.round, current.strand)
    talks = (
        talk.held_on
        for talk in suggestion.talks.all()
        if (talk.round, talk.unit_id) == (current.round, current.unit_id) and _until(talk.held_on, by)
    )
    replies = (row.replied_on for row in suggestion.replies.all() if (row.round, row.strand) == here)
    return stages.Strand(
        since=min(share.assigned_on for share in shares),
        held_since=current.assigned_on,
        signed_on=_until(current.signed_on, by),
        returned_on=_until(current.returned_on, by),
        talked_on=min(talks, default=None),
        replied_on=_until(next(replies, None), by),
        extensions=tuple(
            stages.Extension(row.asked_on, row.new_due, _until(row.agreed_on, by))
            for row in suggestion.extensions.all()
            if (row.round, row.strand) == here and row.declined_on is None and _until(row.asked_on, by)
        ),
        number=current.strand,
    )


def stage_of(suggestion: Suggestion, by: date | None = None) -> stages.Stage:
    """The stage, now or on a day."""
    return stages.stage(facts_of(suggestion, by))


def months_of(suggestion: Suggestion) -> int:
    """The office's own months for a second handling of this suggestion."""
    return suggestion.office_months or OFFICE_MONTHS


def due_of(suggestion: Suggestion, facts: stages.Facts | None = None) -> Due | None:
    """The last day for the reply of the present round, with its reason; `facts` where less than all of them is meant."""
    return stages.due(facts or facts_of(suggestion), suggestion.township.pack, months_of(suggestion))


def due_of_round(suggestion: Suggestion, handling: stages.Round) -> Due:
    """The last day for the reply of one round, or of what is left of it."""
    return stages.due_of(facts_of(suggestion), handling, suggestion.township.pack, months_of(suggestion))


def pressing(suggestion: Suggestion, facts: stages.Facts) -> tuple[stages.Strand, Due]:
    """The strand whose clock speaks for the present round, with its last day. Raises ValueError before the assigning."""
    if facts.now is None:
        raise ValueError(f"{suggestion.pk} is not assigned")
    return stages.pressing(facts, facts.now, suggestion.township.pack, months_of(suggestion))


def latest_due(suggestion: Suggestion) -> date:
    """The day no extension of the present round may pass."""
    facts = facts_of(suggestion)
    return stages.latest_due(facts, facts.now, suggestion.township.pack, months_of(suggestion))


def late_by(suggestion: Suggestion, on: date, facts: stages.Facts | None = None) -> int:
    """Days the present round's reply is or was late on a day; 0 when in time."""
    return stages.late_by(facts or facts_of(suggestion), suggestion.township.pack, on, months_of(suggestion))


def owed(suggestion: Suggestion) -> bool:
    """Whether a reply is waited for."""
    return stage_of(suggestion) in stages.OWED


def owing(suggestion: Suggestion) -> list[Assignment]:
    """The shares of the units that have it and owe their reply."""
    facts = facts_of(suggestion)
    return [
        share
        for share in (answering_shares(suggestion) if owed(suggestion) else [])
        if stages.stage(facts.of(share.strand)) in stages.IN_HANDLING
    ]


def answering_shares(suggestion: Suggestion) -> list[Assignment]:
    """The shares of those that answer in the present round: of each strand the last, returned or not."""
    last: dict[int, Assignment] = {}
    shares = [share for share in suggestion.assignments.all() if share.part in Assignment.ANSWERING]
    for share in shares:
        if share.round == shares[-1].round:
            last[share.strand] = share
    return [last[number] for number in sorted(last)]


def current_shares(suggestion: Suggestion) -> list[Assignment]:
    """The shares of the present round that were not returned."""
    answering = answering_shares(suggestion)
    return [
        share
        for share in suggestion.assignments.all()
        if answering and share.round == answering[0].round and share.returned_on is None
    ]


def share_of(suggestion: Suggestion, unit: Unit) -> Assignment:
    """The unit's share of the present round. Raises LookupError where it has none."""
    for share in current_shares(suggestion):
        if share.unit_id == unit.pk:
            return share
    raise LookupError(f"{unit} has no share of {suggestion.pk}")


def open_suggestions(read: Callable[[QuerySet], QuerySet] = with_facts) -> QuerySet:
    """Suggestions whose life has not ended, with their facts (and what else `read` brings)."""
    return read(Suggestion.objects.kept().filter(declined_on__isnull=True, closed_on__isnull=True))
