"""Processor time of the three that share a machine while it is measured: the web server, the database, and who asks. Unlike how long
an answer takes, it hardly depends on what else the machine does.
"""

import os
import resource
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

_TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> float:
    """Seconds of a process, of its children that run and of those that ended."""
    return _seconds(pid, 4) + sum(_seconds(one, 2) for one in _children(pid))


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _seconds(pid: int, columns: int) -> float:
    # After the name of the program, which may hold spaces; the twelfth and thirteenth are of the program and of the kernel for it,
    # the two behind them of its children that ended.
    said = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(one) for one in said[11 : 11 + columns]) / _TICKS


def _database() -> int:
    """The process whose children serve the connections of the throw-away database, on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


def beside() -> float:
    """Seconds of those who work for this process: programs it started that have ended, and the database."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + tree(_database())


@dataclass(frozen=True)
class Spent:
    """Seconds of processor time of each until now."""

    web: float
    database: float
    client: float

    @classmethod
    def now(cls, web: int) -> "Spent":
        """Until this moment, of the web server with this process number."""
        own = resource.getrusage(resource.RUSAGE_SELF)
        return cls(tree(web), tree(_database()), own.ru_utime + own.ru_stime)

    def each(self, since: "Spent", number: int) -> dict[str, float]:
        """Milliseconds for each of so many that were done since then, and how many a second all cores together could do."""
        found = {
            f"{name}_ms": round((getattr(self, name) - getattr(since, name)) * 1000 / max(1, number), 1)
            for name in ("web", "database", "client")
        }
        return found | {"most_a_second": round((os.cpu_count() or 1) * 1000 / max(0.1, sum(found.values())), 1)}
