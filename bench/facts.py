"""What machine the numbers are from."""

import os
import platform
import subprocess
from pathlib import Path


def machine(root: Path) -> dict[str, object]:
    """Processor, memory in MiB, versions, load at the beginning, and the commit measured."""
    return {
        "processor": _first_line("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "processors": os.cpu_count(),
        "memory_mib": _memory_mib(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": [round(one, 2) for one in os.getloadavg()],
        "commit": _commit(root),
    }


def _first_line(path: str, key: str) -> str:
    file = Path(path)
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")


def _memory_mib() -> int:
    words = _first_line("/proc/meminfo", "MemTotal").split()
    return int(words[0]) // 1024 if words else 0


def _commit(root: Path) -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=root, capture_output=True, text=True)
    return done.stdout.strip() or "?"
