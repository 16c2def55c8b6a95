"""Questions to the register of voters' cards."""

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery

from elections.models import Election, VoterCard, VoterList
from elections.queries.lists import last_number, listed

IN_ORDER = ("district__number", "voter__stroke_key", "voter__name", "pk")  # of the list, a district after the other


def register(election: Election) -> QuerySet:
    """Every card that was given out in an election, the void ones too."""
    rows = VoterCard.objects.kept().filter(election=election)
    return rows.select_related("registration__voter", "registration__group", "district", "replaces")


def valid() -> QuerySet:
    """Cards that are not void."""
    return VoterCard.objects.kept().filter(voided_on__isnull=True)


def with_number(rows: QuerySet) -> QuerySet:
    """Registrations, each with the `number` of its card; None where it has none."""
    mine = valid().filter(registration=OuterRef("pk"))
    return rows.annotate(number=Subquery(mine.values("number")[:1], output_field=IntegerField()))


def without_card(voter_list: VoterList) -> QuerySet:
    """Who is on the list now and has no card, district by district in the order of the list."""
    rows = listed(voter_list.election, last_number(voter_list)).exclude(
        Exists(valid().filter(registration=OuterRef("pk")))
    )
    return rows.order_by(*IN_ORDER)
