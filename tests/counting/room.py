"""A counting room as the tests of this folder use it: people, a count with its units, readings by the steps of the house."""

from datetime import date

from congress import clock
from congress.counting.actions import Given, open_count, units_from
from congress.counting.life import COUNT, ENTRY, UNIT
from congress.counting.models import Count, CountEntry, CountUnit
from congress.counting.queries import CountFacts, UnitFacts, counts
from congress.counting.tally import Sheet
from congress.guard import scope
from congress.guard.action import action
from congress.law.ballots import BallotRules
from congress.models import Role
from tests.cast import SET_UP, _user
from tests.counting.sheets import sheet

DAY = date(2022, 6, 5)
RULES = BallotRules(unreadable="ballot", fixed_on=date(2022, 5, 1))


def people(world) -> None:
    """Two tellers beside chair and clerk, and a second clerk."""
    with scope.accounts(), action(SET_UP, actor=None):
        for name, role in (("teller", Role.LIAISON), ("teller2", Role.LIAISON), ("clerk2", Role.CLERK)):
            if name not in world.users:
                world.users[name] = _user(name, role, name=f"云溪{name}", township=world.township)


def prepared(world, *given: Given, **more) -> Count:
    """A count of two candidates for one seat."""
    values = {
        "title": "第一选区投票",
        "kind": "election",
        "measure": "direct",
        "held_on": DAY,
        "names": [(None, "甲"), (None, "乙")],
        "seats": 1,
        "registered": 400,
        "write_ins": True,
        "rules": RULES,
    } | more
    count = open_count(world.clerk, world.township, **values)
    units_from(world.clerk, count, given or [Given("一号票箱", 215, 211)])
    return count


def opened(world, *given: Given, **more) -> Count:
    """The same, opened by chair and clerk."""
    count = prepared(world, *given, **more)
    COUNT.take("open", world.clerk, count)
    COUNT.take("confirm", world.chair, count)
    return count


def facts(count: Count) -> CountFacts:
    """The count as it stands."""
    return CountFacts(counts().get(pk=count.pk))


def unit_of(count: Count, at: int = 0) -> CountUnit:
    """One of its units, with its facts."""
    return UNIT.find(facts(count).units[at].unit.pk)


def unit_facts(unit: CountUnit) -> UnitFacts:
    """A unit as it stands."""
    return UnitFacts(UNIT.find(unit.pk))


def good(count: Count, yes=(120, 87), valid: int = 208, void: int = 3, **more) -> Sheet:
    """A sheet whose sums hold."""
    paper = facts(count).paper
    votes = {name.label: number for name, number in zip(paper.names, yes, strict=True)}
    return sheet(paper, valid, votes, void=void, blank=more.pop("blank", 0), **more)


def begin(user, unit: CountUnit) -> CountEntry:
    """Somebody sits down."""
    return UNIT.take("begin", user, unit)


def read(user, unit: CountUnit, what: Sheet, explanation: str = "对照纸面核对过") -> CountEntry:
    """Somebody reads the unit and is done."""
    entry = begin(user, unit)
    ENTRY.take("finish", user, entry, sheet=what, explanation=explanation)
    return ENTRY.find(entry.pk)


def settled(world, unit: CountUnit, what: Sheet) -> None:
    """Two people read the unit alike."""
    read(world.teller, unit, what)
    read(world.teller2, unit, what)


def signed(world, unit: CountUnit) -> None:
    """Two people sign it."""
    for user in (world.chair, world.clerk):
        UNIT.take("sign", user, unit, on=clock.today(), capacity="scrutineer", note="已查明")


def codes(refused) -> list[str]:
    """By which findings a step was refused."""
    return [one.code for one in refused.value.findings]
