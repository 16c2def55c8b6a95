"""The papers of an election on file, as a list."""

from django.db.models import Q

from congress.law.archives import PAPERS, PERIODS
from congress.web.records import url_of
from congress.web.search import Among, Said
from congress.web.table import Badge, Col, Listing, by_field
from deputies.models import District
from elections.models import ArchiveItem
from elections.queries.archive import stage_of
from elections.stages.archive import ArchiveStage

STATES = {
    ArchiveStage.DESTROYED.label: Q(destroyed_on__isnull=False),
    ArchiveStage.SEALED.label: Q(destroyed_on=None, sealed_on__isnull=False),
    ArchiveStage.FILED.label: Q(destroyed_on=None, sealed_on=None),
}
KEPT_FOR = {
    words: Q(kind__in=[one.key for one in PAPERS.values() if one.period == period]) for period, words in PERIODS.items()
}


def _state(row: ArchiveItem) -> Badge:
    stage = stage_of(row)
    return Badge(stage.label, stage.tone)


ARCHIVE = Listing(
    title="归档文件",
    name="archive",
    columns=[
        Col("number", "袋（册）号", lambda row: row.number, "number", url_of, find="number"),
        Col("kind", "类别", lambda row: row.get_kind_display(), "kind,number", find="kind"),
        Col(
            "district",
            "选区",
            lambda row: str(row.district or ""),
            "district__number,number",
            find=Among("district", District.objects.kept),
        ),
        Col("title", "题名", lambda row: row.title, "title", find="title"),
        Col("amount", "份（张）数", lambda row: row.amount, "amount,number", numeric=True),
        Col("filed_on", "归档日期", lambda row: row.filed_on, "filed_on,number", find="filed_on"),
        Col("keeper", "保管单位", lambda row: row.keeper, "keeper,number", find="keeper", screen=False),
        Col("period", "保管期限", lambda row: PERIODS[row.paper.period], "kind,number", find=Said(KEPT_FOR)),
        Col("seals", "封签号", lambda row: row.seals, "seals,number", find="seals"),
        Col("state", "状态", _state, "destroyed_on,sealed_on", find=Said(STATES)),
    ],
    default="number",
    days="filed_on",
    filters=[by_field("kind", "类别", ArchiveItem.KINDS)],
    search_hint="袋号、题名、选区、状态",
    empty=(
        "还没有归档文件",
        "计票结束、结果宣布以后，选票按选区封装，名单、公告、报告单、票账分类归档，每袋（册）登记一行。",
    ),
    empty_icon="archive",
)
