"""Recalls as a list."""

from django.db.models import Q

from congress.guard.record import kept
from congress.web.search import Name, Said
from congress.web.table import Badge, Col, Listing
from elections.listings.work import link
from elections.models import Recall
from elections.queries.recalls import RecallFacts
from elections.stages.recalls import RecallStage

_ON = Q(stopped_on=None, result_on=None)
_COUNTS = Q(count__isnull=False) & kept("count")
STATES = {
    RecallStage.STOPPED.label: Q(stopped_on__isnull=False),
    RecallStage.TOLD.label: Q(stopped_on=None, announced_on__isnull=False),
    RecallStage.PASSED.label: Q(stopped_on=None, announced_on=None, passed=True),
    RecallStage.FAILED.label: Q(stopped_on=None, announced_on=None, passed=False),
    RecallStage.COUNTED.label: _ON & _COUNTS & Q(closed="close"),
    RecallStage.COUNTING.label: _ON & _COUNTS & ~Q(closed="close"),
    RecallStage.ARRANGED.label: _ON & ~_COUNTS & Q(held_on__isnull=False),
    RecallStage.SENT.label: _ON & Q(sent_on__isnull=False, held_on=None),
    RecallStage.SUBMITTED.label: _ON & Q(submitted_on__isnull=False, sent_on=None),
    RecallStage.SIGNING.label: _ON & Q(submitted_on=None),
}


def _state(row: Recall) -> Badge:
    stage = RecallFacts(row).stage
    return Badge(stage.label, stage.tone)


RECALLS = Listing(
    title="罢免代表",
    name="recalls",
    columns=[
        Col(
            "deputy",
            "被提出罢免的代表",
            lambda row: row.mandate.deputy.name,
            "mandate__deputy__stroke_key",
            link,
            find=Name("mandate__deputy__name"),
        ),
        Col(
            "level",
            "级别",
            lambda row: row.mandate.get_level_display(),
            "mandate__level,demanded_on",
            find="mandate__level",
        ),
        Col(
            "district",
            "原选区",
            lambda row: str(row.mandate.district),
            "mandate__district__number",
            find=("mandate__district__number", "mandate__district__name"),
        ),
        Col("demanded_on", "提出日期", lambda row: row.demanded_on, "demanded_on", find="demanded_on"),
        Col("state", "状态", _state, "announced_on,result_on,held_on", find=Said(STATES)),
        Col("held_on", "表决日期", lambda row: row.held_on, "held_on", find="held_on"),
        Col("voters", "原选区选民", lambda row: row.voters, "voters", numeric=True),
        Col("yes", "赞成", lambda row: row.yes, "yes", numeric=True),
        Col("announced_on", "公告日期", lambda row: row.announced_on, "announced_on", find="announced_on"),
    ],
    default="-demanded_on",
    days="demanded_on",
    search_hint="代表、选区、状态",
    empty=("没有罢免代表的要求", "原选区选民联名提出的，照罢免要求书登记，核对签名后呈报县级人大常委会。"),
)
