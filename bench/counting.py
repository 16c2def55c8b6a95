"""Counting night of one township: forty people who enter what they read from paper, over HTTP; first at the pace of people, then as
fast as answers come, which is what the township's one chain of events allows.
"""

import os
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from bench.places import new_account, new_township
from bench.processor import Spent
from bench.timing import Times, milliseconds
from bench.web import Browser, server
from congress import clock
from congress.counting.actions import Given, open_count, units_from
from congress.counting.life import COUNT
from congress.counting.models import CountEntry, CountUnit
from congress.counting.queries import CountFacts, counts
from congress.counting.stages import UnitStage
from congress.counting.tally import Sheet
from congress.guard import scope
from congress.law.ballots import BallotRules
from congress.models import AuditEvent, Role, Township, User

PEOPLE, PACE, SECONDS = 40, 6, 60  # who enter, seconds between two forms of one of them, and for how long
FLAT_OUT = 15  # seconds for which nobody waits
STEPS = ("begin", "save", "finish")
UNITS, SPARE = 3, 12  # of one count; units a pair of people has for the time in which nobody waits
BALLOTS, NAMES = 200, ("甲", "乙", "丙")
SHARE, MORE = 1.5, 50


@dataclass
class Teller:
    """Somebody who reads units from paper one after the other; how long each answer took, what went wrong."""

    town: str
    browser: Browser
    units: list[tuple[str, Sheet]]
    took: dict[str, list[float]] = field(default_factory=lambda: {"open": [], "form": [], "bare": []})
    answered: int = 0
    wrong: list[str] = field(default_factory=list)

    def steps(self):
        """One form after the other, for as long as there are units; gives the step that was taken."""
        for pk, sheet in self.units:
            self.take("unit", "begin", pk, {})
            entry = self.browser.leads_to.rstrip("/").rsplit("/", 1)[-1]
            yield "begin"
            typed = {f"sheet-{key}": str(number) for key, number in sheet.cells.items()} | {"explanation": "对照过"}
            for step in STEPS[1:]:
                self.take("entry", step, entry, typed)
                yield step

    def take(self, noun: str, step: str, pk: str, typed: dict[str, str]) -> None:
        """Open the page and send its form; every third time the bare page beside it."""
        url = reverse(f"counting-{noun}-{step}", args=[self.town, pk])
        began = time.perf_counter()
        self.browser.open_form(url)
        opened = time.perf_counter()
        status, text = self.browser.try_send(url, typed)
        self.took["open"].append(opened - began)
        self.took["form"].append(time.perf_counter() - opened)
        if status != 302:
            self.wrong.append(f"{url} {status} {text[:200]}")
            return
        self.answered += 1
        if self.answered % 3 == 0:
            began = time.perf_counter()
            leads_to = self.browser.leads_to
            self.browser.get("/bench/bare/")
            self.browser.leads_to = leads_to
            self.took["bare"].append(time.perf_counter() - began)


def measure(seconds: float) -> dict:
    """A township with so many units as are read in the time, what the answers took, what stands in the database."""
    wanted = min(float(os.environ.get("BENCH_COUNTING_SECONDS", SECONDS)), max(20, seconds - 240))
    town, people = new_township(61, "计票镇")
    pairs = [_pair(town, at) for at in range(PEOPLE // 2)]
    units = [_units(town, people, int(wanted / PACE / len(STEPS)) + SPARE) for _ in pairs]
    with scope.township(town):
        before = AuditEvent.objects.count()
    print(f"计票：{PEOPLE}人，每人{PACE}秒一张表单，{wanted:.0f}秒；再不等待{FLAT_OUT}秒", file=sys.stderr, flush=True)
    with server() as running:
        tellers = [
            Teller(town.code, Browser(running.port, user), mine)
            for pair, mine in zip(pairs, units, strict=True)
            for user in pair
        ]
        walks = [teller.steps() for teller in tellers]
        load, since = os.getloadavg()[0], Spent.now(running.pid)
        _all(walks, wanted, PACE)
        paced = _timed(tellers) | {"answered": sum(one.answered for one in tellers)}
        paced |= Spent.now(running.pid).each(since, paced["answered"])
        began = time.monotonic()
        _all(walks, FLAT_OUT, 0)
        flat = (sum(one.answered for one in tellers) - paced["answered"]) / (time.monotonic() - began)
    found = {"people": PEOPLE, "pace": PACE, "seconds": wanted, "load": round(load, 1), "a_second": round(flat, 1)}
    return found | paced | _left(town, tellers, before)


def _pair(town: Township, at: int) -> tuple[User, User]:
    first, second = (new_account(f"bench-teller-{at}-{one}", Role.LIAISON, township=town) for one in (1, 2))
    return first, second


def _units(town: Township, people: dict, number: int) -> list[tuple[str, Sheet]]:
    """Units of counts that two people opened, with what stands on their papers."""
    found: list[tuple[str, Sheet]] = []
    with scope.township(town):
        while len(found) < number:
            count = open_count(
                people[Role.CLERK],
                town,
                title="选区投票",
                kind="election",
                measure="direct",
                held_on=clock.today(),
                names=[(None, name) for name in NAMES],
                seats=2,
                registered=BALLOTS * UNITS,
                write_ins=True,
                rules=BallotRules(),
            )
            units_from(people[Role.CLERK], count, [Given(f"{at}号票箱", BALLOTS, BALLOTS) for at in range(UNITS)])
            COUNT.take("open", people[Role.CLERK], count)
            COUNT.take("confirm", people[Role.CHAIR], count)
            facts = CountFacts(counts().get(pk=count.pk))
            found += [(str(one.unit.pk), _sheet(facts.paper)) for one in facts.units]
    return found


def _sheet(paper) -> Sheet:
    """A paper on which all are valid, half of them for each name."""
    cells = dict.fromkeys((one.key for one in paper.cells), 0) | {"collected": BALLOTS, "valid": BALLOTS}
    for name in paper.names:
        cells |= {f"{name.key}_yes": BALLOTS // 2, f"{name.key}_abstain": BALLOTS - BALLOTS // 2}
    return Sheet(cells)


def _all(walks: Sequence, seconds: float, pace: float) -> None:
    """Every person at once, each a form every `pace` seconds, not all in the same moment."""
    began = time.monotonic()

    def work(at: int) -> None:
        turn = 0
        while time.monotonic() - began < seconds and next(walks[at], None):
            turn += 1
            wait = began + pace * (turn + at / len(walks)) - time.monotonic()
            if wait > 0:
                time.sleep(wait)

    threads = [threading.Thread(target=work, args=(at,)) for at in range(len(walks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _timed(tellers: Sequence[Teller]) -> dict:
    """p50 and p95 of opening and sending a form, and of the bare page in between."""
    found = {}
    for name in ("open", "form", "bare"):
        times = Times(tuple(one for teller in tellers for one in teller.took[name]))
        found |= {f"{name}_p50_ms": milliseconds(times.p50), f"{name}_p95_ms": milliseconds(times.p95)}
    return found | {"goal_ms": round(SHARE * found["bare_p95_ms"] + MORE, 1)}


def _left(town: Township, tellers: Sequence[Teller], before: int) -> dict:
    """What the database holds: one event an answer, nobody twice at a unit, and every unit that two people read is settled."""
    with scope.township(town):
        entries = CountEntry.objects.kept()
        read = list(entries.filter(final=True).values_list("reader__unit", flat=True))
        twice = {pk for pk in read if read.count(pk) == 2}
        stages = [one.stage for one in _facts(twice)]
        return {
            "wrong": [each for one in tellers for each in one.wrong],
            "forms": sum(one.answered for one in tellers),
            "events": AuditEvent.objects.count() - before,
            "entries": entries.count(),
            "double": entries.count() - entries.values("reader__unit", "reader__user").distinct().count(),
            "units": len(twice),
            "settled": sum(stage == UnitStage.READ for stage in stages),
        }


def _facts(units: set):
    """The facts of these units, count by count."""
    for pk in CountUnit.objects.filter(pk__in=units).order_by().values_list("count", flat=True).distinct():
        yield from (one for one in CountFacts(counts().get(pk=pk)).units if one.unit.pk in units)
