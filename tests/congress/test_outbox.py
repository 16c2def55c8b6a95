"""Reminders go in once, however often and however interrupted; e-mails are claimed before they are sent."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from congress import clock
from congress.models import Delivery, Message
from congress.work import deadlines, outbox

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Due:
    date: date
    formula: str = "交办后三个月"
    citation: str = "代表法第五十一条"


@dataclass(frozen=True)
class Subject:
    pk: int
    due_on: date


@pytest.fixture
def registered(monkeypatch, world):
    """One kind of deadline with the subjects a test puts in."""
    subjects: list[Subject] = []
    kind = deadlines.Deadline(
        key="tests.reply",
        label="答复期限",
        open=lambda: subjects,
        due=lambda s: Due(s.due_on),
        to=lambda s: [world.clerk, world.chair],
        title=lambda s: f"第{s.pk}号建议",
        url=lambda s: f"/t/{world.township.code}/",
    )
    monkeypatch.setattr(deadlines, "_deadlines", {kind.key: kind})
    return subjects


@given(left=st.integers(-400, 400))
def test_the_step_reached_is_the_latest_passed(left):
    step = deadlines.step_reached(left, deadlines.STEPS)
    passed = [s for s in deadlines.STEPS if left <= s]
    assert step == (min(passed) if passed else None)


def test_each_step_reminds_once_and_days_missed_lose_nothing(world, registered):
    registered.append(Subject(1, TODAY + timedelta(days=30)))
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
    registered.append(Subject(1, TODAY))
    deadlines.sweep(world.township, TODAY)
    with world.in_township():
        assert Message.objects.first().body == "交办后三个月。依据：代表法第五十一条。"


def test_an_e_mail_is_sent_once_under_its_own_number(world, registered):
    registered.append(Subject(1, TODAY))
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
    registered.append(Subject(1, TODAY))
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
    registered.append(Subject(1, TODAY))
    deadlines.sweep(world.township, TODAY)

    def refuse(self, fail_silently=False):
        raise ConnectionRefusedError

    monkeypatch.setattr("congress.work.outbox.EmailMessage.send", refuse)
    moment = clock.now()
    for _ in range(outbox.ATTEMPTS):
        with clock.frozen(moment):
            for row in outbox.claim(world.township):
                assert not outbox.deliver(world.township, row)
        moment += timedelta(hours=2)
    with world.in_township():
        assert set(Delivery.objects.values_list("state", flat=True)) == {"failed"}


def test_the_board_shows_the_most_urgent_first(world, registered):
    registered += [Subject(1, TODAY + timedelta(days=9)), Subject(2, TODAY - timedelta(days=2))]
    with world.in_township():
        board = deadlines.board(TODAY)
    assert [line.title for line in board] == ["第2号建议", "第1号建议"]
    assert board[0].overdue
