"""Questions to the roster."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from congress.models import Category
from congress.names.pinyin import query_terms
from deputies.models import Activity, Correction, Deputy, Group, Level, Mandate, Station, StationCheck, Term


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
    held = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    seats = Mandate.objects.filter(
        held, deputy=OuterRef("pk"), level=level, elected_on__lte=on, withdrawn_at__isnull=True
    )
    return deputies.filter(Exists(seats))


def of_term(deputies: QuerySet, term_id) -> QuerySet:
    """Those who hold or held a mandate of a term."""
    seats = Mandate.objects.filter(deputy=OuterRef("pk"), term=term_id, withdrawn_at__isnull=True)
    return deputies.filter(Exists(seats))


def seats_words(deputy: Deputy) -> str:
    """The mandates of a deputy of `roster()` in words."""
    return "、".join(
        f"{seat.get_level_display()}{seat.term}{'（已终止）' if seat.ended_on else ''}" for seat in deputy.seats
    )


def stations() -> QuerySet:
    """Stations with how many items of the check-list each meets and how many deputies belong to it."""
    met = Q(checks__withdrawn_at=None, checks__item__active=True)
    return Station.objects.filter(withdrawn_at=None).annotate(
        met=Count("checks", filter=met, distinct=True),
        deputies=Count("deputy", filter=Q(deputy__withdrawn_at=None), distinct=True),
    )


def checklist(station: Station) -> list[tuple[Category, StationCheck | None]]:
    """The items of the local check-list in use, each with the station's entry or None."""
    met = {check.item_id: check for check in station.checks.filter(withdrawn_at=None)}
    items = Category.objects.filter(kind=Category.Kind.CHECKLIST, active=True).order_by("position", "label")
    return [(item, met.get(item.pk)) for item in items]


def groups() -> QuerySet:
    """Groups with the number of their deputies."""
    count = Count("deputy", filter=Q(deputy__withdrawn_at=None), distinct=True)
    return Group.objects.filter(withdrawn_at=None).annotate(deputies=count)


def terms() -> QuerySet:
    """Terms that stand."""
    return Term.objects.filter(withdrawn_at=None)


def current_term(on: date, level: str = Level.TOWNSHIP) -> Term | None:
    """The term that runs on a day, or the last one before it."""
    return terms().filter(level=level, started_on__lte=on).order_by("-started_on").first()


def seated(term: Term, on: date) -> QuerySet:
    """Mandates of a term that are held on a day."""
    held = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    return Mandate.objects.filter(held, term=term, elected_on__lte=on, withdrawn_at=None)


def without_seat(deputies: QuerySet, on: date) -> QuerySet:
    """Those whose mandates have all ended; entries without any mandate are not among them."""
    held = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    mandates = Mandate.objects.filter(deputy=OuterRef("pk"), withdrawn_at=None)
    return deputies.filter(Exists(mandates), ~Exists(mandates.filter(held)))


def traces(deputy: Deputy) -> list[tuple[str, int]]:
    """What is recorded of a deputy besides the mandates, as (kind of record, how many), by kind."""
    counted: Counter[str] = Counter()
    for relation in Deputy._meta.related_objects:
        model = relation.related_model
        if model in (Mandate, Correction):
            continue
        rows = model._default_manager.filter(**{relation.field.name: deputy, "withdrawn_at": None})
        counted[str(model._meta.verbose_name)] += rows.count()
    return [(label, number) for label, number in counted.items() if number]


def activities() -> QuerySet:
    """Activities that stand, with the number of deputies who took part."""
    taking_part = Count("attendances", filter=Q(attendances__withdrawn_at=None))
    return Activity.objects.filter(withdrawn_at=None).annotate(deputies=taking_part)


def who_may_attend(activity: Activity, on: date) -> QuerySet:
    """Deputies to choose from for an activity: those in office at any level, and those already on its list."""
    seats = Mandate.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=min(on, activity.held_on or on)),
        deputy=OuterRef("pk"),
        withdrawn_at=None,
    )
    listed = activity.attendances.filter(withdrawn_at=None).values("deputy") if activity.pk else []
    chosen = Q(Exists(seats)) | Q(pk__in=listed)
    return Deputy.objects.filter(chosen, withdrawn_at=None).order_by("stroke_key", "pk")


UNKNOWN = "未填写"
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
        tables.append((label, sorted(counted.items(), key=lambda item: (item[0] == UNKNOWN, -item[1]))))
    ages = Counter(_band(person, on) for person in people)
    order = [label for _, _, label in AGE_BANDS] + [UNKNOWN]
    tables.append(("年龄", [(label, ages[label]) for label in order if ages[label]]))
    return tables


def _word(person: Deputy, name: str) -> str:
    value = getattr(person, name)
    return (value() if callable(value) else value) or UNKNOWN


def _band(person: Deputy, on: date) -> str:
    if person.birth_date is None:
        return UNKNOWN
    age = age_on(person.birth_date, on)
    return next(label for low, high, label in AGE_BANDS if low <= age <= high)


def own_entry(user, township) -> Deputy | None:
    """The entry of the user's own account, if there is one."""
    return (
        Deputy.objects.select_related("data_key", "group", "station")
        .filter(township=township, account=user, withdrawn_at=None)
        .first()
    )


def without_account(on: date) -> QuerySet:
    """Approved deputies in office on a day, at whatever level, who cannot log in yet."""
    held = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    seats = Mandate.objects.filter(held, deputy=OuterRef("pk"), withdrawn_at=None)
    return Deputy.objects.filter(
        Exists(seats), state=Deputy.State.APPROVED, account__isnull=True, withdrawn_at=None
    ).order_by("stroke_key", "pk")
