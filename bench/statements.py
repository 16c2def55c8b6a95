"""Statements sent to the database, counted and timed."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection


@dataclass
class Statements:
    """Statements sent to the database and their seconds."""

    number: int = 0
    seconds: float = 0.0

    def __call__(self, execute, sql, params, many, context):
        """Wrapper round every statement."""
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.number += 1
            self.seconds += time.perf_counter() - began


@contextlib.contextmanager
def statements() -> Iterator[Statements]:
    """Counts what the block asks of the database."""
    counted = Statements()
    with connection.execute_wrapper(counted):
        yield counted
