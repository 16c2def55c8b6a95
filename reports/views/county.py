"""The county's pages: townships side by side, and everything overdue. Looked at, never changed."""

from django.urls import reverse

from congress import clock
from congress.files import download
from congress.spreadsheets.columns import Column
from congress.spreadsheets.write import safe_filename, write_xlsx
from congress.web.pages import county_view, page
from congress.web.table import XLSX, Badge, Col, Listing, show
from congress.wording import deadline
from reports.permissions import COUNTY
from reports.queries import county as queries

COLUMNS = (
    ("deputies", "代表"),
    ("receptions", "接待"),
    ("people", "人次"),
    ("matters", "意见"),
    ("resolved", "已解决"),
    ("suggestions", "建议"),
    ("waiting", "待交办"),
    ("handling", "办理中"),
    ("replied", "已答复"),
    ("closed", "已办结"),
    ("overdue", "逾期"),
)
YEARS_BACK = 5


def _year(request, today) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() else today.year
    return year if today.year - YEARS_BACK < year <= today.year else today.year


def _sorted(lines, wanted: str):
    key = wanted.removeprefix("-")
    if key == "on_time":
        return sorted(lines, key=_share, reverse=wanted.startswith("-"))
    if key not in dict(COLUMNS):
        return sorted(lines, key=lambda line: line.township.code, reverse=wanted == "-name")
    return sorted(lines, key=lambda line: (getattr(line, key), line.township.code), reverse=wanted.startswith("-"))


def _share(line):
    # Ten-thousandths, so that shares compare as whole numbers; nothing judged yet comes first.
    return (line.in_time * 10000 // line.judged if line.judged else -1, line.township.code)


@county_view(COUNTY)
def overview(request, county):
    """The townships side by side for a year."""
    today = clock.today()
    year = _year(request, today)
    found = queries.overview(county, year, today)
    lines = _sorted(found.lines, request.GET.get("sort", "name"))
    if request.GET.get("format") == "xlsx":
        return _overview_file(county, year, lines, found.total)
    context = {
        "year": year,
        "years": list(range(today.year, today.year - YEARS_BACK, -1)),
        "columns": COLUMNS,
        "lines": [_cells(line) for line in lines],
        "total": _cells(found.total),
        "most": max([line.people for line in lines], default=0),
        "overdue_url": reverse("reports-county-overdue", args=[county.code]),
    }
    return page(request, "reports/county.html", context, fragment="reports/_county.html")


def _cells(line) -> dict:
    return {"line": line, "cells": [(key, label, getattr(line, key)) for key, label in COLUMNS]}


def _overview_file(county, year: int, lines, total):
    columns = [Column("township", "乡镇"), *[Column(key, label, width=10) for key, label in COLUMNS]]
    columns.append(Column("on_time", "按期答复率", width=12))
    rows = [
        [str(line.township) if line.township else "合计", *[getattr(line, key) for key, _ in COLUMNS], line.on_time]
        for line in (*lines, total)
    ]
    title = f"{year}年各乡镇情况"
    content = write_xlsx(columns, rows, f"{county}{title}")
    return download(content, name=safe_filename(str(county), title, clock.today()), content_type=XLSX)


def _overdue_by(late) -> Badge:
    spoken = deadline(late.due.date)
    return Badge(spoken.word, spoken.tone)


OVERDUE = Listing(
    title="逾期未答复的代表建议",
    name="overdue",
    columns=[
        Col(
            "township",
            "乡镇",
            lambda late: str(late.suggestion.township),
            by=lambda late: late.suggestion.township.code,
        ),
        Col("number", "编号", lambda late: late.suggestion.number, width=12, by=lambda late: late.suggestion.number),
        Col(
            "title",
            "标题",
            lambda late: late.suggestion.title,
            url=lambda late, _: reverse(
                "proposals-suggestion", args=[late.suggestion.township.code, late.suggestion.pk]
            ),
            width=36,
            by=lambda late: late.suggestion.title,
        ),
        Col("unit", "主办单位", lambda late: late.unit, width=20, by=lambda late: late.unit),
        Col("due", "期限", lambda late: late.due.date, width=12, by=lambda late: late.due.date),
        Col("left", "逾期", _overdue_by, by=lambda late: late.days),
        Col("days", "逾期天数", lambda late: late.days, numeric=True, screen=False),
        Col("cites", "依据", lambda late: late.due.citation or "", width=40),
    ],
    default="due",
    search_hint="乡镇、编号、标题、单位",
    empty=("没有逾期未答复的建议", "各乡镇的代表建议都在期限之内。"),
    empty_icon="check-circle",
)


@county_view(COUNTY)
def overdue(request, county):
    """Suggestions whose reply is overdue in any township."""
    trail = [("各乡镇情况", reverse("reports-county", args=[county.code])), ("逾期未复", "")]
    return show(request, county, OVERDUE, queries.overdue(county, clock.today()), context={"breadcrumbs": trail})
