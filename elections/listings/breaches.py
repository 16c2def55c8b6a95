"""Reports that an election was disturbed, and elections that are void, as lists. Who reported stands in neither."""

from django.db.models import Q

from congress.web.search import Name, Said
from congress.web.table import Badge, Col, Listing, by_field
from elections.listings.work import link
from elections.models import Breach, ReviewedWinner
from elections.stages.breaches import AnnulmentStage, BreachStage

STATES = {
    BreachStage.RECEIVED.label: Q(looked_on=None, closed_on=None),
    BreachStage.LOOKING.label: Q(looked_on__isnull=False, upheld=None, closed_on=None),
    BreachStage.UPHELD.label: Q(upheld=True, handed_on=None, closed_on=None),
    BreachStage.HANDED.label: Q(handed_on__isnull=False, closed_on=None),
    BreachStage.NOT_UPHELD.label: Q(upheld=False, closed_on=None),
    BreachStage.CLOSED.label: Q(closed_on__isnull=False),
}
VOID = {
    AnnulmentStage.OPEN.label: Q(void=None),
    AnnulmentStage.VOID.label: Q(void=True, announced_on=None),
    AnnulmentStage.TOLD.label: Q(void=True, announced_on__isnull=False),
    AnnulmentStage.VALID.label: Q(void=False),
}


def _badge(stage) -> Badge:
    return Badge(stage.label, stage.tone)


BREACHES = Listing(
    title="破坏选举的反映",
    name="breaches",
    columns=[
        Col("received_on", "收到日期", lambda row: row.received_on, "received_on", link, find="received_on"),
        Col("how", "来源", lambda row: row.get_how_display(), "how,received_on", find="how"),
        Col("kind", "反映的行为", lambda row: row.get_kind_display(), "kind,received_on", find="kind", width=28),
        Col(
            "district",
            "选区",
            lambda row: str(row.district or "全镇"),
            "district__number,received_on",
            find=("district__number", "district__name", Said({"全镇": Q(district__isnull=True)})),
        ),
        Col("subject", "被反映的人", lambda row: row.subject, "subject,received_on", find=Name("subject")),
        Col("state", "状态", lambda row: _badge(row.stage), "closed_on,settled_on,looked_on", find=Said(STATES)),
        Col("handed_to", "移送的机关", lambda row: row.handed_to, "handed_to", find="handed_to"),
        Col("closed_on", "办结日期", lambda row: row.closed_on, "closed_on", find="closed_on"),
    ],
    default="-received_on",
    days="received_on",
    filters=[by_field("kind", "反映的行为", Breach.Kind.choices)],
    search_hint="被反映的人、选区、状态",
    empty=("没有登记反映", "收到举报或者选举委员会自己发现的，都登记在这里；举报人只有办理的人看得到。"),
)

ANNULMENTS = Listing(
    title="就任后的当选无效",
    name="annulments",
    columns=[
        Col(
            "deputy",
            "代表",
            lambda row: row.mandate.deputy.name,
            "mandate__deputy__stroke_key",
            link,
            find=Name("mandate__deputy__name"),
        ),
        Col("ground", "无效的情形", lambda row: row.get_ground_display(), "ground,reviewed_on", find="ground"),
        Col("reviewed_on", "审查意见日期", lambda row: row.reviewed_on, "reviewed_on", find="reviewed_on"),
        Col("state", "状态", lambda row: _badge(row.stage), "void,announced_on", find=Said(VOID)),
        Col("decided_on", "确定日期", lambda row: row.decided_on, "decided_on", find="decided_on"),
        Col("decided_by", "确定的机关", lambda row: row.decided_by, "decided_by", find="decided_by"),
        Col("paper", "确定的文件", lambda row: row.paper, "paper", find="paper", screen=False),
        Col("announced_on", "公布日期", lambda row: row.announced_on, "announced_on", find="announced_on"),
    ],
    default="-reviewed_on",
    days="reviewed_on",
    filters=[by_field("ground", "无效的情形", ReviewedWinner.Ground.choices)],
    search_hint="代表、状态",
    empty=(
        "没有当选无效的意见",
        "就任以后才查明的，登记审查委员会的意见，由主席团（县级为常委会）确定；就任以前的在代表资格审查里。",
    ),
)
