"""The districts of a level with the sums of the whole, and what the law says of them together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, DateField, F, IntegerField, QuerySet, Sum, Value
from django.db.models.functions import NullIf

from congress.law import elections as law
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.together import number_of
from deputies.models import District, Level
from elections.models import Election, Registration

NAMED = 3  # districts that are told one by one


@dataclass(frozen=True)
class Whole:
    """Districts, their seats and people in sum, and how many of them have no number of people."""

    districts: int
    seats: int
    people: int
    unknown: int


def whole_of(election: Election) -> Whole:
    """The sums of a level's districts."""
    rows = District.objects.kept().filter(term=election.term_id)
    found = rows.aggregate(n=Count("pk"), seats=Sum("seats"), people=Sum("population"), known=Count("population"))
    return Whole(found["n"], found["seats"] or 0, found["people"] or 0, found["n"] - found["known"])


def level_districts(election: Election, whole: Whole) -> QuerySet:
    """The districts with the voters on the roll, people per seat, and the sums of those whose people are known."""
    known = District.objects.kept().filter(term=election.term_id, population__isnull=False)
    places = known.aggregate(places=Sum("seats"))["places"] or 0
    on_roll = Registration.objects.kept().filter(election=election, on_roll=True)
    return (
        District.objects.kept()
        .filter(term=election.term_id)
        .select_related("term", "township")
        .annotate(
            voters=number_of(on_roll, "district"),
            per_seat=F("population") / NullIf(F("seats"), 0),
            whole=Value(whole.people, output_field=IntegerField()),
            places=Value(places, output_field=IntegerField()),
            asked_on=Value(election.election_day, output_field=DateField()),
        )
    )


def whole_findings(election: Election, whole: Whole) -> list[Finding]:
    """What the law says of the districts together: seats they cannot carry, seats that differ from those decided."""
    if not whole.districts:
        return []
    day, seats = election.election_day, election.term.seats
    found = list(law.check_district_totals(whole.districts, seats or whole.seats, day))
    if seats and seats != whole.seats and election.term.level == Level.TOWNSHIP:
        message = f"各选区应选名额合计{whole.seats}名，与代表名额{seats}名不一致，请核对"
        found.append(Finding("districts.seats", message, cite("election_law", "committee_duties", day), False))
    return found


def spans(districts: Iterable[District]) -> str:
    """Districts in few words, level by level: up to three by name, more by their numbers, 第1至5、7选区."""
    levels: dict[str, list[District]] = {}
    for one in sorted(districts, key=lambda one: one.number):
        levels.setdefault(one.term.get_level_display(), []).append(one)
    said = {level: _span(rows) for level, rows in levels.items()}
    return "；".join(f"{level}{told}" for level, told in said.items()) if len(said) > 1 else "".join(said.values())


def _span(rows: list[District]) -> str:
    if len(rows) <= NAMED:
        return "、".join(map(str, rows))
    runs: list[list[int]] = []
    for number in (one.number for one in rows):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}至{run[-1]}" for run in runs)
    return f"第{told}选区，共{len(rows)}个"
