"""The suggestions under way over all townships: by who handles them, by stage, and one by one."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse

from congress import clock
from congress.web.addresses import page_at
from congress.web.pages import county_view
from congress.web.table import Badge, Choices, Col, Filter, Listing, by_field, show
from congress.wording import deadline
from proposals.models import SuggestionSummary
from proposals.stages import Stage
from reports.permissions import COUNTY
from reports.queries import cockpit
from reports.queries.charts import bars
from reports.views.county import suggestion_url

OWED, LATE = "owed", "late"


def _open_url(county, **asked: str) -> str:
    return f"{page_at('reports-county-open', county.code)}?{urlencode(asked)}"


def _rows(number: str, **more: str) -> Callable[[cockpit.OfUnit, object], str]:
    """The address of the suggestions a number of a unit is made of; of none there is no page."""

    def url(row: cockpit.OfUnit, county) -> str:
        return _open_url(county, units=row.units, **more) if getattr(row, number) else ""

    return url


UNITS = Listing(
    title="承办单位在办建议",
    name="county-units",
    columns=[
        Col("units", "承办单位", lambda row: row.units, by=lambda row: row.units, width=30),
        Col("open", "在办", lambda row: row.open, url=_rows("open"), numeric=True, by=lambda row: row.open),
        Col(
            "owed", "待答复", lambda row: row.owed, url=_rows("owed", state=OWED), numeric=True, by=lambda row: row.owed
        ),
        Col("late", "逾期", lambda row: row.late, url=_rows("late", state=LATE), numeric=True, by=lambda row: row.late),
        Col("first_due", "最早期限", lambda row: row.first_due, width=12, by=lambda row: str(row.first_due or "")),
    ],
    default="-late",
    search_hint="承办单位、日期",
    empty=("没有在办的建议", "各乡镇没有已交办、还没有办结的代表建议。"),
)


def _units() -> Choices:
    rows = SuggestionSummary.objects.filter(is_open=True).exclude(units="").order_by("units").values("units").distinct()
    return Choices(rows, lambda found: [(row["units"], row["units"]) for row in found])


def _in_state(rows, value: str):
    owed = rows.filter(owed=True)
    return owed.filter(due_on__lt=clock.today()) if value == LATE else owed


def _left(row: SuggestionSummary) -> Badge | str:
    if not row.owed or row.due_on is None:
        return ""
    spoken = deadline(row.due_on)
    return Badge(spoken.word, spoken.tone)


def _stage(row: SuggestionSummary) -> Badge:
    stage = Stage(row.stage)
    return Badge(stage.label, stage.tone)


_NUMBER, _TITLE = "suggestion__number", "suggestion__title"
OPEN = Listing(
    title="在办的代表建议",
    name="county-open",
    columns=[
        Col("township", "乡镇", lambda row: str(row.township), "township__code", find="township__name"),
        Col("number", "编号", lambda row: row.suggestion.number, _NUMBER, width=12, find=_NUMBER),
        Col("title", "标题", lambda row: row.suggestion.title, _TITLE, url=suggestion_url, width=36, find=_TITLE),
        Col("units", "承办单位", lambda row: row.units, "units", width=20, find="units"),
        Col("state", "阶段", _stage, "rank"),
        Col("due", "期限", lambda row: row.due_on, "due_on", width=12, find="due_on"),
        Col("left", "剩余", _left, "due_on"),
    ],
    filters=[
        Filter("state", "答复", lambda: [(OWED, "待答复"), (LATE, "逾期")], _in_state),
        by_field("stage", "阶段", [(stage.value, stage.label) for stage in Stage]),
        by_field("units", "承办单位", _units),
    ],
    default="due",
    days="due",
    search_hint="乡镇、编号、标题、单位",
    empty=("没有在办的建议", "各乡镇没有还没有办结的代表建议。"),
)


@county_view(COUNTY)
def units(request, county):
    """What each unit has under way, and at which stages the suggestions stand."""
    townships = county.real_townships
    stages = [(Stage(key).label, number, _open_url(county, stage=key)) for key, number in cockpit.by_stage(townships)]
    chart = bars("在办建议各阶段", stages, unit="件")
    rows = cockpit.by_unit(townships, clock.today())
    return show(request, county, UNITS, rows, context={"chart": chart}, template="reports/county_units.html")


@county_view(COUNTY)
def under_way(request, county):
    """The suggestions under way, one by one: what the numbers by unit and by stage are made of."""
    trail = [("承办单位在办", reverse("reports-county-units", args=[county.code])), ("在办建议", "")]
    rows = cockpit.under_way(county.real_townships)
    return show(request, county, OPEN, rows, context={"breadcrumbs": trail})
