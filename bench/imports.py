"""Thirty thousand rows of a roster through the product's own import, from the uploaded workbook to written records.

Recognition (reading, checking, comparing, sealing the preview) and writing run as the jobs they are in the product.
The floor is text COPY of the very rows that were written. On a machine too slow for all rows a first thousand says how
many there is time for, and the result says how many there were.
"""

import random
import resource
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from bench import processor
from bench.copying import seconds_to_copy
from bench.places import new_term, new_township
from bench.timing import peak, ratio, timed
from congress import imports
from congress.celery import settle_down
from congress.guard import scope
from congress.guard.action import action, verb
from congress.models import DataKey, ImportBatch, ImportRow, Job, Role, Township
from congress.names.keys import name_keys
from congress.people.idnumber import INVENTED, check_digit
from congress.spreadsheets.columns import Column
from congress.spreadsheets.write import write_xlsx
from congress.work import jobs
from deputies.models import Deputy, Mandate, Term

ROWS, FIRST = 30_000, 1_000
KIND = "deputies.roster"
MAKE = verb("tests.bench_term", "布置测速届次")
HEADINGS = "姓名 性别 民族 出生日期 身份证号 政治面貌 文化程度 工作单位及职务 身份类别 手机 住址".split()
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳秀英敏静丽强磊军洋勇艳杰涛明超兰霞平刚桂文华"


def people(number: int) -> Iterator[list]:
    """Invented people: every number is well formed and nobody's, for its first two digits name no place."""
    chance = random.Random(17)  # noqa: S311 -- the same workbook every time, nothing secret
    for serial in range(number):
        born = date(1950, 1, 1) + timedelta(days=serial % 18_000)
        sequence = serial // 18_000 * 2 + 1 + serial % 2
        first17 = f"{INVENTED}0123{born:%Y%m%d}{sequence:03}"
        yield [
            chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)),
            "男" if sequence % 2 else "女",
            "汉族",
            born.isoformat(),
            first17 + check_digit(first17),
            chance.choice(("中共党员", "群众")),
            chance.choice(("本科", "大专", "高中", "初中")),
            f"第{serial % 60 + 1}村村民",
            chance.choice(("农民", "工人", "个体")),
            f"1{chance.choice((3, 5, 8))}{chance.randrange(10**9):09}",
            f"第{serial % 60 + 1}村{serial % 300 + 1}号",
        ]


def workbook(number: int) -> bytes:
    """The workbook an office would send."""
    columns = [Column(f"c{place}", heading) for place, heading in enumerate(HEADINGS)]
    return write_xlsx(columns, people(number), "代表花名册")


def memory() -> int:
    """The highest memory so far of this process or of one it started (the parser of workbooks), in MiB."""
    return peak([resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)])


def run_last_job(town: Township) -> Job:
    """Run the job that was queued last, in this process. Raises AssertionError when it does not end well."""
    return run_job(last_job(town).pk, town)


def last_job(town: Township) -> Job:
    """The job that was queued last."""
    with scope.township(town):
        return Job.objects.latest("created_at")


def run_job(key, town: Township) -> Job:
    """Run a job in this process. Raises AssertionError when it does not end well."""
    jobs.run(key, town)
    with scope.township(town):
        job = Job.objects.get(pk=key)
    assert job.state == Job.State.DONE, f"{job.kind}: {job.state} {job.note}"
    return job


def warm_up() -> None:
    """Have what a worker has once: addresses of pages, readings of characters, its way with garbage."""
    reverse("home")
    name_keys("欧阳建国")
    settle_down()


@dataclass(frozen=True)
class Import:
    """An import that was done: its township, the size of the file and the seconds of each step; `own` is the processor time of
    the program itself, `beside` that of the database and the parser of workbooks, which hardly depend on others on the machine."""

    town: Township
    kilobytes: int
    seconds: dict[str, float]
    own: dict[str, float]
    beside: dict[str, float]

    @classmethod
    def of(cls, town: Township, data: bytes, steps: Mapping[str, Callable[[], object]]) -> "Import":
        """Do the steps, one after the other."""
        done = cls(town, len(data) // 1024, {}, {}, {})
        for name, step in steps.items():
            own, beside = time.process_time(), processor.beside()
            done.seconds[name] = timed(step)
            done.own[name], done.beside[name] = time.process_time() - own, processor.beside() - beside
        return done

    @property
    def total(self) -> float:
        """Seconds of all steps."""
        return sum(self.seconds.values())


def brought_in(serial: int, rows: int) -> Import:
    """Import so many rows into a new township. Raises AssertionError when a record is missing."""
    town, users = new_township(serial, f"导入{serial}镇")
    clerk = users[Role.CLERK]
    with scope.township(town), action(MAKE, actor=None):
        term = new_term(town)
        term.save()
    data = workbook(rows)
    steps = {
        "upload": lambda: _upload(town, clerk, term, data),
        "preview": lambda: run_last_job(town),
        "take": lambda: _take(town, clerk),
    }
    done = Import.of(town, data, steps)
    assert records_of(town)["代表"] == rows, "not every row became a record"
    return done


def records_of(town: Township) -> dict[str, int]:
    """How many records of each kind the import wrote."""
    with scope.township(town):
        return {
            model._meta.verbose_name: model.objects.filter(township=town).count()
            for model in (Deputy, Mandate, DataKey, ImportRow)
        }


def measure(seconds: float) -> dict:
    """Seconds of each step, rows a second, the ratio to COPY, and the highest memory."""
    assert settings.DEMO, "invented identity numbers are accepted in demonstrations only"
    before = memory()
    first = timed(lambda: brought_in(2, FIRST))
    rows = min(ROWS, max(FIRST, int((seconds - first) * 0.75 / first) * FIRST))
    done = brought_in(3, rows)
    one, every = _floors(done.town)
    take = done.seconds["take"]
    return {
        "rows": rows,
        "file_kilobytes": done.kilobytes,
        **{f"{name}_s": round(value, 1) for name, value in done.seconds.items()},
        **{f"{name}_own_s": round(value, 1) for name, value in done.own.items()},
        **{f"{name}_beside_s": round(value, 1) for name, value in done.beside.items()},
        "total_s": round(done.total, 1),
        "total_own_s": round(sum(done.own.values()), 1),
        "total_beside_s": round(sum(done.beside.values()), 1),
        "rows_a_second": round(rows / done.total),
        "preview_rows_a_second": round(rows / done.seconds["preview"]),
        "take_rows_a_second": round(rows / take),
        "records": records_of(done.town),
        "copy_s": round(one, 2),
        "copy_all_s": round(every, 2),
        "ratio_take": ratio(take, one),
        "ratio_take_all": ratio(take, every),
        "ratio_total": ratio(done.total, one),
        "memory_before_mib": before,
        "memory_peak_mib": memory(),
    }


def _upload(town: Township, clerk, term: Term, data: bytes) -> None:
    options = {"term": str(term.pk), "elected_on": term.started_on.isoformat()}
    with scope.township(town):
        imports.upload(clerk, town, imports.kind_of(KIND), options=options, data=data, file_name="花名册.xlsx")


def _take(town: Township, clerk) -> None:
    with scope.township(town):
        batch = ImportBatch.objects.get()
        imports.batches.start_job("imports.take", "导入", batch, clerk, only_good=False)
    run_last_job(town)


def _floors(town: Township) -> tuple[float, float]:
    tables = [model._meta.db_table for model in (Deputy, Mandate, ImportRow)]
    return seconds_to_copy(town, tables[:1]), seconds_to_copy(town, tables)
