"""Receptions and matters: written down once, sent one way, resolved, told."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.guard.action import Conflict, action
from congress.models import AuditEvent, Message
from proposals import actions, queries
from proposals.actions import common
from proposals.actions import matters as ways
from proposals.life import MATTER, RECEPTION, SUGGESTION
from proposals.models import Matter, OfficePeriod, Reception, ReceptionDeputy, Suggestion, Visitor
from tests.proposals.helpers import SET_UP, a_matter, at, day, log, new_matter, refused, submit, text_of

pytestmark = pytest.mark.django_db


def test_the_same_key_is_the_same_reception(town):
    key = uuid.uuid4()
    first = log(town, key=key, matter=new_matter(town))
    second = log(town, key=key, matter=new_matter(town), people=9)
    assert first.pk == second.pk
    assert Reception.objects.count() == 1
    assert Matter.objects.count() == 1
    assert AuditEvent.objects.filter(verb="proposals.log_reception").count() == 1


def test_a_reception_counts_people_and_keeps_the_office_of_a_receiver(town):
    leader = town.deputies[1]
    row = log(town, people=12, batches=4, deputies=town.deputies, offices={leader.pk: "镇长"}, companions=[town.unit])
    assert (row.people, row.batches) == (12, 4)
    receivers = {one.deputy_id: one for one in ReceptionDeputy.objects.filter(reception=row)}
    assert receivers[leader.pk].office == "镇长"
    assert receivers[town.deputies[0].pk].mandate.level == "township"
    assert row.companions.get().unit == town.unit


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"people": 0}, "people", "人次至少为1。"),
        ({"people": 2, "batches": 3}, "batches", "批次至少为1，且不能多于人次。"),
        ({"people": 2, "batches": 0}, "batches", "批次至少为1，且不能多于人次。"),
        ({"held_on": day(1, 1, 2020)}, "held_on", "启用，接待日期不能更早。"),
    ],
)
def test_a_reception_that_cannot_be_is_refused_at_its_field(town, values, field, says):
    findings = refused(lambda: log(town, **values), says)
    assert findings[0].field == field
    assert not Reception.objects.exists()


def test_who_cannot_exercise_a_mandate_on_the_day_receives_nobody(town):
    mandate = town.deputies[0].mandates.get()
    with action(SET_UP, actor=None):
        mandate.ended_on, mandate.end_reason = day(3, 15), "moved"
        mandate.save()
    findings = refused(lambda: log(town, held_on=day(3, 15)), f"{town.deputies[0].name}在2022年3月15日不在任")
    assert [finding.field for finding in findings] == ["deputies"]
    row = log(town, held_on=day(3, 14))
    findings = refused(
        lambda: RECEPTION.take("correct", town.clerk, row, held_on=day(3, 15), people=3, batches=1), "不在任"
    )
    assert [finding.field for finding in findings] == ["held_on"]


def test_a_reception_nobody_held_is_refused(town):
    findings = refused(
        lambda: actions.log_reception(
            town.clerk, town.township, key=uuid.uuid4(), held_on=day(3, 1), station=town.station, deputies=[]
        ),
        "请选择接待代表。",
    )
    assert [finding.field for finding in findings] == ["deputies"]
    assert not Reception.objects.exists()


@pytest.mark.parametrize("words", ["请打13812345678找我", "身份证11010519491231002X是我的，渠塌了", "  "])
def test_personal_numbers_and_empty_words_are_refused(town, words):
    findings = refused(lambda: log(town, matter=new_matter(town, words=words)), "")
    assert findings[0].field == "words"
    assert "13812345678" not in str(findings[0].message)
    assert not Reception.objects.exists()


def test_numbers_of_matters_run_without_gaps(town):
    reception = log(town, matter=new_matter(town))
    actions.add_matter(town.clerk, reception, new_matter(town))
    refused(lambda: actions.add_matter(town.clerk, reception, new_matter(town, words="")), "反映的内容")
    actions.add_matter(town.clerk, reception, new_matter(town))
    assert list(Matter.objects.order_by("number").values_list("number", flat=True)) == [
        "2022-0001",
        "2022-0002",
        "2022-0003",
    ]


def test_one_more_matter_sent_twice_is_one(town):
    reception, key = log(town), uuid.uuid4()
    first = actions.add_matter(town.clerk, reception, new_matter(town), key=key)
    assert actions.add_matter(town.clerk, reception, new_matter(town), key=key).pk == first.pk == key
    assert Matter.objects.count() == 1


def test_a_visitor_is_encrypted_and_never_in_the_trail(town):
    visitor = actions.NewVisitor("曾阿水", "13812345678", "云溪村三组")
    matter = a_matter(town, visitor=visitor, confidential=True)
    assert Visitor.objects.get().phone == "13812345678"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM proposals_visitor")
        stored = b"".join(bytes(cell) for cell in cursor.fetchone())
    assert "曾阿水".encode() not in stored
    assert b"13812345678" not in stored
    told = str(list(AuditEvent.objects.filter(subject_id=str(matter.pk)).values_list("detail", "subject_label")))
    assert "曾阿水" not in told
    assert "13812345678" not in told


# -- ways


def test_answered_on_the_spot_is_resolved_and_told_that_day(town):
    matter = a_matter(town, channel="on_the_spot", text="农闲时清淤，已经排了计划。")
    assert (matter.channelled_on, matter.resolved_on, matter.told_on) == (day(3, 15),) * 3
    assert not queries.matter_is_open(matter)


def test_handed_to_a_unit_and_resolved_by_it(town):
    matter = a_matter(town, channel="unit", unit=town.unit)
    assert queries.matter_is_open(matter)
    gone = "该事项已于2022年3月15日转办"
    refused(lambda: MATTER.take("unit", town.clerk, matter, unit=town.other_unit, on=day(3, 16)), gone)
    assert Matter.objects.get().unit == town.unit
    refused(
        lambda: MATTER.take("resolve", town.other_handler, matter, answer="办好了。", on=day(4, 1)), "不是交给您的单位"
    )
    refused(lambda: MATTER.take("resolve", town.handler, matter, answer="办好了。", on=day(3, 14)), "早于分流日期")
    MATTER.take("resolve", town.handler, matter, answer="已经修好。", on=day(4, 1))
    refused(
        lambda: MATTER.take("resolve", town.handler, matter, answer="又修好。", on=day(4, 2)), "已于2022年4月1日办结"
    )
    refused(lambda: MATTER.take("tell", town.deputy_user, matter, on=day(3, 31), how="电话"), "早于办结日期")
    matter = MATTER.take("tell", town.deputy_user, matter, on=day(4, 3), how="电话", opinion="good")
    assert (matter.told_on, matter.opinion) == (day(4, 3), "good")
    refused(lambda: MATTER.take("tell", town.deputy_user, matter, on=day(4, 5), how="电话"), "已于2022年4月3日反馈过。")
    assert Matter.objects.get().told_on == day(4, 3)


def test_what_came_of_a_matter_passed_upward_is_told_on_its_own_day(town):
    """What the higher body said and what came of it are kept together; the day it was passed on knew no result."""
    row = MATTER.take("upward", town.clerk, a_matter(town), passed_to="县水利局", on=day(3, 16))

    def told():
        found = MATTER.find(row.pk)
        entries = queries.matter_thread(found, found.reception)
        return [one.note for one in entries if one.text.startswith("报") or one.text == "办结"]

    MATTER.take("ask", town.clerk, row, note="已立项。", ask_on=day(6, 1), on=day(4, 15))
    said = "2022年4月15日询问县水利局：已立项。"
    assert told() == [said]
    MATTER.take("resolve", town.clerk, row, answer="已建成。", on=day(5, 1))
    assert told() == ["", f"{said}\n已建成。"]


def test_passed_upward_names_to_whom_and_declined_names_the_channel(town):
    matter = a_matter(town)
    refused(lambda: MATTER.take("upward", town.clerk, matter, passed_to=" ", on=day(3, 16)), "报送给谁")
    upward = MATTER.take("upward", town.clerk, matter, passed_to="县人大常委会", on=day(3, 16))
    assert upward.passed_to == "县人大常委会"
    other = a_matter(town)
    refused(lambda: MATTER.take("decline", town.clerk, other, proper_channel="", on=day(3, 16)), "正当渠道")
    declined = MATTER.take("decline", town.clerk, other, proper_channel="向法院起诉", on=day(3, 16))
    assert declined.told_on == day(3, 16)
    assert declined.resolved_on is None
    assert not queries.matter_is_open(declined)


def test_a_matter_goes_one_way_only_and_not_before_it_was_raised(town):
    matter = a_matter(town)
    refused(lambda: MATTER.take("unit", town.clerk, matter, unit=town.unit, on=day(3, 14)), "早于接待日期")
    MATTER.take("unit", town.clerk, matter, unit=town.unit, on=day(3, 16))
    refused(lambda: MATTER.take("upward", town.clerk, matter, passed_to="县", on=day(3, 17)), "已于2022年3月16日转办")
    refused(lambda: MATTER.take("unit", town.clerk, a_matter(town), unit=None, on=day(3, 16)), "选择承办单位")
    refused(lambda: MATTER.take("tell", town.clerk, matter, on=day(4, 1), how="电话"), "还没有办结")
    kept = Matter.objects.get(pk=matter.pk)
    assert (kept.channel, kept.channelled_on, kept.unit) == (Matter.Channel.UNIT, day(3, 16), town.unit)
    assert (kept.passed_to, kept.told_on) == ("", None)


def test_text_without_a_way_is_refused_rather_than_lost(town):
    findings = refused(lambda: a_matter(town, text="已经答复"), "没有选择处理方式")
    assert findings[0].field == "channel"


def test_a_matter_becomes_a_suggestion_linked_both_ways(town):
    matter, key = a_matter(town), uuid.uuid4()
    values = {
        "lead": town.deputies[0],
        "title": "关于修渠的建议",
        "situation": "渠塌了。",
        "proposal": "请修复。",
        "on": day(3, 16),
        "key": key,
    }
    suggestion = MATTER.take("suggestion", town.deputy_user, matter, **values)
    assert MATTER.take("suggestion", town.deputy_user, matter, **values).pk == suggestion.pk == key
    matter.refresh_from_db()
    assert matter.channel == "suggestion"
    assert matter.suggestions.get() == suggestion
    assert suggestion.matter == matter
    assert Suggestion.objects.count() == 1


def test_a_suggestion_declined_gives_the_matter_back(town):
    matter = a_matter(town)
    suggestion = MATTER.take(
        "suggestion",
        town.deputy_user,
        matter,
        lead=town.deputies[0],
        title="标题",
        situation="情况",
        proposal="建议",
        on=day(3, 16),
    )
    SUGGESTION.take("decline", town.clerk, suggestion, grounds=("personal",), on=day(3, 17))
    matter.refresh_from_db()
    assert matter.channel == ""


# -- corrections and withdrawals


def test_corrections_keep_to_their_people_and_their_version(town):
    reception = log(town, matter=new_matter(town))
    values = {"held_on": day(3, 14), "people": 5, "batches": 2}
    refused(lambda: RECEPTION.take("correct", town.chair, reception, **values), "可以更正")
    RECEPTION.take("correct", town.clerk, reception, **values, version=reception.version)
    with pytest.raises(Conflict):
        RECEPTION.take("correct", town.clerk, reception, **values, version=0)
    matter = reception.matters.get()
    refused(
        lambda: MATTER.take("correct", town.handler, matter, words="改了", category=town.category, confidential=False),
        "您没有",
    )
    changed = MATTER.take(
        "correct", town.deputy_user, matter, words="渠塌了两段。", category=town.category, confidential=True
    )
    assert changed.confidential
    with pytest.raises(Conflict):
        MATTER.take("correct", town.clerk, matter, words="又改", category=town.category, confidential=True, version=0)


def test_the_day_of_a_reception_cannot_pass_what_came_of_it(town):
    reception = log(town, actor=town.clerk, matter=new_matter(town, channel="unit", unit=town.unit))
    refused(
        lambda: RECEPTION.take("correct", town.clerk, reception, held_on=day(3, 20), people=3, batches=1),
        "已于2022年3月15日分流",
    )
    assert Reception.objects.get(pk=reception.pk).held_on == reception.held_on


def test_a_mistake_is_withdrawn_not_deleted(town):
    reception = log(town, matter=new_matter(town))
    refused(lambda: RECEPTION.take("withdraw", town.clerk, reception, reason=""), "原因")
    RECEPTION.take("withdraw", town.clerk, reception, reason="重复登记")
    again = Reception.objects.get()
    for key, more in (
        ("withdraw", {"reason": "又撤"}),
        ("correct", {"held_on": day(3, 15), "people": 9, "batches": 1}),
    ):
        refused(lambda key=key, more=more: RECEPTION.take(key, town.clerk, again, **more), "这次接待已撤回")
    assert (Reception.objects.get().withdrawn_reason, Reception.objects.get().people) == ("重复登记", reception.people)
    assert Matter.objects.get().withdrawn_at is not None
    refused(
        lambda: MATTER.take("unit", town.clerk, Matter.objects.get(), unit=town.unit, on=day(3, 16)), "该事项已撤回。"
    )
    assert Matter.objects.get().channel == ""


def test_what_became_a_suggestion_is_not_withdrawn_while_that_stands(town):
    matter = a_matter(town)
    suggestion = submit(town, matter=matter)
    refused(lambda: MATTER.take("withdraw", town.clerk, matter, reason="误录"), "转为代表建议")
    refused(lambda: RECEPTION.take("withdraw", town.clerk, matter.reception, reason="误录"), "转为代表建议")
    SUGGESTION.take("withdraw", town.deputy_user, suggestion, reason="已经解决", on=day(3, 20))
    assert MATTER.take("withdraw", town.clerk, matter, reason="误录").withdrawn_at
    other = a_matter(town)
    declined = submit(town, matter=other)
    SUGGESTION.take("decline", town.clerk, declined, grounds=["personal"], on=day(3, 20))
    RECEPTION.take("withdraw", town.clerk, other.reception, reason="误录")
    assert Matter.objects.get(pk=other.pk).withdrawn_at


def test_a_matter_born_with_its_way_is_written_once(town):
    with CaptureQueriesContext(connection) as asked:
        matter = a_matter(town, channel="unit", unit=town.unit, text="请一周内看现场。")
    written = [
        one["sql"] for one in asked if '"proposals_matter"' in one["sql"] and not one["sql"].startswith("SELECT")
    ]
    assert [sql.split()[0] for sql in written] == ["INSERT"]
    assert (matter.version, matter.unit, matter.answer) == (0, town.unit, "请一周内看现场。")
    events = AuditEvent.objects.filter(verb__startswith="proposals.").order_by("seq")
    assert [event.verb for event in events] == ["proposals.add_matter", "proposals.log_reception"]
    assert events[0].detail["承办单位"] == "水利站"
    assert "水利站" in queries.matter_thread(matter, matter.reception)[2].text
    assert queries.matter_thread(matter, matter.reception)[2].actor == "云溪办事员"


def test_each_text_of_a_reception_is_scanned_once(town, monkeypatch):
    scanned = []
    monkeypatch.setattr(common, "refuse_personal", scanned.append)
    log(town, note="备注", spot="村口", matter=new_matter(town, channel="on_the_spot", text="已经清淤。"))
    assert scanned == ["备注", "村口", "村里的灌溉渠塌了一段，浇不上地。", "已经清淤。"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"channel": "unit"}, "unit"),
        ({"channel": "upward", "text": " "}, "text"),
        ({"channel": "upward", "text": "上" * 61}, "text"),
        ({"channel": "declined", "text": "诉" * 101}, "text"),
    ],
)
def test_a_way_without_what_it_needs_is_refused_at_its_field(town, values, field):
    assert [finding.field for finding in refused(lambda: a_matter(town, **values))] == [field]
    assert not Reception.objects.exists()


@pytest.mark.parametrize(("channel", "most"), ways.LONGEST.items())
def test_where_a_voter_was_sent_is_told_in_few_words(town, channel, most):
    refused(lambda: a_matter(town, channel=channel, text="某" * (most + 1)), f"请不超过{most}个字。")
    assert not Reception.objects.exists()
    assert a_matter(town, channel=channel, text="某" * most).channel == channel


# -- the office's own period


def test_the_follow_up_is_the_offices_own_period_from_its_day_on(town):
    def due(held_on):
        matter = log(town, held_on=held_on, matter=new_matter(town)).matters.get()
        return queries.follow_up_due(queries.with_matter(Matter.objects.all()).get(pk=matter.pk))

    assert due(day(3, 1)).date == day(3, 31)
    actions.set_period(
        town.chair, town.township, kind="follow_up", value=15, effective_from=day(4, 1), basis="主席团会议确定"
    )
    assert due(day(3, 2)).date == day(4, 1)
    later = due(day(4, 1))
    assert later.date == day(4, 16)
    assert "非法定" in later.formula
    assert later.statutory is False


@pytest.mark.parametrize(("kind", "value"), [("follow_up", 0), ("follow_up", 181), ("second_handling", 4)])
def test_periods_out_of_bounds_are_refused(town, kind, value):
    findings = refused(
        lambda: actions.set_period(
            town.chair, town.township, kind=kind, value=value, effective_from=day(1, 1), basis="会议"
        ),
        "应在1到",
    )
    assert [finding.field for finding in findings] == ["value"]
    assert not OfficePeriod.objects.exists()


@pytest.mark.parametrize(("kind", "value"), [("follow_up", 1), ("follow_up", 180), ("second_handling", 3)])
def test_periods_hold_at_their_bounds(town, kind, value):
    row = actions.set_period(town.chair, town.township, kind=kind, value=value, effective_from=day(1, 1), basis="会议")
    assert row.value == value


def test_one_period_a_day(town):
    values = {"kind": "follow_up", "value": 20, "effective_from": day(1, 1), "basis": "会议"}
    row = actions.set_period(town.chair, town.township, **values)
    [twice] = refused(
        lambda: actions.set_period(town.chair, town.township, **values), "同一天起已经设定过这一时限，请另选日期"
    )
    assert twice.field == "effective_from"
    refused(lambda: actions.set_period(town.chair, town.township, **{**values, "basis": ""}), "依据")
    assert list(OfficePeriod.objects.filter(kind="follow_up", effective_from=day(1, 1))) == [row]


def test_a_deputy_writes_down_no_reception_of_others(town):
    """Two thousand people in somebody else's name count in the report; the office writes for others."""
    [other] = refused(lambda: log(town, deputies=[town.deputies[1]]), "只能登记本人参加的接待")
    assert other.field == "deputies"
    assert not Reception.objects.exists()
    assert log(town, deputies=town.deputies).receivers.count() == 2
    assert log(town, actor=town.clerk, deputies=[town.deputies[1]]).receivers.count() == 1


def test_who_heard_the_voter_is_told_that_the_matter_is_done(world, browse):
    with world.in_township():
        mine, other = (a_matter(world, channel="unit", unit=world.unit) for _ in range(2))
    client, done = browse(world.handler), {"on": "2022-04-01", "answer": "已经修好。"}
    page = client.post(at(world, "matter-resolve", mine.pk), done, follow=True)
    assert "已办结，由接待的代表向选民反馈。" in text_of(page)
    with world.in_township():
        told = Message.objects.filter(title__contains="您接待的事项已办结，请向选民反馈")
        assert [one.recipient for one in told] == [world.deputy_user]
        assert told.get().body == "已经修好。"
        MATTER.take("resolve", world.deputy_user, other, answer="我去看了，修好了。", on=day(4, 1))
        assert told.count() == 1, "who did it knows of it"
