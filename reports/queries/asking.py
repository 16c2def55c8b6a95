"""Questions of a county to its townships, each with its answer."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from congress.models import Township
from reports.models import CountyAnswer, CountyQuestion


def questions(townships: Iterable[Township]) -> QuerySet:
    """Those put to these townships, each with its answer as `the_answers`; an answer found by `answered`."""
    mine = CountyAnswer.objects.kept()
    return (
        CountyQuestion.objects.filter(township__in=list(townships))
        .annotate(answered=Exists(mine.filter(question=OuterRef("pk"))))
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
