"""Turnout as the issue registers tell it, in totals: by hour over all places, by place over the whole day, by district.

Place and hour are never crossed: where few came in an hour that would say when somebody came. See ADR 20.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from congress.guard.record import kept
from elections.models import Election, IssueHour, IssueRegister, Round
from elections.queries.issue import summed, totals

FEW = 20  # fewer than so many are told to nobody outside the township


@dataclass(frozen=True, slots=True)
class Line:
    """What was issued in one hour, at one place or in one district."""

    pk: str
    label: str
    order: tuple
    person: int
    proxy: int
    replaced: int
    so_far: int | None = None  # from the first hour up to this one
    voters: int | None = None  # of the district

    @property
    def issued(self) -> int:
        """How many took part."""
        return self.person + self.proxy


def current(elections: Collection[Election]) -> QuerySet:
    """The votes by whose registers the turnout of levels is told: of each district the latest for which ballots were issued, or
    where none were, the latest."""
    return latest(Round.objects.kept().filter(election__in=elections))


def latest(rounds: QuerySet) -> QuerySet:
    """Of some votes those that are `current`."""
    rows = rounds.annotate(used=Exists(IssueHour.objects.filter(round=OuterRef("pk"))))
    ordered = rows.order_by("election_id", "district_id", "-used", "-held_on", "-number")
    return ordered.distinct("election_id", "district_id").values("pk")


def hours(election: Election) -> QuerySet:
    """What the registers of these votes counted."""
    return IssueHour.objects.filter(kept("register"), round__in=current([election]))


def by_hour(election: Election) -> list[Line]:
    """Hour by hour of every day on which ballots were issued, over all places."""
    lines, so_far = [], 0
    for (day, hour), said in sorted(summed(hours(election), "day", "hour").items()):
        so_far += said["person"] + said["proxy"]
        label = f"{day.month}月{day.day}日{hour}时至{hour + 1}时"
        lines.append(Line(f"{day}-{hour}", label, (day, hour), *_ways(said), so_far))
    return lines


def by_place(election: Election) -> list[Line]:
    """Every place and mobile box with a register; those on paper alone are told by the ledger."""
    said = summed(hours(election), "register")
    rows = IssueRegister.objects.kept().filter(pk__in=said).select_related("place", "mobile__district")
    return [
        Line(str(row.pk), str(row.whose), (row.mobile is not None, str(row.whose)), *_ways(said[row.pk]))
        for row in rows.order_by("place__name", "mobile__number")
    ]


def by_district(election: Election) -> list[Line]:
    """Every district that votes, against its voters: more than half have to take part (选举法四十五)."""
    said = totals(hours(election))
    rows = Round.objects.filter(pk__in=current([election])).select_related("district").order_by("district__number")
    return [
        Line(
            str(row.pk),
            str(row.district),
            (row.district.number,),
            *_ways(said.get(row.pk, Counter())),
            None,
            row.voters,
        )
        for row in rows
    ]


def _ways(said: Counter) -> tuple[int, int, int]:
    return said["person"], said["proxy"], said["replaced"]


BOARDS: dict[str, tuple[str, Callable[[Election], list[Line]]]] = {
    "place": ("投票站", by_place),
    "hour": ("小时", by_hour),
    "district": ("选区", by_district),
}
