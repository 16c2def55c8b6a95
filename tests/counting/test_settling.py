"""Readings that differ are settled by a third, signed and closed; signatures fall where what they signed reads otherwise."""

import pytest

from congress import clock
from congress.counting.actions import Given, result, units_from
from congress.counting.life import COUNT, ENTRY, UNIT
from congress.counting.models import Count, CountEntry, CountSignature, CountTurn
from congress.counting.queries import words_of
from congress.counting.stages import CountStage, UnitStage
from congress.counting.tally import Chosen
from congress.guard.action import Refused
from congress.models import AuditEvent
from tests.counting.room import (
    begin,
    codes,
    facts,
    good,
    opened,
    prepared,
    read,
    settled,
    signed,
    unit_facts,
    unit_of,
)

pytestmark = pytest.mark.django_db


# -- where they differ


@pytest.fixture
def different(room):
    """N09: 甲 120, 乙 87, void 3, blank 1; then 乙 78, blank 10."""
    count = opened(room)
    unit = unit_of(count)
    read(room.teller, unit, good(count, blank=1, no={"甲": 87, "乙": 120}))
    read(room.teller2, unit, good(count, yes=(120, 78), blank=10))
    return count, unit


def test_a_third_person_settles_what_differs_with_a_reason(room, different):
    """X-D03: neither of the two settles it; X-D04: nor is anything kept that contradicts itself."""
    _, unit = different
    found = unit_facts(unit)
    assert found.stage == UnitStage.DIFFERENT
    keys = [name.key for name in found.whole.paper.names]
    assert set(found.differing) >= {"blank", f"{keys[1]}_yes"}
    first = {key: found.sheets[0].cells[key] for key in found.differing}
    for user in (room.teller, room.teller2):
        with pytest.raises(Refused, match="由主席、办事员办理"):
            UNIT.take("decide", user, unit, chosen=Chosen(first), reason="看纸")
    with pytest.raises(Refused, match="看了哪一张"):
        UNIT.take("decide", room.clerk, unit, chosen=Chosen(first), reason="")
    with pytest.raises(Refused, match="请对每一个不一致的栏作出确定。") as refused:
        UNIT.take("decide", room.clerk, unit, chosen=Chosen({"blank": 1}), reason="看纸")
    assert [one.field for one in refused.value.findings] == ["chosen"]
    with pytest.raises(Refused) as refused:  # what contradicts itself is not decided either
        UNIT.take("decide", room.clerk, unit, chosen=Chosen({**first, "blank": 9}), reason="看纸")
    assert "E208" in codes(refused)
    how = dict.fromkeys(first, "first")
    UNIT.take("decide", room.clerk, unit, chosen=Chosen(first, None, how), reason="二号计票单第3行是87")
    assert unit_facts(unit).stage == UnitStage.READ
    assert unit_facts(unit).settled.as_json() == found.sheets[0].as_json()
    assert CountEntry.objects.count() == 3  # what was typed is never deleted


def test_what_nobody_chose_or_typed_is_asked_for_at_the_choice(room, different, browse):
    """Every cell that differs by its words; nothing is decided."""
    _, unit = different
    found = unit_facts(unit)
    words = words_of(found.whole.paper)
    client = browse(room.clerk)
    url = UNIT.url(unit, "decide")
    for given, says in (
        ({}, "“{}”还没有确定，请看纸后选一项。"),
        (dict.fromkeys(found.differing, "paper"), "“{}”选了“都不对”，请填写纸上的数字。"),
    ):
        form = {"reason": "看纸", "version": unit.version} | {f"chosen-{key}": one for key, one in given.items()}
        errors = client.post(url, form).context["form"].errors
        assert errors == {"chosen": [says.format(words[key]) for key in found.differing]}
    assert unit_facts(unit).decision is None


def test_people_written_in_are_typed_from_the_paper_each_with_votes(room, browse):
    """What differs may be neither of the two lists; a name without its votes is asked for its votes, and nothing is decided."""
    count = opened(room)
    unit = unit_of(count)
    for user, votes in ((room.teller, 5), (room.teller2, 6)):
        read(user, unit, good(count, yes=(110, 80), write_ins={"丙丙": votes}))
    url = UNIT.url(unit, "decide")
    typed = {"reason": "看纸", "version": unit.version, "chosen-write_ins": "paper"}
    client = browse(room.clerk)
    refused = client.post(url, typed | {"chosen-write_ins-paper": "丙丙 3\n\n丁丁"})
    assert "丁丁" in str(refused.context["form"].errors["chosen"])
    assert unit_facts(unit).decision is None
    client.post(url, typed | {"chosen-write_ins-paper": "丙丙 3\n\n丁丁  2"})
    assert dict(unit_facts(unit).settled.write_ins) == {"丙丙": 3, "丁丁": 2}


def test_a_reading_that_is_sent_back_stays_and_its_correction_names_it(room, different, browse):
    count, unit = different
    UNIT.take("send-back", room.clerk, unit, which="2", look_at=["blank"], reason="请重看全部弃权")
    assert unit_facts(unit).stage == UnitStage.RETURNED
    correction = CountEntry.objects.get(corrects__isnull=False)
    assert correction.corrects.sent_back_why == "请重看全部弃权"
    assert correction.sheet == correction.corrects.sheet
    with pytest.raises(Refused, match="两份都录完而且不一致的，才需要确定"):  # not while a correction is under way
        UNIT.take("decide", room.clerk, unit, chosen=Chosen({}), reason="看纸")
    right = good(count, blank=1, no={"甲": 87, "乙": 120})
    ENTRY.take("finish", room.teller2, correction, sheet=right, explanation="更正")
    assert unit_facts(unit).stage == UnitStage.READ
    assert CountEntry.objects.count() == 3
    shown = browse(room.clerk).get(UNIT.url(unit)).content.decode()
    assert f"第1份，{room.clerk}退回：请重看全部弃权" in shown


def test_a_decision_stands_no_longer_where_a_reading_is_corrected(room, different):
    count, unit = different
    found = unit_facts(unit)
    first = {key: found.sheets[0].cells[key] for key in found.differing}
    UNIT.take("decide", room.clerk, unit, chosen=Chosen(first), reason="看纸")
    UNIT.take("send-back", room.clerk, unit, which="1", look_at=[], reason="重数")
    assert unit_facts(unit).decision is None
    entry = CountEntry.objects.get(corrects__isnull=False, final=False)
    ENTRY.take("finish", room.teller, entry, sheet=good(count, yes=(119, 78), blank=10), explanation="重数")
    assert unit_facts(unit).stage == UnitStage.DIFFERENT
    with pytest.raises(Refused, match="由录入人以外的第三人办理"):  # the unit has its third person already
        UNIT.take("decide", room.chair, unit, chosen=Chosen({}), reason="看纸")


def test_who_is_relieved_comes_back_to_no_place(room):
    count = opened(room)
    unit = unit_of(count)
    entry = begin(room.teller, unit)
    ENTRY.take("save", room.teller, entry, sheet=good(count))
    UNIT.take("release", room.clerk, unit, which="1", reason="身体不适")
    assert unit_facts(unit).stage == UnitStage.WAITING
    with pytest.raises(Refused, match="您没有列为这次计票的计票人员"):
        begin(room.teller, unit)
    read(room.teller2, unit, good(count))
    assert unit_facts(unit).stage == UnitStage.ONE_FINAL
    assert CountEntry.objects.count() == 2
    read(room.clerk2, unit, good(count))
    closed(room, count)
    with pytest.raises(Refused, match="E305 计票现在是“已结束”，不能录入。"):  # what he left is kept as it is
        ENTRY.take("save", room.teller, entry, sheet=good(count, yes=(1, 0)))
    assert ENTRY.find(entry.pk).sheet == good(count).as_json()


# -- signed, closed


def test_a_signature_falls_when_what_it_signed_changes_and_stays_on_record(room):
    count = opened(room)
    unit = unit_of(count)
    settled(room, unit, good(count))
    signed(room, unit)
    assert unit_facts(unit).stage == UnitStage.SIGNED
    with pytest.raises(Refused, match="已经签认过"):  # nobody signs the same twice
        UNIT.take("sign", room.chair, unit, capacity="chief", note="再签")
    for which, user in (("1", room.teller), ("2", room.teller2)):
        UNIT.take("send-back", room.clerk2, unit, which=which, look_at=[], reason="复核")
        entry = CountEntry.objects.get(final=False)
        ENTRY.take("finish", user, entry, sheet=good(count, yes=(121, 87)), explanation="复核")
    assert unit_facts(unit).stage == UnitStage.READ
    assert len(unit_facts(unit).fallen) == 2
    assert CountSignature.objects.count() == 2


def closed(room, count):
    for unit in facts(count).read:
        signed(room, unit.unit)
    for user in (room.chair, room.clerk):
        COUNT.take("sign", user, count, capacity="chief", note="已查明")
    COUNT.take("close", room.clerk, count)
    COUNT.take("confirm", room.chair, count)


def test_from_units_to_the_result(room):
    count = opened(room, Given("一号票箱", 215, 211), Given("二号票箱", 50, 50))
    with pytest.raises(Refused, match="计票还没有结束，没有结果"):
        result(count)
    settled(room, unit_of(count), good(count))
    assert facts(count).counted is None  # sums of some units would tell what single boxes hold
    settled(room, unit_of(count, 1), good(count, yes=(30, 20), valid=50, void=0))
    with pytest.raises(Refused, match="现在是“正在计票”"):
        COUNT.take("close", room.clerk, count)
    closed(room, count)
    found = result(count)
    assert found.totals.collected == 261
    assert found.outcome.tally.elected == ("甲",)
    assert len(found.fingerprint) == 64
    assert CountTurn.objects.get(what="close").fingerprint == found.fingerprint
    with pytest.raises(Refused, match="计票已经结束，单元不能再改"):
        units_from(room.clerk, count, [Given("三号票箱", 1, 1)])


def test_a_closed_count_is_opened_again_by_two_and_its_result_waits(room):
    count = opened(room)
    settled(room, unit_of(count), good(count))
    closed(room, count)
    assert facts(count).stage == CountStage.CLOSED
    with pytest.raises(Refused, match="不能录入"):
        UNIT.take("send-back", room.clerk2, unit_of(count), which="1", look_at=[], reason="复核")
    COUNT.take("reopen", room.clerk, count, reason="复核发现有误")
    COUNT.take("confirm", room.chair, count)
    assert facts(count).stage == CountStage.COUNTED
    with pytest.raises(Refused, match="计票还没有结束，没有结果"):
        result(count)


def test_the_whole_is_signed_by_two_before_it_is_closed(room):
    count = opened(room)
    settled(room, unit_of(count), good(count))
    signed(room, unit_of(count))
    for user in (None, room.chair):  # nobody, and one alone
        if user:
            COUNT.take("sign", user, count, on=clock.today(), capacity="scrutineer", note="已查明")
        said = f"全部结果须有2个人签认；现在有效的签认{1 if user else 0}个。"
        with pytest.raises(Refused, match=said):
            COUNT.take("close", room.clerk, count)
    assert facts(count).stage == CountStage.COUNTED


def test_a_unit_is_signed_by_two(room):
    count = opened(room)
    unit = unit_of(count)
    settled(room, unit, good(count))
    UNIT.take("sign", room.chair, unit, on=clock.today(), capacity="scrutineer", note="已查明")
    assert unit_facts(unit).stage == UnitStage.READ
    UNIT.take("sign", room.clerk, unit, on=clock.today(), capacity="scrutineer", note="已查明")
    assert unit_facts(unit).stage == UnitStage.SIGNED


# -- what comes from outside


def test_the_same_source_is_the_same_unit(room):
    source = room.deputies[0].pk
    count = prepared(room, Given("一号票箱", 215, 211, source_id=source))
    units_from(room.clerk, count, [Given("一号票箱", 216, 211, source_id=source)])
    assert [(one.unit.issued, one.unit.number) for one in facts(count).units] == [(216, 1)]
    assert [one.detail for one in AuditEvent.objects.filter(verb="counting.units")] == [{"单元": 1}] * 2
    COUNT.take("open", room.clerk, count)
    COUNT.take("confirm", room.chair, count)
    begin(room.teller, unit_of(count))
    units_from(room.clerk, count, [Given("一号票箱", 216, 211, source_id=source)])
    with pytest.raises(
        Refused, match="一号票箱已经开始录入或者已经混合，发出、参加投票的数字不能再改；请先查明哪一个对。"
    ):
        units_from(room.clerk, count, [Given("一号票箱", 217, 211, source_id=source)])
    assert [one.unit.issued for one in facts(count).units] == [216]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"names": []}, "票上至少有一个姓名或者一件事项，都不能空着。"),
        ({"names": [(None, "甲"), (None, " ")]}, "票上至少有一个姓名或者一件事项，都不能空着。"),
        ({"names": [(None, "甲"), (None, "甲")]}, "票上有两个相同的姓名，请注明住址或者单位加以区分。"),
        ({"seats": 0}, "选举应当写明应选名额。"),
        ({"kind": "proposal"}, "对人、对事项的表决没有应选名额和当选条件。"),
        ({"kind": "proposal", "measure": "none"}, "对人、对事项的表决没有应选名额和当选条件。"),
        ({"kind": "persons", "seats": 0}, "对人、对事项的表决没有应选名额和当选条件。"),
    ],
)
def test_a_ballot_that_cannot_be_counted_is_refused(room, wrong, words):
    with pytest.raises(Refused) as refused:
        prepared(room, **wrong)
    assert [(one.code, one.message) for one in refused.value.findings] == [("ballot", words)]
    assert not Count.objects.exists()


def test_a_count_made_by_mistake_is_taken_back_until_it_was_opened(room):
    count = prepared(room)
    COUNT.take("discard", room.clerk, count, reason="重复")
    with pytest.raises(Refused, match="计票已经开启过，不能撤回"):
        COUNT.take("discard", room.clerk, opened(room), reason="重复")
