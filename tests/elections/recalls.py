"""A recall brought through its steps, for the tests: a deputy whom thirty and more voters of a district elected."""

from datetime import date, timedelta

from congress.counting.life import COUNT
from congress.guard.action import action
from deputies.models import Mandate, Term
from elections.actions.recalls import RECALLS
from elections.life import RECALL
from elections.models import Election, Recall
from tests.cast import SET_UP
from tests.counting import room
from tests.elections.campaigns import districts, voters

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
NAMES = tuple(f"{one}选" for one in FAMILY)  # forty voters
DEMANDED = date(2022, 5, 5)
COUNTY = "清江县人民代表大会常务委员会"
ARRANGE = {"place": "东山村村委会", "led_by": "县人大常委会程副主任", "by_county": True}


def seat(world, election: Election) -> Mandate:
    """The first deputy of the world was elected by the first district, on whose list forty voters stand."""
    place = districts(election)[0]
    voters(election, *NAMES)
    mandate = world.deputies[0].mandates.get()
    with action(SET_UP, actor=None):
        Mandate.objects.filter(pk=mandate.pk).update(term=election.term, district=place)
        # In office, as whoever is recalled: the first session of the new congress has opened.
        Term.objects.filter(pk=election.term_id, started_on=None).update(started_on=date(2021, 11, 25))
    return Mandate.objects.get(pk=mandate.pk)


def demanded(world, mandate: Mandate, **values) -> Recall:
    """The demand as it was written."""
    given = {"demanded_on": DEMANDED, "reason": "三次不参加会议，不联系选民"} | values
    return RECALLS.record(world.clerk, Recall(township=world.township, mandate=mandate, **given))


def take(user, row: Recall, key: str, on: date = DEMANDED, **data):
    """A step of a recall."""
    RECALL.take(key, user, row, on=on, **data)
    return RECALL.find(row.pk)


def signed(world, row: Recall, number: int = 30) -> Recall:
    """So many voters of the district signed."""
    return take(world.clerk, row, "sign", lines="\n".join(NAMES[:number]))


def sent(world, row: Recall) -> Recall:
    """Sent up, defended, given to the voters."""
    take(world.clerk, row, "submit", submitted_to=COUNTY)
    take(world.clerk, row, "defend", defended="written", defence="两次请过病假")
    return take(world.clerk, row, "send", DEMANDED + timedelta(days=5), copies=40)


VOTED = DEMANDED + timedelta(days=15)


def counted(world, row: Recall, yes: int, took: int = 40, back: int | None = None) -> Recall:
    """The district voted, and two people closed the count: so many for it, the others against; `back` ballots of those who took."""
    back = took if back is None else back
    if row.held_on is None:
        take(world.clerk, row, "arrange", VOTED, **ARRANGE)
    row = take(world.clerk, row, "count", VOTED, units=f"一号票箱 {took} {took}")
    room.people(world)
    count = row.count
    COUNT.take("open", world.clerk, count)
    COUNT.take("confirm", world.chair, count)
    unit = room.unit_of(count)
    key = room.facts(count).paper.names[0].label
    room.settled(world, unit, room.good(count, (yes,), back, 0, no={key: back - yes}))
    room.signed(world, unit)
    for user in (world.chair, world.clerk):
        COUNT.take("sign", user, count, capacity="scrutineer", note="已查明")
    COUNT.take("close", world.clerk, count)
    COUNT.take("confirm", world.chair, count)
    return RECALL.find(row.pk)
