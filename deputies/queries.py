"""Questions to the roster."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from congress import clock, together
from congress.guard.record import kept
from congress.law.numerals import from_chinese
from congress.models import Category, Membership, Role
from congress.permissions import Standing
from congress.prepared import AnyOf, Around, Prepared, given
from deputies.models import (
    Activity,
    ActivityAttendance,
    Correction,
    Deputy,
    Group,
    Level,
    Mandate,
    OwnActivity,
    Station,
    StationCheck,
    StationLiaison,
    Suspension,
    Term,
)

CHINESE = "一二三四五六七八九十百"


def roster() -> QuerySet:
    """Entries that stand, with what a list shows of each; a constant number of queries."""
    return (
        Deputy.objects.kept()
        .select_related("group", "station", "data_key")
        .prefetch_related(_seats())
        .annotate(district_number=Subquery(_standing_seats().values("district__number")[:1]))
    )


@cache
def _seats() -> Around:
    mandates = _mandates().select_related("term", "district").order_by("level", "-elected_on")
    return Around("mandates", mandates, to_attr="seats")


def told_apart(rows: QuerySet, path: str = "") -> QuerySet:
    """The deputies with `beside`, or the rows with the same of the deputy at a path (`lead_beside`): what tells somebody
    whose name another entry has too from that one. Nothing for a name that stands once."""
    at = f"{path}__" if path else ""
    twins = Deputy.objects.kept().filter(name=OuterRef(f"{at}name"), township=OuterRef(f"{at}township"))
    district = Concat(Value("第"), Cast("district__number", CharField()), Value("选区"))
    seat = _standing_seats(f"{at}pk").filter(district__isnull=False).annotate(words=district).values("words")[:1]
    words = Concat(Coalesce(Subquery(seat), Value("")), Value("\n"), F(f"{at}employer_post"), output_field=CharField())
    twin = When(Exists(twins.exclude(pk=OuterRef(f"{at}pk"))), then=words)
    return rows.annotate(**{f"{path}_beside".lstrip("_"): Case(twin, default=Value(""), output_field=CharField())})


def called(deputy: Deputy, beside: str | None = None) -> str:
    """The name, and in brackets what `told_apart` put beside it: 马芷琴（第3选区，石罅村党支部书记）; else the sex."""
    beside = getattr(deputy, "beside", "") if beside is None else beside
    if not beside:
        return deputy.name
    return f"{deputy.name}（{'，'.join(filter(None, beside.split(chr(10)))) or deputy.get_gender_display()}）"


def _standing_seats(deputy: str = "pk") -> QuerySet:
    """The seats in the township's congress of the deputy of an outer query, the present one first."""
    seats = Mandate.objects.kept().filter(deputy=OuterRef(deputy), level=Level.TOWNSHIP)
    return seats.order_by(F("ended_on").desc(nulls_first=True), "-elected_on", "pk")


def _mandates() -> QuerySet:
    """Mandates that stand, of entries and terms that do, with `over_on`, the day their term is over (or None).

    A term runs from its congress's first session until the first session of the next congress opens, however long that
    takes (组织法三十八); where no later term is registered its own last day tells.
    """
    later = (
        Term.objects.kept()
        .filter(township=OuterRef("township"), level=OuterRef("level"), started_on__gt=OuterRef("term__started_on"))
        .order_by("started_on")
    )
    seats = Mandate.objects.kept().filter(kept("term"), kept("deputy"))
    return seats.annotate(over_on=Coalesce(Subquery(later.values("started_on")[:1]), "term__ended_on"))


def _not_ended(on: date) -> Q:
    """Mandates that have not ended by a day; on the day of the end itself there is none any more."""
    return (Q(ended_on__isnull=True) | Q(ended_on__gt=on)) & (Q(over_on__isnull=True) | Q(over_on__gt=on))


def seats_held(on: date, *levels: str) -> QuerySet:
    """The mandates whose holders are in office on a day, of some levels or of all: the one answer to that question.

    In office is who was elected, whose qualification is confirmed, whose term's first session has opened and the next
    term's not, whose mandate has not ended, and whose entry the chair has approved. The list of those elected at a
    general election is made public before the first session (选举法四十七), so where nothing else is recorded they are
    confirmed with its opening; who was by-elected needs the day of the confirmation (选举法五十七). Between election day
    and first session the deputies of the old term are in office (组织法三十八).
    """
    confirmed = Q(confirmed_on__lte=on) | Q(confirmed_on__isnull=True, how=Mandate.How.GENERAL)
    rows = _mandates().filter(
        _not_ended(on), confirmed, elected_on__lte=on, term__started_on__lte=on, deputy__state=Deputy.State.APPROVED
    )
    return rows.filter(level__in=levels) if levels else rows


def seats_exercised(on: date, *levels: str) -> QuerySet:
    """The mandates held on a day whose exercise is not suspended (代表法六十一)."""
    resting = Suspension.objects.kept().filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
    return seats_held(on, *levels).exclude(Exists(resting.filter(mandate=OuterRef("pk"))))


def with_suspensions(mandates: QuerySet) -> QuerySet:
    """The mandates with `rests`, the suspensions of each that stand, the first one first; one query more."""
    return mandates.prefetch_related(_rests())


@cache
def _rests() -> Around:
    return Around("suspensions", Suspension.objects.kept(), to_attr="rests")


@dataclass(frozen=True)
class Seat:
    """A mandate and how it stands on a day, in a word and its tone."""

    mandate: Mandate
    word: str
    tone: str
    icon: str = ""


def seats_of(deputy: Deputy, on: date) -> list[Seat]:
    """The mandates of a deputy with their suspensions, each with how it stands on a day; four queries."""
    held = set(seats_held(on).filter(deputy=deputy).values_list("pk", flat=True))
    active = set(seats_exercised(on).filter(deputy=deputy).values_list("pk", flat=True))
    mandates = with_suspensions(_mandates().filter(deputy=deputy).select_related("term", "district"))
    return [Seat(row, *_words(row, on, row.pk in held, row.pk in active)) for row in mandates]


def _words(mandate: Mandate, on: date, held: bool, active: bool) -> tuple[str, str]:
    if mandate.ended_on and mandate.ended_on <= on:
        return "已终止", "neutral"
    if mandate.over_on and mandate.over_on <= on:
        return "已届满", "neutral"
    if held:
        return ("在任", "good") if active else ("暂停执行职务", "warning")
    if mandate.term.started_on is None or mandate.term.started_on > on:
        return "当选，待第一次会议", "info"
    if mandate.confirmed_on is None and mandate.how == Mandate.How.BY_ELECTION:
        return "当选，待确认资格", "warning"
    return "待审核", "warning"


def in_office(deputies: QuerySet, on: date, *levels: str) -> QuerySet:
    """Those of the deputies who are in office on a day, see `seats_held`."""
    return deputies.filter(Exists(seats_held(on, *levels).filter(deputy=OuterRef("pk"))))


def elected_only(deputies: QuerySet, on: date) -> QuerySet:
    """Those elected by a day who are not in office yet: before the first session of their term, or not confirmed."""
    coming = _mandates().filter(_not_ended(on), deputy=OuterRef("pk"), elected_on__lte=on)
    return deputies.filter(Exists(coming)).exclude(pk__in=seats_held(on).values("deputy"))


def idle(deputies: Collection[Deputy], on: date, *levels: str) -> list[Deputy]:
    """Those of the deputies who may not exercise a mandate on a day, in the order given; one query."""
    active = {key for (key,) in _active(levels)(on=on, deputies=[deputy.pk for deputy in deputies])}
    return [deputy for deputy in deputies if deputy.pk not in active]


@cache
def _active(levels: tuple[str, ...]) -> Prepared:
    seats = seats_exercised(given("on"), *levels).filter(AnyOf("deputy", given("deputies")))
    return Prepared(lambda: seats.values_list("deputy_id"))


def of_term(deputies: QuerySet, term_id) -> QuerySet:
    """Those who hold or held a mandate of a term."""
    seats = Mandate.objects.kept().filter(deputy=OuterRef("pk"), term=term_id)
    return deputies.filter(Exists(seats))


def of_district(deputies: QuerySet, district_id) -> QuerySet:
    """Those who hold or held a seat of a district."""
    seats = Mandate.objects.kept().filter(deputy=OuterRef("pk"), district=district_id)
    return deputies.filter(Exists(seats))


def seat_district(deputy: Deputy) -> str:
    """The district of the seat that a deputy of `roster()` holds in the township's congress, or held last."""
    seats = [seat for seat in deputy.seats if seat.level == Level.TOWNSHIP]
    seats.sort(key=lambda one: (one.ended_on is None, one.ended_on or one.elected_on, one.elected_on), reverse=True)
    return str(seats[0].district or "") if seats else ""


def seats_words(deputy: Deputy) -> str:
    """The mandates of a deputy of `roster()` in words."""
    today = clock.today()
    return "、".join(f"{seat.get_level_display()}{seat.term}{_ended_words(seat, today)}" for seat in deputy.seats)


def _ended_words(seat: Mandate, today: date) -> str:
    if seat.ended_on:
        return "（已终止）"
    return "（已届满）" if seat.over_on and seat.over_on <= today else ""


def belonging(**to) -> QuerySet:
    """Entries of the roster that belong to a group or a station: whoever has left the congress belongs there no longer."""
    return roster().filter(**to).exclude(pk__in=_gone()).order_by("stroke_key")


def _gone() -> QuerySet:
    return without_seat(Deputy.objects.kept(), clock.today()).values("pk")


def _members() -> Count:
    return Count("deputy", filter=kept("deputy") & ~Q(deputy__in=_gone()), distinct=True)


def stations() -> QuerySet:
    """Stations with how many items of the check-list each meets and how many deputies belong to it."""
    met = kept("checks") & Q(checks__item__active=True, checks__lost_on__isnull=True)
    return Station.objects.kept().annotate(
        met=Count("checks", filter=met, distinct=True),
        deputies=_members(),
    )


def checklist(station: Station) -> list[tuple[Category, StationCheck | None]]:
    """The items of the local check-list in use, each with the station's entry or None."""
    met = {check.item_id: check for check in station.checks.kept().filter(lost_on__isnull=True)}
    items = Category.objects.filter(kind=Category.Kind.CHECKLIST, active=True).order_by("position", "label")
    return [(item, met.get(item.pk)) for item in items]


def numbered(name: str) -> str:
    """A name with its numerals as numbers, to be sorted by: 第二 stands before 第三."""
    return re.sub(f"[{CHINESE}]+", lambda found: f"{from_chinese(found[0]):05d}", name)


def groups_in_order() -> QuerySet:
    """The groups that stand, in the order of their numbers."""
    rows = sorted(Group.objects.kept(), key=lambda group: numbered(group.name))
    places = [When(pk=row.pk, then=at) for at, row in enumerate(rows)]
    return Group.objects.kept().order_by(Case(*places)) if places else Group.objects.none()


def groups() -> QuerySet:
    """Groups with the number of their deputies."""
    return Group.objects.kept().annotate(deputies=_members())


def terms() -> QuerySet:
    """Terms that stand."""
    return Term.objects.kept()


def term_label(term: Term) -> str:
    """乡镇第十七届: how a choice names a term."""
    return f"{term.get_level_display()}{term}"


def current_term(on: date, level: str = Level.TOWNSHIP) -> Term | None:
    """The term that runs on a day, or the last one before it."""
    return terms_by(on, level).first()


def terms_by(on: date, level: str = Level.TOWNSHIP) -> QuerySet:
    """The terms that had begun by a day, the last one first."""
    return terms().filter(level=level, started_on__lte=on).order_by("-started_on")


def seated(term: Term, on: date) -> QuerySet:
    """Mandates of a term whose holders are in office on a day."""
    return seats_held(on).filter(term=term)


def day_within(term: Term, on: date) -> date:
    """The day of a term nearest to a day: itself, the term's first or its last one; itself before the first has a day."""
    if term.started_on is None:
        return on
    later = terms().filter(level=term.level, started_on__gt=term.started_on).order_by("started_on")
    over_on = later.values_list("started_on", flat=True).first() or term.ended_on
    return max(term.started_on, min(on, over_on - timedelta(days=1)) if over_on else on)


def without_seat(deputies: QuerySet, on: date) -> QuerySet:
    """Those whose mandates have all ended; entries without any mandate are not among them."""
    mandates = _mandates().filter(deputy=OuterRef("pk"))
    return deputies.filter(Exists(mandates), ~Exists(mandates.filter(_not_ended(on))))


def traces(deputy: Deputy) -> list[tuple[str, int, str]]:
    """What is recorded of a deputy besides the mandates, as (what the deputy did, how many times, the word they are counted
    with), by kind: the `trace` of a model says it where its name does not. A row that is `part_of` a record counts while that
    is kept."""
    counted: Counter[tuple[str, str]] = Counter()
    for relation in Deputy._meta.related_objects:
        model = relation.related_model
        if model in (Mandate, Correction, OwnActivity):
            continue
        whole = kept(model.part_of) if hasattr(model, "part_of") else Q()
        rows = model._default_manager.kept().filter(whole, **{relation.field.name: deputy})
        label = getattr(model, "trace", str(model._meta.verbose_name))
        counted[label, getattr(model, "trace_unit", "次")] += rows.count()
    return [(label, number, unit) for (label, unit), number in counted.items() if number]


def activities() -> QuerySet:
    """Activities that stand, with the number of deputies who took part."""
    taking_part = together.number_of(ActivityAttendance.objects.kept(), "activity")
    return Activity.objects.kept().annotate(deputies=taking_part)


def who_may_attend(activity: Activity, on: date) -> QuerySet:
    """Deputies to choose from for an activity of a day: those in office then at any level, and those on its list."""
    listed = activity.attendances.kept().values("deputy") if activity.pk else []
    chosen = Q(pk__in=seats_held(on).values("deputy")) | Q(pk__in=listed)
    return Deputy.objects.kept().filter(chosen).order_by("stroke_key", "pk")


def own_activities(standing: Standing) -> QuerySet:
    """What deputies entered of their own activities: for the office all, for a deputy the own."""
    rows = OwnActivity.objects.kept()
    if standing.has(Role.CHAIR, Role.CLERK):
        return rows
    return rows.filter(deputy__account=standing.user) if standing.has(Role.DEPUTY) else rows.none()


def activities_alike(row: OwnActivity) -> QuerySet:
    """The activities of the same day that are recorded already: it may be one of them."""
    return Activity.objects.kept().filter(held_on=row.held_on).order_by("title")


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
        .kept()
        .filter(township=township, account=user)
        .first()
    )


def without_account(on: date) -> QuerySet:
    """Approved deputies in office on a day, at whatever level, who cannot log in yet."""
    role = Membership.objects.filter(user=OuterRef("account"), township=OuterRef("township"), role=Role.DEPUTY)
    waiting = Deputy.objects.exclude(Exists(role.filter(ended_at__isnull=True)))
    return in_office(waiting, on).order_by("stroke_key", "pk")


def stations_kept_by(user) -> QuerySet:
    """The stations a liaison keeps the records of: one, or none."""
    kept_by = StationLiaison.objects.kept().filter(account=user, until__isnull=True)
    return Station.objects.kept().filter(pk__in=kept_by.values("station"))


def is_last_seat(mandate: Mandate, on: date) -> bool:
    """Whether the holder of a mandate has no other one that has not ended by a day."""
    return not _mandates().filter(_not_ended(on), deputy=mandate.deputy_id).exclude(pk=mandate.pk).exists()


def with_account_only(on: date) -> QuerySet:
    """Deputies whose mandates have all ended by a day and who may still log in as such."""
    role = Membership.objects.filter(user=OuterRef("account"), township=OuterRef("township"), role=Role.DEPUTY)
    return without_seat(Deputy.objects.filter(Exists(role.filter(ended_at__isnull=True))), on)
