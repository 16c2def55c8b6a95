"""Who may do what: permissions are declared once, beside each other, and asked through a `Standing`.

Nothing here is in the database: which roles a permission has is part of the program and reviewed with it.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from django.db.models import Q, QuerySet

from congress import clock
from congress.guard import scope
from congress.models import TOWNSHIP_ROLES, County, Delegation, Membership, Role, Township, User
from congress.prepared import Prepared, given


@dataclass(frozen=True)
class Permission:
    """A right with its Chinese label and the roles that have it."""

    key: str
    label: str
    roles: frozenset[str]


_permissions: dict[str, Permission] = {}


def permission(key: str, label: str, roles) -> Permission:
    """Declare a permission. Raises ValueError when the key is taken by another.

    What both the chair and a county viewer may is looking, and the vice-chair looks too; everything else of the chair's is
    handed over for dated days.
    """
    given = frozenset(str(role) for role in roles)
    looks = {str(Role.CHAIR), str(Role.COUNTY)} <= given
    new = Permission(key, label, given | {str(Role.VICE)} if looks else given)
    if _permissions.setdefault(key, new) != new:
        raise ValueError(f"permission {key} is declared twice")
    return new


def all_permissions() -> dict[str, Permission]:
    """Every declared permission by key."""
    return dict(_permissions)


def allowed(wanted: Permission, roles: frozenset[str], delegated: frozenset[str]) -> bool:
    """Whether one of the roles has the permission, or it was handed over."""
    return bool(roles & wanted.roles) or wanted.key in delegated


@cache
def _in_words(roles: frozenset[str]) -> tuple[str, ...]:
    return tuple(label for value, label in Role.choices if value in roles)


@dataclass(frozen=True)
class Standing:
    """What a user is in one place."""

    user: User
    township: Township | None = None
    county: County | None = None
    roles: frozenset[str] = frozenset()
    unit_ids: frozenset[uuid.UUID] = field(default_factory=frozenset)
    delegated: frozenset[str] = frozenset()  # keys of rights the chair has handed over to this vice-chair for today

    def allows(self, wanted: Permission) -> bool:
        """Whether one of the roles has the permission, or it was handed over."""
        return allowed(wanted, self.roles, self.delegated)

    def has(self, *roles: str) -> bool:
        """Whether the user has one of these roles here: what somebody gets to see. The vice-chair sees what the chair sees;
        what may be done is asked with `allows`."""
        seen = self.roles | {str(Role.CHAIR)} if str(Role.VICE) in self.roles else self.roles
        return bool(seen & {str(role) for role in roles})

    def has_role(self, role: str) -> bool:
        """Whether the user has this very role here."""
        return str(role) in self.roles

    @property
    def roles_label(self) -> str:
        """The roles in words."""
        words = _in_words(self.roles)
        return "、".join([*words, f"受主席委托代行{len(self.delegated)}项权限"] if self.delegated else words)

    @property
    def writes(self) -> bool:
        """County viewers look; everybody else in a township may also write what they are permitted."""
        return bool(self.roles - {str(Role.COUNTY)}) and self.township is not None


def active_memberships(user) -> list[Membership]:
    """The user's memberships that have not ended, with their places; one query, and one for a role with a `tenure`."""
    with scope.user(user):
        return [one for one in _ALL(user=user.pk) if lasts(one)]


def _not_ended(user) -> QuerySet:
    return Membership.objects.filter(user=user, ended_at__isnull=True)


_ALL = Prepared(
    lambda: (
        _not_ended(given("user"))
        .select_related("township__county", "county")
        .order_by("township__code", "county__code", "role")
    )
)
_HERE = Prepared(lambda: _not_ended(given("user")).filter(Q(township=given("township")) | Q(county=given("county"))))


def _memberships_in(user, township: Township) -> list[Membership]:
    """Of these those in one township and its county: every page of the township asks, so without reading the places again."""
    with scope.user(user):
        rows = _HERE(user=user.pk, township=township.pk, county=township.county_id)
        for one in rows:
            one.township = township if one.township_id else None
        return [one for one in rows if lasts(one)]


_tenures: dict[str, Callable[[Membership], bool]] = {}


def tenure(role: str, lasts: Callable[[Membership], bool]) -> None:
    """Say of a role of townships that it lasts no longer than what it came from: `lasts` is asked whenever somebody with the
    role asks for anything, in the scope of the township, so that nobody has to be quick to end it."""
    _tenures[str(role)] = lasts


def lasts(membership: Membership) -> bool:
    """Whether a role that has not been ended holds today."""
    if membership.role not in _tenures or membership.township is None:
        return True
    with scope.reading([membership.township]):
        return _tenures[membership.role](membership)


def standing_in_township(user, township: Township) -> Standing:
    """The user's standing in a township, the county viewer's included; no roles for a stranger."""
    mine = _memberships_in(user, township)
    roles = {m.role for m in mine}  # of the county the viewer's alone
    units = frozenset(m.unit_id for m in mine if m.unit_id)
    delegated = _delegated(user, township) if str(Role.VICE) in roles else frozenset()
    return Standing(user, township, township.county, frozenset(roles), units, delegated)


def _delegated(user, township: Township) -> frozenset[str]:
    with scope.reading([township]):
        rows = [row for row in Delegation.objects.filter(holder=user) if row.holds_on(clock.today())]
    known = {one.key for one in delegable()}
    return frozenset(key for row in rows for key in row.rights) & known


def standing_in_county(user, county: County) -> Standing:
    """The user's standing in a county."""
    roles = {m.role for m in active_memberships(user) if m.county_id == county.pk}
    return Standing(user, None, county, frozenset(roles))


def standing_alone(user) -> Standing | None:
    """The user's standing in the only place there is for this user; None for one who has several, or none."""
    mine = active_memberships(user)
    if len({(m.township_id, m.county_id) for m in mine}) != 1:
        return None
    first = mine[0]
    if first.township:
        return standing_in_township(user, first.township)
    return standing_in_county(user, first.county) if first.county else standing_anywhere(user)


def standing_anywhere(user) -> Standing:
    """The user's administrator's roles, which belong to no place."""
    roles = {m.role for m in active_memberships(user) if m.township_id is None and m.county_id is None}
    return Standing(user, roles=frozenset(roles))


TOWNSHIP_HOME = permission("congress.home", "进入本乡镇", [*TOWNSHIP_ROLES, Role.COUNTY])
COUNTY_HOME = permission("congress.county_home", "进入县级首页", [Role.COUNTY])
DEADLINES = permission("congress.deadlines", "查看期限", [Role.CHAIR, Role.CLERK, Role.COUNTY])
DELIVERIES = permission("congress.deliveries", "查看外发通知", [Role.CHAIR, Role.CLERK])
CHANNELS = permission("congress.channels", "设置通知方式", [Role.CHAIR, Role.CLERK, Role.DEPUTY, Role.UNIT])
DOCUMENTS = permission("congress.documents", "查看印发文件", [Role.CHAIR, Role.CLERK, Role.COUNTY])
PUBLISH = permission("congress.publish", "在公开页面公布", [Role.CHAIR, Role.CLERK])
SIGNED_COPIES = permission("congress.signed_copies", "存入签章扫描件", [Role.CHAIR, Role.CLERK])
JOBS = permission("congress.jobs", "查看办理进度", [Role.CHAIR, Role.VICE, Role.CLERK, Role.DEPUTY, Role.UNIT])
CATEGORIES = permission("congress.categories", "维护类别和单位", [Role.CLERK, Role.CHAIR])
ACCOUNTS = permission("congress.accounts", "管理本乡镇账号", [Role.CLERK, Role.CHAIR])
ATTACHMENTS = permission(
    "congress.attachments", "查看附件", [Role.CHAIR, Role.CLERK, Role.DEPUTY, Role.UNIT, Role.COUNTY]
)
REVEAL = permission("congress.reveal", "查看敏感信息", [Role.CHAIR, Role.CLERK])
ERASE = permission("congress.erase", "申请和确认销毁个人信息", [Role.CHAIR, Role.CLERK])
IMPORTS = permission("congress.imports", "导入表格", [Role.CHAIR, Role.CLERK])
TRAIL = permission("congress.trail", "查看操作记录", [Role.CHAIR, Role.CLERK])
ADMINISTRATION = permission("congress.administration", "进入系统管理", [Role.SYSTEM, Role.SECURITY, Role.AUDIT])
USERS = permission("congress.users", "管理用户", [Role.SYSTEM])
PLACES = permission("congress.places", "管理区划和节假日", [Role.SYSTEM])
SECURITY = permission("congress.security", "管理登录锁定", [Role.SECURITY])
CONFIRM_ACCOUNTS = permission("congress.confirm_accounts", "决定账号申请", [Role.SECURITY])
CONFIRM_SECURITY = permission("congress.confirm_security", "决定涉及安全管理员的账号申请", [Role.AUDIT])
AUDIT_TRAIL = permission("congress.audit", "查看全部审计记录", [Role.AUDIT])
DELEGATE = permission("congress.delegate", "委托副主席代行权限", [Role.CHAIR])

NOT_DELEGABLE = (
    ACCOUNTS,
    ERASE,
    DELEGATE,
)  # who may come in, what is gone for good, and handing on stay with the chair


def delegable() -> list[Permission]:
    """The rights of the chair that can be handed over to a vice-chair, by label."""
    found = [
        one for one in all_permissions().values() if str(Role.CHAIR) in one.roles and str(Role.VICE) not in one.roles
    ]
    return sorted((one for one in found if one not in NOT_DELEGABLE), key=lambda one: one.key)
