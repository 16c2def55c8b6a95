"""The import of a roll as the worker of the tests runs it: when it has written its first piece it stops at the gate.

Only workers load this module.
"""

import time

from django.core.cache import cache

from elections.imports.writing import Writer
from tests.worker.kinds import GATE, HALFWAY

_write = Writer.write


def _write_and_wait(self, piece):
    taken = _write(self, piece)
    cache.set(HALFWAY, "yes", 600)
    while not cache.get(GATE):
        time.sleep(0.02)
    return taken


Writer.write = _write_and_wait
