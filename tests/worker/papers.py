"""The printing of a paper as the worker of the tests runs it: typeset and not kept yet, it stops at the gate.

Only workers load this module.
"""

import time

from django.core.cache import cache

from congress import printing
from tests.worker.kinds import GATE, HALFWAY

_pages_in = printing.PDF.parts


def _wait_and_count(pdf: bytes) -> int:
    cache.set(HALFWAY, "yes", 600)
    while not cache.get(GATE):
        time.sleep(0.02)
    return _pages_in(pdf)


object.__setattr__(printing.PDF, "parts", _wait_and_count)
