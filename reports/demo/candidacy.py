"""From the published list of voters to printed ballots, told of one township: who is named and asked about, the two lists,
what the groups said, where and by which rules one votes."""

from datetime import date, time, timedelta

from deputies.models import District, Level
from elections.actions import ballots, candidate_lists, candidates, consultations, nominations, places, staff
from elections.life import CANDIDATE_LIST, NOMINATION, NOMINEE
from elections.models import (
    Campaign,
    CandidateList,
    Consultation,
    Election,
    NominatingBody,
    Nomination,
    Nominee,
    PollingPlace,
    PollStaff,
    Vetting,
    VettingUnit,
    VoterGroup,
    VotingRules,
)
from elections.queries.campaigns import elections_of
from elections.queries.candidate_lists import groups_of, place_of
from elections.queries.candidates import districts_of
from reports.demo.diary import Story
from reports.demo.polling import made_ready
from reports.demo.town import Town

Kind = CandidateList.Kind
COLOURS = {Level.TOWNSHIP: "浅红", Level.COUNTY: "浅黄"}
TRADES = ("村民", "小学教师", "乡村医生", "合作社负责人", "个体经营者", "村妇联主席")


def until_ballots(town: Town, campaign: Campaign, day: date) -> Story:
    """Everything that is due until a week before election day, on the days on which it is done."""
    levels = elections_of(campaign)
    yield day - timedelta(days=20)
    people = [one for election in levels for one in _named(town, election)]
    yield day - timedelta(days=18)
    _answered(town, people)
    units = _asked(town, campaign, people)
    yield day - timedelta(days=16)
    _vetted(town, units)
    _lists(town, levels, Kind.FIRST)
    yield day - timedelta(days=11)
    _discussed(town, levels)
    _rules(town, levels)
    yield day - timedelta(days=8)
    _lists(town, levels, Kind.FORMAL)
    yield day - timedelta(days=7)
    _polling(town, campaign)
    made_ready(town, campaign, next(one for one in levels if one.term.level == Level.TOWNSHIP))
    for election in levels:
        colour = COLOURS[Level(election.term.level)]
        ballots.order(town.clerk, election, ordered_on=town.today, spare=20, first_stub=1, colour=colour)


def _told(town: Town, election: Election) -> list[District]:
    """The districts of which something is told: all, and the first of the small demonstration."""
    return list(districts_of(election)[: 2 if town.scale.small else None])


def _named(town: Town, election: Election) -> list[Nominee]:
    """One person more than the seats in every district: the first by the party, the others by voters together."""
    county = election.term.level == Level.COUNTY
    place = town.township.county.name if county else town.place.name
    rank = NominatingBody.Rank.COUNTY if county else NominatingBody.Rank.TOWNSHIP
    body = NominatingBody(
        township=town.township,
        campaign=election.campaign,
        name=f"中共{place}委员会",
        kind=NominatingBody.Kind.PARTY,
        rank=rank,
    )
    party = candidates.BODIES.record(town.clerk, body)
    made = []
    for district in _told(town, election):
        for at in range(district.to_elect + 1):
            nominee = _nominee(town, election, district, at)
            made.append(nominee)
            _form(town, nominee, None if at else party)
    return made


def _nominee(town: Town, election: Election, district: District, at: int) -> Nominee:
    person = town.people.next(eldest=58, youngest=26)
    village = district.villages.split("、")[0]
    nominee = Nominee(
        township=town.township,
        election=election,
        district=district,
        name=person.name,
        gender=person.gender,
        birth_date=person.born,
        ethnicity=person.ethnicity,
        id_number=person.id_number,
        phone=person.phone,
        party="cpc" if at == 0 else "masses",
        education=("college", "senior", "bachelor")[at % 3],
        employer_post=f"{village}党支部书记" if at == 0 else f"{village}{town.rng.choice(TRADES)}",
        resume="长期在本村工作，热心公共事务，群众评价好。",
    )
    return candidates.NOMINEES.record(town.clerk, nominee)


def _form(town: Town, nominee: Nominee, party: NominatingBody | None) -> None:
    form = Nomination(
        township=town.township,
        nominee=nominee,
        kind=Nomination.Kind.BODIES if party else Nomination.Kind.VOTERS,
        submitted_on=town.today,
        paper_signers=None if party else town.rng.randrange(11, 19),
    )
    also = (lambda row: nominations.set_bodies(row, [party])) if party else None
    nominations.NOMINATIONS.record(town.clerk, form, also)
    NOMINATION.take("accept", town.clerk, form, on=town.today)


def _answered(town: Town, people: list[Nominee]) -> None:
    for nominee in people:
        NOMINEE.take("answer", town.clerk, nominee, on=town.today, consent=Nominee.Consent.AGREED)
        answers = {"mandates": "no", "residence": "no", "funding": "no"}
        NOMINEE.take("declare", town.clerk, nominee, on=town.today, **answers)


def _asked(town: Town, campaign: Campaign, people: list[Nominee]) -> list[VettingUnit]:
    names = (f"{town.place.name}派出所", f"{town.place.name}纪律检查委员会")
    units = [
        candidates.VETTING_UNITS.record(
            town.clerk, VettingUnit(township=town.township, campaign=campaign, name=name, days=2)
        )
        for name in names
    ]
    nominations.ask(town.clerk, campaign, people, units, town.today)
    return units


def _vetted(town: Town, units: list[VettingUnit]) -> None:
    """Nobody says anything against anybody, but for one advice, which changes no list."""
    asked = Vetting.objects.kept().filter(unit__in=units).select_related("nominee").order_by("unit__name", "created_at")
    for at, row in enumerate(asked):
        said = {"opinion": Vetting.Opinion.CLEAR, "answered_on": town.today}
        if at == 1:
            said |= {"opinion": Vetting.Opinion.ADVICE, "words": "在本村居住不满三年，建议了解。"}
        nominations.VETTINGS.change(town.clerk, row, said, row.version)


def _lists(town: Town, levels: list[Election], kind: str) -> None:
    for election in levels:
        for row in candidate_lists.draw(town.clerk, election, kind):
            CANDIDATE_LIST.take("lock", town.clerk, row, on=town.today)
            CANDIDATE_LIST.take("publish", town.clerk, row, on=town.today, places="各选区公告栏、村务公开栏")


def _discussed(town: Town, levels: list[Election]) -> None:
    """Every group of voters once: its opinion on each candidate, and that it is fairly common."""
    for election in levels:
        link = place_of(election)
        named: dict = {}
        for one in Nominee.objects.kept().filter(election=election):
            named.setdefault(one.district_id, []).append(one)
        for group in groups_of(election).filter(**{f"{link}__in": list(named)}).order_by("district__number"):
            present = town.rng.randrange(21, 30)
            people = named[getattr(group, f"{link}_id")]
            opinions = {str(one.pk): town.rng.randrange(12, present) for one in people}
            row = Consultation(
                township=town.township,
                election=election,
                group=group,
                held_on=town.today,
                expected=30,
                present=present,
                opinions=opinions,
                agreed=True,
                recorder=group.leader,
            )
            consultations.CONSULTATIONS.record(town.clerk, row)


def _rules(town: Town, levels: list[Election]) -> None:
    for election in levels:
        rules = VotingRules(
            township=town.township,
            election=election,
            fixed_on=town.today,
            paper=f"{town.place.name}选举委员会第5次会议纪要",
        )
        candidate_lists.VOTING_RULES.record(town.clerk, rules)


def _polling(town: Town, campaign: Campaign) -> None:
    """A polling place in every district of the township, with a host and two who watch."""
    township = next(one for one in elections_of(campaign) if one.term.level == Level.TOWNSHIP)
    groups = {one.district_id: one for one in VoterGroup.objects.kept().filter(district__term=township.term)}
    for district in _told(town, township):
        village = district.villages.split("、")[0]
        place = PollingPlace(
            township=town.township,
            campaign=campaign,
            district=district,
            county_district_id=groups[district.pk].county_district_id,
            name=f"第{district.number}投票站（{village}）",
            spot=f"{village}村委会一楼会议室",
            opens_at=time(8),
            closes_at=time(16),
        )
        places.PLACES.record(town.clerk, place)
        roles = (PollStaff.Role.HOST, PollStaff.Role.MONITOR, PollStaff.Role.TELLER)
        for role in roles[: 1 if town.scale.small else 3]:
            member = PollStaff(
                township=town.township,
                campaign=campaign,
                place=place,
                name=town.people.next().name,
                role=role,
                chosen_on=town.today,
                relation=PollStaff.Relation.NONE,
            )
            staff.STAFF.record(town.clerk, member)
