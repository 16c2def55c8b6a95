"""Reminders go in once, however often and however interrupted; e-mails are claimed before they are sent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail

from congress import clock
from congress.imports.work import drop_stale_imports
from congress.models import Delivery, Message
from congress.work import deadlines, outbox, sources, tasks
from tests.due import BASIS, Subject, only_kind

TODAY = date(2026, 11, 23)


@pytest.fixture
def registered(monkeypatch, world):
    """One kind of deadline with the subjects a test puts in."""
    subjects: list[Subject] = []
    only_kind(monkeypatch, subjects, [world.clerk, world.chair])
    return subjects


def test_the_step_reached_is_the_latest_passed(world, registered):
    registered.append(Subject(1, TODAY, world.township.pk))
    (kind,) = deadlines.registered().values()
    with world.in_township():
        sources.tell(kind.source)
        for left in (-400, -31, -30, -29, -8, -7, -6, -1, 0, 1, 2, 7, 8, 30, 31, 400):
            passed = [step for step in deadlines.STEPS if left <= step]
            found = deadlines._unsaid(kind, TODAY - timedelta(days=left))
            assert [step for _, step in found] == ([min(passed)] if passed else [])


def test_each_step_reminds_once_and_days_missed_lose_nothing(world, registered):
    registered.append(Subject(1, TODAY + timedelta(days=30), world.township.pk))
    sent = []
    for day in (0, 0, 5, 23, 29, 30, 31, 31, 45):  # several days are skipped, some swept twice
        sent.append(deadlines.sweep(world.township, TODAY + timedelta(days=day)))
    assert sent == [2, 0, 0, 2, 2, 2, 2, 0, 2]
    with world.in_township():
        titles = list(Message.objects.filter(recipient=world.clerk).values_list("title", flat=True))
    assert "答复期限还有30天：第1号建议" in titles
    assert "答复期限今天到期：第1号建议" in titles
    assert "答复期限已逾期1天：第1号建议" in titles


def test_a_message_says_why_this_day(world, registered):
    registered.append(Subject(1, TODAY, world.township.pk))
    deadlines.sweep(world.township, TODAY)
    with world.in_township():
        assert Message.objects.first().body == f"交办后三个月。依据：{BASIS}。"


def test_an_e_mail_is_sent_once_under_its_own_number(world, registered):
    registered.append(Subject(1, TODAY, world.township.pk))
    deadlines.sweep(world.township, TODAY)
    rows = outbox.claim(world.township)
    assert len(rows) == 2
    assert outbox.claim(world.township) == []
    assert all(outbox.deliver(world.township, row) for row in rows)
    assert len(mail.outbox) == 2
    assert mail.outbox[0].extra_headers["Message-ID"] == rows[0].mail_id
    with world.in_township():
        assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_a_sending_whose_worker_died_is_to_be_looked_into(world, registered):
    registered.append(Subject(1, TODAY, world.township.pk))
    deadlines.sweep(world.township, TODAY)
    outbox.claim(world.township)
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        assert outbox.claim(world.township) == []
        with world.in_township():
            row = Delivery.objects.filter(state=Delivery.State.UNKNOWN).first()
            number = row.mail_id
            outbox.resend(row)
        again = outbox.claim(world.township)
    assert [r.mail_id for r in again] == [number]


def test_a_refusing_server_is_tried_again_later_and_given_up_in_the_end(world, registered, monkeypatch):
    registered.append(Subject(1, TODAY, world.township.pk))
    deadlines.sweep(world.township, TODAY)

    def refuse(self, fail_silently=False):
        raise ConnectionRefusedError

    monkeypatch.setattr("congress.work.senders.EmailMessage.send", refuse)
    moment = clock.now()
    for _ in range(outbox.ATTEMPTS):
        with clock.frozen(moment):
            for row in outbox.claim(world.township):
                assert not outbox.deliver(world.township, row)
        moment += timedelta(hours=2)
    with world.in_township():
        assert set(Delivery.objects.values_list("state", flat=True)) == {"failed"}


def test_an_e_mail_about_what_was_done_meanwhile_does_not_leave(world, registered):
    registered += [
        Subject(1, TODAY, world.township.pk),
        Subject(2, TODAY, world.township.pk),
        Subject(3, TODAY, world.township.pk),
    ]
    deadlines.sweep(world.township, TODAY)
    registered[1:] = [replace(registered[1], due_on=TODAY + timedelta(days=30))]  # the second put off, the third done
    assert tasks.send_deliveries() == 2
    assert {sent.subject for sent in mail.outbox} == {"答复期限今天到期：第1号建议"}
    with world.in_township():
        assert Delivery.objects.filter(state=Delivery.State.NEEDLESS).count() == 4
        assert not Delivery.objects.filter(state__in=[Delivery.State.QUEUED, Delivery.State.CLAIMED]).exists()


def test_an_e_mail_that_is_no_reminder_is_not_asked_about(world, registered):
    with world.in_township():
        outbox.send(world.township, [outbox.Note(world.clerk, "one:two", "notice", "会议改期")])
    assert tasks.send_deliveries() == 1
    assert len(mail.outbox) == 1


def test_a_sweep_that_lost_the_race_for_a_message_sends_no_mail_of_its_own(world, registered, monkeypatch):
    notes = [outbox.Note(world.clerk, key, "notice", "会议改期") for key in ("first", "second")]
    with world.in_township():
        outbox.send(world.township, notes[:1])
        # The other sweep's row is not yet seen when this one asks, and stands when it writes.
        monkeypatch.setattr(outbox, "_known", lambda township, notes: set())
        assert outbox.send(world.township, notes) == 1
        assert Message.objects.count() == Delivery.objects.count() == 2


def test_the_fault_of_one_township_keeps_no_other_waiting(world, monkeypatch, caplog):
    asked = []

    def drop_stale():
        asked.append(1)
        if len(asked) == 1:
            raise RuntimeError("broken rows")
        return 3

    monkeypatch.setattr("congress.imports.batches.drop_stale", drop_stale)
    assert drop_stale_imports() == 3
    assert len(asked) == 2
    assert world.township.code in caplog.text or world.neighbour.code in caplog.text


def test_the_board_shows_the_most_urgent_first(world, registered):
    registered += [
        Subject(1, TODAY + timedelta(days=9), world.township.pk),
        Subject(2, TODAY - timedelta(days=2), world.township.pk),
    ]
    deadlines.sweep(world.township, TODAY)
    with world.in_township():
        board = deadlines.board(TODAY)
    assert [line.title for line in board] == ["第2号建议", "第1号建议"]
    assert board[0].overdue
