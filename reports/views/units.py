"""The suggestions under way over all townships, by who handles them and by stage."""

from collections.abc import Callable

from congress import clock
from congress.web.pages import county_view
from congress.web.table import Col, Listing, show
from proposals.stages import Stage
from reports.permissions import COUNTY
from reports.queries import cockpit
from reports.queries.charts import bars
from reports.views.suggestions import LATE, OWED, open_url


def _rows(number: str, name: str = "owing", **more: str) -> Callable[[cockpit.OfUnit, object], str]:
    """The address of the suggestions a number of a unit is made of; of none there is no page."""

    def url(row: cockpit.OfUnit, county) -> str:
        return open_url(county, **{name: row.unit}, **more) if getattr(row, number) else ""

    return url


UNITS = Listing(
    title="承办单位在办建议",
    name="county-units",
    columns=[
        Col("unit", "承办单位", lambda row: row.unit, by=lambda row: row.unit, width=30),
        Col("open", "在办", lambda row: row.open, url=_rows("open", "unit"), numeric=True, by=lambda row: row.open),
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


@county_view(COUNTY)
def units(request, county):
    """What each unit has under way, and at which stages the suggestions stand."""
    townships = county.real_townships
    stages = [(Stage(key).label, number, open_url(county, stage=key)) for key, number in cockpit.by_stage(townships)]
    chart = bars("在办建议各阶段", stages, unit="件")
    rows = cockpit.by_unit(townships, clock.today())
    return show(request, county, UNITS, rows, context={"chart": chart}, template="reports/county_units.html")
