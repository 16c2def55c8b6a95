"""The counting room: opened by two, read twice without seeing, few ballots mixed."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from congress import clock
from congress.counting.actions import Given, open_count
from congress.counting.life import COUNT, ENTRY, UNIT
from congress.counting.models import CountEntry, CountReader, CountTurn
from congress.counting.stages import CountStage, UnitStage
from congress.counting.tally import SMALL_UNIT, Sheet
from congress.guard.action import Refused, action
from congress.models import AuditEvent
from tests.cast import SET_UP
from tests.counting.room import (
    DAY,
    begin,
    codes,
    facts,
    good,
    opened,
    prepared,
    read,
    settled,
    unit_facts,
    unit_of,
)
from tests.field import cases

pytestmark = pytest.mark.django_db


# -- opened by two


def test_two_people_open_a_count_and_the_same_one_cannot(room):
    count = prepared(room)
    COUNT.take("open", room.clerk, count)
    assert facts(count).stage == CountStage.OPENING
    with pytest.raises(Refused) as refused:
        COUNT.take("confirm", room.clerk, count)
    assert codes(refused) == ["not_own"]
    COUNT.take("confirm", room.chair, count)
    assert facts(count).stage == CountStage.OPEN


def write(row) -> None:
    """Past every door: what the database itself says."""
    with transaction.atomic(), action(SET_UP, actor=None):
        row.save()


def test_the_database_refuses_the_same_person_twice(room):
    count = prepared(room)
    COUNT.take("open", room.clerk, count)
    turn = CountTurn.objects.get()
    turn.second_by = room.clerk
    with pytest.raises(IntegrityError, match="count_turn_two_people"):
        write(turn)
    COUNT.take("confirm", room.chair, count)
    unit = unit_of(count)
    begin(room.teller, unit)
    with pytest.raises(IntegrityError, match="count_reader_once"):
        write(CountReader(township=room.township, unit=unit, place=2, user=room.teller))
    with pytest.raises(IntegrityError, match="count_place_once"):
        write(CountReader(township=room.township, unit=unit, place=1, user=room.teller2))


def test_nothing_is_entered_before_it_is_open_or_after_it_is_closed(room):
    count = prepared(room)
    with pytest.raises(Refused, match="E305 计票现在是“未开启”，不能录入。"):
        begin(room.teller, unit_of(count))
    assert not CountReader.objects.exists()


def test_a_count_without_units_is_not_opened(room):
    more = {"held_on": DAY, "names": [(None, "甲")], "seats": 1}
    count = open_count(room.clerk, room.township, title="第一选区投票", kind="election", measure="direct", **more)
    with pytest.raises(Refused, match="还没有登记计票单元（票箱或者会场）。"):
        COUNT.take("open", room.clerk, count)
    assert not CountTurn.objects.exists()


def test_who_asked_or_the_other_takes_it_back(room):
    count = prepared(room)
    COUNT.take("open", room.clerk, count)
    COUNT.take("revoke", room.chair, count, reason="票箱还没有收齐")
    assert facts(count).stage == CountStage.PREPARED
    COUNT.take("open", room.chair, count)
    COUNT.take("confirm", room.clerk, count)
    assert facts(count).open


# -- read twice


def test_equal_readings_are_settled_at_once(room):
    """X-D02."""
    count = opened(room)
    unit = unit_of(count)
    read(room.teller, unit, good(count))
    assert unit_facts(unit).stage == UnitStage.ONE_FINAL
    read(room.teller2, unit, good(count))
    assert unit_facts(unit).stage == UnitStage.READ


def test_one_person_does_not_read_twice(room):
    """X-D01."""
    count = opened(room)
    unit = unit_of(count)
    read(room.teller, unit, good(count))
    with pytest.raises(Refused) as refused:
        begin(room.teller, unit)
    assert codes(refused) == ["not_own"]


def test_at_a_unit_is_room_for_two(room):
    unit = unit_of(opened(room))
    with pytest.raises(Refused, match="没有可以换下的人：没有人在录入，或者这一单元已经确定。"):
        UNIT.take("release", room.clerk, unit, which="1", reason="身体不适")
    for user in (room.teller, room.teller2):
        begin(user, unit)
    with pytest.raises(Refused, match="两次录入都有人了。"):
        begin(room.clerk, unit)
    assert {seat.reader.user for seat in unit_facts(unit).seats.values()} == {room.teller, room.teller2}


def test_who_was_relieved_enters_nothing_more_while_the_count_goes_on(room):
    count = opened(room)
    unit = unit_of(count)
    entry = begin(room.teller, unit)
    UNIT.take("release", room.clerk, unit, which="1", reason="身体不适")
    for key in ("save", "finish"):
        with pytest.raises(Refused, match="您已被换下，不能再录入这一单元。"):
            ENTRY.take(key, room.teller, entry, sheet=good(count))
    standing = CountEntry.objects.get(pk=entry.pk)
    assert not standing.final
    assert standing.sheet == entry.sheet
    begin(room.teller2, unit)


def test_a_draft_is_kept_as_wrong_as_it_is_and_is_not_final(room):
    """X-D06: a cell left blank is no zero."""
    count = opened(room)
    entry = begin(room.teller, unit_of(count))
    draft = Sheet({**good(count).cells, "valid": 1, "blank": None})
    ENTRY.take("save", room.teller, entry, sheet=draft)
    kept = ENTRY.find(entry.pk)
    assert Sheet.of(kept.sheet).as_json() == draft.as_json()
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            ENTRY.take("finish", room.teller, kept, sheet=draft)
        assert codes(refused) == ["E206"]  # an empty cell is no zero
    assert not ENTRY.find(entry.pk).final


def test_a_reading_that_contradicts_itself_cannot_become_final(room):
    """X-D04: so that of two final readings none is wrong by itself."""
    count = opened(room)
    entry = begin(room.teller, unit_of(count))
    wrong = Sheet({**good(count).cells, "collected": 212})
    with pytest.raises(Refused) as refused:
        ENTRY.take("finish", room.teller, entry, sheet=wrong, explanation="说明")
    assert codes(refused) == ["E203"]
    assert "重数" not in str(refused.value)  # that is for who is in charge


def test_what_is_unusual_is_explained(room):
    count = opened(room, Given("一号票箱", 215, 215))
    entry = begin(room.teller, unit_of(count))
    with pytest.raises(Refused) as refused:
        ENTRY.take("finish", room.teller, entry, sheet=good(count))
    assert codes(refused) == ["unexplained"]
    assert "W101" in str(refused.value)
    ENTRY.take("finish", room.teller, entry, sheet=good(count), explanation="有4人没有投回")
    assert ENTRY.find(entry.pk).final


def test_a_quick_second_reading_is_explained(room):
    count = opened(room)
    unit = unit_of(count)
    read(room.teller, unit, good(count), "")
    entry = begin(room.teller2, unit)
    with pytest.raises(Refused, match="W114"):
        ENTRY.take("finish", room.teller2, entry, sheet=good(count))
    with clock.frozen(clock.now() + timedelta(seconds=40)):
        ENTRY.take("finish", room.teller2, entry, sheet=good(count))
    assert unit_facts(unit).stage == UnitStage.READ


def test_more_ballots_than_were_issued_can_be_entered_as_the_paper_is(room):
    count = opened(room, Given("一号票箱", 210, 209))
    unit = unit_of(count)
    read(room.teller, unit, good(count), "票箱里确有211张")
    read(room.teller2, unit, good(count), "重数过")
    with pytest.raises(Refused, match=r"请写明怎样查明：E201.*E202") as refused:
        UNIT.take("sign", room.chair, unit, capacity="chief")
    assert [one.field for one in refused.value.findings] == ["note"]
    assert unit_facts(unit).holding == []
    UNIT.take("sign", room.chair, unit, capacity="chief", note="两人各多领一张，已查明")
    assert not facts(count).outcome.tally.valid


# -- who sees what


def test_the_second_sees_nothing_of_the_first_until_both_are_final(room, browse):
    """X-D03: neither what the first typed nor which cells differ."""
    count = opened(room)
    unit = unit_of(count)
    first = read(room.teller, unit, good(count, yes=(131, 77)), "")
    second = begin(room.teller2, unit)
    client = browse(room.teller2)
    base = f"/t/{room.township.code}/counting"
    pages = [f"{base}/{count.pk}/", f"{base}/units/{unit.pk}/", f"{base}/entries/{second.pk}/save/"]
    for url in pages:
        answer = client.get(url)
        assert answer.status_code == 200, url
        for number in ("131", "77", "208"):
            assert f">{number}<" not in answer.content.decode()
            assert f'value="{number}"' not in answer.content.decode()
    assert client.get(f"{base}/entries/{first.pk}/").status_code == 404
    assert unit_facts(unit).differing == []
    assert unit_facts(unit).settled is None
    ENTRY.take("save", room.teller2, second, sheet=good(count))
    for url in pages:
        assert "不一致" not in client.get(url).content.decode()


def test_the_trail_names_the_unit_and_no_figure(room):
    count = opened(room)
    settled(room, unit_of(count), good(count, yes=(131, 77)))
    events = AuditEvent.objects.filter(verb__startswith="counting.")
    said = " ".join(f"{one.subject_label} {one.detail}" for one in events)
    said = re.sub("[0-9a-f]{32,}", "", said)  # digits of a fingerprint are there by chance
    assert "一号票箱" in said
    for number in ("131", "77", "208"):
        assert number not in said


# -- few ballots


def test_a_unit_of_few_ballots_is_mixed_and_never_stored(room):
    """X-X01: nothing is told of the votes of ten."""
    for case in cases("elections.json", "mobile_box"):
        assert case["expected"].get("min_unit", SMALL_UNIT) == SMALL_UNIT
    count = opened(room, Given("一号票箱", 100, 100), Given("流动一号", 10, 10), Given("流动二号", 14, 14))
    small = unit_of(count, 1)
    assert unit_facts(small).stage == UnitStage.SMALL
    with pytest.raises(Refused) as refused:
        begin(room.teller, small)
    assert codes(refused) == ["E303"]
    mixed = UNIT.take("mix", room.clerk, small, others=[unit_of(count, 2).pk])
    assert (mixed.issued, mixed.took_part) == (24, 24)
    assert unit_facts(small).stage == UnitStage.MIXED
    assert [one.unit.name for one in facts(count).read] == ["一号票箱", "混合单元（2、3号）"]
    with pytest.raises(Refused, match="这一单元的票已经并入混合单元，在混合单元里录入。"):
        begin(room.teller, small)
    with pytest.raises(Refused, match="这一单元的票已经并入混合单元。"):
        UNIT.take("mix", room.clerk, small, others=[unit_of(count).pk])
    assert len(facts(count).read) == 2
    entry = begin(room.teller, mixed)
    with pytest.raises(Refused) as refused:
        ENTRY.take("save", room.teller, entry, sheet=Sheet({"collected": 12}))
    assert codes(refused) == ["E303"]
    assert ENTRY.find(entry.pk).sheet == {}


def test_with_which_units_it_is_mixed_is_ticked_on_a_page_and_told_at_both(room, browse):
    count = opened(room, Given("一号票箱", 100, 100), Given("流动一号", 10, 10), Given("流动二号", 14, 14))
    small, other = unit_of(count, 1), unit_of(count, 2)
    client, url = browse(room.clerk), UNIT.url(small, "mix")
    offered = client.get(url).context["form"].fields["others"].choices
    assert [words for _, words in offered] == ["一号票箱（发出100张）", "流动二号（发出14张）"]
    nobody = client.post(url, {"version": small.version})
    assert list(nobody.context["form"].errors) == ["others"]
    assert unit_facts(small).stage == UnitStage.SMALL
    assert client.post(url, {"version": small.version, "others": [other.pk]}).status_code == 302
    assert {unit_facts(one).stage for one in (small, other)} == {UnitStage.MIXED}
    mixed = facts(count).read[-1].unit
    page = client.get(UNIT.url(mixed)).content.decode()
    assert "由哪些单元混合" in page
    assert "流动一号、流动二号" in page
    page = client.get(UNIT.url(small)).content.decode()
    assert "并入" in page
    assert UNIT.url(mixed) in page


def test_the_only_unit_may_be_small(room):
    count = opened(room, Given("会场", 12, 12, "hall"))
    unit = unit_of(count)
    settled(room, unit, good(count, yes=(8, 4), valid=12, void=0))
    assert unit_facts(unit).stage == UnitStage.READ


def test_a_unit_that_was_begun_is_not_mixed(room):
    count = opened(room, Given("一号票箱", 100, 100), Given("二号票箱", 90, 90))
    begin(room.teller, unit_of(count))
    with pytest.raises(Refused, match="已经有人录入，不能再混合"):
        UNIT.take("mix", room.clerk, unit_of(count), others=[unit_of(count, 1).pk])
    with pytest.raises(Refused, match="没有别的还没有录入的单元可以混合。"):
        UNIT.take("mix", room.clerk, unit_of(count, 1), others=[unit_of(count).pk])
    assert [one.unit.name for one in facts(count).units] == ["一号票箱", "二号票箱"]
