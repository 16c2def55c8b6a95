"""Names that voters write in: entered as read, added up or told apart by two people, taken back until the count is closed
(shared cases X-W01, X-W03, X-W04; X-G03 of the boxes)."""

import io

import pytest
from pdfminer.high_level import extract_text

from congress.counting import documents
from congress.counting.actions import Given, result
from congress.counting.life import COUNT
from congress.counting.models import WrittenIn
from congress.counting.tally import Identity, Line, meant
from congress.guard.action import Refused
from congress.law.ballots import BallotRules
from tests.counting.room import RULES, codes, facts, good, opened, settled, signed, unit_of

pytestmark = pytest.mark.django_db
MING = {"王小明": 200, "王晓明": 45, "小明": 10}


def lines(votes: dict[str, int]) -> list[Line]:
    """The sums of written names."""
    return [Line("", name, number) for name, number in votes.items()]


def test_w04_nothing_is_added_up_by_itself_and_all_of_it_once_it_is_said():
    alone = meant(lines(MING), [])
    assert {one.label: one.yes for one in alone.lines} == MING
    assert (alone.open_votes, alone.most) == (255, 255)
    found = meant(lines(MING), [Identity("王小明", tuple(MING), True)])
    assert [(one.label, one.yes) for one in found.lines] == [("王小明", 255)]
    assert found.parts == (("王小明", (("王小明", 200), ("王晓明", 45), ("小明", 10))),)
    assert (found.open_votes, found.most) == (0, 255)


def test_w01_one_name_of_two_people_is_told_apart_and_what_is_left_stays_open():
    found = meant(
        lines({"李强": 40}), [Identity("李强", ("李强",), True, 25), Identity("李强（西村）", ("李强",), True, 10)]
    )
    told = [(one.label, one.yes) for one in found.lines]
    assert told == [("李强", 25), ("李强（西村）", 10), ("李强（未认定）", 5)]
    assert (found.open_names, found.most) == ((("李强", 5),), 30)
    rest = meant(lines({"李强": 40}), [Identity("李强甲", ("李强",), True), Identity("李强乙", ("李强",), True, 15)])
    assert [(one.label, one.yes) for one in rest.lines] == [("李强甲", 25), ("李强乙", 15)]  # the told number first


def test_w03_votes_for_who_may_not_be_chosen_count_for_nobody():
    found = meant(lines({"张某": 300}), [Identity("张某", ("张某",), False)])
    assert (found.lines, [(one.label, one.yes) for one in found.uncounted]) == ((), [("张某", 300)])


def test_what_no_longer_fits_applies_to_nobody():
    said = [Identity("丁", ("丁某",), True, 9), Identity("戊", ("没有这个人",), True)]
    found = meant(lines({"丁某": 8}), said)
    assert found.misfits == tuple(said)
    assert found.open_names == (("丁某", 8),)


# -- in the room


def counted(room, written: dict[str, int], **more):
    """A count of one seat whose only unit was read and signed: 甲 50, 乙 40, the others wrote somebody in."""
    count = opened(room, Given("一号票箱", 400, 400), **more)
    unit = unit_of(count)
    settled(room, unit, good(count, yes=(50, 40), valid=400, void=0, write_ins=written))
    signed(room, unit)
    return count


def say(room, count, names, person, who="district", **more):
    """The clerk says it and the chair agrees."""
    values = {"names": names, "votes": None, "person": person, "who": who, "reason": "监票人看票，王小明有别名"} | more
    made = COUNT.take("identify", room.clerk, count, **values)
    row = WrittenIn.objects.kept().get(count=count, second_by=None)
    COUNT.take("agree", room.chair, count, which=str(row.pk))
    return made


def finish(room, count):
    """Two sign the whole and close."""
    for user in (room.chair, room.clerk):
        COUNT.take("sign", user, count, capacity="scrutineer", note="已查明")
    COUNT.take("close", room.clerk, count)
    COUNT.take("confirm", room.chair, count)


def test_w04_variants_become_one_person_by_two_people_and_are_elected(room):
    count = counted(room, MING)
    before = facts(count)
    assert before.outcome.tally.elected == ()  # 200 is not more than half of 400
    assert [one.code for one in before.unidentified] == ["written_in.open"]
    for user in (room.chair, room.clerk):
        COUNT.take("sign", user, count, capacity="scrutineer", note="已查明")
    with pytest.raises(Refused) as refused:
        COUNT.take("close", room.clerk, count)
    assert codes(refused) == ["written_in.open"]
    COUNT.take("identify", room.clerk, count, names=[*MING], votes=None, person="王小明", who="district", reason="看票")
    row = WrittenIn.objects.get()
    assert facts(count).outcome.tally.elected == ()  # one person alone decides nothing
    with pytest.raises(Refused) as refused:
        COUNT.take("agree", room.clerk, count, which=str(row.pk))
    assert codes(refused) == ["not_own"]
    with pytest.raises(Refused) as refused:
        COUNT.take("close", room.clerk, count)
    assert "written_in.asked" in codes(refused)
    COUNT.take("agree", room.chair, count, which=str(row.pk))
    after = facts(count)
    assert (after.outcome.tally.elected, after.unidentified) == (("王小明",), [])
    assert after.holding == []  # what was signed reads otherwise now
    assert after.fingerprint != before.fingerprint
    assert dict(after.typed.totals.write_ins and [(one.label, one.yes) for one in after.typed.totals.write_ins]) == MING
    finish(room, count)
    found = result(count)
    assert found.outcome.tally.elected == ("王小明",)
    assert found.meant == ("另选人的认定：王小明200票、王晓明45票、小明10票是王小明。",)
    for key, data in (("undo", {"which": str(row.pk), "reason": "认错"}), ("identify", {}), ("agree", {})):
        with pytest.raises(Refused, match="已结束"):
            COUNT.take(key, room.chair, count, **data)


def test_w01_two_voters_of_one_name_hold_the_result_until_they_are_told_apart(room):
    count = counted(room, {"李强": 260})
    assert [one.code for one in facts(count).unidentified] == ["written_in.open"]
    say(room, count, ["李强"], "李强（东街）", votes=210)
    assert [one.code for one in facts(count).unidentified] == ["written_in.open"]  # fifty could still be anybody's
    say(room, count, ["李强"], "李强（西村）")
    found = facts(count)
    assert found.unidentified == []
    assert found.outcome.tally.elected == ("李强（东街）",)


def test_w03_of_somebody_below_eighteen_nothing_counts_and_the_ballot_stays_valid(room):
    count = counted(room, {"张某": 300})
    assert facts(count).outcome.tally.elected == ("张某",)  # as typed; nothing is closed with it
    say(room, count, ["张某"], "张某", who="outside", reason="户口簿：选举日十七周岁")
    found = facts(count)
    assert (found.outcome.tally.elected, found.unidentified) == ((), [])
    assert (found.counted.totals.valid, found.outcome.tally.base) == (400, 400)
    finish(room, count)
    assert result(count).meant == ("另选人的认定：张某300票是张某，不计票。",)


def test_who_may_be_written_in_was_fixed_before(room):
    district = BallotRules(unreadable="ballot", write_in_from="district", fixed_on=RULES.fixed_on)
    for rules, elected in ((RULES, ("赵六",)), (district, ())):
        count = counted(room, {"赵六": 260}, rules=rules)
        say(room, count, ["赵六"], "赵六", who="elsewhere")
        assert facts(count).outcome.tally.elected == elected


def test_it_is_taken_back_with_a_reason_and_stays_on_record(room):
    count = counted(room, MING)
    with pytest.raises(Refused, match="还没有认定过"):
        COUNT.take("undo", room.chair, count, which="", reason="认错")
    with pytest.raises(Refused, match="没有等待确认"):
        COUNT.take("agree", room.chair, count, which="")
    say(room, count, [*MING], "王小明")
    row = WrittenIn.objects.get()
    with pytest.raises(Refused, match="没有等待认定的另选人"):
        COUNT.take("identify", room.clerk, count, names=[], votes=None, person="甲", who="district", reason="看票")
    COUNT.take("undo", room.clerk, count, which=str(row.pk), reason="小明是另一人")
    row.refresh_from_db()
    assert (row.withdrawn_reason, row.names) == ("小明是另一人", [*MING])
    assert facts(count).meant.open_votes == 255
    say(room, count, ["王小明", "王晓明"], "王小明")
    assert WrittenIn.objects.kept().get().number == 2


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"names": ["王小明", "小明"], "votes": 3}, "votes", "只认定一部分票的，一次选一个姓名。"),
        ({"names": ["小明"], "votes": 11}, "votes", "小明还没有认定的是10票，请填1到这个数；全部认定的不用填。"),
        ({"names": ["小明"], "person": "甲"}, "person", "甲是票上的人：票应当计在他自己那一行"),
        ({"names": ["小明"], "person": "王晓明", "who": "outside"}, "person", "第1项已经认定王晓明是“"),
    ],
)
def test_what_cannot_be_said_is_refused_at_its_field(room, said, field, words):
    count = counted(room, MING)
    say(room, count, ["王晓明"], "王晓明")
    values = {"votes": None, "person": "王小明", "who": "district", "reason": "看票"} | said
    with pytest.raises(Refused, match=words) as refused:
        COUNT.take("identify", room.clerk, count, **values)
    assert [one.field for one in refused.value.findings] == [field]
    assert WrittenIn.objects.count() == 1


def test_a_name_of_which_somebody_said_something_waits_for_the_second(room):
    count = counted(room, MING)
    values = {"names": ["小明"], "votes": None, "person": "王小明", "who": "district", "reason": "看票"}
    COUNT.take("identify", room.clerk, count, **values)
    with pytest.raises(Refused) as refused:
        COUNT.take("identify", room.chair, count, **values)
    assert codes(refused) == ["written_in.asked"]
    with pytest.raises(Refused, match="请选择等待确认的一项"):
        COUNT.take("agree", room.chair, count, which="别的一项")
    with pytest.raises(Refused, match="请选择要撤销的一项"):
        COUNT.take("undo", room.chair, count, which="别的一项", reason="认错")


def test_where_two_wait_nobody_agrees_to_the_own_one(room):
    count = counted(room, MING)
    for user, name in ((room.clerk, "小明"), (room.chair, "王晓明")):
        values = {"names": [name], "votes": None, "person": name, "who": "district", "reason": "看票"}
        COUNT.take("identify", user, count, **values)
    mine, other = WrittenIn.objects.order_by("number")
    with pytest.raises(Refused) as refused:
        COUNT.take("agree", room.clerk, count, which=str(mine.pk))
    assert codes(refused) == ["written_in.own"]
    COUNT.take("agree", room.clerk, count, which=str(other.pk))
    assert WrittenIn.objects.get(second_by=room.clerk).person == "王晓明"


def test_a_correction_under_a_number_that_was_told_makes_it_a_misfit(room):
    count = counted(room, {"李强": 260})
    say(room, count, ["李强"], "李强", votes=210)
    WrittenIn.objects.kept().get()
    found = facts(count)
    row = found.count.identified[0]
    row.votes = 261
    assert [one.code for one in found.unidentified] == ["written_in.misfit", "written_in.open"]


def test_g03_a_box_with_too_many_is_an_alarm_and_the_whole_holds(room):
    count = opened(room, Given("投票站", 500, 500), Given("流动票箱1", 60, 60), registered=900)
    for at, (valid, yes) in enumerate(((499, (300, 199)), (61, (40, 21)))):
        unit = unit_of(count, at)
        settled(room, unit, good(count, yes=yes, valid=valid, void=0))
        signed(room, unit)
    found = facts(count)
    totals = found.counted.totals
    assert (totals.issued, totals.collected) == (560, 560)
    alarms = [one.unit.name for one in found.read if "E202" in [each.code for each in one.check(one.settled)]]
    assert alarms == ["流动票箱1"]
    assert found.outcome.tally.valid
    assert "E202" not in [one.code for one in found.notices]
    assert [(one.code, one.blocking) for one in found.boxes] == [("boxes.exceed", False)]


def test_the_page_tells_who_is_meant_and_what_stays_open(room, browse):
    count = counted(room, MING | {"张某": 30})
    url = f"/t/{room.township.code}/counting/{count.pk}/"
    form = browse(room.clerk).get(f"{url}identify/").content.decode()
    assert "没有核对名单" in form  # a count that nobody registered a list for
    assert "王晓明（45票）" in form
    answers = {"names": ["王小明", "王晓明", "小明"], "person": "王小明", "who": "district", "reason": "看票"}
    browse(room.clerk).post(f"{url}identify/", {"version": str(count.version), **answers})
    page = browse(room.chair).get(url).content.decode()
    assert "等待另一人确认" in page
    assert "可能影响当选" in page
    row = WrittenIn.objects.get()
    browse(room.chair).post(f"{url}agree/", {"version": str(count.version), "which": str(row.pk)})
    say(room, count, ["张某"], "张某", who="outside")
    page = browse(room.chair).get(url).content.decode()
    for words in ("王小明、王晓明、小明（全部）是王小明", "张某30票，不计票", "另选 王小明"):
        assert words in page
    assert "可能影响当选" not in page
    said = extract_text(io.BytesIO(documents.of_whole(facts(count)))).replace("\n", "").replace(" ", "")
    assert "王晓明45票" in said
