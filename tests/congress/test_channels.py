"""How somebody is told outside: set by oneself, for units by the clerk; sealed, masked, one silent robot blocks nobody."""

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from congress import channels, erasing
from congress.guard.action import Refused, action
from congress.models import AuditEvent, Channel, Delivery, Message, Unit
from congress.people import keys
from congress.people.erase import Erasing
from congress.steps import standing_of
from congress.work import outbox, senders, tasks
from proposals import queries
from proposals.life import SUGGESTION
from proposals.models import SuggestionSummary
from tests.cast import SET_UP
from tests.proposals.helpers import day, registered

ROBOT = "https://oapi.dingtalk.com/robot/send?access_token=secret-7777"


@pytest.fixture
def town(world):
    with world.in_township():
        yield world


def robot_of(world, user, **values):
    data = {"kind": "webhook", "address": ROBOT, **values}
    return channels.set_channel(standing_of(user, world.township), world.township, **data)


def told(world, *notes):
    return outbox.send(
        world.township, [outbox.Note(key=f"k{number}", title="会议改期", **note) for number, note in enumerate(notes)]
    )


def test_everybody_sets_ones_own_and_the_clerk_those_of_units(town):
    robot_of(town, town.deputy_user)
    robot_of(town, town.handler, unit=town.unit)
    robot_of(town, town.clerk, unit=town.other_unit, kind="sms", address="139 1234 5678")
    with pytest.raises(Refused, match="只能为自己或者本单位"):
        robot_of(town, town.handler, unit=town.other_unit)
    with pytest.raises(Refused, match="这种方式已经设置过，请先停用原来的。") as refused:
        robot_of(town, town.clerk, unit=town.unit)
    assert [one.field for one in refused.value.findings] == ["kind"]
    seen = {
        user: channels.of(standing_of(town.users[user], town.township)).count()
        for user in ("clerk", "handler", "deputy_user", "chair")
    }
    assert seen == {"clerk": 2, "handler": 1, "deputy_user": 1, "chair": 0}


def test_the_trail_names_the_way_that_was_set_and_whose_it_is(town):
    row = robot_of(town, town.clerk, unit=town.unit)
    (event,) = AuditEvent.objects.filter(verb=channels.SET.key)
    assert (event.subject_id, event.actor_id) == (str(row.pk), town.clerk.pk)
    assert event.detail == {"方式": row.get_kind_display(), "承办单位": str(town.unit)}


@pytest.mark.parametrize(
    ("kind", "address"), [("webhook", "https://10.0.0.1/x"), ("webhook", "张三"), ("sms", "12"), ("sms", ROBOT)]
)
def test_an_address_that_is_none_is_refused_at_its_field(town, kind, address):
    with pytest.raises(Refused) as caught:
        robot_of(town, town.clerk, kind=kind, address=address)
    assert caught.value.findings[0].field == "address"
    assert kind != "sms" or str(caught.value) == "请填写11位手机号。"
    assert not Channel.objects.exists()


def test_the_address_is_sealed_masked_and_gone_when_it_is_ended(town, browse):
    row = robot_of(town, town.clerk, secret="SEC-own")
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, secret FROM congress_channel")
        assert all(b"secret-7777" not in bytes(cell) and b"SEC-own" not in bytes(cell) for cell in cursor.fetchone())
    assert "7777" not in str([event.detail for event in AuditEvent.objects.filter(verb="congress.set_channel")])
    client = browse(town.clerk)
    for page in (reverse("channels", args=[town.township.code]), reverse("channel", args=[town.township.code, row.pk])):
        text = client.get(page).content.decode()
        assert "oapi.dingtalk.com/***7777" in text
        assert "access_token" not in text
    client.post(reverse("channel-end", args=[town.township.code, row.pk]))
    row = Channel.objects.select_related("data_key").get()
    assert row.withdrawn_at is not None
    assert keys.is_destroyed(row.data_key)


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(town, browse):
    page = browse(town.handler).post(
        reverse("channel-new", args=[town.township.code]),
        {"kind": "webhook", "address": "http://x.cn/1", "secret": "", "unit": ""},
    )
    text = page.content.decode()
    assert "地址应当以 https:// 开头。" in text
    assert "http://x.cn/1" in text


def test_anothers_way_is_not_to_be_seen(town, browse):
    row = robot_of(town, town.chair)
    page = reverse("channel", args=[town.township.code, row.pk])
    assert browse(town.clerk).get(page).status_code == 404
    assert browse(town.deputy_user).post(page + "end/").status_code == 404
    assert browse(town.chair).get(page).status_code == 200


def test_a_message_goes_every_way_its_recipient_has(town):
    robot_of(town, town.clerk)
    robot_of(town, town.clerk, kind="sms", address="13912345678")
    told(town, {"recipient": town.clerk}, {"recipient": town.chair})
    found = sorted(Delivery.objects.values_list("message__recipient__username", "channel"))
    assert found == [("chair", "email"), ("clerk", "email"), ("clerk", "sms"), ("clerk", "webhook")]


def test_a_unit_without_account_is_told_in_its_group_once(town):
    with action(SET_UP, actor=None):
        bureau = Unit.objects.create(township=town.township, name="区交通运输局")
    row = registered(town)
    robot_of(town, town.clerk, unit=bureau)
    row = SUGGESTION.take("assign", town.chair, row, lead=bureau, on=day(3, 20))
    assert queries.reached([bureau]) == "已通知区交通运输局（群机器人或者短信）。"
    [message] = Message.objects.filter(unit=bureau)
    assert [one.channel for one in message.deliveries.all()] == ["webhook"]
    assert told(town, {"unit": bureau}, {"unit": town.unit}) == 1  # the water station has no group
    assert told(town, {"unit": bureau}) == 0
    assert not SuggestionSummary.objects.filter(queries.not_delivered()["unheard"]).exists()


def test_silent_and_refusing_robots_keep_no_mail_waiting(town, monkeypatch):
    for user in ("clerk", "chair", "deputy_user", "handler"):
        robot_of(town, town.users[user])
    told(town, *({"recipient": town.users[user]} for user in ("clerk", "chair", "deputy_user", "handler")))

    def robot(row):
        if row.message.recipient == town.clerk:
            raise senders.Unanswered("没有回答，是否送达待核实")
        raise senders.NotTaken("连接不上")

    monkeypatch.setitem(senders._SENDERS, "webhook", robot)
    assert tasks.send_deliveries() == 4
    assert len(mail.outbox) == 4
    robots = Delivery.objects.filter(channel="webhook")
    assert robots.get(message__recipient=town.clerk).state == Delivery.State.UNKNOWN
    assert set(robots.exclude(message__recipient=town.clerk).values_list("state", flat=True)) == {"queued"}


def test_a_robot_that_takes_nothing_is_given_up_and_shown(town, monkeypatch, browse):
    robot_of(town, town.clerk)
    told(town, {"recipient": town.clerk})
    Delivery.objects.filter(channel="webhook").update(attempts=outbox.ATTEMPTS - 1)
    monkeypatch.setitem(
        senders._SENDERS, "webhook", lambda row: (_ for _ in ()).throw(senders.NotTaken("机器人不接收"))
    )
    tasks.send_deliveries()
    assert Delivery.objects.get(channel="webhook").state == Delivery.State.FAILED
    text = browse(town.clerk).get(reverse("deliveries", args=[town.township.code])).content.decode()
    assert "未送达" in text
    assert "群机器人" in text


def test_a_word_to_try_it_goes_by_this_way_alone(town, browse):
    row = robot_of(town, town.clerk)
    browse(town.clerk).post(reverse("channel-try", args=[town.township.code, row.pk]))
    assert [one.channel for one in Delivery.objects.all()] == ["webhook"]


def test_ones_own_mail_address_is_set_in_the_settings(town, browse):
    browse(town.deputy_user).post(reverse("settings"), {"font_size": "large", "email": "new@example.invalid"})
    town.deputy_user.refresh_from_db()
    assert town.deputy_user.email == "new@example.invalid"


def test_the_address_is_read_where_it_is_sent_from(world, monkeypatch):
    """The worker sends outside every scope, so that no transaction stands open while a robot thinks."""
    with world.in_township():
        robot_of(world, world.clerk, secret="SEC-own")
        told(world, {"recipient": world.clerk})
    sent = []
    monkeypatch.setitem(senders._SENDERS, "webhook", lambda row: sent.append((row.to.address, row.to.secret)))
    tasks.send_deliveries()
    assert sent == [(ROBOT, "SEC-own")]


def test_the_ways_of_an_account_go_with_it(town):
    row = robot_of(town, town.deputy_user)
    with action(SET_UP, actor=None):
        erasing.account(Erasing(town.deputies[0], town.clerk, set()))
    row = Channel.objects.select_related("data_key").get(pk=row.pk)
    assert keys.is_destroyed(row.data_key)
