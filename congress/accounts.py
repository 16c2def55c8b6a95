"""Accounts: no sign-up, one-time codes for first and forgotten passwords, every log-in an action."""

import re
import secrets
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import wraps

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.models import ADMINISTRATORS, Membership, Role, TurnedAway, User
from congress.names.pinyin import reading
from congress.prepared import Prepared, given
from congress.web import turned_away
from congress.web.codes import CODE_DAYS
from congress.web.login import client_address, counted_address

CREATE = verb("accounts.create", "建立了账号")
RESET = verb("accounts.reset", "重发了一次性口令")
GRANT = verb("accounts.grant", "授予了角色")
END = verb("accounts.end", "停用了角色")
UNLOCK = verb("accounts.unlock", "解除了登录锁定")
SWITCH = verb("accounts.switch", "启用或停用了账号")
LOGIN = verb("accounts.login", "登录系统")
LOGOUT = verb("accounts.logout", "退出系统")
PASSWORD = verb("accounts.password", "修改了密码")
SETTINGS = verb("accounts.settings", "修改了个人设置")
END_SESSION = verb("accounts.end_session", "退出了别处的登录")
ENROL = verb("accounts.second_factor", "启用了两步验证")
PUT_ASIDE = verb("accounts.second_factor_off", "停用了两步验证")
RENEW = verb("accounts.recovery_codes", "重新生成了恢复码")
CLEAR = verb("accounts.second_factor_cleared", "清除了他人的两步验证")

KEPT_BY_CLERK = (Role.DEPUTY, Role.UNIT, Role.POLL)  # whose accounts and codes are the office's to give
# No 0/O, 1/l/I: the codes are printed and typed in by hand.
CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Backend(ModelBackend):
    """Refuses switched-off accounts, accounts past their date, and one-time codes past theirs: at the log-in and again at
    every request of a session that is open."""

    def user_can_authenticate(self, user):
        stale = user.must_change_password and user.code_expires_at is not None and user.code_expires_at < clock.now()
        return super().user_can_authenticate(user) and user.in_time and not stale

    def get_user(self, user_id):
        found = _USER(pk=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None

    def get_all_permissions(self, user_obj, obj=None):
        return set()


_USER = Prepared(lambda: User.objects.filter(pk=given("pk")))  # every request asks who it is


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed; a chosen password ends the one-time code and leads home."""

    # The name is called as on the printed slips.
    error_messages = DefaultAccountAdapter.error_messages | {"username_password_mismatch": "登录名或者密码不正确。"}

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return counted_address(request)

    def get_password_change_redirect_url(self, request):
        return reverse("home")

    def set_password(self, user, password):
        user.must_change_password = False
        user.code_expires_at = None
        super().set_password(user, password)


def as_action(view, what, *, public=False):
    """Wrap a view of allauth so that what it writes is an action and its page is rendered inside it; what it refuses is
    counted and told later."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        with (
            scope.user(request.user),
            action(what, actor=request.user if request.user.is_authenticated else None) as act,
        ):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response.render()
            if request.user.is_authenticated:
                act.actor = request.user
            act.detail = {"地址": client_address(request)}
            if response.status_code != 302:
                act.counted = True
                _count_refusal(request, what, response)
            elif what is LOGIN and not request.user.is_authenticated:
                act.counted = True  # the password was right, the second factor is still to come
        return response

    def choose(request, *args, **kwargs):
        return (wrapper if request.method == "POST" else view)(request, *args, **kwargs)

    choose.permission = "public: 登录" if public else "personal"
    choose.proved = getattr(view, "proved", False)
    return login_not_required(choose) if public else choose


def _count_refusal(request, what, response) -> None:
    stage = getattr(request, "_login_stage", None)
    kinds = {LOGIN: TurnedAway.Kind.SECOND if stage else TurnedAway.Kind.LOGIN, ENROL: TurnedAway.Kind.SECOND}
    if not hasattr(response, "asks_for_proof"):
        typed = stage.login.user.username if stage else request.POST.get("login", "")
        turned_away.count(request, kinds.get(what, TurnedAway.Kind.PASSWORD), typed=typed)


def free_username(name: str) -> str:
    """The name in letters and two digits, so that namesakes and later accounts look alike: zengtian01."""
    plain = unicodedata.normalize("NFKD", reading(name).full)
    stem = re.sub("[^a-z]", "", plain.lower())[:30] or "user"
    taken = {u.lower() for u in User.objects.filter(username__istartswith=stem).values_list("username", flat=True)}
    return next(f"{stem}{number:02}" for number in range(1, 10_000) if f"{stem}{number:02}" not in taken)


def one_time_code() -> str:
    """A code of three groups of four letters, e.g. "kfm7-x3qp-9tda" (59 bits)."""
    return "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(4)) for _ in range(3))


@dataclass(frozen=True)
class OneTime:
    """A one-time code and its hash. Hashing takes some tenths of a second: for many people it is done before anything
    is locked."""

    code: str = field(default_factory=one_time_code, repr=False)
    hashed: str = field(init=False, repr=False)

    def __post_init__(self):
        object.__setattr__(self, "hashed", make_password(self.code))

    def open(self, user: User) -> None:
        """Make it the user's way in, until a password is chosen or CODE_DAYS are over; the caller saves."""
        user.set_hash(self.hashed)
        user.must_change_password = True
        user.code_expires_at = clock.now() + timedelta(days=CODE_DAYS)


def create_account(
    actor,
    username: str,
    display_name: str,
    *,
    email="",
    valid_until=None,
    key: uuid.UUID | None = None,
    once: OneTime | None = None,
) -> tuple[User, str]:
    """A new account with a one-time code, which is returned and kept nowhere. Side effect: one event.

    `key` is that of the form it was asked for with, so that sending it twice makes one account; `once` a code made before.
    """
    once = once or OneTime()
    with action(CREATE, actor=actor) as act:
        user = User(username=username, display_name=display_name, email=email, valid_until=valid_until, form_key=key)
        once.open(user)
        user.save()
        act.subject = user
    return user, once.code


def _held_by(user: User) -> list[Membership]:
    with scope.user(user):
        return list(Membership.objects.filter(user=user, ended_at__isnull=True))


def _refuse_beyond_reach(actor, roles: Iterable[tuple[str, int | None]]) -> None:
    """Raise Refused unless the actor may decide on accounts with these (role, township) roles.

    The clerk keeps the accounts of deputies, units and election staff, but who gets the chair's code could approve their own work; and
    nobody in a township decides on what somebody is elsewhere. The system (None) and the system administrator may.
    """
    mine = _roles_of(actor)
    if (Role.SYSTEM, None) in mine:
        return
    for role, township in roles:
        clerk = (Role.CLERK, township) in mine and role in KEPT_BY_CLERK
        if township is None or not ((Role.CHAIR, township) in mine or clerk):
            refuse("主席、办事员的账号和在别处另有角色的账号，请由主席或者系统管理员办理。")


def _roles_of(actor) -> set[tuple[str, int | None]]:
    """What the actor is; the system itself (None) has the reach of a system administrator."""
    return {(m.role, m.township_id) for m in _held_by(actor)} if actor is not None else {(str(Role.SYSTEM), None)}


def _refuse_alone(actor) -> None:
    """Raise Refused for a system administrator: whom the data opens to is decided by two, see `account_requests`."""
    if actor is not None and (Role.SYSTEM, None) in _roles_of(actor):
        refuse("须由另一名管理员同意，请提出账号申请。")


def reset_code(actor, user: User, once: OneTime | None = None) -> str:
    """A new one-time code for somebody who forgot the password; ends the old password at once.

    Raises Refused when one of the user's roles is beyond the actor's reach, and for a system administrator alone when
    the user has any: whoever has the code sees what the user sees.
    """
    held = _held_by(user)
    _refuse_beyond_reach(actor, [(m.role, m.township_id) for m in held])
    if held:
        _refuse_alone(actor)
    return renew_code(actor, user, once)


def needs_two(user: User) -> bool:
    """Whether a system administrator may renew this user's code only together with another administrator."""
    return bool(_held_by(user))


def renew_code(actor, user: User, once: OneTime | None = None) -> str:
    """A new one-time code, whoever it concerns: for callers that have asked whether the actor may. One event."""
    once = once or OneTime()
    with action(RESET, actor=actor, subject=user):
        once.open(user)
        user.save()
    return once.code


def clear_factor(actor, user: User) -> None:
    """Take the second factor from somebody who lost telephone and recovery codes; the role that needs one has to be enrolled
    anew. Raises Refused as `reset_code`. Side effect: one event."""
    held = _held_by(user)
    _refuse_beyond_reach(actor, [(m.role, m.township_id) for m in held])
    if held:
        _refuse_alone(actor)
    remove_factor(actor, user)


def remove_factor(actor, user: User) -> None:
    """The same for callers that have asked whether the actor may."""
    with action(CLEAR, actor=actor, subject=user):
        Authenticator.objects.filter(user=user).delete()


def grant(actor, user: User, role: str, *, township=None, county=None, unit=None) -> Membership:
    """Give a role in a place. Raises Refused where administrators' and other roles would meet in one person, for a role
    beyond the actor's reach, and for a system administrator alone. The system itself (None) sets up an installation."""
    _refuse_alone(actor)
    _refuse_beyond_reach(actor, [(str(role), township.pk if township else None)])
    return give(actor, user, role, township=township, county=county, unit=unit)


def check_apart(user: User, role: str) -> None:
    """Raises Refused where administrators' and other roles would meet in one person."""
    held = set(Membership.objects.filter(user=user, ended_at__isnull=True).values_list("role", flat=True))
    administrators = {str(item) for item in ADMINISTRATORS}
    if held and (str(role) in administrators or held & administrators):
        refuse("系统、安全、审计管理员互斥，且不得兼任业务角色。", "role")


def give(actor, user: User, role: str, *, township=None, county=None, unit=None) -> Membership:
    """A role in a place, for callers that have asked whether the actor may. Raises Refused as `check_apart`; one event."""
    check_apart(user, role)
    with action(GRANT, actor=actor, subject=user, township=township, detail={"角色": str(Role(role).label)}):
        return Membership.objects.create(user=user, role=role, township=township, county=county, unit=unit)


def end_membership(actor, membership: Membership) -> None:
    """End a role; the row stays. Raises Refused for a role beyond the actor's reach."""
    _refuse_beyond_reach(actor, [(membership.role, membership.township_id)])
    detail = {"角色": membership.get_role_display()}
    with action(END, actor=actor, subject=membership.user, township=membership.township, detail=detail):
        membership.ended_at = clock.now()
        membership.save()


def end_with_office(actor, membership: Membership, why: str) -> None:
    """End a role because the office it came from has ended (`why`); an account that has no other role is switched off.

    For callers that know that the office has ended. Side effect: one event, and one for the account.
    """
    detail = {"角色": membership.get_role_display(), "原因": why}
    with action(END, actor=actor, subject=membership.user, township=membership.township, detail=detail):
        membership.ended_at = clock.now()
        membership.save()
    user = membership.user
    if user.is_active and not _held_by(user):
        with action(SWITCH, actor=actor, subject=user, detail={"启用": False, "原因": why}):
            user.is_active = False
            user.save()


def reopen(actor, user: User, once: OneTime) -> None:
    """Switch an account on again with a one-time code, for somebody who holds an office again. One event."""
    with action(SWITCH, actor=actor, subject=user, detail={"启用": True}):
        user.is_active = True
        once.open(user)
        user.save()


def end_sessions(user: User, rows: QuerySet) -> int:
    """End these sessions of the user's own; returns how many. Side effect: one event, where there were any."""
    found = list(rows)
    if found:
        with action(END_SESSION, actor=user, subject=user, detail={"处数": len(found)}):
            for row in found:
                row.end()
    return len(found)


def switch(actor, user: User) -> None:
    """Switch an account off, or on again; a switched-off account loses its sessions at the next request."""
    with action(SWITCH, actor=actor, subject=user, detail={"启用": not user.is_active}):
        user.is_active = not user.is_active
        user.save()
