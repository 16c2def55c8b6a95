"""The lists about accounts: users and requests, column by column."""

from django.db.models import Q
from django.urls import reverse

from congress.models import AccountRequest, Membership, Role
from congress.web.search import Name, Said
from congress.web.table import Badge, Col, Filter, Listing, by_field

TONES = {"open": "warning", "done": "good", "declined": "neutral"}

ACCOUNT_REQUESTS = Listing(
    title="账号申请",
    name="account-requests",
    columns=[
        Col(
            "asked",
            "申请时间",
            lambda r: r.asked_at,
            "asked_at",
            lambda r, _: reverse("administration-request", args=[r.pk]),
            find="asked_at",
        ),
        Col("kind", "申请事项", lambda r: r.get_kind_display(), "kind", find="kind"),
        Col("user", "用户", lambda r: r.user.display_name, "user__display_name", find=Name("user__display_name")),
        Col("username", "登录名", lambda r: r.user.username, "user__username", find="user__username"),
        Col("role", "角色", lambda r: r.get_role_display(), "role", find="role"),
        Col("township", "乡镇", lambda r: r.township or "", "township__name", find="township__name"),
        Col("county", "县级", lambda r: r.county or "", "county__name", find="county__name"),
        Col(
            "by",
            "申请人",
            lambda r: r.asked_by.display_name,
            "asked_by__display_name",
            find=Name("asked_by__display_name"),
        ),
        Col("state", "状态", lambda r: Badge(r.get_state_display(), TONES[r.state]), "state", find="state"),
        Col(
            "settled",
            "决定人",
            lambda r: r.settled_by.display_name if r.settled_by else "",
            "settled_by__display_name",
            find=Name("settled_by__display_name"),
        ),
    ],
    default="-asked",
    search_hint="用户、登录名、申请人",
    filters=[by_field("state", "状态", AccountRequest.State.choices)],
    empty=("还没有账号申请", "系统管理员在用户页面授予角色或者重发口令时提出，由另一名管理员决定。"),
    empty_icon="shield-check",
)
ENABLED = Said({"启用": Q(is_active=True), "停用": Q(is_active=False)})


def _holding(word: str) -> Q:
    """Users with a role that is called by the word, or in a place that is."""
    roles = [value for value, label in Role.choices if word in label]
    fits = Q(role__in=roles) | Q(township__name__contains=word) | Q(county__name__contains=word)
    return Q(pk__in=Membership.objects.filter(fits, ended_at__isnull=True).values("user"))


def _with_role(rows, value: str):
    held = Membership.objects.filter(ended_at__isnull=True)
    held = held.filter(role=value) if value != "none" else held
    return rows.exclude(pk__in=held.values("user")) if value == "none" else rows.filter(pk__in=held.values("user"))


USERS = Listing(
    title="用户",
    name="users",
    columns=[
        Col(
            "name",
            "姓名",
            lambda u: u.display_name,
            "display_name",
            lambda u, _: reverse("administration-user", args=[u.pk]),
            find=Name("display_name"),
        ),
        Col("username", "登录名", lambda u: u.username, "username", find="username"),
        Col("roles", "角色和地方", lambda u: "、".join(map(str, u.held)), sortable=False, width=36, find=_holding),
        Col(
            "active",
            "状态",
            lambda u: Badge("启用", "good") if u.is_active else Badge("停用"),
            "is_active",
            find=ENABLED,
        ),
    ],
    default="username",
    search_hint="姓名、登录名、角色、地方",
    filters=[Filter("role", "角色", lambda: [*Role.choices, ("none", "没有角色")], _with_role)],
    empty=("还没有用户", "先建立县级和乡镇的用户，再授予角色。"),
)
