"""Doors of the counting room that stay shut: nothing to count, nothing to mix with, a room that is not open."""

import pytest

from congress import clock
from congress.counting.actions import name_tellers, open_count
from congress.counting.life import COUNT, ENTRY, UNIT
from congress.counting.models import CountTurn
from congress.guard.action import Refused, action
from congress.models import Role
from congress.permissions import Standing
from tests.cast import SET_UP
from tests.counting.room import begin, codes, good, opened, read, settled, signed, unit_of

pytestmark = pytest.mark.django_db


def test_a_count_without_units_is_not_opened(room):
    given = {"kind": "election", "measure": "direct", "held_on": clock.today(), "names": [(None, "甲")], "seats": 1}
    count = open_count(room.clerk, room.township, title="第一选区投票", registered=40, **given)
    with pytest.raises(Refused) as refused:
        COUNT.take("open", room.clerk, count)
    assert codes(refused) == ["no_units"]


def test_a_draft_is_not_finished_in_a_room_that_is_not_open(room):
    count = opened(room)
    entry = begin(room.teller, unit_of(count))
    with action(SET_UP, actor=None):
        CountTurn.objects.filter(count=count).update(withdrawn_at=clock.now(), withdrawn_reason="误录")
    with pytest.raises(Refused) as refused:
        ENTRY.take("finish", room.teller, entry, sheet=good(count), explanation="")
    assert codes(refused) == ["E305"]


def test_the_only_unit_has_nothing_to_be_mixed_with(room):
    count = opened(room)
    with pytest.raises(Refused) as refused:
        UNIT.take("mix", room.clerk, unit_of(count), others=[], name="混合一")
    assert codes(refused) == ["order.alone"]


def test_nothing_is_mixed_once_the_count_is_closed(room):
    count = opened(room)
    unit = unit_of(count)
    settled(room, unit, good(count))
    signed(room, unit)
    for user in (room.chair, room.clerk):
        COUNT.take("sign", user, count, on=clock.today(), capacity="scrutineer", note="已查明")
    COUNT.take("close", room.clerk, count)
    COUNT.take("confirm", room.chair, count)
    with pytest.raises(Refused) as refused:
        UNIT.take("mix", room.clerk, unit_of(count), others=[], name="混合一")
    assert codes(refused) == ["E305"]


def test_the_system_settles_nothing_that_does_not_differ(room):
    count = opened(room)
    unit = unit_of(count)
    read(room.teller, unit, good(count))
    with pytest.raises(Refused) as refused:
        UNIT.take("decide", None, unit, choice=None, reason="看了纸")
    assert codes(refused) == ["order.stage"]


def test_of_the_election_staff_those_alone_sign_who_are_named_for_the_count(room):
    count = opened(room)
    unit = unit_of(count)
    worker = Standing(room.teller, room.township, roles=frozenset({str(Role.POLL)}))
    sign_unit, sign_whole = UNIT.step("sign").who, COUNT.step("sign").who
    assert not sign_unit.test(worker, unit)
    assert not sign_whole.test(worker, count)
    name_tellers(room.clerk, count, [room.teller])
    assert sign_unit.test(worker, unit_of(count))
    assert sign_whole.test(worker, COUNT.find(count.pk))
