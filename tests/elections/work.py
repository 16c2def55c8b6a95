"""What the tests of the roll start from: an election work at both levels with two districts, and voters of it."""

from dataclasses import dataclass
from datetime import date

from congress.guard import scope
from congress.guard.action import action
from deputies.models import District, Level, Term
from elections.actions import voters
from elections.models import Campaign, Election, Registration, Voter, VoterGroup, VoterList
from tests.cast import SET_UP

BEGUN, DAY, LAST_DAY = date(2026, 9, 1), date(2026, 12, 16), date(2021, 12, 28)
Ground, Way = Registration.Ground, Registration.Way


@dataclass
class Work:
    """An election work of one township, by what its tests name."""

    campaign: Campaign
    town_level: Election
    county_level: Election
    groups: list[VoterGroup]

    @property
    def township(self):
        return self.campaign.township


def set_up(town, mark: str = "") -> Work:
    """An election work in whose two districts there is one group each, both of the county's first district."""
    with scope.township(town), action(SET_UP, actor=None):
        terms = [
            Term.objects.create(township=town, level=level, number=number, seats=50)
            for level, number in ((Level.TOWNSHIP, 18), (Level.COUNTY, 17))
        ]
        campaign = Campaign.objects.create(
            township=town, name=f"2026年换届选举{mark}", begun_on=BEGUN, election_day=DAY, last_day=LAST_DAY
        )
        levels = [
            Election.objects.create(township=town, campaign=campaign, term=term, begun_on=BEGUN, election_day=DAY)
            for term in terms
        ]
        county = District.objects.create(township=town, term=terms[1], number=7, name=f"县七{mark}", seats=2)
        groups = []
        for number, name in ((1, f"东村{mark}"), (2, f"西村{mark}")):
            district = District.objects.create(township=town, term=terms[0], number=number, name=name, seats=2)
            groups.append(
                VoterGroup.objects.create(
                    township=town, district=district, county_district=county, number=1, name=f"{name}一组"
                )
            )
    return Work(campaign, *levels, groups)


def voter(town, name: str = "陈立春", **values) -> Voter:
    """A voter not kept yet."""
    given = {"gender": "male", "birth_date": date(1970, 5, 6), "evidence": Voter.Evidence.HUKOU} | values
    return Voter(township=town, name=name, **given)


def entry(work: Work, group: int = 0, **values) -> voters.Entry:
    """What a registration of the work says."""
    given = {"ground": Ground.CARRIED, "way": Way.DOOR, "registered_on": date(2026, 10, 8)} | values
    return voters.Entry(group=work.groups[group], **given)


def registered(actor, work: Work, name: str = "陈立春", group: int = 0, **values) -> Voter:
    """A voter on the roll."""
    said = {key: values.pop(key) for key in tuple(values) if key in voters.Entry.__dataclass_fields__}
    return voters.register(actor, voter(work.township, name, **values), work.campaign, entry(work, group, **said))


def on_roll(person: Voter, election: Election) -> list[int]:
    """The numbers of the districts in which somebody stands."""
    rows = Registration.objects.kept().filter(voter=person, election=election, on_roll=True)
    return list(rows.values_list("district__number", flat=True))


def freeze(election: Election) -> VoterList:
    """The list of an election frozen, as far as the roll asks."""
    with action(SET_UP, actor=None):
        return VoterList.objects.create(
            township=election.township,
            election=election,
            by_one=True,
            frozen_at=election.created_at,
            voters=0,
            fingerprint="0" * 64,
        )
