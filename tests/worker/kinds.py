"""Kinds of work for the worker of the tests, which imports this module beside its own tasks.

They stop half-way at a gate, so that a test decides when the worker is killed.
"""

import time

from django.core.cache import cache

from congress.guard.action import action, verb
from congress.models import Unit
from congress.work import jobs

HALFWAY, GATE = "tests:halfway", "tests:gate"
STEPS = 10
MAKE = verb("tests.make_units", "布置测试单位")


def _make_units(job, progress) -> dict:
    with action(MAKE, actor=None):
        for number in range(STEPS):
            Unit.objects.create(township=job.township, name=f"测试单位{number}")
            progress(number + 1, STEPS)
            if number == STEPS // 2:
                _wait_at_the_gate(progress, number)
    return {"note": f"已建{STEPS}个", "result": {"made": STEPS}}


def _wait_at_the_gate(progress, done: int) -> None:
    cache.set(HALFWAY, "yes", 600)
    while not cache.get(GATE):
        progress(done, STEPS)
        time.sleep(0.02)


UNITS = jobs.JobKind("tests.units", "布置单位", _make_units, lambda job: [])
jobs.register(UNITS)
