"""Polling day of one township: ballots handed out at its places over HTTP, so many a second; each a number looked up and a ballot
issued, as the page on a tablet asks for them (the desk alone, without what stands round it). Some voters are sent from two places
in the same moment: one gets a ballot, the other is refused.
"""

import os
import re
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import time as clock_time

from django.urls import reverse

from bench.places import new_account, new_township
from bench.processor import Spent
from bench.timing import Times, milliseconds
from bench.web import Browser, server
from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.guard.bulk import insert_many
from congress.models import AuditEvent, DataKey, Role, Township, User
from congress.people import keys
from congress.people.record import prepare_bulk
from deputies.models import District, Level, Term
from elections.actions.issue import open_register
from elections.life import REGISTER
from elections.models import (
    BallotIssue,
    Campaign,
    Election,
    IssueHour,
    IssueRegister,
    PollingPlace,
    PollStaff,
    Registration,
    Round,
    Voter,
    VoterGroup,
)

MAKE = verb("tests.bench_desk", "布置投票日")
# Polling places of the township, of each district so many, and tables at each place.
PLACES, OF_A_DISTRICT, TABLES = 12, 2, 2
GOAL, SECONDS = 30, 60  # ballots a second, and for how long
TWICE = 20  # one of so many is sent from two places at once
SHARE, MORE = 1.5, 50
PART = {"HX-Request": "true"}  # the page stays, and asks for the desk alone
_VOTER = re.compile(r'name="voter" value="([0-9a-f-]{36})"')


@dataclass
class Table:
    """One tablet: its register, who sits at it, how long each answer took, what went wrong."""

    url: str
    numbers: list[int]
    browser: Browser
    took: dict[str, list[float]] = field(default_factory=lambda: {"look": [], "issue": [], "bare": []})
    issued: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


def measure(seconds: float) -> dict:
    """A township with so many voters as come in the time, at its places, and what the day left behind."""
    wanted = float(os.environ.get("BENCH_DESK_SECONDS", SECONDS))
    wanted = min(wanted, max(10, seconds - 120))
    town, people = new_township(60, "投票镇")
    clerk = people[Role.CLERK]
    registers = _polling_day(town, clerk, int(GOAL * wanted))
    with scope.township(town):
        before = AuditEvent.objects.count()
    print(f"发票：{wanted:.0f}秒，每秒{GOAL}张，{PLACES}处，每处{TABLES}张桌子", file=sys.stderr, flush=True)
    with server() as running:
        tables = [
            Table(
                reverse("elections-issue-register", args=[town.code, register.pk]),
                numbers,
                Browser(running.port, user, headers=PART),
            )
            for register, numbers, user in registers
        ]
        load, since = os.getloadavg()[0], Spent.now(running.pid)
        took = _hand_out(tables, wanted)
        spent = Spent.now(running.pid)
    found = {"seconds": round(took, 1), "places": PLACES, "tables": len(tables), "goal": GOAL, "load": round(load, 1)}
    found |= spent.each(since, sum(table.issued for table in tables))
    return found | _timed(tables) | _left(town, clerk, tables, took, before)


def _polling_day(town: Township, clerk: User, voters: int) -> list[tuple[IssueRegister, list[int], User]]:
    """Districts with their places, the voters numbered; the register of each table with the numbers that come to it and who sits
    there, of the election's staff."""
    today, at_table = clock.today(), PLACES * TABLES
    staff = [new_account(f"bench-issuer-{at}", Role.POLL, township=town) for at in range(at_table)]
    with scope.township(town):
        with action(MAKE, actor=None):
            term = Term.objects.create(township=town, level=Level.TOWNSHIP, number=18, seats=50)
            work = Campaign.objects.create(
                township=town, name="换届选举", begun_on=today, election_day=today, last_day=today
            )
            of = {"campaign": work, "term": term, "begun_on": today, "election_day": today}
            election = Election.objects.create(township=town, **of)
            districts = [
                District.objects.create(township=town, term=term, number=at, name=f"第{at}片", seats=2)
                for at in range(1, PLACES // OF_A_DISTRICT + 1)
            ]
            _roll(town, election, districts, voters)
            places = [
                PollingPlace.objects.create(
                    township=town,
                    campaign=work,
                    district=_of(districts, at),
                    name=f"第{at + 1}投票站",
                    spot="村委会",
                    opens_at=clock_time(8),
                )
                for at in range(PLACES)
            ]
            given = {"seats": 2, "voters": voters // len(districts), "printed": voters, "held_on": today}
            for district in districts:
                of = {"election": election, "district": district, "kind": "first", "number": 1}
                Round.objects.create(township=town, **of, **given)
            key = _key(town, "elections.staff")
            for at, user in enumerate(staff):
                of = {"campaign": work, "place": places[at % PLACES], "data_key": key, "account": user}
                PollStaff.objects.create(township=town, name=f"发票员{at}", role="issuer", relation="other", **of)
        registers = [open_register(clerk, work, place) for place in places]
    return [(registers[at % PLACES], list(range(1 + at, voters + 1, at_table)), user) for at, user in enumerate(staff)]


def _key(town: Township, retention: str) -> DataKey:
    key = keys.new_data_key(town.pk, retention)
    key.save(force_insert=True)
    return key


def _of(districts: list[District], at: int) -> District:
    """The district of a place, and of the voters who come to it."""
    return districts[at % PLACES // OF_A_DISTRICT]


def _roll(town: Township, election: Election, districts: list[District], voters: int) -> None:
    key = _key(town, "elections.roll")
    groups = {
        one: VoterGroup.objects.create(township=town, district=one, number=1, name="一组", data_key=key)
        for one in districts
    }
    born = clock.today().replace(year=1980)
    people = [
        Voter(township=town, name=f"程{at}", gender="female", birth_date=born, data_key=key) for at in range(voters)
    ]
    insert_many(prepare_bulk(people, key))
    said = {"ground": "carried", "way": "import", "registered_on": clock.today()}
    rows = []
    for at, one in enumerate(people):
        of = {"election": election, "district": _of(districts, at), "group": groups[_of(districts, at)]}
        rows.append(Registration(township=town, **of, **said, voter=one, card_no=at + 1))
    insert_many(rows)


def _hand_out(tables: list[Table], seconds: float) -> float:
    """Every table at its own pace, so that all together reach the goal; returns how long they took."""
    began, pace = time.monotonic(), len(tables) / GOAL

    def work(at: int) -> None:
        table, other = tables[at], tables[at ^ 1]  # at the other place of the district
        for turn, number in enumerate(table.numbers):
            wait = began + at * pace / len(tables) + turn * pace - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            if time.monotonic() - began > seconds * 3:
                table.wrong.append("没有跟上")
                return
            _one(table, number, other if number % TWICE == 0 else None)

    threads = [threading.Thread(target=work, args=(at,)) for at in range(len(tables))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def _one(table: Table, number: int, other: Table | None) -> None:
    """One voter: looked up, handed a ballot; and once in a while sent from another place in the same moment."""
    began = time.perf_counter()
    text = table.browser.open_form(f"{table.url}?q={number}")
    table.took["look"].append(time.perf_counter() - began)
    voter = _VOTER.search(text)
    if voter is None:
        table.wrong.append(f"{number}号没有查到")
        return
    sent = {"voter": voter.group(1), "way": "person"}
    double = None
    if other is not None:
        beside = Browser(other.browser.port, other.browser.user, headers=PART)
        beside.open_form(f"{other.url}?q={number}")
        double = threading.Thread(target=lambda: _count(table, *beside.try_send(other.url, sent)))
        double.start()
    began = time.perf_counter()
    status, text = table.browser.try_send(table.url, sent)
    table.took["issue"].append(time.perf_counter() - began)
    if double is not None:
        double.join()
    _count(table, status, text)
    if number % 3 == 0:
        began = time.perf_counter()
        table.browser.get("/bench/bare/")
        table.took["bare"].append(time.perf_counter() - began)


def _count(table: Table, status: int, text: str) -> None:
    if status == 200 and "已发票" in text:
        table.issued += 1
    elif status == 200 and ("已经领过" in text or "刚刚在另一处" in text):
        table.refused += 1
    else:
        table.wrong.append(f"{status} {text[:200]}")


def _timed(tables: list[Table]) -> dict:
    """p50 and p95 of looking up, issuing and the bare page, taken in between under the same load."""
    found, bare = {}, Times(tuple(one for table in tables for one in table.took["bare"]))
    for name in ("look", "issue"):
        times = Times(tuple(one for table in tables for one in table.took[name]))
        found |= {f"{name}_p50_ms": milliseconds(times.p50), f"{name}_p95_ms": milliseconds(times.p95)}
    return found | {
        "bare_p50_ms": milliseconds(bare.p50),
        "bare_p95_ms": milliseconds(bare.p95),
        "goal_ms": round(SHARE * bare.p95 * 1000 + MORE, 1),
    }


def _left(town: Township, clerk: User, tables: list[Table], took: float, before: int) -> dict:
    """What the database holds afterwards: no voter twice, hours that add up, no event a voter; and how long closing takes."""
    issued = sum(table.issued for table in tables)
    with scope.township(town):
        rows = BallotIssue.objects.kept()
        found = {
            "issued": issued,
            "a_second": round(issued / took, 1),
            "refused": sum(table.refused for table in tables),
            "wrong": [one for table in tables for one in table.wrong],
            "rows": rows.count(),
            "voters": rows.values("registration_key").distinct().count(),
            "in_hours": sum(IssueHour.objects.values_list("number", flat=True)),
            "events": AuditEvent.objects.count() - before,
        }
        closing = []
        for register in IssueRegister.objects.all():
            began = time.perf_counter()
            REGISTER.take("close", clerk, register, queued=False)
            closing.append(time.perf_counter() - began)
    return found | {"closing_s": round(max(closing), 2)}
