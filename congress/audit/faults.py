"""What a check of the trail finds."""

from dataclasses import dataclass
from datetime import timedelta

LATE = timedelta(hours=1)  # after which what is not sealed, or not copied, is a fault


@dataclass(frozen=True)
class Fault:
    """Something that does not fit, and where."""

    place: str
    what: str

    def __str__(self):
        return f"{self.place}：{self.what}"


def at_event(chain: int, seq: int, what: str) -> Fault:
    """A fault at an event of a chain."""
    return Fault(f"链{chain} 第{seq}条", what)


def at_anchor(number: int, what: str) -> Fault:
    """A fault at an anchor."""
    return Fault(f"锚点第{number}号", what)
