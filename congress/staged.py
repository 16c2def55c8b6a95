"""What every order of stages has in common. Pure: plain values, no framework."""

from enum import StrEnum


class Staged(StrEnum):
    """A stage: its key, its words, the tone of its badge, and what is waited for (nothing at the end).

    The order of the members is the order of the work.
    """

    label: str
    tone: str
    next: str

    def __new__(cls, key: str, label: str, tone: str, waits_for: str = "") -> "Staged":
        member = str.__new__(cls, key)
        member._value_ = key
        member.label, member.tone, member.next = label, tone, waits_for
        return member
