"""Setting how somebody is told outside the application: a user for oneself, whoever acts for a unit and the clerk for units."""

import uuid

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.models import NEAREST, Channel, Delivery, Message, Role, Township, Unit, User
from congress.people import phone
from congress.people.erase import destroy_key
from congress.permissions import Standing
from congress.work import senders

SET = verb("congress.set_channel", "设置了通知方式")
END = verb("congress.end_channel", "停用了通知方式")
TRY = verb("congress.try_channel", "试发了通知")
ENDED = "停用"


def of(standing: Standing) -> QuerySet:
    """The ways a standing may set: one's own, those of one's units, for the clerk those of every unit."""
    allowed = Q(user=standing.user) | Q(unit_id__in=standing.unit_ids)
    if standing.has(Role.CLERK):
        allowed |= Q(unit__isnull=False)
    return Channel.objects.kept().filter(allowed).select_related("user", "unit", "data_key")


def units_of(standing: Standing) -> QuerySet:
    """The units for which a standing may set a way."""
    rows = Unit.objects.kept().order_by(NEAREST, "name")
    return rows if standing.has(Role.CLERK) else rows.filter(pk__in=standing.unit_ids)


def set_channel(
    standing: Standing,
    township: Township,
    *,
    kind: str,
    address: str,
    secret: str = "",
    unit: Unit | None = None,
    key: uuid.UUID | None = None,
) -> Channel:
    """Set a way for the standing's user, or for a unit. `key` becomes its id.

    Raises Refused for a unit that is not one's own, an address inside the house or none at all, and for a second way of the
    same kind.
    """
    if unit is not None and not units_of(standing).filter(pk=unit.pk).exists():
        refuse("只能为自己或者本单位设置。", "unit")
    address = _checked(kind, address.strip())
    whose: dict[str, User | Unit] = {"unit": unit} if unit else {"user": standing.user}
    if Channel.objects.kept().filter(township=township, kind=kind, **whose).exists():
        refuse("这种方式已经设置过，请先停用原来的。", "kind")
    with action(SET, actor=standing.user, township=township) as act:
        row: Channel = Channel.objects.create(
            id=key or uuid.uuid4(),
            township=township,
            kind=kind,
            address=address,
            secret=secret.strip() or None,
            **whose,
        )
        act.subject = row
        act.detail = {"方式": row.get_kind_display(), "承办单位": str(unit or "")}
    return row


def _checked(kind: str, address: str) -> str:
    if kind == Channel.Kind.WEBHOOK:
        if problem := senders.problem_of(address):
            refuse(problem, "address")
        return address
    try:
        return phone.normalise(address)
    except (ValidationError, ValueError):
        refuse("请填写11位手机号。", "address")


def end_channel(actor: User, channel: Channel) -> None:
    """Use a way no more; its address is gone for good."""
    with action(END, actor=actor, subject=channel) as act:
        close(lock(channel))
        act.detail = {"方式": channel.get_kind_display()}


def close(channel: Channel) -> None:
    """The same inside an action that does more."""
    channel.withdrawn_at, channel.withdrawn_reason = clock.now(), ENDED
    channel.save()
    destroy_key(channel.data_key, ENDED)


def try_channel(actor: User, channel: Channel) -> Delivery:
    """Send a word by this way alone, so that who set it sees whether it arrives."""
    with action(TRY, actor=actor, subject=channel):
        message = Message.objects.create(
            township=channel.township,
            recipient=channel.user,
            unit=channel.unit,
            key=f"channel:{channel.pk}:{uuid.uuid4()}",
            kind="channel",
            title="试发：通知方式已设置",
            url="/messages/",
        )
        return Delivery.objects.create(
            township=channel.township,
            message=message,
            channel=channel.kind,
            to=channel,
            mail_id=f"<{message.pk}@congress>",
        )
