"""The periodic tasks: one township's fault or one bad address keeps nobody waiting, and nothing piles up."""

import logging
import re
import socket
import time
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from celery import Celery
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError as BrokerError

from congress import audit, clock
from congress.guard import scope
from congress.guard.action import action
from congress.models import Delivery, Message
from congress.work import deadlines, outbox, senders, tasks
from tests.cast import SET_UP
from tests.due import Subject, only_kind


def tell(world, number: int) -> None:
    """A message with an e-mail sending to the clerk."""
    with world.in_township():
        outbox.send(world.township, [outbox.Note(world.clerk, f"tests:{number}", "tests", f"第{number}件\n提醒")])


def states(world) -> list[str]:
    with world.in_township():
        return sorted(Delivery.objects.values_list("state", flat=True))


def test_the_fault_of_one_township_keeps_no_other_waiting(world, monkeypatch, caplog):
    swept = []

    def sweep(township):
        if township == world.township:
            raise ZeroDivisionError
        swept.append(township)
        return 3

    monkeypatch.setattr(deadlines, "sweep", sweep)
    with caplog.at_level(logging.ERROR):
        assert tasks.sweep_deadlines() == 3
    assert swept == [world.neighbour]
    assert f"sweep failed in township {world.township.code}" in caplog.text


def test_only_townships_with_mail_that_is_due_or_stuck_are_opened(world, monkeypatch):
    opened = []
    monkeypatch.setattr(tasks, "_send_some", lambda township: opened.append(township) or 0)
    tasks.send_deliveries()
    assert opened == []
    tell(world, 1)
    tasks.send_deliveries()
    assert opened == [world.township]
    with world.in_township():
        Delivery.objects.update(due_at=clock.now() + timedelta(minutes=1))
    tasks.send_deliveries()
    assert opened == [world.township]
    with world.in_township():
        Delivery.objects.update(state=Delivery.State.CLAIMED, claimed_at=clock.now() - outbox.STUCK_AFTER)
    tasks.send_deliveries()
    assert opened == [world.township] * 2


def test_a_title_with_a_line_break_is_sent_in_one_line(world):
    tell(world, 1)
    assert tasks.send_deliveries() == 1
    assert mail.outbox[0].subject == "第1件 提醒"


def test_one_refused_address_does_not_hold_up_the_others(world, monkeypatch):
    for number in range(4):
        tell(world, number)
    send, refused = mail.EmailMessage.send, []

    def picky(self, fail_silently=False):
        if "第1件" in self.subject:
            refused.append(self.subject)
            raise SMTPRecipientsRefused({"x": (550, b"unknown")})
        return send(self, fail_silently)

    monkeypatch.setattr(senders.EmailMessage, "send", picky)
    assert tasks.send_deliveries() == 3
    assert len(refused) == 1
    assert states(world) == ["queued", "sent", "sent", "sent"]


def test_a_server_that_takes_nothing_is_not_asked_fifty_times(world, monkeypatch):
    asked = []

    def refuse(self, fail_silently=False):
        asked.append(self.subject)
        raise ConnectionRefusedError

    for number in range(10):
        tell(world, number)
    monkeypatch.setattr(senders.EmailMessage, "send", refuse)
    assert tasks.send_deliveries() == 0
    assert len(asked) == tasks.REFUSALS_A_RUN
    assert states(world) == ["queued"] * 10


def test_a_killed_sender_leaves_one_mail_in_doubt(world, monkeypatch):
    for number in range(5):
        tell(world, number)

    def die(self, fail_silently=False):
        raise KeyboardInterrupt

    monkeypatch.setattr(senders.EmailMessage, "send", die)
    with pytest.raises(KeyboardInterrupt):
        tasks.send_deliveries()
    assert states(world) == ["claimed", "queued", "queued", "queued", "queued"]


def test_a_recipient_whose_address_is_gone_is_not_said_to_have_got_it(world):
    tell(world, 1)
    rows = outbox.claim(world.township)
    rows[0].message.recipient.email = ""
    assert not outbox.deliver(world.township, rows[0])
    with world.in_township():
        row = Delivery.objects.get()
    assert (row.state, row.error, row.sent_at) == (Delivery.State.FAILED, "收件人没有邮箱", None)


def test_every_periodic_task_exists_and_does_not_pile_up():
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        assert import_string(entry["task"]).name == entry["task"], name
        assert 0 < entry["options"]["expires"] <= 3600, name


def test_a_broker_that_never_answers_is_given_up_in_seconds():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        app = Celery("silent", broker=f"redis://:x@127.0.0.1:{silent.getsockname()[1]}/0", set_as_current=False)
        app.conf.update(
            broker_transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS | {"socket_timeout": 0.5},
            task_publish_retry_policy=settings.CELERY_TASK_PUBLISH_RETRY_POLICY,
            task_ignore_result=True,
        )
        begun = time.monotonic()
        with pytest.raises(BrokerError):
            app.send_task("congress.work.tasks.heartbeat")
        assert time.monotonic() - begun < 10
        app.close()
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["socket_timeout"] <= 5
    assert settings.CACHES["default"]["OPTIONS"]["socket_timeout"] <= 5


def test_a_sweep_cut_off_after_some_chunks_goes_on_where_it_was(world, monkeypatch):
    """The same without processes: the chunks before the cut are kept, the rest comes with the next sweep."""
    send, chunks = outbox.send, []

    def cut_off(township, notes):
        chunks.append(len(notes))
        if len(chunks) == 3:
            raise KeyboardInterrupt
        return send(township, notes)

    many = [Subject(at, clock.today(), world.township.pk) for at in range(5 * deadlines.CHUNK)]
    only_kind(monkeypatch, many, [world.clerk])
    monkeypatch.setattr(outbox, "send", cut_off)
    with pytest.raises(KeyboardInterrupt):
        deadlines.sweep(world.township)
    with world.in_township():
        assert Message.objects.count() == Delivery.objects.count() == 2 * deadlines.CHUNK
    monkeypatch.setattr(outbox, "send", send)
    assert deadlines.sweep(world.township) == 3 * deadlines.CHUNK
    assert deadlines.sweep(world.township) == 0


def test_the_newest_anchor_of_every_chain_is_mailed_to_those_who_keep_them(world, settings):
    def note():
        with world.in_township(), action(SET_UP, actor=None):
            pass
        audit.anchor()

    settings.CONGRESS_ANCHOR_MAIL = ["anchors@example.invalid"]
    assert tasks.mail_anchors() == 0  # none yet
    note()
    note()
    with scope.audit():
        newest = {anchor.chain: anchor for anchor in audit.anchors.numbered()}
    assert tasks.mail_anchors() == len(newest) == 3
    [sent] = mail.outbox
    assert sent.to == ["anchors@example.invalid"]
    assert {anchor.mac.hex() for anchor in newest.values()} == set(re.findall(r"[0-9a-f]{80,}", sent.body))
    last = newest[world.township.pk]
    assert f"第{last.number}号　云溪镇（链{last.chain}）第{last.seq}条" in sent.body
    settings.CONGRESS_ANCHOR_MAIL = []
    assert tasks.mail_anchors() == 0
    assert len(mail.outbox) == 1


def test_anchors_can_be_looked_at_and_printed_by_the_auditor_alone(world, browse):
    audit.anchor()
    with scope.audit():
        anchors = audit.anchors.numbered()
    text = browse(world.auditor).get(reverse("administration-anchors")).content.decode()
    assert {"系统", "云溪镇", "石桥乡"} <= set(re.findall("系统|云溪镇|石桥乡", text))
    assert all(anchor.mac.hex() in text for anchor in anchors)
    assert (
        reverse("administration-anchors") in browse(world.auditor).get(reverse("administration-audit")).content.decode()
    )
    assert browse(world.system).get(reverse("administration-anchors")).status_code == 403
