"""Runs jobs in a process of its own, as a worker does: `python -m bench.job TOWNSHIP JOB …`.

Says when it is ready, begins when a line comes in, and tells its seconds and its highest memory (MiB) as one line of JSON.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, cast


class Worker:
    """A process that stands ready to run jobs of a township, by their keys."""

    def __init__(self, township: str, *job_keys):
        command = [sys.executable, "-m", "bench.job", township, *map(str, job_keys)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._line()

    def _line(self) -> str:
        return cast(IO[str], self.process.stdout).readline()

    def begin(self) -> None:
        """Let it run."""
        into = cast(IO[str], self.process.stdin)
        into.write("begin\n")
        into.flush()

    def told(self) -> dict:
        """Its seconds and memory as soon as it is done; its end is not waited for. Raises AssertionError when it failed."""
        line = self._line()
        assert line, "a job did not end well"
        return json.loads(line)


def highest_memory() -> int:
    """The highest memory of this very process so far, in MiB: what was before it became this program does not count."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def main(code: str, job_keys: list[str]) -> int:
    """Set Django up as a worker has it, wait, run, tell."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "congress.settings")
    import django

    django.setup()
    from bench.imports import run_job, warm_up
    from congress.guard import scope
    from congress.models import Township

    warm_up()
    with scope.everywhere("finding the township of a job"):
        town = Township.objects.get(code=code)
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    for key in job_keys:
        run_job(key, town)
    print(json.dumps({"seconds": time.perf_counter() - began, "memory_mib": highest_memory()}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
