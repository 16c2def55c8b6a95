"""One row of everything an election campaign keeps, for the walk over all addresses."""

from datetime import date

from congress.people import keys
from deputies.models import District, Level, Term
from elections.models import Campaign, Election
from tests.architecture.samples_candidates import candidate_lists, candidates
from tests.architecture.samples_districts import districts
from tests.architecture.samples_places import mobile_voter, places
from tests.architecture.samples_proxies import proxies
from tests.architecture.samples_roll import beside_the_roll, card, published_list, registered
from tests.architecture.samples_work import committee, work

BEGUN, ELECTION_DAY = date(2026, 9, 1), date(2026, 12, 20)


def elections(s) -> None:
    """A township in the middle of its general election: its roll frozen, one supplement, one change after it."""
    term = s.make("next_term", Term, level=Level.TOWNSHIP, number=s.term.number + 1, seats=50)
    district = _district(s, term)
    campaign = _campaign(s)
    election = s.make("level", Election, campaign=campaign, term=term, begun_on=BEGUN, election_day=ELECTION_DAY)
    committee(s, campaign, election)
    work(s, campaign, district)
    districts(s, election, district)
    places(s, campaign, district)
    key = keys.new_data_key(s.town.pk, "elections.roll")
    key.save(force_insert=True)
    voter, registration = registered(s, election, district, key)
    published_list(s, election, registration)
    card(s, registration)
    proxies(s, registration)
    mobile_voter(s, registration)
    beside_the_roll(s, campaign, voter, key)
    candidates(s)
    candidate_lists(s)


def _district(s, term):
    return s.make(
        "next_district",
        District,
        term=term,
        number=1,
        name=f"东山{s.mark}",
        seats=2,
        population=2500,
        villages="东山村",
    )


def _campaign(s):
    return s.make(
        "campaign",
        Campaign,
        name=f"2026年换届选举{s.mark}",
        begun_on=BEGUN,
        election_day=ELECTION_DAY,
        last_day=date(2021, 10, 20),
        online_from=date(2022, 1, 1),
        online_until=date(2026, 12, 1),
        online_contact="0571-88880000",
    )
