"""Questions of a county to its townships, each with its answer."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from congress.models import Township
from reports.models import CountyAnswer, CountyQuestion


def questions(townships: Iterable[Township]) -> QuerySet:
    """Those put to these townships, each with its answer as `the_answers`; found and sorted by `answered`, `said` and
    `said_on`."""
    mine = CountyAnswer.objects.kept()
    own = mine.filter(question=OuterRef("pk")).order_by("answered_on")
    return (
        CountyQuestion.objects.filter(township__in=list(townships))
        .annotate(
            answered=Exists(own), said=Subquery(own.values("text")[:1]), said_on=Subquery(own.values("answered_on")[:1])
        )
        .select_related("township", "county", "asked_by")
        .prefetch_related(Prefetch("answers", mine.select_related("answered_by"), to_attr="the_answers"))
    )


def waiting(townships: Iterable[Township]) -> QuerySet:
    """Those that were not answered yet."""
    mine = CountyAnswer.objects.kept().filter(question=OuterRef("pk"))
    return CountyQuestion.objects.filter(~Exists(mine), township__in=list(townships))


def late(rows: QuerySet, today: date) -> QuerySet:
    """Those of them whose day is over."""
    return rows.filter(due_on__lt=today)
