"""On which day whom elects: the election day of a level, and the own day of a district that has one (选举法十一)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, Q

from congress.guard.record import kept
from congress.prepared import Prepared, given
from congress.wording import cdatew
from deputies.models import District
from elections.models import Campaign, DistrictDay, Election, Round
from elections.queries.districts import spans


@dataclass(frozen=True)
class Days:
    """The election day of a level (`main`) and, by the key of the district, the days of those that vote on another."""

    main: date
    own: Mapping[Any, date] = field(default_factory=dict)
    districts: tuple[District, ...] = ()

    def of(self, district_id) -> date:
        """When a district votes."""
        return self.own.get(district_id, self.main)

    @property
    def all(self) -> list[date]:
        """Every day on which somebody votes, in their order."""
        return sorted({self.main, *self.own.values()})

    @property
    def first(self) -> date:
        """When the first district votes."""
        return min((self.main, *self.own.values()))

    @property
    def last(self) -> date:
        """When the last district votes."""
        return max((self.main, *self.own.values()))

    def groups(self) -> list[tuple[date, str]]:
        """The other days in their order, each with the districts that vote then."""
        return [
            (day, spans([one for one in self.districts if self.own[one.pk] == day]))
            for day in sorted(set(self.own.values()))
        ]

    def said(self, day=cdatew) -> str:
        """As a sentence has it: 2026年12月20日（星期日），其中第3选区为2026年12月22日（星期二）."""
        told = "；".join(f"{places}为{day(on)}" for on, places in self.groups())
        return f"{day(self.main)}，其中{told}" if told else day(self.main)

    def on_days(self, test, path: str = "district") -> Q:
        """Rows for which `test(day)`, a condition, holds on the day of their own district; `path` leads to it."""
        condition = ~Q(**{f"{path}__in": list(self.own)}) & test(self.main) if self.own else test(self.main)
        for day in sorted(set(self.own.values())):
            there = [key for key, on in self.own.items() if on == day]
            condition |= Q(**{f"{path}__in": there}) & test(day)
        return condition


def days_of(election: Election) -> Days:
    """The days of a level's election, in one query. A day that the level's was moved to is no own one any more."""
    apart = (row for row in _DAYS(election=election.pk) if row.day != election.election_day)
    found = sorted(apart, key=lambda row: row.district.number)
    return Days(
        election.election_day, {row.district_id: row.day for row in found}, tuple(row.district for row in found)
    )


_DAYS = Prepared(lambda: DistrictDay.objects.kept().filter(election=given("election")).select_related("district__term"))


def own_days(campaign: Campaign) -> dict[Any, date]:
    """The districts of a work that vote on a day of their own, of both levels, each with its day, in one query."""
    rows = DistrictDay.objects.kept().filter(kept("election"), election__campaign=campaign)
    return dict(rows.values_list("district", "day"))


def vote_of(election: Election, district_id) -> Round | None:
    """The latest vote of a district that was arranged, the first or a further one."""
    rows = Round.objects.kept().filter(election=election, district=district_id)
    found: Round | None = rows.order_by("-number").first()
    return found


def vote_day(election: Election, district_id) -> date:
    """When a district votes next, or last did: on the day of its latest vote, on its election day while none was arranged."""
    vote = vote_of(election, district_id)
    return vote.held_on if vote else day_of(election, district_id)


def last_vote(election: Election) -> date:
    """When the last vote of a level is held that is known of: until then its list of voters is asked for."""
    votes = Round.objects.kept().filter(election=election).aggregate(last=Max("held_on"))
    own: date = days_of(election).last
    return max(own, votes["last"] or own)


def day_of(election: Election, district_id) -> date:
    """When a district votes at an election."""
    rows = DistrictDay.objects.kept().filter(election=election, district=district_id)
    found: date | None = rows.values_list("day", flat=True).first()
    return found or election.election_day
