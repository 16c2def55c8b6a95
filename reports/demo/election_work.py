"""The general election that is under way: one township is registering its voters, one has published its list and decides on
an appeal, one has its formal candidates and prints ballots, one has voted. The days are told back from an election day some
weeks from today, so that it is under way whenever it is shown."""

from dataclasses import dataclass
from datetime import date, timedelta

from deputies.actions import DISTRICTS
from deputies.models import District, Level, Term
from elections.actions import appeals, campaigns, committees, lists
from elections.actions.districts import GROUPS as VOTER_GROUPS
from elections.actions.roll import Basis, change
from elections.actions.voters import Entry, register
from elections.life import CAMPAIGN, VOTER_LIST
from elections.models import (
    Appeal,
    Campaign,
    Committee,
    CommitteeDecision,
    CommitteeMember,
    Registration,
    RollChange,
    Voter,
    VoterGroup,
    VoterList,
)
from elections.queries import on_roll
from elections.queries.campaigns import elections_of
from elections.queries.work import waiting
from reports.demo.candidacy import until_ballots
from reports.demo.diary import Story
from reports.demo.roster import ELECTION_DAY as LAST_DAY
from reports.demo.seats import seated
from reports.demo.town import Town
from reports.demo.votes import polled

# Deputies of the seventeenth term were elected in 2021; their successors are elected five years later (选举法、组织法).
UNDER_WAY = (date(2026, 9, 1), date(2027, 6, 30))
BEGUN = 58  # days before election day
Ground, Way = Registration.Ground, Registration.Way


@dataclass(frozen=True)
class Work:
    """How far the work of one township has come: days from today until election day, whether the list is published, whether
    candidates are settled, and whether it has voted, for which its districts have more voters than a list needs to be shown."""

    days_left: int
    published: bool
    settled: bool = False
    voted: bool = False

    def voters(self, group: VoterGroup, small: bool) -> int:
        """How many voters of a group are told; `small` tells candidates of the first districts only."""
        if self.voted and (group.district.number <= 2 or not small):
            return 26
        return 1 if small else 3


WORKS = {
    1: Work(40, published=False),
    2: Work(22, published=True),
    3: Work(-16, published=True, settled=True, voted=True),
    4: Work(6, published=True, settled=True),
}


def general(town: Town) -> Story:
    """The township's work until today; nothing where none is under way."""
    work = WORKS.get(town.place.series)
    today = town.diary.today
    if work is None or not UNDER_WAY[0] <= today <= UNDER_WAY[1]:
        return
    day = today + timedelta(days=work.days_left)
    yield day - timedelta(days=BEGUN)
    campaign = _begin(town, day)
    yield 2
    _committees(town, campaign)
    yield 5
    groups = _districts(town, campaign)
    CAMPAIGN.take("plan", town.clerk, campaign)
    yield day - timedelta(days=34) if work.published else today - timedelta(days=9)
    yield from _registering(town, campaign, groups)
    if work.settled:
        yield day - timedelta(days=22)
        _publish(town, campaign)
        yield from until_ballots(town, campaign, day)
        if work.voted:
            yield from polled(town, campaign, day)
            yield from seated(town, campaign, day)
        yield today - timedelta(days=1)
    elif work.published:
        yield today - timedelta(days=4)
        found = _publish(town, campaign)
        yield today - timedelta(days=1)
        _changes(town, found[0])
    _kept_up(town, campaign)


def _kept_up(town: Town, campaign: Campaign) -> None:
    """Everything that was planned until now is done, each on its day."""
    done = [one for one in waiting(campaign) if one.planned_on <= town.today]
    if done:
        CAMPAIGN.take("done", town.clerk, campaign, on=town.today, tasks=done, as_planned=True)


def _begin(town: Town, day: date) -> Campaign:
    campaign = Campaign(
        township=town.township,
        name=f"{day.year}年换届选举",
        begun_on=town.today,
        election_day=day,
        day_decided_on=town.today,
        day_paper=f"{town.place.name}选举委员会第一次会议纪要",
        last_day=LAST_DAY,
    )
    terms = [
        Term(township=town.township, level=Level.TOWNSHIP, number=18, seats=town.place.seats),
        Term(township=town.township, level=Level.COUNTY, number=7, seats=town.place.county_seats),
    ]
    return campaigns.begin(town.clerk, campaign, terms)


def _committees(town: Town, campaign: Campaign) -> None:
    """The township's own committee, appointed by the county; for the county's deputies the office works on its behalf."""
    county = town.township.county
    for election in elections_of(campaign):
        own = election.term.level == Level.TOWNSHIP
        committee = Committee(
            township=town.township,
            election=election,
            kind=Committee.Kind.OWN if own else Committee.Kind.ENTRUSTED,
            name=f"{town.place.name if own else county.name}选举委员会",
            appointed_by=county.standing_committee,
            appointed_on=town.today,
            paper=f"青人常〔{town.today.year}〕31号",
            office_place=f"{town.place.name}人民政府一楼选举办公室",
        )
        committees.COMMITTEES.record(town.clerk, committee)
        if own:
            _members(town, committee)


def _members(town: Town, committee: Committee) -> None:
    posts = [CommitteeMember.Post.CHAIR, CommitteeMember.Post.VICE, *[CommitteeMember.Post.MEMBER] * 7]
    duties = (f"{town.place.k}党委书记", f"{town.place.k}人大主席", "组织委员", "派出所所长", "司法所所长")
    for at, post in enumerate(posts):
        member = CommitteeMember(
            township=town.township,
            committee=committee,
            name=town.people.next().name,
            post=post,
            employer_post=duties[at] if at < len(duties) else f"{town.place.villages[at - len(duties)]}党支部书记",
            appointed_on=committee.appointed_on,
        )
        committees.MEMBERS.record(town.clerk, member)
    decision = CommitteeDecision(
        township=town.township,
        committee=committee,
        subject=CommitteeDecision.Subject.DAY,
        decided_on=committee.appointed_on,
        paper=f"{town.place.name}选举委员会第1号公告",
        content="确定选举日",
    )
    committees.DECISIONS.record(town.clerk, decision)


def _districts(town: Town, campaign: Campaign) -> list[VoterGroup]:
    """Three districts a village for the township, one for two villages for the county; a voters' group for each."""
    township, county = (election.term for election in elections_of(campaign))
    villages = town.place.villages
    people = town.place.population // (len(villages) * 3)
    of_county = [
        _district(town, county, at, "、".join(pair), 1, people * 3 * len(pair))
        for at, pair in enumerate([villages[at : at + 2] for at in range(0, len(villages), 2)])
    ]
    count, groups = len(villages) * 3, []
    for at in range(count):
        seats = town.place.seats // count + (at < town.place.seats % count)
        village = villages[at // 3]
        district = _district(town, township, at, village, seats, people, "一二三"[at % 3])
        group = VoterGroup(
            township=town.township,
            district=district,
            county_district=of_county[at // 6],
            number=1,
            name=f"{village}{'一二三'[at % 3]}组",
            leader=town.people.next().name,
        )
        groups.append(group)
    return [VOTER_GROUPS.record(town.clerk, group) for group in groups]


def _district(town: Town, term: Term, at: int, places: str, seats: int, population: int, part: str = "") -> District:
    district = District(
        township=town.township,
        term=term,
        number=at + 1,
        name=f"{places}{f'第{part}片' if part else '片'}"[:60],
        seats=seats,
        population=population,
        villages=places,
    )
    return DISTRICTS.record(town.clerk, district)


def _registering(town: Town, campaign: Campaign, groups: list[VoterGroup]) -> Story:
    """From house to house, a few groups a day; in the township that has no list yet some groups are still to come."""
    work = WORKS[town.place.series]
    done = groups if work.published else groups[: len(groups) * 2 // 3]
    for at, group in enumerate(done):
        if at % 6 == 5:
            yield 1
        for _ in range(work.voters(group, town.scale.small)):
            _voter(town, campaign, group)


def _voter(town: Town, campaign: Campaign, group: VoterGroup) -> None:
    person = town.people.next(eldest=74, youngest=14)
    with_card = town.rng.random() < 0.8
    voter = Voter(
        township=town.township,
        name=person.name,
        gender=person.gender,
        ethnicity=person.ethnicity,
        birth_date=person.born,
        evidence=Voter.Evidence.ID_CARD if with_card else Voter.Evidence.HUKOU,
        village=group.district.villages,
        household_no=str(town.rng.randrange(1, 180)),
        id_number=person.id_number if with_card else None,
    )
    came_of_age = person.born > LAST_DAY.replace(year=LAST_DAY.year - 18)
    entry = Entry(
        group=group,
        ground=Ground.NEWLY_18 if came_of_age else Ground.CARRIED,
        way=town.rng.choice((Way.DOOR, Way.DOOR, Way.STATION)),
        registered_on=town.today,
        apart="visit",
    )
    register(town.clerk, voter, campaign, entry)


def _publish(town: Town, campaign: Campaign) -> list[VoterList]:
    """The list of each level is frozen by two and published, the township's first."""
    found = []
    for election in elections_of(campaign):
        row = VOTER_LIST.take("confirm", town.chair, lists.ask(town.clerk, election))
        places = {
            "places": "各选区公告栏、村务公开栏",
            "appeal_place": f"{town.place.name}人民政府一楼，电话0991-0000123",
        }
        found.append(VOTER_LIST.take("publish", town.clerk, row, on=town.today, **places))
    return found


def _changes(town: Town, voter_list: VoterList) -> None:
    """Somebody has died since, and somebody objects."""
    first, second = on_roll(voter_list.election).select_related("voter", "election").order_by("voter__stroke_key")[:2]
    change(town.clerk, first, RollChange.Kind.DIED, town.today, Basis(paper="村委会死亡证明"))
    appeal = Appeal(
        township=town.township,
        voter_list=voter_list,
        kind=Appeal.Kind.LISTED,
        appellant=town.people.next().name,
        subject=second.voter.name,
        registration=second,
        words="他全家三年前迁到外县，户口也迁走了，不应在本选区登记。",
        received_on=town.today,
    )
    appeals.receive(town.clerk, appeal)
