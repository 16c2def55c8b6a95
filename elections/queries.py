"""Reads of elections and what the law says about their totals."""

from congress.law import tallies
from congress.law.finding import Finding
from elections.models import Election


def elections():
    """Elections that stand, the newest first, with their term."""
    return Election.objects.kept().select_related("term", "township__county")


def findings(election: Election) -> list[Finding]:
    """Whether more than half of the registered voters took part."""
    if not election.registered:
        return []
    return list(
        tallies.check_ballots(election.registered, election.took_part, election.took_part, election.election_day)
    )
