"""Mandates, corrections, and activities deputies enter themselves."""

from collections.abc import Iterator

from django.db.models import Model

from deputies.actions import ask_correction, enter_activity
from deputies.life import CORRECTION, MANDATE, OWN_ACTIVITY
from deputies.models import OwnActivity
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


def own_activities(world) -> Iterator[tuple[str, Model]]:
    """Entered, sent back, revised, confirmed; one that is taken back."""
    values = {"township": world.township, "deputy": world.deputies[0], "kind": "visit", "title": "走访三组农户"}
    row = enter_activity(world.deputy_user, OwnActivity(held_on=day(3, 5), **values))
    go = steps_of(OWN_ACTIVITY, row)
    yield "entered", row
    go("send-back", world.clerk, day(3, 6), reason="请写明走访了几户")
    yield "returned", row
    go("revise", world.deputy_user, day(3, 7), households=6)
    go("confirm", world.chair, day(3, 8))
    yield "confirmed", row


OWN_ACTIVITIES = Walk(
    own_activities,
    {
        "confirm": lambda world: {},
        "send-back": lambda world: {"reason": "请写明日期"},
        "revise": lambda world: {"title": "走访四组农户", "held_on": day(3, 4)},
        "take-back": lambda world: {},
    },
)
