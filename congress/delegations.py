"""The chair hands rights over to a vice-chair for dated days, and takes them back."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse, refuse_where
from congress.models import Delegation, Membership, Role, Township, User
from congress.permissions import DELEGATE, Permission, all_permissions, delegable, standing_in_township
from congress.wording import chinese_date
from congress.work import outbox

GIVE = verb("congress.delegate", "委托副主席代行权限")
TAKE_BACK = verb("congress.delegation_end", "收回了委托的权限")
LONGEST = 366  # days


def _refuse_others(actor, township: Township) -> None:
    if not standing_in_township(actor, township).has_role(Role.CHAIR):
        refuse(f"只有主席能{DELEGATE.label}。")


def delegate(
    actor, holder: User, rights: Iterable[str], *, since: date, until: date, township: Township, key=None
) -> Delegation:
    """Hand rights (by key) over from a day until another, both included; `key` becomes the row's id.

    Raises Refused for whoever is not the chair, a holder who is no vice-chair here, rights that cannot be handed over, and
    days that are over, turned round or more than a year apart. Side effects: one event, a message to the holder.
    """
    _refuse_others(actor, township)
    rights = sorted(set(rights))
    held = Membership.objects.filter(user=holder, township=township, role=Role.VICE, ended_at__isnull=True)
    refuse_where(
        [
            (not held.exists(), "只能委托给本乡镇的副主席。", "holder"),
            (not rights, "请勾选委托的权限。", "rights"),
            (bool(set(rights) - {one.key for one in delegable()}), "所选的权限不能委托。", "rights"),
            (since < clock.today(), "起始日期不能早于今天。", "since"),
            (until < since, "截止日期不能早于起始日期。", "until"),
            ((until - since).days >= LONGEST, "一次委托不能超过一年。", "until"),
        ]
    )
    detail = {"权限": [word.label for word in labels(rights)], "起始": str(since), "截止": str(until)}
    with action(GIVE, actor=actor, township=township, detail=detail) as act:
        row = Delegation(id=key or uuid.uuid4(), township=township, holder=holder, given_by=actor)
        row.rights, row.since, row.until = rights, since, until
        row.save(force_insert=True)
        act.subject = row
        words = "、".join(word.label for word in labels(rights))
        body = f"{chinese_date(since)}至{chinese_date(until)}：{words}。到期自动终止。"
        url = reverse("township_home", args=[township.code])
        note = outbox.Note(holder, f"delegation:{row.pk}", "delegation", "主席委托您代行权限", body, url)
        outbox.send(township, [note])
    return row


def take_back(actor, row: Delegation) -> None:
    """End a delegation today, before its last day. Raises Refused for whoever is not the chair, and when it is over."""
    _refuse_others(actor, row.township)
    with action(TAKE_BACK, actor=actor, subject=row) as act:
        found = act.subject = lock(row)
        if found.ended_on or found.until < clock.today():
            refuse("这项委托已经终止。")
        found.ended_on = clock.today()
        found.save()


def labels(keys: Iterable[str]) -> list[Permission]:
    """The rights of these keys that this version knows."""
    known = all_permissions()
    return [known[key] for key in keys if key in known]


def of(holder: User, township: Township) -> QuerySet:
    """What was handed over to somebody in a township, the newest first."""
    return Delegation.objects.filter(holder=holder, township=township).select_related("given_by")
