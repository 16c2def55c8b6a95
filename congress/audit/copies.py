"""The copy of the anchors where the database's owner cannot reach: lines added to a file in a folder of its own.

`CONGRESS_ANCHOR_DIR` names the folder; it belongs to the account of the worker, not to the database's, and may lie on
another machine or on a medium that can only be added to (`chattr +a`). Each line is an anchor as its seal was made.
"""

import base64
import fcntl
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from congress.audit.anchors import Anchor, numbered

_END = 64 * 1024  # bytes; an anchor takes some 350


def path() -> Path:
    """Where the copy is."""
    return Path(settings.CONGRESS_ANCHOR_DIR) / "anchors.jsonl"


def line_of(anchor: Anchor) -> str:
    """An anchor as one line."""
    texts = {name: base64.b64encode(getattr(anchor, name)).decode() for name in ("hash", "prev", "mac")}
    numbers = {"number": anchor.number, "chain": anchor.chain, "seq": anchor.seq, "at": anchor.at.isoformat()}
    return json.dumps(numbers | texts)


def _from_line(text: str) -> Anchor:
    held = json.loads(text)
    texts = {name: base64.b64decode(held[name]) for name in ("hash", "prev", "mac")}
    return Anchor(held["number"], held["chain"], held["seq"], at=datetime.fromisoformat(held["at"]), **texts)


def _or_none(text: str) -> Anchor | None:
    try:
        return _from_line(text)
    except (ValueError, KeyError, TypeError):
        return None


def copied() -> Iterator[tuple[int, Anchor | None]]:
    """The lines of the copy with their numbers, None for one that is no anchor; nothing without a copy. Raises OSError."""
    if path().exists():
        with path().open(encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                yield number, _or_none(text)


def _newest() -> int:
    """The number of the last anchor copied. Only the end of the file is read: it grows for years."""
    size = path().stat().st_size
    with path().open("rb") as file:
        file.seek(max(0, size - _END))
        lines = file.read().decode(errors="replace").splitlines()
    return next((anchor.number for anchor in map(_or_none, reversed(lines)) if anchor), 0)


def bring_up_to_date() -> int:
    """Add the anchors that the copy does not have; returns how many. Never changes a line. Raises OSError."""
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # the scheduler and a hand at the console would both add
        new = numbered(after=_newest())
        file.writelines(line_of(anchor) + "\n" for anchor in new)
        file.flush()
        os.fsync(file.fileno())
    return len(new)
