"""Stamps: a step runs again only when what it depends on has changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], extra: str = "") -> str:
    """SHA-256 over the names and contents of the files and the extra text; a missing file counts as empty."""
    total = hashlib.sha256(extra.encode())
    for path in files:
        content = path.read_bytes() if path.is_file() else b""
        total.update(f"\0{path.name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    """Whether the stamp file holds exactly this value."""
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == value


def write(stamp: Path, value: str) -> None:
    """Note that the step is done for this value; written in one move so that a broken run leaves no stamp."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    fresh = stamp.with_name(stamp.name + ".new")
    fresh.write_text(value + "\n", encoding="ascii")
    fresh.replace(stamp)
