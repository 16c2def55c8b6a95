"""A count where two things happen in the same moment: whoever works at a unit and whoever closes the whole wait for each other."""

import time
from threading import Event

import pytest

from congress import clock
from congress.counting.actions import counts as counts_acts
from congress.counting.actions import readings
from congress.counting.actions.counts import Given
from congress.counting.life import COUNT, UNIT
from congress.counting.models import CountEntry
from congress.counting.stages import CountStage
from congress.guard.action import Refused, action
from tests.cast import SET_UP
from tests.counting.room import codes, facts, good, opened, people, settled, signed, unit_of
from tests.counting.test_halls_at_once import both

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(world):
    """The township with its tellers, whose rows stay."""
    with world.in_township():
        people(world)
    return world


def slowly(monkeypatch, module, name: str = "change") -> Event:
    """What a step of a module writes takes time; tells when it has begun to."""
    begun, write = Event(), getattr(module, name)

    def later(*arguments, **values):
        begun.set()
        time.sleep(0.5)
        return write(*arguments, **values)

    monkeypatch.setattr(module, name, later)
    return begun


def behind(begun: Event, act):
    """Does it once the other has begun."""

    def run():
        assert begun.wait(20)
        return act()

    return run


def whole(world, count) -> None:
    """Everything read and signed, one word before the end."""
    settled(world, unit_of(count), good(count))
    signed(world, unit_of(count))
    for user in (world.chair, world.clerk):
        COUNT.take("sign", user, count, on=clock.today(), capacity="scrutineer", note="已查明")


def test_a_count_is_not_closed_over_a_reading_that_is_just_sent_back(room, monkeypatch):
    with room.in_township():
        count = opened(room)
        whole(room, count)
        unit = unit_of(count)
    begun = slowly(monkeypatch, readings)
    told = both(
        room,
        lambda: UNIT.take("send-back", room.clerk2, unit, which="1", look_at=[], reason="看错一行"),
        behind(begun, lambda: COUNT.take("close", room.clerk, count)),
    )
    assert told[0] == "taken"
    assert "正在计票" in told[1]
    with room.in_township():
        assert facts(count).stage == CountStage.OPEN


def test_no_unit_is_mixed_at_which_somebody_is_just_sitting_down(room, monkeypatch):
    with room.in_township():
        count = opened(room, Given("一号票箱", 215, 211), Given("二号票箱", 300, 290))
        first, second = unit_of(count), unit_of(count, 1)
    begun = slowly(monkeypatch, counts_acts)
    told = both(
        room,
        lambda: UNIT.take("mix", room.clerk, first, others=[second.pk]),
        behind(begun, lambda: UNIT.take("begin", room.teller, second)),
    )
    assert told[0] == "taken"
    assert "混合" in told[1]
    with room.in_township():
        assert not CountEntry.objects.exists()


def test_what_was_asked_to_be_closed_is_not_closed_when_it_reads_otherwise(room):
    """However that came to be."""
    with room.in_township():
        count = opened(room)
        whole(room, count)
        COUNT.take("close", room.clerk, count)
        with action(SET_UP, actor=None):
            CountEntry.objects.update(sent_back_by=room.clerk2)
        with pytest.raises(Refused) as refused:
            COUNT.take("confirm", room.chair, count)
        assert codes(refused) == ["changed"]
        assert facts(count).stage == CountStage.CLOSING
        COUNT.take("revoke", room.chair, count, reason="先核对")
        assert facts(count).stage == CountStage.OPEN
