"""The virtual environment `.venv`: made when missing, filled from the hashed requirement files."""

import os
import subprocess
import sys
from pathlib import Path

from script.lib import stamps
from script.lib.environment import cleaned
from script.lib.paths import ROOT, VENV, VENV_PYTHON
from script.lib.run import run
from script.lib.say import say
from script.lib.system_parts import install

SERVING = ("requirements.txt", "requirements-embedded.txt")
TESTING = (*SERVING, "requirements-dev.txt")
NODE = ("requirements-node.txt",)


def ensure(names: tuple[str, ...] = SERVING, root: Path = ROOT) -> None:
    """Make the environment hold exactly the pinned packages of these files; does nothing when they are unchanged.

    pip refuses every archive whose SHA-256 is not in the file. One stamp is kept a set of files, so that
    tests and server may take turns without installing again.
    """
    files = [root / name for name in names]
    value = stamps.fingerprint(files, extra=_version())
    stamp = VENV / f"congress-{'-'.join(Path(name).stem for name in names)}.stamp"
    if stamps.is_current(stamp, value) and _runs("-c", ""):
        return
    if not _runs("-m", "pip", "--version"):
        _make()
    say(f"安装 Python 组件（{'、'.join(names)}）")
    requirements = [part for file in files for part in ("-r", str(file))]
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    run(
        [*command, "--only-binary=:all:", *requirements],
        cwd=root,
        environment=cleaned(os.environ),
        what="安装 Python 组件",
    )
    stamps.write(stamp, value)


def _runs(*arguments: str) -> bool:
    """Whether the environment's Python is there and does this without a fault."""
    if not VENV_PYTHON.exists():
        return False
    return subprocess.run([str(VENV_PYTHON), *arguments], capture_output=True).returncode == 0


def _make() -> None:
    try:
        import ensurepip  # noqa: F401, PLC0415  (Debian ships it in a package of its own)
    except ImportError:
        install({"python3-venv": "建立 Python 虚拟环境"})
    say("建立 Python 虚拟环境 .venv")
    run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        cwd=ROOT,
        environment=cleaned(os.environ),
        what="建立虚拟环境",
    )


def _version() -> str:
    return f"python {sys.version_info.major}.{sys.version_info.minor}"
