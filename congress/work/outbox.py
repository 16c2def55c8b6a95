"""Messages go in once; deliveries outside are claimed, sent and marked, each in its own transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from congress import clock
from congress.guard import scope
from congress.guard.bulk import insert_fresh
from congress.models import Channel, Delivery, Message, Township, Unit, User
from congress.prepared import AnyOf, Prepared, given
from congress.work import senders

ATTEMPTS = 5
STUCK_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Note:
    """A message to be sent to a user, or to the group of a unit; `key` is unique for whom it is in the township."""

    recipient: User | None = None
    key: str = ""
    kind: str = ""
    title: str = ""
    body: str = ""
    url: str = ""
    unit: Unit | None = None

    @property
    def once(self) -> tuple:
        """What makes it the same message."""
        return (self.recipient and self.recipient.pk, self.unit and self.unit.pk, self.key)


def send(township: Township, notes: Iterable[Note]) -> int:
    """Insert those not there yet, each with a delivery for every way its recipient is reached outside; returns how many were
    new. A unit gets a message where it has such a way, and none else: nobody reads it here."""
    notes = list({note.once: note for note in notes}.values())
    if not notes:
        return 0
    ways = _ways(township, notes)
    known = _known(township, notes)
    new = [note for note in notes if note.once not in known and (note.recipient or ways.get(note.unit))]
    made = [
        Message(
            township=township,
            recipient=n.recipient,
            unit=n.unit,
            key=n.key,
            kind=n.kind,
            title=f"【演练】{n.title}" if township.rehearsal else n.title,
            body=n.body,
            url=n.url,
        )
        for n in new
    ]
    # Another sweep may have won the race for some keys: only rows that are really ours get a delivery.
    ours = insert_fresh(made)
    insert_fresh(one for m in made if m.pk in ours for one in _deliveries(m, ways.get(m.recipient or m.unit, [])))
    return len(ours)


_WAYS = Prepared(
    lambda: (
        Channel.objects.kept()
        .filter(Q(AnyOf("user", given("users"))) | Q(AnyOf("unit", given("units"))), township=given("township"))
        .select_related("user", "unit")
    )
)
_KNOWN = Prepared(
    lambda: Message.objects.filter(AnyOf("key", given("keys")), township=given("township")).values_list(
        "recipient_id", "unit_id", "key"
    )
)


def _ways(township: Township, notes: Iterable[Note]) -> dict[User | Unit, list[Channel]]:
    """How users and units are reached besides e-mail."""
    users, units = ({n.recipient for n in notes if n.recipient}, {n.unit for n in notes if n.unit})
    found: dict[User | Unit, list[Channel]] = {}
    for row in _WAYS(users=[user.pk for user in users], units=[unit.pk for unit in units], township=township.pk):
        found.setdefault(row.user or row.unit, []).append(row)
    return found


def reached(units: Iterable) -> dict[Any, Unit]:
    """Those of these units, by key, that are reached in a way of their own."""
    rows = Channel.objects.kept().filter(unit__in=units).select_related("unit")
    return {row.unit_id: row.unit for row in rows}


def _deliveries(message: Message, ways: list[Channel]) -> Iterator[Delivery]:
    common = {"township": message.township, "message": message, "mail_id": f"<{message.pk}@congress>"}
    if message.recipient and message.recipient.email:
        yield Delivery(**common)
    for way in ways:
        yield Delivery(**common, channel=way.kind, to=way)


def _known(township: Township, notes: Iterable[Note]) -> set[tuple]:
    return set(_KNOWN(keys=list({note.key for note in notes}), township=township.pk))


def read(user: User, url: str) -> None:
    """Mark the user's messages that lead to a page as read: it was opened. Call inside a scope that writes."""
    Message.objects.filter(recipient=user, read_at__isnull=True, url=url).update(read_at=clock.now())


def waiting() -> set[int]:
    """The numbers of the townships in which a delivery is due or stuck."""
    now = clock.now()
    due = Q(state=Delivery.State.QUEUED, due_at__lte=now)
    stuck = Q(state=Delivery.State.CLAIMED, claimed_at__lt=now - STUCK_AFTER)
    with scope.everywhere("which townships have mail to send"):
        return set(Delivery.objects.filter(due | stuck).values_list("township_id", flat=True).distinct())


def claim(township: Township, limit: int = 50, channel: str = "") -> list[Delivery]:
    """Take deliveries that are due, of one channel or of all; committed before anything is sent, so no two workers send the
    same."""
    now = clock.now()
    of_channel = {"channel": channel} if channel else {}
    with scope.township(township), transaction.atomic():
        Delivery.objects.filter(state=Delivery.State.CLAIMED, claimed_at__lt=now - STUCK_AFTER).update(
            state=Delivery.State.UNKNOWN, error="发送进程中断，是否送达待核实"
        )
        rows = list(
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state=Delivery.State.QUEUED, due_at__lte=now, **of_channel)
            .select_related("message__recipient", "message__unit", "to__data_key")
            .order_by("due_at")[:limit]
        )
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=Delivery.State.CLAIMED, claimed_at=now, attempts=F("attempts") + 1
        )
    return rows


def deliver(township: Township, row: Delivery) -> bool:
    """Send what was claimed and mark it: taken, not taken (put back for later, until it is given up), or not known."""
    try:
        senders.send(row)
        change = {"state": Delivery.State.SENT, "sent_at": clock.now(), "error": ""}
    except senders.Unanswered as lost:
        change = {"state": Delivery.State.UNKNOWN, "error": str(lost)[:200]}
    except senders.NotTaken as refused:
        again = refused.again and row.attempts + 1 < ATTEMPTS
        change = {
            "state": Delivery.State.QUEUED if again else Delivery.State.FAILED,
            "due_at": clock.now() + timedelta(minutes=2 ** (row.attempts + 1)),
            "error": str(refused)[:200],
        }
    with scope.township(township):
        Delivery.objects.filter(pk=row.pk).update(**change)
    return change["state"] == Delivery.State.SENT


def drop(township: Township, row: Delivery) -> None:
    """Mark what was claimed as no longer needed: what it reminds of was done before it left."""
    with scope.township(township):
        Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.NEEDLESS, error="")


def resend(row: Delivery) -> None:
    """Queue an unknown or failed delivery again, under the same number. Call inside the township's scope."""
    Delivery.objects.filter(pk=row.pk, state__in=[Delivery.State.UNKNOWN, Delivery.State.FAILED]).update(
        state=Delivery.State.QUEUED, due_at=clock.now(), attempts=0
    )
