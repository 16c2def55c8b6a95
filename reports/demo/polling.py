"""What stands ready a week before people vote, told of one township: a sealed box at every place, boxes that are carried to
those who cannot come, and who votes by proxy because of work elsewhere."""

from collections import defaultdict
from datetime import time, timedelta

from elections.actions import boxes, mobile, proxies, staff
from elections.life import PROXY
from elections.models import (
    BallotBox,
    Campaign,
    Election,
    MobileBox,
    MobileVoter,
    PollingPlace,
    PollStaff,
    Registration,
)
from elections.queries import on_roll
from reports.demo.town import Town

AWAY = ("浙江义乌务工", "广东东莞电子厂务工", "省城建筑工地务工", "外地大学就读", "福建泉州务工", "跟车跑长途运输")
Reason = MobileVoter.Reason


def made_ready(town: Town, campaign: Campaign, election: Election) -> None:
    """Boxes, mobile boxes and proxies of the township's own level and what votes with it."""
    places = list(PollingPlace.objects.kept().filter(campaign=campaign).order_by("district__number"))
    for at, place in enumerate(places, start=1):
        _box(town, campaign, at, place=place)
    people = defaultdict(list)
    for entry in on_roll(election).select_related("voter").order_by("district__number", "voter__stroke_key"):
        people[entry.district_id].append(entry)
    for at, place in enumerate(places[:2]):
        carried = _mobile(town, campaign, place, people.pop(place.district_id)[-1:], at)
        _box(town, campaign, len(places) + 1 + at, mobile=carried)
    neighbours = [one for several in people.values() for one in several[:2]]
    _proxies(town, election, neighbours[: 2 * len(AWAY)])


def _box(town: Town, campaign: Campaign, at: int, **whose) -> None:
    seals = f"{4 * at - 3:04}—{4 * at:04}"
    box = BallotBox(township=town.township, campaign=campaign, number=f"{town.place.k}{at:02}", seals=seals, **whose)
    boxes.BOXES.record(town.clerk, box)


def _mobile(town: Town, campaign: Campaign, place: PollingPlace, voters: list[Registration], at: int) -> MobileBox:
    """A box for a district's old and ill, and for who lives far off, mixed with that of the place; two go with it."""
    village = place.district.villages.split("、")[0]
    box = MobileBox(
        township=town.township,
        campaign=campaign,
        district_id=place.district_id,
        county_district_id=place.county_district_id,
        number=1,
        route=f"{village}敬老院，卧床、行动不便的各户" if at == 0 else f"{village}山上各户，护林点",
        leaves_at=time(8, 30),
        returns_at=time(11, 30),
        mixed_with=place,
    )
    mobile.BOXES.record(town.clerk, box)
    for role in (PollStaff.Role.MONITOR, PollStaff.Role.OTHER):
        member = PollStaff(
            township=town.township,
            campaign=campaign,
            mobile=box,
            name=town.people.next().name,
            role=role,
            chosen_on=town.today,
            relation=PollStaff.Relation.NONE,
        )
        staff.STAFF.record(town.clerk, member)
    for entry in voters:
        reason = Reason.REMOTE if at else Reason.UNWELL
        mobile.VOTERS.record(
            town.clerk, MobileVoter(township=town.township, box=box, registration=entry, reason=reason)
        )
    return box


def _proxies(town: Town, election: Election, entries: list[Registration]) -> None:
    """Who works elsewhere entrusts a neighbour; the committee agrees to all but the last, of whom nothing is written."""
    pairs = list(zip(entries[::2], entries[1::2], strict=False))
    for at, (principal, agent) in enumerate(pairs):
        said = proxies.Authority(
            came_on=town.today,
            where=AWAY[at % len(AWAY)],
            since=town.today - timedelta(days=200),
            until=election.election_day + timedelta(days=40),
        )
        (row,) = proxies.enter(town.clerk, principal.voter, proxies.Agent(voter=agent.voter), [election], said)
        if at < len(pairs) - 1:
            PROXY.take("agree", town.clerk, row, on=town.today, by="committee", approver=town.people.next().name)
        else:
            PROXY.take("refuse", town.clerk, row, on=town.today, refusal="没有收到本人的书面委托")
