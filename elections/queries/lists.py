"""The list of voters: who stands on it as it was frozen, after every supplement, and now."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.functions import Coalesce

from congress.crypto.sm3 import sm3_of
from congress.guard.record import kept
from congress.law.elections import born_by
from congress.names.strokes import stroke_key
from congress.people.erased import ERASED
from elections.models import Election, Exclusion, Registration, RollChange, Supplement, Voter, VoterList
from elections.queries.days import days_of

Kind = RollChange.Kind
# What takes a voter off the roll; the others enter one or change how one is written.
REMOVING = tuple(kind for kind in Kind.values if kind not in (Kind.ADDED, Kind.CORRECTED))
PIECE = 2000  # rows in memory at once
NOWHERE = UUID(int=0)  # the district of whoever has no entry


def voter_lists() -> QuerySet:
    """Lists that stand and that somebody asked to freeze, with what their pages show."""
    return VoterList.objects.kept().select_related("election__campaign", "election__term", "township__county")


def frozen_lists() -> QuerySet:
    """Lists that stand and that two people froze."""
    return voter_lists().filter(frozen_at__isnull=False)


def list_of(election: Election) -> VoterList | None:
    """The list of an election, frozen or asked to be; None before anybody asked."""
    found: VoterList | None = VoterList.objects.kept().filter(election=election).first()
    return found


def frozen_list(election: Election) -> VoterList | None:
    """The list of an election that is frozen; None while the roll may still change without a notice."""
    found = list_of(election)
    return found if found and found.frozen_at else None


def to_confirm() -> QuerySet:
    """Lists that one person asked to freeze and a second one has not let be so."""
    rows = VoterList.objects.kept().filter(kept("election"), frozen_at=None)
    return rows.filter(election__campaign__closed_on=None)


def told(number: int) -> Q:
    """Changes of the roll that the public knows from the list as frozen (0) or by the supplement of that number."""
    published = Q(supplement__number__lte=number) & kept("supplement")
    return kept() & (Q(after_freeze=False) | published)


def listed(election: Election, number: int) -> QuerySet:
    """The registrations on the list as it was frozen (`number` 0) or after its supplement of that number.

    Whatever happened since changes nothing of it: the list equals the freeze and the supplements (选举法二十八).
    """
    changes = RollChange.objects.filter(told(number), registration=OuterRef("pk"))
    here = Registration.objects.kept().filter(election=election)
    from_the_freeze = Q(after_freeze=False) | Exists(changes.filter(kind=Kind.ADDED))
    return here.filter(from_the_freeze).exclude(Exists(changes.filter(kind__in=REMOVING)))


def last_number(voter_list: VoterList) -> int:
    """The number of the last supplement, 0 before the first."""
    numbers = Supplement.objects.kept().filter(voter_list=voter_list).order_by("-number")
    return numbers.values_list("number", flat=True).first() or 0


def untold(election: Election) -> QuerySet:
    """Changes after the freeze that no supplement has made public, the oldest first."""
    waiting = RollChange.objects.kept().filter(election=election, after_freeze=True, supplement__isnull=True)
    return waiting.order_by("created_at", "pk")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: the district, the voters' group, how the voter is written, and the index of the last four digits,
    by which one's own line is found."""

    district: int
    group: int | None
    name: str
    gender: str
    tail: bytes | None = None

    def written(self) -> str:
        """As the fingerprint reads it; the group is left out, for it may be formed anew without anybody leaving the list."""
        return f"{self.district}\t{self.name}\t{self.gender}\n"


def lines(election: Election, number: int, rows: QuerySet | None = None) -> Iterator[Line]:
    """The lines of a list by district, in the order of names by strokes, as they were written then; one district is in
    memory at a time. `rows` restricts them."""
    before = _before_correction(election, number)
    found = listed(election, number) if rows is None else rows
    # The groups are those of the township's districts: on the county's list, whose districts are others, they say nothing.
    own_group = Case(When(group__district=F("district"), then=F("group__number")))
    columns = ("district__number", "pk", "own_group", "voter__stroke_key", "voter__name", "voter__gender")
    rows = found.annotate(own_group=own_group).order_by("district__number")
    ordered = rows.values_list(*columns, "voter__tail_index").iterator(chunk_size=PIECE)
    for district, entries in groupby(ordered, key=itemgetter(0)):
        written = [_as_written(entry, before) for entry in entries]
        for _, _, group, name, gender, tail in sorted(written, key=itemgetter(0, 3, 1)):
            yield Line(district, group, name, gender, tail)


def _as_written(entry: tuple, before: dict) -> tuple:
    _, pk, group, key, name, gender, tail = entry
    if pk in before:
        name, gender = before[pk]
        key = stroke_key(name)[:400]
    return key, pk, group, name, gender, tail


def _before_correction(election: Election, number: int) -> dict:
    """How voters were written whose correction the list does not tell yet."""
    corrected = RollChange.objects.kept().filter(election=election, kind=Kind.CORRECTED, after_freeze=True)
    later = corrected.exclude(told(number)).order_by("-created_at", "-pk")
    return {
        pk: (name, gender) for pk, name, gender in later.values_list("registration_id", "was_name", "was_gender")
    }  # the first of several stands last, and tells


def fingerprint(found: Iterable[Line]) -> tuple[int, str]:
    """How many lines there are, and the SM3 over them: district by district as they come, in each by their writing."""
    counted = 0

    def pieces() -> Iterator[bytes]:
        nonlocal counted
        for _, district in groupby(found, key=lambda line: line.district):
            written = sorted(line.written() for line in district)
            counted += len(written)
            yield "".join(written).encode()

    digest = sm3_of(pieces()).hex()
    return counted, digest


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a list can be made again as it was published, as frozen (`number` 0) or after a supplement. Of a list from which
    entries were erased since (`erased`), the number of voters alone is compared: their names are gone."""

    number: int
    holds: bool
    erased: int = 0


def proven(voter_list: VoterList) -> list[Proof]:
    """For the list as frozen and every supplement, whether it can still be made as it was published."""
    supplements = Supplement.objects.kept().filter(voter_list=voter_list).order_by("number")
    stated = [(0, voter_list.voters, voter_list.fingerprint)]
    stated += [(row.number, row.after, row.fingerprint) for row in supplements]
    return [_proof(voter_list.election, *one) for one in stated]


def _proof(election: Election, number: int, voters: int, stated: str) -> Proof:
    erased = listed(election, number).filter(voter__name=str(ERASED)).count()
    counted, made = fingerprint(lines(election, number))
    return Proof(number, counted == voters and (erased > 0 or made == stated), erased)


def on_roll(election: Election) -> QuerySet:
    """Who is registered now."""
    return Registration.objects.kept().filter(election=election, on_roll=True)


def entered_late(election: Election) -> QuerySet:
    """Registrations entered after the freeze that no appeal has been linked with yet."""
    late = on_roll(election).filter(after_freeze=True, appeals__isnull=True)
    return late.select_related("voter", "district", "group")


def under_age(election: Election) -> QuerySet:
    """Registrations of voters who are not eighteen on the election day of their district."""
    days = days_of(election)
    return on_roll(election).filter(days.on_days(lambda day: Q(voter__birth_date__gt=born_by(day))))


def barred(election: Election) -> QuerySet:
    """Registrations of voters whom the law keeps off the roll on the election day of their district (选举法四、二十七)."""
    mine = {"voter": OuterRef("voter")}
    return on_roll(election).filter(days_of(election).on_days(lambda day: Q(Exists(holding(day).filter(**mine)))))


def _holds(day: date) -> Q:
    """Of an exclusion, that it holds on a day."""
    return Q(since__lte=day, intermittent=False) & (Q(until__isnull=True) | Q(until__gte=day))


def holding(day: date) -> QuerySet:
    """Exclusions that hold on a day, as `law.roll.due_again` has it: begun by then, and not over before. Who is ill at times
    only stays on the roll."""
    return Exclusion.objects.kept().filter(_holds(day))


def _on_own_day(election: Election, test: Callable[[date], Q]) -> QuerySet:
    """Exclusions of which `test(day)` is true on the day of the district where the voter was entered last; whom the election has
    no entry of votes on the level's."""
    days, rows = days_of(election), Exclusion.objects.kept()
    if not days.own:
        return rows.filter(test(days.main))
    entered = Registration.objects.kept().filter(election=election, voter=OuterRef("voter"))
    last = entered.order_by("-on_roll", "-created_at").values("district")[:1]
    return rows.annotate(place=Coalesce(Subquery(last, output_field=UUIDField()), Value(NOWHERE))).filter(
        days.on_days(test, "place")
    )


def kept_off(election: Election) -> QuerySet:
    """Exclusions that hold on the day on which their voters elect, or would."""
    return _on_own_day(election, _holds)


def free_again(election: Election) -> QuerySet:
    """Exclusions that end before the voter's day, of voters who are on no roll of the election work and kept off by nothing
    else: they are to be entered again."""
    stands = Registration.objects.kept().filter(
        voter=OuterRef("voter"), on_roll=True, election__campaign=election.campaign_id
    )
    mine = {"voter": OuterRef("voter")}
    over = _on_own_day(election, lambda day: Q(until__lt=day) & ~Q(Exists(holding(day).filter(**mine))))
    return over.filter(intermittent=False).exclude(Exists(stands))


def of_gender(rows: QuerySet) -> tuple[int, int]:
    """Men and women among registrations."""
    men = rows.filter(voter__gender=Voter.Gender.MALE).count()
    return men, rows.count() - men
