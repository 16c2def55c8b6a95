"""Servers and a data folder for one piece of work: tests and measurements never touch an installation."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from script.lib import servers
from script.lib.datafolder import DataFolder
from script.lib.say import Stop, say
from script.lib.supervisor import Leave, Supervisor


def run(purpose: str, work: Callable[[DataFolder, Supervisor], int]) -> int:
    """Do the work with a data folder of its own, which starts what it needs under the supervisor; returns its exit code.

    Whatever was started is stopped and thrown away afterwards. A Stop is told together with what the servers said.
    """
    with tempfile.TemporaryDirectory(prefix=f"congress-{purpose}-") as folder:
        data = DataFolder(Path(folder))
        with (data.root / "servers.log").open("w", encoding="utf-8") as log:
            supervisor = Supervisor(lambda name, line: _note(log, name, line))
            try:
                return work(data, supervisor)
            except Stop as reason:
                log.flush()
                say(f"停止：{reason}\n{(data.root / 'servers.log').read_text(encoding='utf-8')}")
                return 1
            except Leave:
                return 130
            finally:
                supervisor.stop()
                servers.discard(data)


def _note(log: TextIO, name: str, line: str) -> None:
    if not log.closed:
        log.write(f"{name} | {line}\n")
