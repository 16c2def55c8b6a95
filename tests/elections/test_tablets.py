"""A register without network: its list taken along, merged once however often it is sent, and what could not be merged decided."""

import dataclasses
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused, action
from congress.models import AuditEvent
from elections.actions import issue as desk_acts
from elections.actions import tablets as acts
from elections.actions.tablets import Entry
from elections.life import CONFLICT, REGISTER, TABLET
from elections.models import (
    BallotIssue,
    IssueConflict,
    IssueHour,
    MobileBox,
    MobileVoter,
    PollingPlace,
    ProxyVote,
    Registration,
    Round,
    Tablet,
)
from elections.queries import tablets as queries
from tests.cast import SET_UP
from tests.elections.campaigns import ELECTION_DAY, districts
from tests.elections.desks import (
    another_place,
    at_hour,
    closed,
    desk,
    entrusted,
    handed,
    issued,
    opened,
    polling,
    voter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tablet(world, register) -> Tablet:
    return acts.take_along(world.clerk, register, "1号平板")


def entry(register, name: str, way: str = "person", **values) -> Entry:
    """What a tablet says of one voter."""
    line = Registration.objects.get(voter__name=name)
    given = {"key": uuid.uuid4(), "vote": desk(register).rounds[0].pk, "registration": line.pk, "way": way}
    return Entry(**given | {"on": ELECTION_DAY} | values)


def merged(world, tablet, *entries: Entry, replaced=None, back: bool = False) -> tuple[int, int, int]:
    """(taken, conflicts, known already) of what is sent."""
    said = acts.merge(world.clerk, tablet, entries, replaced or {}, back)
    return said.taken, said.conflicts, said.again


def said(tablet) -> list[tuple[str, str]]:
    """Whom the conflicts of a tablet concern, and why."""
    rows = IssueConflict.objects.filter(tablet=tablet)
    called = queries.called(rows)
    return sorted((called.get(row.registration_key, "").split("号")[-1], row.against) for row in rows)


def decided(world, conflict, decision: str, who=None) -> IssueConflict:
    given = {"decision": decision, "note": "查了纸质登记册"}
    return CONFLICT.take("decide", who or world.clerk, conflict, on=ELECTION_DAY, **given)


def test_what_is_taken_along_is_names_numbers_keys_and_authorities_of_the_place_alone(world, election, register):
    entrusted(election, "于二", "丁一", 1)
    entries = entrusted(election, "王三", "丁一", 2)
    with action(SET_UP, actor=None):
        ProxyVote.objects.filter(pk=entries.pk).update(
            agent=None, agent_is="other", agent_name="程外", agent_place="河东"
        )
    handed(register, election, "欧阳小明")
    with action(SET_UP, actor=None):
        Registration.objects.filter(voter__name="东甲").update(on_roll=False)
    content = queries.content(desk(register))
    people = {one["a"]: one for one in content["people"]}
    vote = content["votes"][0]["id"]
    assert "张四" not in people, "of another district"
    assert "东甲" not in people, "struck off"
    assert set().union(*people.values()) <= {"id", "n", "a", "v", "i", "p", "t", "f", "x", "b"}
    assert people["丁一"]["f"] == [str(voter(election, "于二"))]
    assert (people["于二"]["t"], people["于二"]["x"]) == ([vote], "丁一")
    assert people["王三"]["x"] == "程外", "the agent's name, and nothing of where they live"
    assert (people["欧阳小明"]["i"], "p" in people["欧阳小明"]) == ([vote], False)
    assert (content["place"], content["days"]) == ("东山村投票站", [ELECTION_DAY.isoformat()] * 2)
    assert str(people).find("河东") == -1


def test_what_a_rehearsal_takes_along_says_so(election, register, monkeypatch):
    monkeypatch.setattr(scope, "in_rehearsal", lambda: True)
    assert queries.content(desk(register))["place"] == "演练：东山村投票站"


def test_a_mobile_box_takes_its_list_along_and_those_who_entrusted_one_of_it(world, election):
    with action(SET_UP, actor=None):
        given = {"township": world.township, "district": districts(election)[0], "campaign": election.campaign}
        box = MobileBox.objects.create(**given, number=1, route="五组", leaves_at="08:00")
        line = Registration.objects.get(voter__name="丁一")
        MobileVoter.objects.create(township=world.township, box=box, registration=line, reason="unwell")
    polling(world, election)
    entrusted(election, "王三", "丁一", 1)
    with at_hour(9):
        content = queries.content(desk(opened(world, election, box)))
    people = {one["a"]: one for one in content["people"]}
    assert set(people) == {"丁一", "王三"}
    assert "p" not in people["王三"], "who is not on the list of the box gets no ballot there in person"
    assert people["王三"]["t"]


def test_taking_along_and_putting_on_the_device_are_events_that_name_place_and_device(world, register, tablet):
    acts.load(world.clerk, tablet)
    told = [
        (one.verb, one.subject_label) for one in AuditEvent.objects.filter(subject_id=str(tablet.pk)).order_by("seq")
    ]
    assert told == [
        ("elections.take_list_along", "东山村投票站：1号平板"),
        ("elections.load_tablet", "东山村投票站：1号平板"),
    ]
    assert tablet.until.date() == ELECTION_DAY + timedelta(days=1)


def test_nothing_is_taken_along_of_a_closed_register_nor_put_on_a_device_that_came_back(
    world, election, register, tablet
):
    merged(world, tablet, back=True)
    with pytest.raises(Refused, match="名册已交回"):
        acts.load(world.clerk, tablet)
    closed(world, register)
    with pytest.raises(Refused, match="已经关闭"):
        acts.take_along(world.clerk, register, "2号平板")


def test_the_same_batch_twice_is_taken_once(world, election, register, tablet):
    entrusted(election, "于二", "丁一", 1)
    batch = [entry(register, "丁一"), entry(register, "于二", "proxy"), entry(register, "王三")]
    vote = str(batch[0].vote)
    assert merged(world, tablet, *batch, replaced={vote: 2}) == (3, 0, 0)
    assert merged(world, tablet, *batch, replaced={vote: 2}) == (0, 0, 3)
    assert acts.merge(world.clerk, tablet, [], {}) == acts.Merged(0, 0, 0, 0, 0)  # nothing came of nothing
    assert merged(world, tablet, replaced={vote: 3}, back=True) == (0, 0, 0)
    assert merged(world, tablet, replaced={vote: 1}) == (0, 0, 0), "an older answer takes nothing back"
    assert issued(register) == ["person", "person", "proxy"]
    assert dict(desk(register).totals[batch[0].vote]) == {"person": 2, "proxy": 1, "replaced": 3}
    tablet.refresh_from_db()
    assert (tablet.merged, tablet.back_on, tablet.replaced) == (3, ELECTION_DAY, {vote: 3})
    last = AuditEvent.objects.filter(verb="elections.merge_tablet").order_by("-seq").first()
    assert "丁一" not in str(last.detail)


def test_what_was_taken_back_at_the_desk_does_not_come_again_with_the_batch(world, election, register, tablet):
    one = entry(register, "丁一")
    merged(world, tablet, one)
    desk_acts.undo(world.clerk, register, voter(election, "丁一"), "登错了人")
    assert merged(world, tablet, one) == (0, 0, 1)
    assert issued(register) == []


def test_what_stands_against_an_entry_becomes_a_conflict_and_the_rest_is_taken(world, election, register, tablet):
    elsewhere = opened(world, election, another_place(election))
    handed(elsewhere, election, "丁一")
    with action(SET_UP, actor=None):
        Registration.objects.filter(voter__name="于二").update(on_roll=False)
    batch = [
        entry(register, "丁一"),
        entry(register, "于二"),
        entry(register, "王三", "proxy"),
        entry(register, "东甲"),
        entry(register, "东甲"),
        entry(register, "张四"),
        entry(register, "欧阳小明", on=ELECTION_DAY - timedelta(days=1)),
    ]
    unknown = entry(register, "丁一", registration=uuid.uuid4())
    assert merged(world, tablet, *batch, unknown) == (1, 7, 0)
    assert merged(world, tablet, *batch, unknown) == (0, 0, 8), "a conflict is known again as well"
    assert [(name, why[:6]) for name, why in said(tablet)] == [
        ("", "选民名单上没"),
        ("丁一", "已经领过乡镇"),
        ("东甲", "刚刚在另一处"),
        ("于二", "已从乡镇选民"),
        ("张四", "登记在第2选"),
        ("欧阳小明", "登记的日期不"),
        ("王三", "没有委托他人"),
    ]
    assert issued(register) == ["person"]
    assert IssueHour.objects.get(register=register).number == 1


def test_a_line_that_is_no_longer_the_voters_is_a_conflict_and_no_second_ballot(world, election, register, tablet):
    old = entry(register, "丁一")
    with action(SET_UP, actor=None):
        line = Registration.objects.get(pk=old.registration)
        Registration.objects.filter(pk=line.pk).update(on_roll=False)
        line.pk, line.card_no, line._state.adding = uuid.uuid4(), None, True
        line.save(force_insert=True)
    assert merged(world, tablet, old) == (0, 1, 0)
    assert said(tablet) == [("丁一", acts.MOVED)]
    handed(register, election, "王三")
    assert issued(register) == ["person"]


def test_a_ballot_that_another_place_issues_at_the_same_moment_becomes_a_conflict(
    world, election, register, tablet, monkeypatch
):
    elsewhere = opened(world, election, another_place(election))
    handed(elsewhere, election, "丁一")
    monkeypatch.setattr(acts, "against", lambda *_: "")
    assert merged(world, tablet, entry(register, "丁一"), entry(register, "王三")) == (1, 1, 0)
    assert said(tablet) == [("丁一", acts.QUICKER)]


def test_entries_that_come_after_midnight_stay_on_the_day_of_the_vote(world, election, register, tablet):
    with clock.frozen(ELECTION_DAY + timedelta(days=1)):
        assert merged(world, tablet, entry(register, "丁一"), back=True) == (1, 0, 0)
    assert BallotIssue.objects.get().issued_on == ELECTION_DAY
    hour = IssueHour.objects.get()
    assert (hour.day, hour.hour) == (ELECTION_DAY, 23)
    with clock.frozen(ELECTION_DAY + timedelta(days=2)):
        merged(world, tablet, back=True)
    assert Tablet.objects.get().back_on == ELECTION_DAY + timedelta(days=1), "it came back once"


def test_a_vote_that_is_counted_or_of_another_election_is_not_taken(world, election, register, tablet):
    with pytest.raises(Refused, match="不是这次选举的"):
        merged(world, tablet, entry(register, "丁一", vote=uuid.uuid4()))
    one = entry(register, "丁一")
    with action(SET_UP, actor=None):
        Round.objects.filter(pk=one.vote).update(held_on=ELECTION_DAY - timedelta(days=7))
    assert merged(world, tablet, one) == (0, 1, 0)
    with action(SET_UP, actor=None):
        Round.objects.filter(pk=one.vote).update(withdrawn_at=clock.now())
    assert merged(world, tablet, dataclasses.replace(one, key=uuid.uuid4())) == (0, 1, 0), (
        "nor of a vote that was discarded"
    )
    assert {why for _, why in said(tablet)} == {"这次投票的选票不在这里发，或者已经开始计票。"}


def test_a_register_is_not_closed_while_a_list_is_out_or_a_conflict_is_open(world, election, register, tablet):
    with pytest.raises(Refused, match=r"还没有交回：1号平板"):
        closed(world, register)
    handed(register, election, "丁一")
    merged(world, tablet, entry(register, "丁一"), back=True)
    with pytest.raises(Refused, match="还有1条冲突没有处理"):
        closed(world, register)
    decided(world, IssueConflict.objects.get(), "mistake")
    closed(world, register)
    assert tablet.__class__.objects.get().state == "已交回"


def test_a_device_that_does_not_come_back_is_declared_and_paper_is_typed_in(world, election, register, tablet):
    TABLET.take("lose", world.clerk, tablet, on=ELECTION_DAY, reason="掉进河里")
    handed(register, election, "丁一")
    with pytest.raises(Refused, match="这台设备的名册没有带回，不用登记。"):
        TABLET.take("lose", world.clerk, tablet, on=ELECTION_DAY, reason="又说一次")
    assert Tablet.objects.get().lost_reason == "掉进河里"
    batch = [entry(register, "丁一"), entry(register, "于二")]
    vote = str(batch[0].vote)
    answer = acts.merge(world.clerk, tablet, batch, {vote: 2})
    assert (answer.taken, answer.conflicts, answer.again, answer.uncounted) == (0, 1, 1, 2)
    assert said(tablet) == [("于二", acts.LOST)]
    assert desk(register).totals[batch[0].vote]["replaced"] == 0
    assert merged(world, tablet, entry(register, "丁一", "proxy")) == (0, 1, 0), "typed in as fetched in person"
    assert Tablet.objects.get().state == "没有带回"
    other = acts.take_along(world.clerk, register, "2号平板")
    with pytest.raises(Refused, match="不能早于带走日期"):
        TABLET.take("lose", world.clerk, other, on=ELECTION_DAY - timedelta(days=1), reason="丢了")


def test_what_comes_after_closing_is_a_conflict_that_is_entered_once_it_is_open_again(
    world, election, register, tablet
):
    merged(world, tablet, back=True)
    closed(world, register)
    assert merged(world, tablet, entry(register, "丁一")) == (0, 1, 0)
    row = IssueConflict.objects.get()
    assert row.against == acts.CLOSED
    with pytest.raises(Refused, match="请先重新打开"):
        decided(world, row, "enter")
    REGISTER.take("reopen", world.clerk, register, on=ELECTION_DAY, reason="设备刚刚带回")
    assert decided(world, row, "enter").get_decision_display() == "应当发票，补登到领票登记"
    assert issued(register) == ["person"]
    with pytest.raises(Refused, match="已于2026年12月20日处理"):
        decided(world, row, "mistake")


def test_a_conflict_is_decided_by_the_clerk_with_a_reason_and_not_entered_against_the_law(
    world, election, register, tablet
):
    handed(register, election, "丁一")
    merged(world, tablet, entry(register, "丁一"))
    row = IssueConflict.objects.get()
    with pytest.raises(Refused, match=r"现在还不能补登：已经领过"):
        decided(world, row, "enter")
    with pytest.raises(Refused, match="请写明查到的情况"):
        CONFLICT.take("decide", world.clerk, row, on=ELECTION_DAY, decision="cast", note="")
    with pytest.raises(Refused, match="不能早于领票日期"):
        CONFLICT.take("decide", world.clerk, row, on=ELECTION_DAY - timedelta(days=1), decision="cast", note="查了")
    decided(world, row, "cast")
    event = AuditEvent.objects.order_by("-seq").first()
    assert (event.subject_type, event.detail) == ("elections.tablet", {"处理": "选票已投入票箱，写入情况说明"})


def test_the_same_device_is_out_once(world, register, tablet):
    with pytest.raises(IntegrityError, match="tablet_out_once"), transaction.atomic():
        acts.take_along(world.clerk, register, "1号平板")
    merged(world, tablet, back=True)
    assert acts.take_along(world.clerk, register, "1号平板").state == "带走未交回"


def test_names_of_a_place_of_two_days_last_to_the_noon_after_the_second(world, election, register):
    with action(SET_UP, actor=None):
        PollingPlace.objects.update(closes_on=ELECTION_DAY + timedelta(days=1))
    row = desk(register).register
    assert queries.until_of(row).isoformat() == f"{ELECTION_DAY + timedelta(days=2)}T12:00:00+08:00"


def test_no_ballot_of_a_day_that_has_not_come_is_taken(world, election, register, tablet):
    with action(SET_UP, actor=None):
        PollingPlace.objects.update(closes_on=ELECTION_DAY + timedelta(days=1))
    tomorrow = entry(register, "丁一", on=ELECTION_DAY + timedelta(days=1))
    assert merged(world, tablet, tomorrow) == (0, 1, 0)
    with clock.frozen(tomorrow.on):
        assert merged(world, tablet, dataclasses.replace(tomorrow, key=uuid.uuid4())) == (1, 0, 0)
