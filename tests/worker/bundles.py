"""The making of a proof bundle as the worker of the tests runs it: packed and not kept yet, it stops at the gate.

Only workers load this module.
"""

import time

from django.core.cache import cache

from elections.documents import proof
from tests.worker.kinds import GATE, HALFWAY

_files_in = proof.ZIP.parts


def _wait_and_count(bundle: bytes) -> int:
    cache.set(HALFWAY, "yes", 600)
    while not cache.get(GATE):
        time.sleep(0.02)
    return _files_in(bundle)


object.__setattr__(proof.ZIP, "parts", _wait_and_count)
