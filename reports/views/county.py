"""The county's pages: townships side by side, and everything overdue. Looked at, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import Http404
from django.urls import reverse

from congress import clock
from congress.figures import Row
from congress.files import download
from congress.models import Township
from congress.spreadsheets.columns import Column
from congress.spreadsheets.write import safe_filename, write_xlsx
from congress.web.addresses import page_at
from congress.web.pages import county_view, done, page
from congress.web.records import url_for
from congress.web.table import XLSX, Col, Listing, plain, show
from reports import tasks
from reports.permissions import COUNTY
from reports.queries import county as queries
from reports.queries.county import Line, Told
from reports.queries.shown import MAIN, SHOWN, THEMES, Theme

OVERDUE_NOW = "overdue"


def _year(request, today) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() else today.year
    return year if year in queries.years(today) else today.year


def in_order(lines: list[Line], wanted: str) -> list[Line]:
    """The lines of the table by a column, as the head that was pressed asks."""
    key = wanted.removeprefix("-")
    if key != OVERDUE_NOW and key not in SHOWN:
        return sorted(lines, key=lambda line: line.township.code, reverse=wanted == "-name")
    return sorted(lines, key=lambda line: (_rank(line, key), line.township.code), reverse=wanted.startswith("-"))


def _rank(line: Line, key: str) -> int:
    return line.overdue if key == OVERDUE_NOW else line.told[key].rank


def _theme(request) -> tuple[str, Theme]:
    name = request.GET.get("theme", MAIN)
    return (name, THEMES[name]) if name in THEMES else (MAIN, THEMES[MAIN])


@county_view(COUNTY)
def overview(request, county):
    """The townships side by side for a year, as they were told last; a POST has them told anew."""
    today = clock.today()
    year, (name, theme) = _year(request, today), _theme(request)
    if request.method == "POST":
        have_told(year, [one.pk for one in county.real_townships])
        return done(request, "已开始重新汇总，完成后页面上的汇总时间会更新，请稍后刷新。", request.get_full_path())
    found, total = queries.overview(county, year, today)
    lines = in_order(found, request.GET.get("sort", "name"))
    every = [*lines, total] if total else []
    if request.GET.get("format") == "xlsx":
        return _overview_file(county, year, theme, every)
    if wanted := [line.township.pk for line in found if line.behind or not line.kept]:
        have_told(year, wanted)
    context = {
        "year": year,
        "cut_off": queries.cut_off_of(year, today),
        "years": queries.years(today),
        "theme": name,
        "themes": [(key, one.title) for key, one in THEMES.items()],
        "columns": [*theme.columns.items(), (OVERDUE_NOW, "逾期")],
        "lines": [cells(county, year, line, theme) for line in every],
        "total": total,
        "old": [line for line in found if line.behind],
        "heads": heads(county, year, total),
        "defined": [(label, total.told[key].figure.definition) for key, label in theme.columns.items() if total],
        "overdue": total.overdue if total else 0,
        "overdue_url": overdue_url(county),
    }
    return page(request, "reports/county.html", context, fragment="reports/_county.html")


def have_told(year: int, townships: Iterable[int]) -> None:
    """Ask a worker to tell them anew; that it is away keeps nobody from reading what there is."""
    only = list(townships)
    transaction.on_commit(lambda: tasks.take_figures.delay(year, only), robust=True)


# What stands above the table: a figure, and the share told beside it.
HEADS = (
    ("receptions.people", ""),
    ("receptions.matters", "receptions.resolved_rate"),
    ("suggestions.submitted", "suggestions.on_time_rate"),
)


def heads(county, year: int, total: Line | None) -> list[dict]:
    """The numbers of all townships that are read first."""
    return [_head(county, year, total, *head) for head in HEADS] if total else []


def _head(county, year: int, total: Line, key: str, share: str) -> dict:
    told, beside = total.told[key], total.told.get(share)
    note = f"{beside.figure.label} {beside.shown}" if beside else ""
    url = figure_url(county, year, total.township, told)
    return {"label": told.figure.label, "value": told.value, "unit": told.figure.unit, "note": note, "url": url}


def overdue_url(county, township=None) -> str:
    """The replies that are overdue, of all townships or of one."""
    url = page_at("reports-county-overdue", county.code)
    return f"{url}?township={township.code}" if township else url


def figure_url(county, year: int, township: Township | None, told: Told) -> str:
    """The rows a number is made of; empty where it is made of none, or is not told."""
    behind = told.value if told.denominator is None else told.denominator
    if not (told.opens and behind):
        return ""
    of = f"&township={township.code}" if township else ""
    return f"{page_at('reports-county-figure', county.code, told.figure.key)}?year={year}{of}"


def cells(county, year: int, line: Line, theme: Theme) -> dict:
    """A line as the page shows it: each number with the address of its rows."""
    return {
        "line": line,
        "home": page_at("township_home", line.township.code) if line.township else "",
        "cells": [
            {
                "key": key,
                "told": line.told[key],
                "shown": line.told[key].shown,
                "url": figure_url(county, year, line.township, line.told[key]),
            }
            for key in theme.columns
        ],
        "overdue_url": overdue_url(county, line.township) if line.overdue else "",
    }


def _overview_file(county, year: int, theme: Theme, lines: list[Line]):
    columns = [
        Column("township", "乡镇"),
        *[Column(key, label, width=10) for key, label in theme.columns.items()],
        Column(OVERDUE_NOW, "逾期", width=10),
        Column("taken_at", "汇总时间", width=18),
    ]
    rows = [
        [
            str(line.township or "合计"),
            *(_plain(line.told[key]) for key in theme.columns),
            line.overdue,
            plain(line.taken_at),
        ]
        for line in lines
    ]
    title = f"{year}年各乡镇情况" if theme is THEMES[MAIN] else f"{year}年各乡镇情况（{theme.title}）"
    content = write_xlsx(columns, rows, f"{county}{title}")
    return download(content, name=safe_filename(str(county), title, clock.today()), content_type=XLSX)


def _plain(told: Told) -> int | str:
    return told.shown if told.few or told.denominator is not None else told.value


@county_view(COUNTY)
def figure(request, county, key):
    """The records one number of the overview is made of, of one township or of all."""
    today = clock.today()
    if key not in SHOWN:
        raise Http404
    year, code = _year(request, today), request.GET.get("township", "")
    found, total = queries.overview(county, year, today)
    if total is None:
        raise Http404
    line = next((one for one in found if one.township.code == code), total)
    places = {one.township.pk: one.township for one in found}
    asked = [line.township] if line.township else list(places.values())
    told = queries.behind(asked, key, year, today)
    if told is None or not line.told[key].opens:
        raise Http404  # nobody is counted out of a handful
    title = f"{line.township or ''}{year}年{told.figure.label}"
    listing = _rows_of(title, told.denominator is not None)
    context = {
        "breadcrumbs": [("各乡镇情况", f"{reverse('reports-county', args=[county.code])}?year={year}"), (title, "")],
        "told": told,
        "kept": line if line.told[key].shown != told.shown else None,
        "kept_told": line.told[key],
    }
    rows = [Counted(row, places[row.township]) for row in told.rows]
    return show(request, county, listing, rows, context=context, template="reports/county_figure.html")


@dataclass(frozen=True)
class Counted:
    """A record that counts in a township's figure."""

    row: Row
    township: Township


def _rows_of(title: str, share: bool) -> Listing:
    columns = [
        Col("township", "乡镇", lambda one: str(one.township), by=lambda one: one.township.code),
        Col(
            "label",
            "记录",
            lambda one: one.row.label,
            url=lambda one, _: url_for(*one.row.page, one.township),
            width=40,
            by=lambda one: one.row.label,
        ),
        Col("on", "日期", lambda one: one.row.on, width=12, by=lambda one: one.row.on or date.min),
        Col("value", "计数", lambda one: one.row.value, numeric=True, by=lambda one: one.row.value),
    ]
    if share:
        columns.append(Col("whole", "分母", lambda one: one.row.whole, numeric=True, by=lambda one: one.row.whole))
    return Listing(
        title=title,
        name="county-figure",
        columns=columns,
        default="township",
        search_hint="乡镇、记录、日期",
        empty=("没有记录", "这一数据没有所据的记录。"),
    )
