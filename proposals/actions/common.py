"""What the actions share: rights that depend on the object, refusals at a field, words without personal numbers, notices."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse

from congress import clock
from congress.guard.refusal import refuse, refuse_blocking
from congress.law.finding import Finding
from congress.models import Membership, Role, User
from congress.people.scrub import refuse_personal
from congress.permissions import lasts
from congress.prepared import AnyOf, Prepared, given
from congress.work import outbox
from deputies.models import Deputy
from proposals.models import Suggestion


def clean_words(**texts: str) -> None:
    """Refuse identity and mobile numbers in free text, all fields at once (个人信息保护法: no more than needed)."""
    found = []
    for field, text in texts.items():
        try:
            refuse_personal(text or "")
        except ValidationError as error:
            found.append(Finding("personal", error.messages[0], field=field))
    refuse_blocking(found)


def need(text: str, field: str, message: str) -> str:
    """The text without blanks around it. Raises Refused at the field when nothing is left."""
    text = (text or "").strip()
    if not text:
        refuse(message, field)
    return text


def roles_of(actor, township_id: int) -> set[str]:
    """The actor's roles in a township; the system itself (None) has all of them."""
    if actor is None:
        return {str(role) for role in Role}
    rows = Membership.objects.filter(user=actor, township_id=township_id, ended_at__isnull=True)
    return set(rows.values_list("role", flat=True))


def is_staff(actor, township_id: int) -> bool:
    """Whether the actor works for the presidium there."""
    return bool(roles_of(actor, township_id) & {str(Role.CLERK), str(Role.CHAIR), str(Role.VICE)})


def is_account_of(actor, deputy: Deputy) -> bool:
    """Whether the actor is this deputy (the system may act for anyone)."""
    return actor is None or (deputy.account_id is not None and deputy.account_id == actor.pk)


def at(day: date) -> datetime:
    """A moment on a day for columns that keep a moment: the present time of that day."""
    return datetime.combine(day, clock.now().time(), clock.SHANGHAI)


# -- who is told


def _accounts(memberships: QuerySet) -> QuerySet:
    held = memberships.filter(township=given("township"), ended_at__isnull=True)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id"))


_STAFF = Prepared(lambda: _accounts(Membership.objects.filter(AnyOf("role", given("roles")))))
_OF_UNITS = Prepared(lambda: _accounts(Membership.objects.filter(AnyOf("unit", given("units")), role=Role.UNIT)))


def staff_of(township_id: int, *roles: Role) -> list[User]:
    """Accounts with one of the roles in a township."""
    return _STAFF(township=township_id, roles=[str(role) for role in roles])


def accounts_of(township_id: int, unit_ids: Iterable) -> list[User]:
    """Accounts of units."""
    return _OF_UNITS(township=township_id, units=list(unit_ids))


def account_of(deputy: Deputy) -> list[User]:
    """The deputy's account, if there is one that can be used, today as well: nobody else can open what it is told of."""
    if not deputy.account_id:
        return []
    held = Membership.objects.filter(user=deputy.account_id, township=deputy.township_id, role=Role.DEPUTY)
    rows = held.filter(ended_at__isnull=True, user__is_active=True).select_related("user", "township")
    return [one.user for one in rows if lasts(one)]


def page_of(suggestion: Suggestion) -> str:
    """Address of the suggestion's page."""
    return reverse("proposals-suggestion", args=[suggestion.township.code, suggestion.pk])


def notify(suggestion: Suggestion, event: str, people: Iterable[User], title: str, body: str = "") -> None:
    """Put a message into in-boxes, once an event; never names a deputy of a confidential suggestion."""
    notes = [
        outbox.Note(
            recipient=person,
            key=f"suggestion:{suggestion.pk}:{event}",
            kind="suggestion",
            title=f"{title}：{suggestion}"[:120],
            body=body,
            url=page_of(suggestion),
        )
        for person in people
    ]
    outbox.send(suggestion.township, notes)
