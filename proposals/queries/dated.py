"""Figures of any day, computed from dated facts and never from today's state: what the report counts.

`start` and `end` bound the period a thing belongs to, `by` is the cut-off day: nothing dated later is known, and a row
withdrawn later still counts. Facts entered afterwards for an earlier day do change a figure; that is what the report's
check finds.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from congress.law import suggestions as law
from proposals import stages
from proposals.models import Matter, Rating, Reception, ReceptionDeputy, Reply, Suggestion
from proposals.queries.facts import due_of, facts_of, with_facts


def kept(rows: QuerySet, by: date) -> QuerySet:
    """Rows that were not withdrawn by the end of a day."""
    return rows.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__date__gt=by))


def receptions_between(start: date, end: date, by: date | None = None) -> QuerySet:
    """Receptions held in the period; 批次 and 人次 are their `batches` and `people`."""
    return kept(Reception.objects.filter(held_on__range=(start, min(end, by or end))), by or end)


def receivers_between(start: date, end: date, by: date | None = None) -> QuerySet:
    """Who received in the period, one row a deputy and reception, with the deputy."""
    receptions = receptions_between(start, end, by).values("pk")
    return kept(ReceptionDeputy.objects.filter(reception__in=receptions), by or end).select_related(
        "deputy", "reception"
    )


def matters_raised_between(start: date, end: date, by: date | None = None) -> QuerySet:
    """Matters raised at receptions of the period."""
    receptions = receptions_between(start, end, by).values("pk")
    return kept(Matter.objects.filter(reception__in=receptions), by or end)


def matters_channelled_by(channel: str, start: date, end: date, by: date | None = None) -> QuerySet:
    """Matters of the period that had gone a way (`Matter.Channel`) by the cut-off."""
    return matters_raised_between(start, end, by).filter(channel=channel, channelled_on__lte=by or end)


def matters_resolved_by(start: date, end: date, by: date | None = None) -> QuerySet:
    """Matters of the period resolved by the cut-off."""
    return matters_raised_between(start, end, by).filter(resolved_on__lte=by or end)


def matters_unresolved_by(start: date, end: date, by: date | None = None) -> QuerySet:
    """Matters of the period neither resolved nor declined by the cut-off."""
    declined = Q(channel=Matter.Channel.DECLINED, channelled_on__lte=by or end)
    return (
        matters_raised_between(start, end, by)
        .filter(Q(resolved_on__isnull=True) | Q(resolved_on__gt=by or end))
        .exclude(declined)
    )


def matters_with_units_by(start: date, end: date, by: date | None = None) -> QuerySet:
    """Matters of the period handed to a unit and still being dealt with at the cut-off."""
    handed = Q(channel=Matter.Channel.UNIT, channelled_on__lte=by or end)
    return matters_unresolved_by(start, end, by).filter(handed)


def matters_told_by(start: date, end: date, by: date | None = None) -> QuerySet:
    """Matters of the period whose voter was told the result by the cut-off."""
    return matters_raised_between(start, end, by).filter(told_on__lte=by or end)


def suggestions_submitted_between(start: date, end: date, by: date | None = None) -> QuerySet:
    """Suggestions submitted in the period."""
    return kept(Suggestion.objects.filter(submitted_on__range=(start, min(end, by or end))), by or end)


def suggestions_assigned_between(start: date, end: date, by: date | None = None) -> QuerySet:
    """Suggestions first assigned in the period."""
    return kept(Suggestion.objects.filter(assigned_on__range=(start, min(end, by or end))), by or end)


def suggestions_declined_between(start: date, end: date, by: date | None = None) -> QuerySet:
    """Suggestions declined in the period."""
    return kept(Suggestion.objects.filter(declined_on__range=(start, min(end, by or end))), by or end)


def suggestions_closed_between(start: date, end: date, by: date | None = None) -> QuerySet:
    """Suggestions closed in the period."""
    return kept(Suggestion.objects.filter(closed_on__range=(start, min(end, by or end))), by or end)


def replied_by(suggestions: QuerySet, by: date, number: int = 1) -> QuerySet:
    """Those of the suggestions replied to in a round by the cut-off."""
    replies = kept(Reply.objects.filter(suggestion=OuterRef("pk"), round=number, replied_on__lte=by), by)
    return suggestions.filter(Exists(replies))


def graded_by(suggestions: QuerySet, grades: Iterable[str], by: date) -> QuerySet:
    """Those of the suggestions whose last reply by the cut-off has one of the grades (A-D)."""
    replies = kept(Reply.objects.filter(suggestion=OuterRef("pk"), replied_on__lte=by), by)
    later = kept(Reply.objects.filter(suggestion=OuterRef("suggestion"), round__gt=OuterRef("round")), by)
    last = replies.filter(~Exists(later.filter(replied_on__lte=by)), grade__in=list(grades))
    return suggestions.filter(Exists(last))


def first_ratings_by(suggestions: QuerySet, by: date) -> QuerySet:
    """The first rating of each suggestion given by the cut-off: never overwritten by a later one."""
    return Rating.objects.filter(suggestion__in=suggestions.values("pk"), round=1, rated_on__lte=by)


def final_ratings_by(suggestions: QuerySet, by: date) -> QuerySet:
    """The latest rating of each suggestion given by the cut-off."""
    later = Rating.objects.filter(suggestion=OuterRef("suggestion"), round__gt=OuterRef("round"), rated_on__lte=by)
    given = Rating.objects.filter(suggestion__in=suggestions.values("pk"), rated_on__lte=by)
    return given.filter(~Exists(later))


def replied_in_time_by(suggestions: QuerySet, by: date) -> list[Suggestion]:
    """Those whose first reply came by the cut-off and not after its due day; 按期答复 is this over those due or replied."""
    rows = with_facts(replied_by(suggestions, by))
    return [row for row in rows if first_reply_late_by(row, by) == 0]


def first_reply_late_by(suggestion: Suggestion, by: date) -> int:
    """Days by which the first reply was (or, unanswered at the cut-off, is) late; 0 when in time or not assigned."""
    facts = facts_of(suggestion, by)
    if not facts.rounds:
        return 0
    first = facts.rounds[0]
    limit = stages.due_of(facts, first, suggestion.township.pack)
    return law.late(first.replied_on or by, limit).days


def overdue_at(suggestions: QuerySet, day: date) -> list[Suggestion]:
    """Those without the reply of their present round at the end of a day although it was due before."""
    rows = with_facts(kept(suggestions, day).filter(assigned_on__lte=day))
    found = []
    for row in rows:
        facts, limit = facts_of(row, day), due_of(row, day)
        unanswered = facts.now is not None and facts.now.replied_on is None
        if unanswered and stages.stage(facts) not in stages.ENDED and limit and limit.date < day:
            found.append(row)
    return found


def by_stage_at(suggestions: QuerySet, day: date) -> dict[stages.Stage, list[Suggestion]]:
    """The suggestions submitted by a day, sorted into the stages they were in at its end."""
    found: dict[stages.Stage, list[Suggestion]] = {}
    for row in with_facts(suggestions.filter(submitted_on__lte=day)):
        found.setdefault(stages.stage(facts_of(row, day)), []).append(row)
    return found
