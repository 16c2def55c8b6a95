"""One row of what is kept of districts while an election is prepared, a by-election among it."""

from datetime import date

from elections.models import Campaign, DistrictDay, DistrictOrigin, Election, Vacancy

BY_ELECTION_DAY = date(2026, 12, 6)  # another day, so that lists have one order


def districts(s, election, district) -> None:
    """Where the district comes from, and a by-election of the term that runs."""
    s.make(
        "district_origin",
        DistrictOrigin,
        election=election,
        district=district,
        former=s["district"],
        redrawn=True,
        reason=s.mark or "并村",
    )
    filling = s.make(
        "by_election",
        Campaign,
        name=f"2026年补选{s.mark}",
        how="by_election",
        begun_on=election.begun_on,
        election_day=BY_ELECTION_DAY,
    )
    of_term = s.make(
        "by_election.level",
        Election,
        campaign=filling,
        how="by_election",
        term=s.term,
        begun_on=election.begun_on,
        election_day=BY_ELECTION_DAY,
    )
    s.make(
        "district_day",
        DistrictDay,
        election=of_term,
        district=s["district"],
        day=date(2026, 12, 5),
        reason=f"汛期{s.mark}",
        consented_on=date(2026, 11, 20),
        paper=f"镇选〔2026〕9号{s.mark}",
    )
    s.make("vacancy", Vacancy, election=of_term, district=s["district"], seats=1, reason=f"迁出{s.mark}")
