"""The list of requests about accounts, column by column."""

from django.urls import reverse

from congress.models import AccountRequest
from congress.web.search import Name
from congress.web.table import Badge, Col, Listing, by_field

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
