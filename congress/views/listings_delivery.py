"""What goes outside the application, column by column: the ways somebody is told, and what became of each message."""

from django.urls import reverse

from congress.models import Channel, Delivery
from congress.people.fields import masked
from congress.web.search import Name
from congress.web.table import Badge, Col, Listing, by_field

DELIVERY_TONES = {"sent": "good", "queued": "info", "claimed": "info", "unknown": "warning", "failed": "bad"}

CHANNELS = Listing(
    title="通知方式",
    name="channels",
    columns=[
        Col(
            "kind",
            "方式",
            lambda c: c.get_kind_display(),
            "kind",
            lambda c, t: reverse("channel", args=[t.code, c.pk]),
            find="kind",
        ),
        Col(
            "whose",
            "谁的",
            lambda c: str(c.user or c.unit),
            "unit__name,user__display_name",
            find=(Name("user__display_name"), "unit__name"),
        ),
        Col("target", "地址", lambda c: masked(c, "address"), width=30, sortable=False),
        Col("created_at", "设置时间", lambda c: c.created_at, "created_at", width=18, find="created_at"),
    ],
    default="-created_at",
    search_hint="方式、姓名、单位",
    filters=[by_field("kind", "方式", Channel.Kind.choices)],
    empty=("还没有设置", "站内消息总能收到；要同时发到企业微信、钉钉群或者手机短信的，在这里设置。"),
    empty_icon="bell",
)

DELIVERIES = Listing(
    title="外发通知",
    name="deliveries",
    columns=[
        Col("title", "消息", lambda d: d.message.title, "message__title", width=40, find="message__title"),
        Col(
            "to",
            "收件人",
            lambda d: d.message.whose,
            "message__recipient__display_name",
            find=(Name("message__recipient__display_name"), "message__unit__name"),
        ),
        Col("channel", "渠道", lambda d: d.get_channel_display(), "channel", find="channel"),
        Col("state", "状态", lambda d: Badge(d.get_state_display(), DELIVERY_TONES[d.state]), "state", find="state"),
        Col("attempts", "次数", lambda d: d.attempts, "attempts", numeric=True),
        Col("sent_at", "发送时间", lambda d: d.sent_at or "", "sent_at", width=18, find="sent_at"),
        Col(
            "again",
            "操作",
            lambda d: "重发" if d.state in ("unknown", "failed") else "",
            sortable=False,
            url=lambda d, t: (
                reverse("delivery-resend", args=[t.code, d.pk]) if d.state in ("unknown", "failed") else ""
            ),
        ),
    ],
    default="-sent_at",
    days="sent_at",
    search_hint="消息标题、收件人",
    filters=[by_field("state", "状态", Delivery.State.choices)],
    empty=("没有外发通知", "收件人有邮箱、群机器人或者短信的，消息会同时发到那里，发送情况记在这里。"),
    empty_icon="envelope",
)
