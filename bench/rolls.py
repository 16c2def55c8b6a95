"""Rolls of voters through the product's own import, in a county of so many townships with so many voters each, and a tenth.

The whole path is reading the workbook, checks, comparison, sealed preview, sealing, writing. Beside it stands the writing of
rows that are prepared already (names, keys and seals made), and the floor: text COPY of the same rows into tables of the same
columns and indexes, without triggers, keys between tables and policies. Four townships are imported, two of them at the same
time; the others are copied from the first. What the rolls are used for is measured when the county is full.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from unittest import mock

from django.conf import settings

from bench import roll_filling, roll_uses
from bench.copying import seconds_to_copy
from bench.imports import GIVEN, SURNAMES, Import, last_job, run_last_job, warm_up
from bench.job import Worker, highest_memory
from bench.places import new_township
from bench.timing import ratio, timed
from congress import clock, imports
from congress.guard import bulk, scope
from congress.guard.action import action, verb
from congress.models import ImportBatch, Role, Township, User
from congress.people.idnumber import INVENTED, check_digit
from congress.spreadsheets.columns import Column
from congress.spreadsheets.write import write_xlsx
from deputies.models import District, Level, Term
from elections.imports import writing
from elections.models import Campaign, Election, Registration, Voter

KIND = "elections.roll"
TOWNSHIPS, VOTERS = 20, {"tenth": 5_000, "whole": 50_000}
DISTRICTS, GROUPS = 24, 10
MAKE = verb("tests.bench_election", "布置测速选举")
HEADINGS = "选区 选民小组 户号 姓名 性别 出生日期 民族 身份证号 村 住址 户籍地 工作单位 登记类型 备注".split()


def voters(number: int, place: int) -> Iterator[list]:
    """Invented people of one township: every number is well formed and nobody's."""
    chance = random.Random(place)  # noqa: S311 -- the same workbook every time, nothing secret
    for serial in range(number):
        born = date(1936, 1, 1) + timedelta(days=serial % 25_000)
        sequence = serial // 25_000 * 2 + 1 + serial % 2
        first17 = f"{INVENTED}{place:04}{born:%Y%m%d}{sequence:03}"
        village = serial % (DISTRICTS * 2) + 1
        yield [
            serial % DISTRICTS + 1,
            serial % GROUPS + 1,
            serial // 3 + 1,
            chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)),
            "男" if sequence % 2 else "女",
            born.isoformat(),
            "汉族",
            first17 + check_digit(first17),
            f"第{village}村",
            f"第{village}村{serial // 3 + 1}号",
            "本地",
            "第一农场" if serial % 9 == 0 else None,
            None,
            None,
        ]


def workbook(number: int, place: int) -> bytes:
    """The workbook an office would send."""
    columns = [Column(f"c{place}", heading) for place, heading in enumerate(HEADINGS)]
    return write_xlsx(columns, voters(number, place), "选民名册")


def apart(call: Callable[[], bytes]) -> bytes:
    """What a call gives, made by a process that nobody waits for: its memory counts neither as ours nor as our children's."""
    read, write = os.pipe()
    first = os.fork()
    if first == 0:
        if os.fork() == 0:
            with os.fdopen(write, "wb") as out:
                out.write(call())
        os._exit(0)  # nothing of the parent's is closed on the way
    os.waitpid(first, 0)
    os.close(write)
    with os.fdopen(read, "rb") as got:
        return got.read()


def under_way(serial: int) -> tuple[Township, User, Election]:
    """A new township with its clerk and an election with two dozen districts."""
    town, users = new_township(serial, f"选民{serial}镇")
    today = clock.today()
    with scope.township(town), action(MAKE, actor=None):
        term = Term.objects.create(township=town, level=Level.TOWNSHIP, number=18, seats=DISTRICTS * 2)
        for number in range(1, DISTRICTS + 1):
            District.objects.create(township=town, term=term, number=number, name=f"第{number}片", seats=2)
        days = {"begun_on": today, "election_day": today + timedelta(days=60)}
        campaign = Campaign.objects.create(township=town, name="换届选举", **days)
        election = Election.objects.create(township=town, campaign=campaign, term=term, **days)
    return town, users[Role.CLERK], election


class Writing:
    """Seconds spent in writing prepared rows."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, *given) -> None:
        self.seconds += timed(lambda: bulk.insert_columns(*given))


@dataclass(frozen=True)
class Table:
    """A roll that is to be imported: the township with its clerk, and the workbook."""

    town: Township
    clerk: User
    data: bytes
    options: dict

    def upload(self) -> None:
        """As the page does it; the preview waits in a job."""
        with scope.township(self.town):
            kind = imports.kind_of(KIND)
            imports.upload(self.clerk, self.town, kind, options=self.options, data=self.data, file_name="a.xlsx")

    def decide(self) -> None:
        """Take what is previewed: that waits in a job."""
        with scope.township(self.town):
            batch = ImportBatch.objects.get()
            imports.batches.start_job("imports.take", "导入", batch, self.clerk, only_good=False)

    def check(self, number: int) -> None:
        """Raises AssertionError when a voter is missing."""
        with scope.township(self.town):
            found = Registration.objects.filter(township=self.town, on_roll=True).count()
        assert found == number, "not everybody is on the roll"


def table(serial: int, number: int) -> Table:
    """A new township with its election, and the roll it is sent."""
    town, clerk, election = under_way(serial)
    options = {"election": str(election.pk), "source": "village", "registered_on": clock.today().isoformat()}
    return Table(town, clerk, apart(lambda: workbook(number, serial)), options | {"create": True})


def brought_in(one: Table, number: int, prepared: Writing) -> Import:
    """Import a roll in this process, step by step."""

    def take() -> None:
        one.decide()
        with mock.patch.object(writing, "insert_columns", prepared):
            run_last_job(one.town)

    steps = {"upload": one.upload, "preview": lambda: run_last_job(one.town), "take": take}
    done = Import.of(one.town, one.data, steps)
    one.check(number)
    return done


def two_at_once(tables: Sequence[Table], number: int) -> dict:
    """Two townships at the same time, by two processes, as the product's workers are two."""
    seconds = sum(timed(one.upload) for one in tables)
    memory_mib = 0
    for step in ("preview", "take"):
        if step == "take":
            for one in tables:
                one.decide()
        workers = [Worker(one.town.code, last_job(one.town).pk) for one in tables]
        began = time.perf_counter()
        for worker in workers:
            worker.begin()
        told = [worker.told() for worker in workers]
        seconds += time.perf_counter() - began
        memory_mib = max(memory_mib, *(each["memory_mib"] for each in told))
    for one in tables:
        one.check(number)
    rows = number * len(tables)
    return {"both_s": round(seconds, 1), "both_rows_a_second": round(rows / seconds), "both_memory_mib": memory_mib}


def size(name: str, townships: int, first: int) -> dict:
    """A county of so many townships: the first roll is imported, the others copied, the last ones imported when it is full."""
    number, prepared = VOTERS[name], Writing()
    say(f"{name}：导入第一个乡镇")
    one = table(first, number)
    done = [brought_in(one, number, prepared)]
    say(f"{name}：装入其余乡镇")
    filled = timed(lambda: roll_filling.fill(one.town, range(first + 1, first + townships - 3)))
    say(f"{name}：在装满的县里再导入三个乡镇")
    last = [table(first + townships - place, number) for place in (3, 2, 1)]
    done.append(brought_in(last[0], number, prepared))
    both = two_at_once(last[1:], number)
    copy = seconds_to_copy(one.town, [model._meta.db_table for model in (Voter, Registration)])
    path = _path(done, number, prepared, copy)
    say(f"{name}：查重、查找、张贴、结转")
    roll_filling.analyse()
    person = next(voters(number, first + townships - 3))
    here = (last[0].town, last[0].clerk)
    used = {
        **roll_uses.asked_over_the_county(one.town, one.clerk, person[7]),
        "pages": roll_uses.searched(*here, person),
        **roll_uses.county_over(one.town),
        **roll_uses.posted(*here),
        **roll_uses.carried(*here, clock.today() + timedelta(days=60)),
    }
    return {"size": name, "townships": townships, "voters": number, "fill_s": round(filled, 1)} | {
        **path,
        **both,
        **used,
    }


def _path(done: list[Import], number: int, prepared: Writing, copy: float) -> dict:
    """The whole path of the rolls that were imported one by one, for one roll."""
    times = len(done)
    total, each_prepared = sum(each.total for each in done) / times, prepared.seconds / times
    return {
        "file_kilobytes": done[0].kilobytes,
        **{f"{step}_s": round(sum(each.seconds[step] for each in done) / times, 1) for step in done[0].seconds},
        "own_s": round(sum(sum(each.own.values()) for each in done) / times, 1),
        "beside_s": round(sum(sum(each.beside.values()) for each in done) / times, 1),
        "total_s": round(total, 1),
        "full_s": round(done[-1].total, 1),
        "prepared_s": round(each_prepared, 2),
        "copy_s": round(copy, 2),
        "rows_a_second": round(number / total),
        "prepared_rows_a_second": round(number / each_prepared),
        "copy_rows_a_second": round(number / copy),
        "ratio_prepared": ratio(each_prepared, copy),
        "ratio_total": ratio(total, copy),
        "memory_peak_mib": highest_memory(),
    }


def say(words: str) -> None:
    """How far it is, for who waits."""
    print(words, file=sys.stderr, flush=True)


def measure(seconds: float) -> dict:
    """Each size that is asked for (BENCH_SIZES), with so many townships (BENCH_TOWNSHIPS); at least four."""
    assert settings.DEMO, "invented identity numbers are accepted in demonstrations only"
    townships = max(4, int(os.environ.get("BENCH_TOWNSHIPS") or TOWNSHIPS))
    names = [name for name in VOTERS if name in os.environ.get("BENCH_SIZES", "tenth")]
    warm_up()
    before = highest_memory()
    sizes = [size(name, townships, 10 + 30 * place) for place, name in enumerate(names)]
    return {"sizes": sizes, "memory_before_mib": before}
