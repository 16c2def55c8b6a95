"""Suggestions handled together (并案): which one a joined suggestion goes along with, as long as both stand alike."""

from functools import cache

from django.db.models import QuerySet

from congress.prepared import Around
from proposals import stages
from proposals.models import Assignment, Promise, Suggestion, Urging
from proposals.queries.facts import answering_shares, facts_of, stage_of, with_facts
from proposals.queries.shares import asked_extension


def joined_now() -> QuerySet:
    """Suggestions that are joined to another one."""
    return Suggestion.objects.kept().filter(joined_to__isnull=False, parted_on__isnull=True)


@cache
def _promises() -> Around:
    return Around("promises", Promise.objects.kept().select_related("unit"))


@cache
def _joining() -> tuple[Around, ...]:
    return (
        _promises(),
        Around("urgings", Urging.objects.kept().select_related("unit", "document")),
        Around("joined_to", with_facts(Suggestion.objects.all()).prefetch_related(_promises())),
        Around("joined", joined_now().order_by("number", "pk")),
    )


def with_joined(suggestions: QuerySet) -> QuerySet:
    """The suggestions with their facts, those of the one each is joined to, and which are joined to it; and what their units
    promised and how they were pressed."""
    return with_facts(suggestions).prefetch_related(*_joining())


def main_of(suggestion: Suggestion) -> Suggestion | None:
    """The suggestion it is joined to now."""
    return suggestion.joined_to if suggestion.joined_to_id and suggestion.parted_on is None else None


def handled_with(suggestion: Suggestion, share: Assignment | None = None) -> Suggestion | None:
    """The suggestion whose steps of handling are taken for this one as well: the one it is joined to, while both stand
    alike; with a share as far as that unit's part goes. Who answered or ended before the other goes on alone."""
    main = main_of(suggestion)
    if main is None or stage_of(main) in stages.ENDED or stage_of(suggestion) in stages.ENDED:
        return None
    unit = share.unit_id if share else None
    return main if _stand(main, unit) == _stand(suggestion, unit) else None


def going_along(suggestion: Suggestion, share: Assignment | None = None) -> list[Suggestion]:
    """The suggestions for which a step of this one is taken as well; each comes with its facts."""
    if not suggestion.joined.all():  # few have any, and their facts are ten questions more
        return []
    found = list(with_facts(joined_now().filter(joined_to=suggestion)).order_by("number", "pk"))
    for one in found:
        one.joined_to = suggestion
    return [one for one in found if handled_with(one, share)]


def _stand(suggestion: Suggestion, unit_id) -> list[tuple]:
    """How far the handling has come, all of it or the part of one unit."""
    facts, answering = facts_of(suggestion), answering_shares(suggestion)
    if not answering:
        return [(stage_of(suggestion),)]
    found = [
        (
            stages.stage(facts.of(share.strand)),
            share.round,
            share.unit_id,
            share.part,
            share.signed_on is None,
            share.returned_on is None,
            share.advice_on is None,
            asked_extension(suggestion, share) is None,
        )
        for share in suggestion.assignments.all()
        if share.round == answering[0].round and unit_id in (None, share.unit_id)
    ]
    return sorted(found, key=str)


def may_lead(suggestion: Suggestion) -> QuerySet:
    """The suggestions it may be joined to: registered, not yet assigned, and joined to none themselves."""
    free = Suggestion.objects.kept().filter(
        registered_on__isnull=False, assigned_on__isnull=True, declined_on__isnull=True, closed_on__isnull=True
    )
    return free.exclude(pk=suggestion.pk).exclude(pk__in=joined_now().values("pk")).order_by("-number")
