"""Mandates and corrections."""

from collections.abc import Iterator

from django.db.models import Model

from deputies.actions import ask_correction
from deputies.life import CORRECTION, MANDATE
from tests.congress.walks.walking import Walk, steps_of
from tests.proposals.helpers import day


def mandates(world) -> Iterator[tuple[str, Model]]:
    """A seat confirmed, at rest and taken up again, ended; one that others rest on; one registered by mistake."""
    row = world.deputies[1].mandates.get()
    go = steps_of(MANDATE, row)
    yield "elected", row
    go("confirm", world.clerk, day(3, 1))
    yield "confirmed", row
    go("suspend", world.clerk, day(3, 10), ground="detained")
    yield "suspended", row
    go("resume", world.chair, day(4, 10))
    yield "resumed", row
    go("suspend", world.clerk, day(4, 20), ground="serving")
    go("unsuspend", world.chair, day(4, 21), reason="登错了人")
    go("end", world.clerk, day(5, 1), reason="moved")
    yield "ended", row


MANDATES = Walk(
    mandates,
    {
        "confirm": lambda world: {},
        "end": lambda world: {"reason": "resigned", "is_chair_or_vice": False},
        "suspend": lambda world: {"ground": "serving"},
        "resume": lambda world: {},
        "unsuspend": lambda world: {"reason": "登错了人"},
        "withdraw": lambda world: {"reason": "登错了人"},
    },
)


def corrections(world) -> Iterator[tuple[str, Model]]:
    """Asked and accepted; asked and declined."""
    row = ask_correction(world.deputy_user, world.deputies[0], "education", "本科")
    yield "asked", row
    CORRECTION.take("accept", world.clerk, row)
    yield "accepted", row
    row = ask_correction(world.deputy_user, world.deputies[0], "education", "研究生")
    CORRECTION.take("decline", world.chair, row, answer="请提供证书")
    yield "declined", row


CORRECTIONS = Walk(corrections, {"accept": lambda world: {"answer": ""}, "decline": lambda world: {"answer": "不是"}})
