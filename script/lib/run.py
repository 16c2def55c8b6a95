"""Running other programs during the set-up."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from script.lib.say import Stop

_TAIL_LINES = 25


def run(command: list[str], *, cwd: Path, environment: Mapping[str, str], what: str) -> str:
    """Run a program quietly and return its standard output; raises Stop with the end of its output when it fails."""
    done = subprocess.run(
        command, cwd=cwd, env=dict(environment), capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-_TAIL_LINES:])
        raise Stop(f"{what}失败：{' '.join(command[:4])} …\n{tail}")
    return done.stdout


def found(name: str) -> bool:
    """Whether a program of this name is installed."""
    return shutil.which(name) is not None
