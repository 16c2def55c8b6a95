"""Questions to the roster."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from congress.names.pinyin import query_terms
from deputies.models import Activity, Deputy, Level, Mandate, Station


def roster() -> QuerySet:
    """Entries that stand, with what a list shows of each; a constant number of queries."""
    mandates = (
        Mandate.objects.filter(withdrawn_at=None).select_related("term", "district").order_by("level", "-elected_on")
    )
    return (
        Deputy.objects.filter(withdrawn_at=None)
        .select_related("group", "station", "data_key")
        .prefetch_related(Prefetch("mandates", mandates, to_attr="seats"))
    )


def named(deputies: QuerySet, text: str) -> QuerySet:
    """Those whose name answers a search in characters, pinyin or initials: 张, zhang, zw, 张w."""
    han, letters = query_terms(text)
    wanted = Q(name__icontains=text)
    spelled = Q()
    for spelling in letters:
        spelled |= Q(search_text__contains=f" {spelling}")
    if letters:
        for piece in han:
            spelled &= Q(name__contains=piece)
        wanted |= spelled
    return deputies.filter(wanted)


def in_office(deputies: QuerySet, on: date, level: str = Level.TOWNSHIP) -> QuerySet:
    """Those who hold a mandate of a level on a day."""
    held = Q(mandates__ended_on__isnull=True) | Q(mandates__ended_on__gt=on)
    return deputies.filter(
        held, mandates__level=level, mandates__elected_on__lte=on, mandates__withdrawn_at=None
    ).distinct()


def seats_words(deputy: Deputy) -> str:
    """The mandates of a deputy of `roster()` in words."""
    return "、".join(
        f"{seat.get_level_display()}{seat.term}{'（已终止）' if seat.ended_on else ''}" for seat in deputy.seats
    )


def stations() -> QuerySet:
    """Stations with how many items of the check-list each meets and how many deputies belong to it."""
    return Station.objects.filter(withdrawn_at=None).annotate(
        met=Count("checks", distinct=True), deputies=Count("deputy", distinct=True)
    )


def activities() -> QuerySet:
    """Activities that stand, with the number of deputies who took part."""
    taking_part = Count("attendances", filter=Q(attendances__withdrawn_at=None))
    return Activity.objects.filter(withdrawn_at=None).annotate(deputies=taking_part)


AGE_BANDS = ((0, 35, "35岁及以下"), (36, 45, "36—45岁"), (46, 55, "46—55岁"), (56, 200, "56岁及以上"))


def age_on(birth: date, day: date) -> int:
    """Full years on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def structure(deputies: Iterable[Deputy], on: date) -> list[tuple[str, list[tuple[str, int]]]]:
    """Counts by gender, party, ethnicity, age, education and occupation; every table adds up to the same total."""
    people = list(deputies)
    fields = (
        ("性别", "get_gender_display"),
        ("政治面貌", "get_party_display"),
        ("民族", "ethnicity"),
        ("文化程度", "get_education_display"),
        ("身份类别", "get_occupation_display"),
    )
    tables = []
    for label, name in fields:
        counted = Counter(_word(person, name) for person in people)
        tables.append((label, sorted(counted.items(), key=lambda item: -item[1])))
    ages = Counter(_band(person, on) for person in people)
    order = [label for _, _, label in AGE_BANDS] + ["未填写"]
    tables.append(("年龄", [(label, ages[label]) for label in order if ages[label]]))
    return tables


def _word(person: Deputy, name: str) -> str:
    value = getattr(person, name)
    return (value() if callable(value) else value) or "未填写"


def _band(person: Deputy, on: date) -> str:
    if person.birth_date is None:
        return "未填写"
    age = age_on(person.birth_date, on)
    return next(label for low, high, label in AGE_BANDS if low <= age <= high)


def own_entry(user, township) -> Deputy | None:
    """The entry of the user's own account, if there is one."""
    return (
        Deputy.objects.select_related("data_key", "group", "station")
        .filter(township=township, account=user, withdrawn_at=None)
        .first()
    )


def latest_term(level: str = Level.TOWNSHIP) -> Subquery:
    """The newest mandate's term of a deputy, for sorting."""
    newest = (
        Mandate.objects.filter(deputy=OuterRef("pk"), level=level).order_by("-elected_on").values("term__number")[:1]
    )
    return Subquery(newest)
