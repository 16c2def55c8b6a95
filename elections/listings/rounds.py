"""The rounds of a level's districts, and the ledger of ballots of one round, as lists."""

from django.db.models import F, Q

from congress.guard.record import kept
from congress.web.records import url_of
from congress.web.search import Among, Said
from congress.web.table import Badge, Col, Listing, by_field
from deputies.models import District
from elections.listings.mobile import named_boxes
from elections.models import Round
from elections.stages.rounds import RoundStage

_STANDS = Q(count__isnull=False) & kept("count")
STATES = {
    RoundStage.DECLARED.label: Q(confirmed_by__isnull=False, elected__gte=F("seats")),
    "已宣布，接着投票": Q(confirmed_by__isnull=False, elected__lt=F("seats"), goes_on=True),
    "已宣布，名额未满": Q(confirmed_by__isnull=False, elected__lt=F("seats"), goes_on=False, vacant_on=None),
    "已宣布，名额暂缺": Q(confirmed_by__isnull=False, elected__lt=F("seats"), vacant_on__isnull=False),
    RoundStage.ASKED.label: Q(confirmed_by=None, asked_by__isnull=False),
    RoundStage.COUNTED.label: Q(asked_by=None, closed="close"),
    RoundStage.COUNTING.label: _STANDS & ~Q(closed="close") & Q(asked_by=None),
    RoundStage.VOTING.label: Q(asked_by=None) & ~_STANDS,
}


def state_of(row: Round) -> tuple[str, str]:
    """Where a round stands, as a word and its tone, told by what was read with it."""
    if row.declared:
        if row.elected >= row.seats:
            return RoundStage.DECLARED.label, "good"
        if row.vacant_on:
            return "已宣布，名额暂缺", "neutral"
        return ("已宣布，接着投票", "info") if row.goes_on else ("已宣布，名额未满", "warning")
    if row.asked_by_id:
        return RoundStage.ASKED.label, RoundStage.ASKED.tone
    counting = row.count is not None and row.count.withdrawn_at is None
    stage = RoundStage.COUNTING if counting else RoundStage.VOTING
    stage = RoundStage.COUNTED if counting and row.closed == "close" else stage
    return stage.label, stage.tone


ROUNDS = Listing(
    title="投票和结果",
    name="rounds",
    columns=[
        Col(
            "district",
            "选区",
            lambda row: str(row.district),
            "district__number,number",
            url_of,
            find=Among("district", District.objects.kept),
        ),
        Col("kind", "投票", lambda row: row.get_kind_display(), "kind,district__number,number", find="kind"),
        Col("held_on", "投票日期", lambda row: row.held_on, "held_on,district__number,number", find="held_on"),
        Col("seats", "应选", lambda row: row.seats, "seats,district__number,number", numeric=True),
        Col("elected", "当选", lambda row: row.elected, "elected,district__number,number", numeric=True),
        Col("state", "状态", lambda row: Badge(*state_of(row)), "confirmed_by,asked_by,closed", find=Said(STATES)),
        Col("declared_on", "宣布日期", lambda row: row.declared_on, "declared_on", find="declared_on"),
        Col("paper", "宣布的文件", lambda row: row.paper, "paper", find="paper", screen=False),
    ],
    default="district",
    days="held_on",
    filters=[by_field("kind", "投票", Round.Kind.choices)],
    search_hint="选区、状态、日期",
    empty=("还没有安排投票", "选票付印以后，一次为全部选区安排；各选区用自己的选举日。"),
    empty_icon="check-circle",
)

LEDGER = Listing(
    title="票账",
    name="ledger",
    columns=[
        Col(
            "whose",
            "投票站、流动票箱",
            lambda row: str(row.whose),
            "place__name,mobile__number",
            url_of,
            find=("place__name", Among("mobile", named_boxes)),
        ),
        Col("received", "领取选票", lambda row: row.received, "received", numeric=True),
        Col("in_person", "本人领票", lambda row: row.in_person, "in_person", numeric=True),
        Col("by_proxy", "受委托领票", lambda row: row.by_proxy, "by_proxy", numeric=True),
        Col("replaced", "换发作废", lambda row: row.replaced, "replaced", numeric=True),
        Col("left_over", "剩余选票", lambda row: row.left_over, "left_over", numeric=True),
        Col("note", "差数的原因", lambda row: row.note, "note", find="note"),
    ],
    default="whose",
    search_hint="投票站、流动票箱",
    empty=("还没有登记票账", "投票结束以后，照各处的领票登记册和剩余选票登记；每处一行。"),
    empty_icon="journal-text",
)
