"""Reports of disturbed elections and void elections, for the tests."""

from datetime import date

from congress import clock
from deputies.models import Mandate
from elections.actions.breaches import ANNULMENTS, BREACHES
from elections.models import Annulment, Breach, Election


def reported(world, election: Election, **values) -> Breach:
    """Somebody reported that votes were bought."""
    given = {
        "received_on": min(clock.today(), election.begun_on),
        "kind": Breach.Kind.BRIBE,
        "reporter": "程举报",
        "subject": "丁一",
        "words": "给每户送两条烟，叫他们选丁一",
    } | values
    return BREACHES.record(world.clerk, Breach(township=world.township, campaign=election.campaign, **given))


def opinion(world, election: Election, mandate: Mandate, reviewed_on: date, **values) -> Annulment:
    """The credentials committee says that somebody who was seated was not elected."""
    given = {"ground": "conditions", "review": "不应当选"} | values
    made = Annulment(township=world.township, election=election, mandate=mandate, reviewed_on=reviewed_on, **given)
    return ANNULMENTS.record(world.clerk, made)
