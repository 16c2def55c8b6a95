"""Reports that an election was disturbed, and whose election is void."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from elections.models import Annulment, Breach, ReviewedWinner, Winner


def open_breaches() -> QuerySet:
    """Reports nobody has closed, of elections whose work goes on or is over alike."""
    return Breach.objects.kept().filter(closed_on__isnull=True)


def annulments_with_facts(rows: QuerySet) -> QuerySet:
    """Opinions with everything their pages and steps read."""
    return rows.select_related(
        "township__county",
        "election__campaign",
        "election__term",
        "mandate__deputy__data_key",
        "mandate__term",
        "mandate__district",
        "breach",
    )


def void_entries() -> QuerySet:
    """Those examined whose election is void: found so by the review that was confirmed, or after they were seated."""
    later = Annulment.objects.kept().filter(mandate=OuterRef("mandate"), void=True)
    found = Q(review__confirmed_by__isnull=False, opinion=ReviewedWinner.Opinion.INVALID)
    return ReviewedWinner.objects.kept().filter(found | Exists(later))


def winners() -> QuerySet:
    """Who was declared elected, each with whether the election is void (`void`)."""
    return Winner.objects.kept().annotate(void=Exists(void_entries().filter(winner=OuterRef("pk"))))
