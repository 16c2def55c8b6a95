"""Reads of elections and what the law says about their totals."""

from dataclasses import replace

from django.db.models import QuerySet

from congress.law import ballots
from congress.law import elections as law
from congress.law.finding import Finding
from elections.models import DistrictTurnout, Election


def elections():
    """Elections entered by their totals that stand, the newest first, with their term; campaigns have their own pages."""
    return Election.objects.kept().filter(campaign__isnull=True).select_related("term", "township__county")


def turnouts(election: Election) -> QuerySet:
    """What was recorded of the districts of an election, in the order of their numbers."""
    return DistrictTurnout.objects.kept().filter(election=election).select_related("election", "township")


# The number of a district each finding about its vote speaks of.
_SPOKEN_OF = {"tally.turnout": "took_part", "tally.turnout_disputed": "took_part"}


def judged(row: DistrictTurnout) -> list[Finding]:
    """What the law says of the vote of one district, each at the number it speaks of."""
    found = ballots.check_turnout(row.registered, row.took_part, row.recovered, row.election.election_day)
    return [replace(one, field=_SPOKEN_OF.get(one.code, "recovered")) for one in found]


def standing(row: DistrictTurnout) -> tuple[str, str]:
    """Whether a district's election is valid, as a word and its tone."""
    found = judged(row)
    if ballots.is_void(tuple(found)):
        return "选举无效", "bad"
    return ("待核对", "warning") if found else ("有效", "good")


def findings(election: Election) -> list[Finding]:
    """What the law says: seats the districts cannot make up, each district's turnout, and what totals cannot judge."""
    on, rows = election.election_day, list(turnouts(election))
    each = tuple(ballots.DistrictTurnout(str(row), row.registered, row.took_part, row.recovered) for row in rows)
    found = [*law.check_district_totals(election.districts, election.seats, on), *ballots.check_turnouts(each, on)]
    if election.registered:
        found += ballots.check_totals(election.registered, election.took_part, election.districts, len(rows), on)
    return [*found, *_sums(election, rows)]


def _sums(election: Election, rows: list[DistrictTurnout]) -> list[Finding]:
    """Where all districts are recorded and do not add up to the totals."""
    if not rows or len(rows) < election.districts:
        return []
    found = []
    for name, label in (("registered", "登记选民"), ("took_part", "参加投票")):
        total, stated = sum(getattr(row, name) for row in rows), getattr(election, name)
        if total != stated:
            message = f"各选区{label}合计{total}人，与总数{stated}人不符，请核对"
            found.append(Finding(f"turnout.{name}", message, blocking=False))
    return found
