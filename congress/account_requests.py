"""Whom the data opens to is decided by two: the system administrator asks, another administrator agrees or does not.

The security administrator decides; where a security administrator is concerned, the audit administrator does. Never the
one who asked, never the one whom it concerns (三员分立). When it is carried out, the chairs of the townships whose data
it opens, the audit administrators and the one whom it concerns are told.
"""

import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from congress import accounts, clock
from congress.guard import scope
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.models import AccountRequest, Membership, Role, Township, User
from congress.permissions import CONFIRM_ACCOUNTS, CONFIRM_SECURITY, Permission, Standing, standing_anywhere
from congress.web.todo import Todo, provider
from congress.work import outbox

ASK = verb("accounts.ask", "提出了账号申请")
AGREE = verb("accounts.agree", "同意了账号申请")
DECLINE = verb("accounts.decline", "不同意账号申请")

OPEN = AccountRequest.State.OPEN


def _of_security() -> Q:
    """Requests that concern a security administrator, who then does not decide."""
    holders = Membership.objects.filter(user=OuterRef("user"), role=Role.SECURITY, ended_at__isnull=True)
    return Q(role=Role.SECURITY) | Q(Exists(holders))


def decided_with(request: AccountRequest) -> Permission:
    """The right that decides this request."""
    of_security = AccountRequest.objects.filter(_of_security(), pk=request.pk).exists()
    return CONFIRM_SECURITY if of_security else CONFIRM_ACCOUNTS


def may_decide(standing: Standing, request: AccountRequest) -> bool:
    """Whether this administrator may agree or not: has the right, did not ask, and is not whom it concerns."""
    return standing.allows(decided_with(request)) and standing.user.pk not in (request.asked_by_id, request.user_id)


def ask_grant(
    actor, user: User, role: str, *, township=None, county=None, key: uuid.UUID | None = None
) -> AccountRequest:
    """Ask for a role, with the form of this key.

    Raises Refused where roles would meet that exclude each other, for one that is held or asked for
    already, and when there is nobody to decide. Side effect: one event; no right follows."""
    accounts.check_apart(user, role)
    place = {"role": str(role), "township": township, "county": county}
    if Membership.objects.filter(user=user, ended_at__isnull=True, **place).exists():
        refuse("该用户已有这个角色。", "role")
    asked = AccountRequest(kind=AccountRequest.Kind.GRANT, user=user, asked_by=actor, form_key=key, **place)
    return _ask(actor, asked)


def ask_reset(actor, user: User) -> AccountRequest:
    """Ask for a new one-time code. Raises Refused as `ask_grant`; the old password goes on until somebody agrees."""
    return _ask(actor, AccountRequest(kind=AccountRequest.Kind.RESET, user=user, asked_by=actor))


def ask_clearing(actor, user: User) -> AccountRequest:
    """Ask for the second factor to be taken from somebody who lost it. Raises Refused as `ask_grant`."""
    return _ask(actor, AccountRequest(kind=AccountRequest.Kind.FACTOR, user=user, asked_by=actor))


def _ask(actor, request: AccountRequest) -> AccountRequest:
    same = {name: getattr(request, name) for name in ("kind", "user", "role", "township", "county")}
    with action(ASK, actor=actor) as act:
        if AccountRequest.objects.filter(state=OPEN, **same).exists():
            refuse("已经申请过，请等待另一名管理员决定。")
        request.save()
        if not _deciders(request):
            refuse("现在没有可以决定这项申请的管理员，请在服务器上运行 create_first_admin 补设。")
        act.subject = request
    return request


def _deciders(request: AccountRequest) -> list[User]:
    others = User.objects.filter(is_active=True).exclude(pk__in=[request.asked_by_id, request.user_id])
    held = Membership.objects.filter(ended_at__isnull=True, role__in=decided_with(request).roles)
    return list(others.filter(pk__in=held.values("user_id")))


def agree(actor, request: AccountRequest) -> str:
    """Carry a request out; returns the new one-time code, or "" for a role. The code is kept nowhere: who decides hands
    it over, so that the one who asked never has it. Raises Refused for who may not decide, and what is settled."""
    with action(AGREE, actor=actor, subject=request) as act:
        row = act.subject = _open(actor, request)
        _settle(row, actor, AccountRequest.State.DONE)
        code = ""
        if row.kind == AccountRequest.Kind.RESET:
            code = accounts.renew_code(actor, row.user)
        elif row.kind == AccountRequest.Kind.FACTOR:
            accounts.remove_factor(actor, row.user)
        else:
            accounts.give(actor, row.user, row.role, township=row.township, county=row.county)
        _tell(row)
    return code


def decline(actor, request: AccountRequest, reason: str) -> None:
    """Turn a request down. Raises Refused for who may not decide, and what is settled. Side effect: one event."""
    with action(DECLINE, actor=actor, subject=request, detail={"reason": reason}):
        row = _open(actor, request)
        row.declined_reason = reason
        _settle(row, actor, AccountRequest.State.DECLINED)


def _open(actor, request: AccountRequest) -> AccountRequest:
    row = lock(request)
    if row.state != OPEN:
        refuse("这份申请已经办结。")
    if not may_decide(standing_anywhere(actor), row):
        refuse("这份申请须由另一名管理员决定：申请人和所涉及的本人都不能决定。")
    return row


def _settle(row: AccountRequest, actor, state: str) -> None:
    row.state, row.settled_by, row.settled_at = state, actor, clock.now()
    row.save()


def _places(row: AccountRequest) -> list[Township]:
    """The townships whose data it opens; none where it concerns an administrator."""
    if row.kind == AccountRequest.Kind.GRANT:
        held = [(row.township_id, row.county_id)]
    else:
        held = list(
            Membership.objects.filter(user=row.user, ended_at__isnull=True).values_list("township_id", "county_id")
        )
    towns, counties = [town for town, _ in held if town], [county for _, county in held if county]
    return list(Township.objects.filter(Q(pk__in=towns) | Q(county__in=counties)))


def _holders(role: str, townships: Iterable[Township] | None = None) -> list[User]:
    rows = Membership.objects.filter(role=role, ended_at__isnull=True).select_related("user")
    return [row.user for row in (rows if townships is None else rows.filter(township__in=townships))]


def _tell(row: AccountRequest) -> None:
    """Chairs in their townships; auditors and the one concerned once. A message lies in a township: what opens none lies
    in the first there is."""
    opened = _places(row)
    others = [*_holders(Role.AUDIT), row.user]
    for number, town in enumerate(opened or Township.objects.all()[:1]):
        chairs = _holders(Role.CHAIR, [town]) if opened else []
        url = reverse("members", args=[town.code])
        notes = [_note(row, chair, url) for chair in chairs]
        if number == 0:
            request_page = reverse("administration-request", args=[row.pk])
            notes += [_note(row, user, request_page if user.pk != row.user_id else "") for user in others]
        with scope.township(town):
            outbox.send(town, notes)


def _note(row: AccountRequest, recipient: User, url: str) -> outbox.Note:
    body = f"{row.user.display_name}（{row.user.username}）：{row.what}。{row.asked_by}申请，{row.settled_by}同意。"
    return outbox.Note(
        recipient,
        f"account-request:{row.pk}",
        "account",
        "有账号被授予角色、重发口令或清除两步验证",
        f"{body}如有疑问，请核实。",
        url,
    )


def requests() -> QuerySet:
    """Every request with those it names."""
    return AccountRequest.objects.select_related("user", "asked_by", "settled_by", "township", "county")


@provider
def waiting(standing: Standing):
    """Requests this administrator may decide."""
    if standing.township is None and (standing.allows(CONFIRM_ACCOUNTS) or standing.allows(CONFIRM_SECURITY)):
        wanted = _of_security() if standing.allows(CONFIRM_SECURITY) else ~_of_security()
        rows = AccountRequest.objects.filter(wanted, state=OPEN).exclude(user=standing.user)
        yield Todo(
            "账号申请待决定", rows.exclude(asked_by=standing.user), reverse("administration-requests"), "warning"
        )
