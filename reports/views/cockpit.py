"""The county's first page, its years side by side, and the big screen. Looked at, never changed."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from congress import clock, figures
from congress.figures import Figure
from congress.files import download
from congress.models import Township
from congress.permissions import COUNTY_HOME
from congress.spreadsheets.columns import Column
from congress.spreadsheets.write import safe_filename, write_xlsx
from congress.web import todo
from congress.web.addresses import page_at
from congress.web.pages import county_view, page
from congress.web.table import XLSX
from elections.queries.county import works
from reports.permissions import COUNTY
from reports.queries import cockpit, own
from reports.queries import county as queries
from reports.queries.charts import Chart, Point, Series, bars
from reports.queries.cockpit import Years
from reports.queries.county import Line, Told
from reports.queries.shown import MAIN, SHOWN, THEMES, to_choose
from reports.views.county import cells, figure_url, have_told, heads, in_order, overdue_url

# What is drawn over the years on the first page; the months are of what is asked about most.
TRENDS = ("receptions.people", "receptions.resolved_rate", "suggestions.on_time_rate", "suggestions.final_good_rate")
MONTHS = ("receptions.count", "receptions.matters", "suggestions.submitted")
MOST_SPOKEN_OF = 8
REFRESHED = 60  # seconds between two looks of the big screen
NAMED = 3  # townships that are named where a year was recorded in part; more are counted
CHOSEN = 6  # lines in one chart that are still told apart


@county_view(COUNTY_HOME)
def home(request, county):
    """What a leader sees first: the numbers of the year, what needs attention and why, how it went over the years."""
    context = _now(county, tell=True)
    context |= {
        "todos": todo.waiting_for(request.standing),
        "rehearsals": county.rehearsing,
        "elections": works(context["townships"], clock.today()),
    }
    lines = in_order(context["every"], request.GET.get("sort", "name"))
    context["lines"] = [
        cells(county, context["year"], line, THEMES[MAIN]) for line in [*lines, *filter(None, [context["total"]])]
    ]
    return page(request, "reports/cockpit.html", context)


def _now(county_, *, tell: bool) -> dict:
    """What the first page and the big screen tell alike; `tell` has told anew what is behind, beside the page. The screen,
    which asks every minute, leaves that to the clock."""
    today = clock.today()
    townships = county_.real_townships
    told = cockpit.over_years(townships, today, TRENDS)
    over = cockpit.over(today)
    lines, total = queries.side_by_side(townships, today.year, today, told.of_year(today.year), over.replies)
    for year, wanted in told.to_tell(today).items() if tell else ():
        have_told(year, wanted)
    red = cockpit.attention(lines, over.missed)
    alerts = own.fired(own.rules(county_), lines, today)
    return {
        "year": today.year,
        "alerts": [(one, figure_url(county_, today.year, one.township, one.told)) for one in alerts],
        "total": total,
        "townships": townships,
        "old": [line for line in lines if line.behind],
        "heads": heads(county_, today.year, total),
        "overdue": total.overdue if total else 0,
        "overdue_url": overdue_url(county_),
        "columns": [*THEMES[MAIN].columns.items(), ("overdue", "逾期")],
        "every": lines,
        "red": [(one.township, [(each.words, _at(county_, each)) for each in one.reasons]) for one in red],
        "charts": _charts(county_, told, total) if total else [],
    }


def _at(county_, reason: cockpit.Reason) -> str:
    url = page_at(reason.page, county_.code)
    return f"{url}?{urlencode(reason.asked)}" if reason.asked else url


def _charts(county_, told: Years, total: Line) -> list[Chart]:
    labels = {key: one.figure.label for key, one in total.told.items()}
    over_years = [
        Chart(
            f"{labels[key]}（各年）",
            "line",
            [f"{year}年" for year in told.shown],
            [_together(county_, told, key, labels[key])],
            _unit(total.told[key].figure),
            _in_part(told, key, told.townships),
        )
        for key in TRENDS
    ]
    year, month = told.shown[-1], clock.today().month
    by_month = [
        Series(labels[key], [Point(number, str(number)) for number in numbers[:month]])
        for key in MONTHS
        if (numbers := told.months(year, key))
    ]
    return [
        *over_years,
        Chart(
            f"{year}年各月",
            "line",
            [f"{one}月" for one in range(1, month + 1)],
            by_month,
            note="按接待、提出的日期计。",
        ),
        bars(f"{year}年选民反映的方面", _spoken_of(told, year), unit="条"),
    ]


def _spoken_of(told: Years, year: int) -> list[tuple[str, int, str]]:
    """What voters spoke of most, and the rest as one bar: the bars add up to what the page says was collected."""
    every = told.categories(year)
    rest = every[MOST_SPOKEN_OF:] if len(every) > MOST_SPOKEN_OF + 1 else []
    most = every[:MOST_SPOKEN_OF] if rest else every
    folded = [(f"另外{len(rest)}类", sum(number for _, number in rest))] if rest else []
    return [(*one, "") for one in (*most, *folded)]


def _unit(figure: Figure) -> str:
    return figure.suffix or "%"


def _together(county_, told: Years, key: str, name: str) -> Series:
    url = f"{page_at('reports-county-years', county_.code)}?figure={key}"
    return Series(name, [_point(county_, year, None, told.together(year, key)) for year in told.shown], url)


def _of_one(county_, told: Years, key: str, township: Township) -> Series:
    points = [
        _point(county_, year, township, told.of(year, township, key), told.begun(year, township, key))
        for year in told.shown
    ]
    return Series(township.name, points, page_at("township_home", township.code))


def _point(county_, year: int, township: Township | None, one: Told | None, begun: date | None = None) -> Point:
    note = f"{_since(begun)}才有记录" if begun else ""
    return Point.of(one, figure_url(county_, year, township, one) if one else "", note)


def _in_part(told: Years, key: str, townships: Sequence[Township]) -> str:
    """Which years of these townships were recorded in part; empty where none was."""
    found = {year: [(town, day) for town in townships if (day := told.begun(year, town, key))] for year in told.shown}
    said = [f"{year}年{_begun(begun)}" for year, begun in found.items() if begun]
    return f"{'；'.join(said)}，不宜同其他年份比较。" if said else ""


def _begun(begun: Sequence[tuple[Township, date]]) -> str:
    if len(begun) > NAMED:
        return f"有{len(begun)}个乡镇年内才开始有记录"
    return f"{'、'.join(f'{town.name}{_since(day)}' for town, day in begun)}才有记录"


def _since(day: date) -> str:
    return f"{day.month}月{day.day}日起"


@county_view(COUNTY)
def screen(request, county):
    """The same for a large screen on the wall: refreshed without reloading; what is shown says of when it is."""
    context = _now(county, tell=False) | {"at": clock.now(), "every_seconds": REFRESHED}
    return page(request, "reports/county_screen.html", context, fragment="reports/_county_screen.html")


@county_view(COUNTY)
def years(request, county):
    """One figure of the townships over the years: a table of all of them, drawn for all together or for those chosen."""
    asked = request.GET.get("figure", "")
    figure = figures.registered()[asked if asked in SHOWN else TRENDS[0]]
    townships = county.real_townships
    told = cockpit.over_years(townships, clock.today(), [figure.key])
    for year, wanted in told.to_tell(clock.today()).items():
        have_told(year, wanted)
    codes = request.GET.getlist("township")
    chosen = [town for town in townships if town.code in codes][:CHOSEN]
    whole = [_together(county, told, figure.key, "合计")] if townships else []
    lines = [_of_one(county, told, figure.key, town) for town in townships]
    if request.GET.get("format") == "xlsx":
        return _years_file(county, figure, told.shown, [*lines, *whole])
    drawn = [line for town, line in zip(townships, lines, strict=True) if town in chosen] or whole
    labels = [f"{year}年" for year in told.shown]
    partly = _in_part(told, figure.key, chosen or townships)
    context = {
        "figure": figure,
        "figures": to_choose(),
        "chosen": [(town, town in chosen) for town in townships],
        "most": CHOSEN,
        "chart": Chart(f"{figure.label}（各年）", "line", labels, drawn, _unit(figure), partly),
        "labels": labels,
        "rows": [*lines, *whole],
        "breadcrumbs": [("各年", "")],
    }
    return page(request, "reports/county_years.html", context)


def _years_file(county_, figure: Figure, shown, rows: list[Series]):
    of_years = [Column(str(year), f"{year}年", width=12) for year in shown]
    columns = [Column("township", "乡镇"), *of_years, Column("note", "说明", width=30)]
    lines = [[one.name, *(_written(point) for point in one.points), _notes(one, shown)] for one in rows]
    content = write_xlsx(columns, lines, f"{county_}{figure.label}")
    name = safe_filename(str(county_), f"{figure.label}（各年）", clock.today())
    return download(content, name=name, content_type=XLSX)


def _notes(one: Series, shown: Sequence[int]) -> str:
    return "；".join(f"{year}年{point.note}" for year, point in zip(shown, one.points, strict=True) if point.note)


def _written(point: Point) -> int | str:
    return int(point.shown) if point.shown.isascii() and point.shown.isdigit() else point.shown
