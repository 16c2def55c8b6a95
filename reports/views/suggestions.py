"""The suggestions of a county's townships one by one: those whose reply is overdue, and those under way."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from congress import clock
from congress.law.finding import Citation
from congress.web.addresses import page_at
from congress.web.pages import county_view
from congress.web.table import Badge, Choices, Col, Filter, Listing, by_field, show
from congress.wording import deadline
from congress.work import deadlines
from proposals.listings.suggestions import kept_badge
from proposals.models import SuggestionSummary
from proposals.queries.summaries import is_late
from proposals.stages import Stage
from reports.permissions import COUNTY
from reports.queries import cockpit
from reports.queries import county as queries

OWED, LATE = "owed", "late"


def open_url(county, **asked: str) -> str:
    """The suggestions under way of which something is so."""
    return f"{page_at('reports-county-open', county.code)}?{urlencode(asked)}"


def _link(row: SuggestionSummary, _) -> str:
    return reverse("proposals-suggestion", args=[row.suggestion.township.code, row.suggestion_id])


def _left(row: SuggestionSummary) -> Badge | str:
    """Days left or overdue while a reply is owed."""
    if not row.owed or row.due_on is None:
        return ""
    spoken = deadline(row.due_on)
    return Badge(spoken.word, spoken.tone)


def _days(row: SuggestionSummary) -> int:
    return (clock.today() - row.due_on).days


def _ground(row) -> Citation | str:
    return Citation(**row.ground) if row.ground else ""


def _grounded(word: str) -> Q:
    return Q(suggestion__in=deadlines.grounded(word).values("subject"))


_NUMBER, _TITLE = "suggestion__number", "suggestion__title"
_WHICH = [
    Col("township", "乡镇", lambda row: str(row.suggestion.township), "township__code", find="township__name"),
    Col("number", "编号", lambda row: row.suggestion.number, _NUMBER, width=12, find=_NUMBER),
    Col("title", "标题", lambda row: row.suggestion.title, _TITLE, url=_link, width=36, find=_TITLE),
]
_DUE = Col("due", "期限", lambda row: row.due_on, "due_on", width=12, find="due_on")
HINT = "乡镇、编号、标题、单位"

OVERDUE = Listing(
    title="逾期未答复的代表建议",
    name="overdue",
    columns=[
        *_WHICH,
        Col("unit", "承办单位", lambda row: "、".join(row.late_units), "units", width=20, find="units"),
        _DUE,
        Col("left", "逾期", _left, "due_on"),
        Col("days", "逾期天数", _days, "-due_on", numeric=True, screen=False),
        Col("cites", "依据", _ground, width=40, sortable=False, find=_grounded),
    ],
    default="due",
    days="due",
    search_hint=HINT,
    empty=("没有逾期未答复的建议", "各乡镇的代表建议都在期限之内。"),
    empty_icon="check-circle",
)


@county_view(COUNTY)
def overdue(request, county):
    """Suggestions whose reply is overdue, in any township or in one."""
    trail = [("各乡镇情况", reverse("reports-county", args=[county.code])), ("逾期未复", "")]
    code, today = request.GET.get("township", ""), clock.today()
    rows = queries.with_lateness(queries.overdue(county.real_townships, today), today)
    rows = rows.filter(township__code=code) if code else rows
    return show(request, county, OVERDUE, rows, context={"breadcrumbs": trail})


def _units() -> Choices:
    rows = cockpit.answering().order_by("called").values("called").distinct()
    return Choices(rows, lambda found: [(row["called"], row["called"]) for row in found])


def _with_unit(**more: bool) -> Callable[[QuerySet, str], QuerySet]:
    """What a unit handles, alone or beside others."""
    return lambda rows, name: rows.filter(
        suggestion__in=cockpit.answering().filter(called=name, **more).values("suggestion")
    )


def _in_state(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(is_late(clock.today())) if value == LATE else rows.filter(owed=True)


def _each_unit(row: SuggestionSummary) -> str:
    """Who answers it; of several, where some have answered, which."""
    owing = set(row.owing_units)
    if not owing or len(owing) == len(row.answering_units):
        return row.units
    return "、".join(f"{name}（{'未' if name in owing else '已'}答复）" for name in row.answering_units)


OPEN = Listing(
    title="在办的代表建议",
    name="county-open",
    columns=[
        *_WHICH,
        Col("units", "承办单位", _each_unit, "units", width=20, find="units"),
        Col("state", "阶段", kept_badge, "rank"),
        _DUE,
        Col("left", "剩余", _left, "due_on"),
    ],
    filters=[
        Filter("state", "答复", lambda: [(OWED, "待答复"), (LATE, "逾期")], _in_state),
        by_field("stage", "阶段", [(stage.value, stage.label) for stage in Stage]),
        Filter("unit", "承办单位", _units, _with_unit()),
        Filter("owing", "未答复的单位", _units, _with_unit(replied=False)),
    ],
    default="due",
    days="due",
    search_hint=HINT,
    empty=("没有在办的建议", "各乡镇没有还没有办结的代表建议。"),
)


@county_view(COUNTY)
def under_way(request, county):
    """The suggestions under way, one by one: what the numbers by unit and by stage are made of."""
    trail = [("承办单位在办", reverse("reports-county-units", args=[county.code])), ("在办建议", "")]
    rows = cockpit.with_owing(cockpit.under_way(county.real_townships))
    return show(request, county, OPEN, rows, context={"breadcrumbs": trail})
