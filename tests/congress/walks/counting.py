"""A count, its units and a reading, from the empty room to the closed count."""

from collections.abc import Iterator

from django.db.models import Model

from congress import clock
from congress.counting.actions import Given
from congress.counting.actions import halls as hall_acts
from congress.counting.life import COUNT, ENTRY, HALL, UNIT
from congress.counting.models import Count, CountUnit, Recount, WrittenIn
from congress.counting.queries import UnitFacts
from congress.counting.tally import WRITE_INS, Chosen, Sheet
from tests.congress.walks.walking import Walk
from tests.counting import room

SIGNED = {"capacity": "scrutineer", "note": "已查明"}
DRAWN = {"size": 1, "seed": "31415926535897932384"}
USERS = ("clerk", "chair", "teller", "teller2", "deputy_user", "county_viewer")


def _signed_by_two(life, record, world) -> None:
    with clock.running(clock.now()):  # who signed first is named first
        for user in (world.chair, world.clerk):
            life.take("sign", user, record, **SIGNED)


def counts(world) -> Iterator[tuple[str, Model]]:
    """Prepared, opened by two, every unit read and signed, the whole signed, closed by two, asked to be opened again."""
    count = room.prepared(world)
    yield "prepared", count
    COUNT.take("open", world.clerk, count)
    yield "asked to be opened", count
    COUNT.take("confirm", world.chair, count)
    yield "open", count
    unit = room.unit_of(count)
    room.settled(world, unit, room.good(count, write_ins={"丁某": 1}))
    _signed_by_two(UNIT, unit, world)
    yield "every unit signed", count
    COUNT.take("identify", world.clerk, count, **_meant(world))
    yield "somebody written in is told", count
    COUNT.take("agree", world.chair, count, which=_which(world)["which"])
    yield "and agreed to", count
    _signed_by_two(COUNT, count, world)
    yield "signed as a whole", count
    COUNT.take("close", world.chair, count)
    yield "asked to be closed", count
    COUNT.take("confirm", world.clerk, count)
    yield "closed", count
    COUNT.take("draw", world.chair, count, **DRAWN)
    yield "a recount by lot is asked for", count
    COUNT.take("draw-confirm", world.clerk, count, seed=DRAWN["seed"])
    yield "its units are drawn", count
    yield "the recount itself", Recount.objects.get().again
    COUNT.take("reopen", world.chair, count, reason="复核")
    yield "asked to be opened again", count


def _meant(world) -> dict:
    return {"names": ["丁某"], "person": "丁某", "who": "district", "reason": "看票"}


def _which(world) -> dict:
    """What was told last of somebody written in."""
    row = WrittenIn.objects.kept().last()
    return {"which": str(row.pk) if row else "", "reason": "认错"}


COUNTS = Walk(
    counts,
    {
        "open": lambda world: {},
        "confirm": lambda world: {},
        "revoke": lambda world: {"reason": "票箱没有收齐"},
        "identify": _meant,
        "agree": lambda world: {"which": _which(world)["which"]},
        "undo": _which,
        "sign": lambda world: SIGNED,
        "close": lambda world: {},
        "reopen": lambda world: {"reason": "复核发现有误"},
        "draw": lambda world: DRAWN,
        "draw-confirm": lambda world: {"seed": DRAWN["seed"]},
        "draw-revoke": lambda world: {"reason": "骰子落地"},
        "discard": lambda world: {"reason": "重复"},
    },
    USERS,
)


def units(world) -> Iterator[tuple[str, Model]]:
    """One of two boxes: nobody, one who reads, one who is done, two who differ, sent back, alike, signed; and mixed."""
    count = room.opened(world, Given("一号票箱", 215, 211), Given("二号票箱", 90, 90))
    unit = room.unit_of(count)
    yield "untouched", unit
    entry = room.begin(world.teller, unit)
    yield "somebody reads", unit
    ENTRY.take("finish", world.teller, entry, sheet=room.good(count), explanation="")
    yield "one is done", unit
    room.read(world.teller2, unit, room.good(count, yes=(120, 78)))
    yield "they differ", unit
    UNIT.take("send-back", world.clerk, unit, which="1", look_at=[], reason="请重数")
    yield "sent back", unit
    again = room.unit_facts(unit).seats[1].entry
    ENTRY.take("finish", world.teller, again, sheet=room.good(count, yes=(120, 78)), explanation="重数")
    yield "they are alike", unit
    _signed_by_two(UNIT, unit, world)
    yield "signed", unit
    other = room.opened(world, Given("三号票箱", 10, 10), Given("四号票箱", 12, 12))
    small = room.unit_of(other)
    yield "few ballots", small
    UNIT.take("mix", world.clerk, small, others=[room.unit_of(other, 1).pk])
    yield "mixed", small


def _chosen(world) -> dict:
    """What the first reading says, wherever two differ."""
    for unit in UNIT.read(CountUnit.objects.filter(readers__place=2).distinct()):
        facts = UnitFacts(unit)
        if facts.differing:
            first = facts.sheets[0]
            cells = {key: first.cells[key] for key in facts.differing if key != WRITE_INS}
            people = first.write_ins if WRITE_INS in facts.differing else None
            how = dict.fromkeys(facts.differing, "first")
            return {"chosen": Chosen(cells, people, how), "reason": "看了二号计票单"}
    return {"chosen": Chosen({}), "reason": "看了二号计票单"}


def _beside(world) -> dict:
    """The other unit of the newest count."""
    unit = CountUnit.objects.filter(number=2).order_by("-created_at").first()
    return {"others": [unit.pk] if unit else []}


UNITS = Walk(
    units,
    {
        "begin": lambda world: {},
        "decide": _chosen,
        "send-back": lambda world: {"which": "1", "look_at": [], "reason": "请重数"},
        "sign": lambda world: SIGNED,
        "mix": _beside,
        "release": lambda world: {"which": "1", "reason": "身体不适"},
    },
    USERS,
)


def entries(world) -> Iterator[tuple[str, Model]]:
    """A sheet that is typed, and done."""
    count = room.opened(world)
    entry = room.begin(world.teller, room.unit_of(count))
    yield "begun", entry
    ENTRY.take("finish", world.teller, entry, **_typed(world))
    yield "done", entry


def _typed(world) -> dict:
    sheet: Sheet = room.good(Count.objects.get())
    return {"sheet": sheet, "explanation": "对照纸面核对过"}


ENTRIES = Walk(entries, {"save": _typed, "finish": _typed}, USERS)


def halls(world) -> Iterator[tuple[str, Model]]:
    """A secret vote: its codes printed, asked to be opened, open, asked to be closed, closed."""
    values = {"title": "预算表决", "scale": "vote", "held_on": room.DAY, "deputies": 2, "present": 2}
    hall = hall_acts.prepare(world.clerk, world.township, **values, questions=["关于预算的决议"])
    yield "prepared", hall
    hall_acts.draw(world.clerk, hall)
    yield "with its codes", hall
    HALL.take("open", world.clerk, hall)
    yield "asked to be opened", hall
    HALL.take("confirm", world.chair, hall)
    yield "open", hall
    HALL.take("close", world.chair, hall)
    yield "asked to be closed", hall
    HALL.take("confirm", world.clerk, hall)
    yield "closed", hall


HALLS = Walk(
    halls,
    {
        "open": lambda world: {},
        "confirm": lambda world: {},
        "revoke": lambda world: {"reason": "人没有到齐"},
        "close": lambda world: {},
        "discard": lambda world: {"reason": "重复"},
    },
    USERS,
)
