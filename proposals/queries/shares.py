"""Whose turn it is inside a suggestion: shares of units, cosignings, a request to reply later. All read with its facts."""

from congress.models import Role
from congress.permissions import Standing
from proposals import stages
from proposals.models import Assignment, Cosigner, Extension, Suggestion
from proposals.queries.facts import current_shares, facts_of, stage_of


def own_shares(standing: Standing, suggestion: Suggestion) -> list[Assignment]:
    """The shares of the present round the standing acts for; the clerk writes down what any unit sent on paper."""
    shares = current_shares(suggestion)
    return shares if standing.has(Role.CLERK) else [one for one in shares if one.unit_id in standing.unit_ids]


def own_answering(standing: Standing, suggestion: Suggestion) -> list[Assignment]:
    """The shares among them that answer: the lead unit's, or those of units that answer separately."""
    return [one for one in own_shares(standing, suggestion) if one.part in Assignment.ANSWERING]


def own_assisting(standing: Standing, suggestion: Suggestion) -> list[Assignment]:
    """The assisting shares the standing acts for."""
    return [one for one in own_shares(standing, suggestion) if one.part == Assignment.Part.ASSIST]


def facts_for(standing: Standing, suggestion: Suggestion) -> stages.Facts:
    """The facts as they concern the standing: of a unit that answers separately its own part, else all of them."""
    facts = facts_of(suggestion)
    own = [
        share
        for share in current_shares(suggestion)
        if share.part == Assignment.Part.SEPARATE and share.unit_id in standing.unit_ids
    ]
    return facts.of(own[0].strand) if len(own) == 1 else facts


def asked_extension(suggestion: Suggestion, share: Assignment) -> Extension | None:
    """The request to reply later that waits for an answer in the strand of a share."""
    waiting = [
        row
        for row in suggestion.extensions.all()
        if (row.round, row.strand) == (share.round, share.strand) and row.agreed_on is None and row.declined_on is None
    ]
    return waiting[-1] if waiting else None


def own_cosignings(standing: Standing, suggestion: Suggestion) -> list[Cosigner]:
    """The cosignings the standing may confirm: a deputy's own; the clerk those that came signed on paper."""
    rows = list(suggestion.cosigners.all())
    return rows if standing.has(Role.CLERK) else [row for row in rows if row.deputy.account_id == standing.user.pk]


def unconfirmed(standing: Standing, suggestion: Suggestion) -> list[Cosigner]:
    """Those of them that wait for confirmation; none once the suggestion has ended."""
    if stage_of(suggestion) in stages.ENDED:
        return []
    return [row for row in own_cosignings(standing, suggestion) if row.confirmed_on is None]
