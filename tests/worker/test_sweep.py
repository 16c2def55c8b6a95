"""A thousand open deadlines, a worker killed in the middle of the sweep: nobody is reminded twice, nothing is lost."""

import contextlib
import threading
from datetime import timedelta

import pytest
from django.db import connection

from congress import clock
from congress.guard.action import action
from congress.models import Delivery, Message, Role, User
from congress.work import deadlines
from proposals.models import Assignment, Suggestion
from tests.cast import SET_UP

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SUGGESTIONS = 1000
RECIPIENTS = 3  # the lead unit's account, the clerk, the chair
EXPECTED = SUGGESTIONS * RECIPIENTS


def open_suggestions(world) -> None:
    """A thousand suggestions assigned so long ago that no step of reminding lies between today and tomorrow."""
    assigned_on = clock.today() - timedelta(days=107)  # due after three months: overdue for about a fortnight
    common = {"township": world.township, "category": world.category, "lead": world.deputies[0]}
    suggestions = [
        Suggestion(
            number=f"测试{number:04}",
            title=f"关于第{number}件事的建议",
            situation="路灯不亮。",
            proposal="请修好路灯。",
            submitted_on=assigned_on,
            registered_on=assigned_on,
            assigned_on=assigned_on,
            **common,
        )
        for number in range(SUGGESTIONS)
    ]
    with world.in_township(), action(SET_UP, actor=None):
        Suggestion.objects.bulk_create(suggestions)
        Assignment.objects.bulk_create(
            Assignment(
                township=world.township,
                suggestion=suggestion,
                unit=world.unit,
                part=Assignment.Part.LEAD,
                assigned_on=assigned_on,
                signed_on=assigned_on,
            )
            for suggestion in suggestions
        )


def notes_of(world) -> list:
    """What the sweep has to send today."""
    with world.in_township():
        today = clock.today()
        unsaid = [
            (kind, *found) for kind in deadlines.registered().values() for found in deadlines._unsaid(kind, today)
        ]
        return list(deadlines._notes(unsaid, today))


@contextlib.contextmanager
def held_back(world, note):
    """Another transaction holds one key and has not ended, so that a sweep stops there and waits; then it rolls back."""
    ready, release = threading.Event(), threading.Event()

    def hold():
        try:
            with contextlib.suppress(TimeoutError), world.in_township():
                Message.objects.create(
                    township=world.township,
                    recipient=User(pk=note.recipient.pk),
                    key=note.key,
                    kind=note.kind,
                    title=note.title,
                )
                ready.set()
                release.wait(120)
                raise TimeoutError
        finally:
            connection.close()

    thread = threading.Thread(target=hold, daemon=True)
    thread.start()
    try:
        assert ready.wait(30)
        yield
    finally:
        release.set()
        thread.join(30)


def sent(world) -> int:
    with world.in_township():
        return Message.objects.count()


def waiting_at_the_key() -> bool:
    """Whether some other connection waits for a row of messages; then its chunks before are committed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO _congress_message_ %'"
        )
        return cursor.fetchone()[0] > 0


def test_a_sweep_killed_in_the_middle_sends_each_message_once(world, workers):
    open_suggestions(world)
    notes = notes_of(world)
    assert len(notes) == EXPECTED
    with held_back(world, notes[EXPECTED // 2]):
        first = workers.start()
        workers.send("sweep_deadlines")
        workers.until(waiting_at_the_key, "the sweep to be in the middle")
        workers.kill(first)
        before = sent(world)
    assert 0 < before < EXPECTED
    assert before % (deadlines.CHUNK * RECIPIENTS) == 0  # whole chunks, or messages would lack their sendings
    workers.start(concurrency=2)
    for _ in range(2):  # two processes sweep beside each other
        workers.send("sweep_deadlines")
    workers.until(lambda: sent(world) >= EXPECTED, "the rest of the messages")
    workers.send("sweep_deadlines")
    workers.wait_for_the_queue()
    workers.until(lambda: not sweeping(), "the sweeps to end")
    check_everybody_was_told_once(world, notes)


def sweeping() -> bool:
    """Whether a worker is inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
        )
        return cursor.fetchone()[0] > 0


def check_everybody_was_told_once(world, notes) -> None:
    with world.in_township():
        keys = list(Message.objects.values_list("recipient_id", "key"))
        mailed = list(Delivery.objects.values_list("message_id", flat=True))
        numbers = set(Delivery.objects.values_list("mail_id", flat=True))
        recipients = set(Message.objects.values_list("recipient__memberships__role", flat=True))
    assert len(keys) == EXPECTED
    assert set(keys) == {(note.recipient.pk, note.key) for note in notes}
    assert len(mailed) == len(set(mailed)) == len(numbers) == EXPECTED
    assert recipients == {Role.UNIT, Role.CLERK, Role.CHAIR}
