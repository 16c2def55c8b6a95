"""The list of requests to erase a person, column by column."""

from django.db.models import Q
from django.urls import reverse

from congress import history
from congress.guard.record import kept
from congress.models import Erasure
from congress.views.listings import about
from congress.web.search import Name, Said
from congress.web.table import Badge, Col, Listing

ERASURE_STATES = Said(
    {
        "已撤回": ~kept(),
        "已销毁": Q(carried_out_at__isnull=False),
        "待确认": kept() & Q(carried_out_at__isnull=True),
    }
)


def _erasure_state(row: Erasure) -> Badge:
    if row.withdrawn_at:
        return Badge("已撤回")
    return Badge("已销毁", "good") if row.carried_out_at else Badge("待确认", "warning")


ERASURES = Listing(
    title="销毁申请",
    name="erasures",
    columns=[
        Col(
            "asked",
            "申请时间",
            lambda e: e.created_at,
            "created_at",
            lambda e, t: reverse("erasure", args=[t.code, e.pk]),
            find="created_at",
        ),
        Col("kind", "类别", history.subject_word, "subject_type", find=about),
        Col("reason", "依据", lambda e: e.reason, "reason", width=40, find="reason"),
        Col(
            "by",
            "申请人",
            lambda e: e.asked_by.display_name,
            "asked_by__display_name",
            find=Name("asked_by__display_name"),
        ),
        Col("state", "状态", _erasure_state, "carried_out_at,withdrawn_at", find=ERASURE_STATES),
        Col(
            "confirmed",
            "确认人",
            lambda e: e.carried_out_by.display_name if e.carried_out_by else "",
            "carried_out_by__display_name",
            find=Name("carried_out_by__display_name"),
        ),
    ],
    default="-asked",
    search_hint="依据、申请人",
    empty=("还没有销毁申请", "保存期限届满或者本人依法要求时，在代表、反映人、选民或者选举工作的页面上申请。"),
    empty_icon="shield-lock",
)
