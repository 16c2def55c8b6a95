"""Messages go in once; deliveries outside are claimed, sent and marked, each in its own transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q

from congress import clock
from congress.guard import scope
from congress.models import Delivery, Message, Township, User

ATTEMPTS = 5
STUCK_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Note:
    """A message to be sent; `key` is unique for its recipient in the township."""

    recipient: User
    key: str
    kind: str
    title: str
    body: str = ""
    url: str = ""


def send(township: Township, notes: Iterable[Note]) -> int:
    """Insert those not there yet, with a delivery by e-mail where the recipient has an address; returns how many were new."""
    notes = list({(note.recipient.pk, note.key): note for note in notes}.values())
    if not notes:
        return 0
    known = _known(township, notes)
    new = [note for note in notes if (note.recipient.pk, note.key) not in known]
    made = Message.objects.bulk_create(
        [
            Message(
                township=township, recipient=n.recipient, key=n.key, kind=n.kind, title=n.title, body=n.body, url=n.url
            )
            for n in new
        ],
        ignore_conflicts=True,
    )
    # Another sweep may have won the race for some keys: only rows that are really ours get a delivery.
    ours = set(Message.objects.filter(pk__in=[m.pk for m in made]).values_list("pk", flat=True))
    Delivery.objects.bulk_create(
        [
            Delivery(township=township, message=m, mail_id=f"<{m.pk}@congress>")
            for m in made
            if m.pk in ours and m.recipient.email
        ],
        ignore_conflicts=True,
    )
    return len(ours)


def _known(township: Township, notes: Iterable[Note]) -> set[tuple]:
    rows = Message.objects.filter(key__in={note.key for note in notes}, township=township)
    return set(rows.values_list("recipient_id", "key"))


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


def claim(township: Township, limit: int = 50) -> list[Delivery]:
    """Take deliveries that are due; committed before anything is sent, so no two workers send the same."""
    now = clock.now()
    with scope.township(township), transaction.atomic():
        Delivery.objects.filter(state=Delivery.State.CLAIMED, claimed_at__lt=now - STUCK_AFTER).update(
            state=Delivery.State.UNKNOWN, error="发送进程中断，是否送达待核实"
        )
        rows = list(
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state=Delivery.State.QUEUED, due_at__lte=now)
            .select_related("message__recipient")
            .order_by("due_at")[:limit]
        )
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=Delivery.State.CLAIMED, claimed_at=now, attempts=F("attempts") + 1
        )
    return rows


def deliver(township: Township, row: Delivery) -> bool:
    """Send one claimed e-mail under its fixed Message-ID and mark it. A refusal by the server puts it back, later."""
    message = row.message
    mail = EmailMessage(
        subject=" ".join(message.title.split()),  # a line break from an imported title would make no header
        body=f"{message.body}\n\n{settings.SITE_URL}{message.url}\n",
        to=[message.recipient.email],
        headers={"Message-ID": row.mail_id},
    )
    try:
        if mail.send():
            change = {"state": Delivery.State.SENT, "sent_at": clock.now(), "error": ""}
        else:
            change = {"state": Delivery.State.FAILED, "error": "收件人没有邮箱"}
    except (OSError, ValueError) as error:  # SMTPException is an OSError; ValueError: an address no mail can carry
        again = row.attempts + 1 < ATTEMPTS
        change = {
            "state": Delivery.State.QUEUED if again else Delivery.State.FAILED,
            "due_at": clock.now() + timedelta(minutes=2 ** (row.attempts + 1)),
            "error": type(error).__name__,
        }
    with scope.township(township):
        Delivery.objects.filter(pk=row.pk).update(**change)
    return change["state"] == Delivery.State.SENT


def drop(township: Township, row: Delivery) -> None:
    """Mark a claimed e-mail as no longer needed: what it reminds of was done before it left."""
    with scope.township(township):
        Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.NEEDLESS, error="")


def resend(row: Delivery) -> None:
    """Queue an unknown or failed delivery again, under the same Message-ID. Call inside the township's scope."""
    Delivery.objects.filter(pk=row.pk, state__in=[Delivery.State.UNKNOWN, Delivery.State.FAILED]).update(
        state=Delivery.State.QUEUED, due_at=clock.now(), attempts=0
    )
