"""A campaign of many districts, as large as a large township's, for what the papers of a whole campaign cost."""

from datetime import time

from congress.guard.action import action
from congress.people.record import prepare_bulk
from deputies.models import District
from elections.models import BallotBox, Election, MobileBox, MobileVoter, PollingPlace, PollStaff, VoterGroup
from tests.cast import SET_UP
from tests.elections.campaigns import campaign, voters

ROLES = ("host", "monitor", "monitor", "teller", "teller", "issuer")
GIVEN = "伟芳秀英敏静丽强磊军洋勇艳杰涛明超兰霞平刚桂文华"


def name_of(serial: int) -> str:
    """An invented name, each once in some thousands."""
    return "赵钱孙李周吴郑王"[serial % 8] + GIVEN[serial // 8 % 24] + GIVEN[serial // 192 % 24]


def township(world, districts: int = 24, places: int = 3, voters_each: int = 0, later: int = 2) -> Election:
    """An election of so many districts, each with its group, its polling places with six who work at each, a box at each, and a
    mobile box; `voters_each` voters in each district, the first fifteen of whom vote at the mobile box. Call in the scope."""
    election = campaign(world, later=later, name=f"{districts}个选区的换届选举{later}")
    town = {"township": world.township}
    with action(SET_UP, actor=None):
        for number in range(3, districts + 1):
            title = f"第{number}村民委员会"
            found = District.objects.create(
                **town, term=election.term, number=number, name=title, seats=2, population=1200
            )
            VoterGroup.objects.create(**town, district=found, number=1, name=f"{title}一组")
        serial, staff = 0, []
        for found in District.objects.filter(term=election.term).order_by("number"):
            at = {**town, "campaign": election.campaign}
            MobileBox.objects.create(**at, district=found, number=1, route="五组、六组，敬老院", leaves_at=time(8))
            for spot in range(places):
                there = PollingPlace.objects.create(
                    **at,
                    district=found,
                    name=f"{found.name}第{spot + 1}投票站",
                    spot=f"{found.name}村委会{spot + 1}楼会议室",
                    opens_at=time(8),
                    closes_at=time(16),
                    area=f"{spot * 3 + 1}组至{spot * 3 + 3}组",
                )
                BallotBox.objects.create(**at, place=there, number=f"{found.number}-{spot + 1}", seals="0012—0013")
                for role in ROLES:
                    serial += 1
                    given = {"name": name_of(serial), "role": role, "card_no": serial, "relation": "other"}
                    staff.append(PollStaff(**at, place=there, **given))
        PollStaff.objects.bulk_create(prepare_bulk(staff))
    for number in range(1, districts + 1 if voters_each else 1):
        names = [name_of(number * voters_each + one) for one in range(voters_each)]
        rows = voters(election, *names, district=number)
        with action(SET_UP, actor=None):
            box = MobileBox.objects.get(
                campaign=election.campaign, district__number=number, district__term=election.term
            )
            for row in rows[:15]:
                MobileVoter.objects.create(**town, box=box, registration=row, reason="unwell")
    return election
