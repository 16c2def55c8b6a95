"""Reads of the places of polling day and what the law says of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from congress.law import polling
from congress.law.finding import Finding
from congress.law.sources import cite
from deputies.models import District, Mandate
from elections.models import Campaign, DistrictDay, Election, PollingPlace, Vacancy
from elections.queries.districts import spans
from elections.queries.gathered import gathered
from elections.queries.work import districts_of


def electing(campaign: Campaign) -> QuerySet:
    """The districts that vote in a campaign: all of its levels', or in a by-election those with seats to fill."""
    rows = districts_of(campaign)
    if campaign.how == Mandate.How.GENERAL:
        return rows
    vacant = Vacancy.objects.kept().filter(election__campaign=campaign)
    return rows.filter(pk__in=vacant.values("district"))


def places(campaign: Campaign) -> QuerySet:
    """The polling places and election meetings of a campaign with their districts."""
    rows = PollingPlace.objects.kept().filter(campaign=campaign)
    return rows.select_related("campaign", "district__term", "county_district__term", "township__county")


def of_level(rows: QuerySet, election: Election) -> QuerySet:
    """Those among places or boxes at which one level elects."""
    return rows.filter(Q(district__term=election.term_id) | Q(county_district__term=election.term_id))


def district_at(row, election: Election) -> District:
    """The district of one level that votes at a place or box."""
    found: District = row.district if row.district.term_id == election.term_id else row.county_district
    return found


def own_days(campaign: Campaign) -> Mapping[UUID, date]:
    """The districts of every level that vote on another day than the campaign, with their day."""
    rows = DistrictDay.objects.kept().filter(election__campaign=campaign)
    return dict(rows.values_list("district", "day"))


def place_findings(row: PollingPlace) -> list[Finding]:
    """What the law says of the days of a place."""
    return _judged(row, own_days(row.campaign)) if row.closes_on else []


def _judged(row: PollingPlace, days: Mapping[UUID, date]) -> list[Finding]:
    day = days.get(row.district_id, row.campaign.election_day)
    return list(polling.check_polling_days(day, row.closes_on or day, day, row.township.pack))


def days_findings(campaign: Campaign, rows: Iterable[PollingPlace]) -> list[Finding]:
    """The same of many places, each by its name."""
    late = [row for row in rows if row.closes_on]
    days = own_days(campaign) if late else {}
    return gathered((row, one) for row in late for one in _judged(row, days))


def without_place(campaign: Campaign, rows: Iterable[PollingPlace] | None = None) -> list[District]:
    """The districts that vote and have neither a polling place nor an election meeting; `rows` are the places there are."""
    rows = places(campaign) if rows is None else rows
    there = {pk for row in rows for pk in (row.district_id, row.county_district_id)}
    return [one for one in electing(campaign) if one.pk not in there]


def of_term(found: Iterable[District], election: Election) -> list[District]:
    """Those of them in which one level elects."""
    return [one for one in found if one.term_id == election.term_id]


def all_findings(campaign: Campaign) -> list[Finding]:
    """What the law says of all places of a campaign: districts whose voters have nowhere to vote (选举法三十八), days."""
    rows = list(places(campaign))
    found = days_findings(campaign, rows)
    if lacking := without_place(campaign, rows):
        message = f"还没有设投票站或者选举大会的选区：{spans(lacking)}"
        ground = cite("election_law", "mobile_box", campaign.election_day)
        found.insert(0, Finding("places.lacking", message, ground, False))
    return found
