"""When the candidates of a level were made public, by the lists of its districts."""

from functools import cache

from django.db.models import Case, DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from deputies.models import District, Mandate
from elections.models import CandidateList, Vacancy


def lists_of(kind: str, at: str = "") -> QuerySet:
    """The lists of one kind of the level a row belongs to; `at` names its relation, nothing where it is the election itself."""
    return CandidateList.objects.kept().filter(kind=kind, election=OuterRef(at or "pk"))


@cache  # made once: whoever asks by an expression gets a copy of it
def day_of_lists(kind: str, at: str = "") -> Case:
    """When the last of a level's districts published its list of one kind; nothing while one that elects has not. `at` as for
    `lists_of`."""
    prefix = f"{at}__" if at else ""
    there = CandidateList.objects.kept().filter(
        kind=kind, published_on__isnull=False, election=OuterRef(OuterRef(at or "pk"))
    )
    districts = District.objects.kept().filter(term=OuterRef(f"{prefix}term"))
    vacancies = Vacancy.objects.kept().filter(election=OuterRef(at or "pk"))
    general = Q(**{f"{prefix}how": Mandate.How.GENERAL})
    return Case(
        When(general & Exists(districts.exclude(Exists(there.filter(district=OuterRef("pk"))))), then=Value(None)),
        When(
            ~general & Exists(vacancies.exclude(Exists(there.filter(district=OuterRef("district"))))), then=Value(None)
        ),
        default=Subquery(lists_of(kind, at).order_by("-published_on").values("published_on")[:1]),
        output_field=DateField(),
    )
