"""How far the votes of several levels are, in totals for their county: nothing of a box, and of a result that it was declared."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count as Number
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum

from congress.counting.models import CountEntry, CountReader, CountUnit
from congress.guard.record import kept
from congress.prepared import AnyOf, given
from elections.models import IssueHour, Round
from elections.queries.issue import added
from elections.queries.turnout import FEW, latest


@dataclass(frozen=True)
class Polled:
    """Of one level: how many took part by the registers, how many units there are to count and of how many two people have
    read all ballots, in how many of the districts that vote the result was declared by two people."""

    issued: int = 0
    units: int = 0
    read: int = 0
    districts: int = 0
    declared: int = 0

    @property
    def issued_said(self) -> int | str:
        """Who took part so far; a small number would say of whom it is told."""
        return self.issued if self.issued >= FEW else f"不足{FEW}" if self.issued else ""

    @property
    def read_said(self) -> str:
        """The units that were read, of all there are."""
        return _of(self.read, self.units)

    @property
    def declared_said(self) -> str:
        """The districts that were declared, of all that vote."""
        return _of(self.declared, self.districts)


def _of(done: int, whole: int) -> str:
    return f"{done} / {whole}" if whole else ""


NOTHING = Polled()


def questions() -> dict[str, QuerySet]:
    """What the database is asked of the levels that are `given` as `elections`. Of a district the vote counts that is told elsewhere
    as its present one (`turnout.current`), and once declared is declared."""
    held = Round.objects.kept().filter(AnyOf("election", given("elections"))).order_by()
    present, votes = latest(held), held.annotate(level=F("election"))
    return {"issued": _issued(present), "units": _units(votes, present), "declared": _declared(votes)}


def told(found: Mapping[str, list[dict]]) -> dict[UUID, Polled]:
    """The answers, by the key of the level."""
    issued = added((row["level"], row["way"], row["number"]) for row in found["issued"])
    units = {row["level"]: row for row in found["units"]}
    return {
        UUID(level): Polled(
            issued[level]["person"] + issued[level]["proxy"],
            units.get(level, {}).get("all") or 0,
            units.get(level, {}).get("done") or 0,
            row["districts"],
            row["over"],
        )
        for row in found["declared"]
        if (level := row["level"])
    }


def _issued(present: QuerySet) -> QuerySet:
    rows = IssueHour.objects.filter(kept("register"), round__in=present).order_by()
    return rows.values("way", level=F("round__election")).annotate(number=Sum("number"))


def _declared(votes: QuerySet) -> QuerySet:
    over = Number("district", filter=Q(confirmed_by__isnull=False), distinct=True)
    return votes.values("level").annotate(over=over, districts=Number("district", distinct=True))


def _units(votes: QuerySet, present: QuerySet) -> QuerySet:
    """What was mixed into another unit is counted there. A reading that was sent back is none."""
    read = CountEntry.objects.filter(kept("reader"), final=True, sent_back_by=None, reader__unit=OuterRef("pk"))
    first, second = (
        Exists(read.filter(reader__place=place)) for place in (CountReader.Place.FIRST, CountReader.Place.SECOND)
    )
    units = CountUnit.objects.kept().filter(count=OuterRef("count"), mixed_into=None)
    votes = votes.filter(kept("count"), pk__in=present, count__isnull=False)
    return votes.values("level").annotate(all=Sum(_number(units)), done=Sum(_number(units.filter(first, second))))


def _number(rows: QuerySet) -> Subquery:
    counted = rows.order_by().values("count").annotate(number=Number("pk")).values("number")
    return Subquery(counted, output_field=IntegerField())
