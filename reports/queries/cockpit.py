"""What the county's first page tells beside the table: years side by side, months, what voters speak of, and what needs attention.

Everything is read from rows that were told before (`TownshipFigures`) or that wait now, so that it costs the same however many
voters and past years there are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, F, JSONField, Min, OuterRef, Q, QuerySet, When
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Concat, JSONObject

from congress import together
from congress.models import DueDay, Township, Unit
from congress.prepared import Prepared, given
from congress.work import deadlines
from proposals.models import Assignment, Reply, SuggestionSummary
from reports.models import TownshipFigures
from reports.queries.county import Kept, Line, Told, by_township, is_old, overdue_counts, summed, told_one, years

REPLIES = (
    "suggestion.reply",
    "suggestion.second",
)  # the kinds of deadlines of which overdue replies are told by themselves


@dataclass
class Years:
    """What was told of some townships for every year that is shown."""

    townships: Sequence[Township]
    rows: Mapping[tuple[int, int], Kept]  # (year, township) → as it was told
    shown: Sequence[int]  # the years, the oldest first

    def of_year(self, year: int) -> dict[int, Kept]:
        """The rows of a year, by township."""
        return {town: row for (of, town), row in self.rows.items() if of == year}

    def of(self, year: int, township: Township, key: str) -> Told | None:
        """A figure of a township; None where it was not told yet."""
        row = self.rows.get((year, township.pk))
        return told_one(row, key) if row else None

    def together(self, year: int, key: str) -> Told | None:
        """A figure of all of them; None where one was not told yet, since a sum without it would look like a fall."""
        parts = [told for town in self.townships if (told := self.of(year, town, key))]
        return summed(parts) if parts and len(parts) == len(self.townships) else None

    def months(self, year: int, key: str) -> list[int]:
        """A figure of all of them by month."""
        each = [row.parts.get("months", {}).get(key, []) for row in self.of_year(year).values() if row.parts]
        return [sum(column) for column in zip(*filter(None, each), strict=True)]

    def begun(self, year: int, township: Township, key: str) -> date | None:
        """From which day on a township recorded what a figure tells, where that is not the whole year."""
        row = self.rows.get((year, township.pk))
        days = (row.parts or {}).get("begun") if row else None  # none where an older program told it
        return date.fromisoformat(days[key]) if days and key in days else None

    def categories(self, year: int) -> list[tuple[str, int]]:
        """What voters spoke of, the most frequent first."""
        found: Counter = Counter()
        for row in self.of_year(year).values():
            found.update((row.parts or {}).get("categories", {}))
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    def to_tell(self, today: date) -> dict[int, list[int]]:
        """year → the townships of which it has to be told: this year anew where records were written since, a past one where
        it never was. What is written into a past year is told in the night."""
        wanted: dict[int, list[int]] = {}
        for year in self.shown:
            for town in self.townships:
                row = self.rows.get((year, town.pk))
                if row is None or (year == today.year and is_old(row, today)):
                    wanted.setdefault(year, []).append(town.pk)
        return wanted


def over_years(townships: Sequence[Township], today: date, keys: Iterable[str]) -> Years:
    """What was told of these townships: of the present year all, of past ones some figures; one statement. Call in a scope that
    reads them."""
    shown = sorted(years(today))
    found, places = _told(tuple(keys))(first=shown[0], now=today.year), {town.pk for town in townships}
    return Years(townships, {(year, town): Kept(year, *rest) for year, town, *rest in found if town in places}, shown)


@lru_cache(maxsize=256)
def _told(keys: tuple[str, ...]) -> Prepared:
    now = Q(year=given("now"))
    begun = JSONObject(begun=KeyTransform("begun", "parts"))
    some = JSONObject(**{key: KeyTransform(key, "told") for key in keys})

    def rows():
        kept = TownshipFigures.objects.filter(year__gte=given("first"), year__lte=given("now")).with_behind()
        return kept.values_list(
            "year",
            "township",
            "cut_off",
            "taken_at",
            "behind",
            Case(When(now, then=F("told")), default=some, output_field=JSONField()),
            Case(When(now, then=F("parts")), default=begun, output_field=JSONField()),
        )

    return Prepared(rows)


@dataclass(frozen=True)
class Reason:
    """Why a township stands on the red list: in words, and by which page it is told in (name of the address)."""

    words: str
    page: str
    asked: Mapping = field(default_factory=dict)


@dataclass(frozen=True)
class Attention:
    """A township that needs attention, with its reasons."""

    township: Township
    reasons: list[Reason]


@dataclass(frozen=True)
class Over:
    """What waits although its day is over, by township: replies, and everything else that has a day."""

    replies: Mapping[int, int]
    missed: Mapping[int, int]


def _over() -> dict[str, QuerySet]:
    today = given("today")
    others = [key for key in deadlines.registered() if key not in REPLIES]
    missed = DueDay.objects.open().filter(key__in=others, due_on__lt=today)
    return {"replies": overdue_counts(today), "missed": by_township(missed)}


_OVER = together.Lists(_over, anew=True)


def over(today: date) -> Over:
    """How much it is now in the townships of the scope; one statement."""
    found = _OVER(today=today)
    return Over(**{name: {row["township"]: row["count"] for row in rows} for name, rows in found.items()})


def attention(lines: Sequence[Line], late: Mapping[int, int]) -> list[Attention]:
    """The townships with something that should not be, first those with most reasons, of these those with most that is late;
    `late` are the `missed` deadlines."""
    found = []
    for line in lines:
        if line.township and (reasons := list(_reasons(line, late.get(line.township.pk, 0)))):
            found.append((line.overdue + late.get(line.township.pk, 0), Attention(line.township, reasons)))
    found.sort(key=lambda pair: (-len(pair[1].reasons), -pair[0], pair[1].township.code))
    return [one for _, one in found]


def _reasons(line: Line, late: int):
    place = {"township": line.township.code}
    if line.overdue:
        yield Reason(f"代表建议逾期未答复{line.overdue}件", "reports-county-overdue", place)
    if late:
        yield Reason(f"其他期限已过未办{late}项", "county-deadlines", place)
    if not line.told["receptions.count"].value:
        yield Reason("本年还没有接待选民", "reports-county", {})
    if line.told["deputies.in_office"].value and not line.told["activities.deputies"].value:
        yield Reason("本年还没有代表参加活动的记录", "reports-county", {"theme": "deputies"})


@dataclass(frozen=True)
class OfUnit:
    """The suggestions under way with a unit, alone or beside others, over all townships, and what it still owes of them."""

    unit: str
    open: int
    owed: int
    late: int
    first_due: date | None


def by_unit(townships: Sequence[Township], today: date) -> list[OfUnit]:
    """What is under way, by who handles it: what several handle is told with each of them, and is owed by those that have not
    replied; only what nobody was charged with yet has no unit. One statement."""
    rows = answering().filter(township__in=townships)
    owed = Q(suggestion__summary__owed=True, replied=False)
    late = owed & Q(suggestion__summary__due_on__lt=today)
    found = (
        rows.order_by()
        .values_list("called")
        .annotate(
            number=Count("suggestion", distinct=True),
            waited_for=Count("suggestion", filter=owed, distinct=True),
            over=Count("suggestion", filter=late, distinct=True),
            first=Min("suggestion__summary__due_on", filter=owed),
        )
    )
    return [OfUnit(*row) for row in found]


def answering() -> QuerySet[Assignment]:
    """The shares of those that answer what is under way, as `answering_shares` of a suggestion: the last of each strand of the
    present round; `replied` where it has answered, `called` as the county calls the unit: that of a township with its name,
    for each has a 水利站 of its own, a department of the county without."""
    plain = Q(unit__level=Unit.Level.COUNTY) | Q(unit__name__startswith=F("township__name"))
    called = Case(When(plain, then="unit__name"), default=Concat("township__name", "unit__name"))
    same = {name: OuterRef(name) for name in ("suggestion", "round", "strand")}
    shares = Assignment.objects.kept().filter(part__in=Assignment.ANSWERING)
    later = shares.filter(Q(returned_on__isnull=True) | Q(created_at__gt=OuterRef("created_at")), **same)
    open_now = shares.filter(suggestion__summary__is_open=True, round=F("suggestion__summary__round"))
    return open_now.filter(Q(returned_on__isnull=True) | ~Exists(later)).annotate(
        replied=Exists(Reply.objects.kept().filter(**same)), called=called
    )


def under_way(townships: Sequence[Township]) -> QuerySet[SuggestionSummary]:
    """The summaries of the suggestions nobody has closed yet, with what they are about."""
    rows = SuggestionSummary.objects.filter(township__in=townships, is_open=True)
    return rows.select_related("suggestion__township")


def with_owing(rows: QuerySet[SuggestionSummary]) -> QuerySet[SuggestionSummary]:
    """Summaries with the names of the units that answer (`answering_units`), and of those among them that have not yet
    (`owing_units`)."""

    def names(**more: bool) -> ArraySubquery:
        shares = answering().filter(suggestion=OuterRef("suggestion"), **more)
        return ArraySubquery(shares.order_by("strand").values("unit__name"))

    return rows.annotate(answering_units=names(), owing_units=names(replied=False))


def by_stage(townships: Sequence[Township]) -> list[tuple[str, int]]:
    """How many suggestions under way stand at which stage, in the order of the stages; one statement."""
    rows = under_way(townships).select_related(None).order_by("rank").values_list("stage", "rank")
    return [(stage, count) for stage, _, count in rows.annotate(count=Count("pk"))]
