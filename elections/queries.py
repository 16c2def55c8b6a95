"""Reads of elections and what the law says about their totals."""

from congress.law import ballots
from congress.law import elections as law
from congress.law.finding import Finding
from elections.models import Election


def elections():
    """Elections that stand, the newest first, with their term."""
    return Election.objects.kept().select_related("term", "township__county")


def findings(election: Election) -> list[Finding]:
    """What the law says of the totals: seats that the districts cannot make up, and that only districts are judged."""
    on = election.election_day
    found = [*law.check_district_totals(election.districts, election.seats, on)]
    if election.registered:
        found += ballots.check_totals(election.registered, election.took_part, election.districts, 0, on)
    return found
