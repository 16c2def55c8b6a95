"""One way to show a list: searched, filtered, sorted, paged, taken along as xlsx or csv, printed.

    ROSTER = Listing(
        title="代表花名册", name="deputies",
        columns=[Col("name", "姓名", order="stroke_key", url=lambda row, town: …), Col("gender", "性别", …)],
        search=search_deputies, filters=[Filter("group", "代表小组", choices_of_groups)], default="name",
        empty=("还没有代表", "可以从 Excel 导入花名册。"),
    )
    return show(request, township, ROSTER, Deputy.objects.all(), actions=[("新增", url)])

The same columns are on the screen, on paper and in the workbook; what is masked on the screen is masked there too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet

from congress import clock
from congress.files import download
from congress.spreadsheets.columns import Column
from congress.spreadsheets.write import safe_filename, write_csv, write_xlsx
from congress.web.pages import page

PAGE_SIZE = 50
SHORT = 12  # characters of a column that is never broken
FILTERS_SHOWN = 2  # the rest opens on a tap, or the rows of a long list would begin below the fold
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Badge:
    """A cell that is a state: shown with icon and tone, exported as its word."""

    word: str
    tone: str = "neutral"

    def __str__(self):
        return self.word


@dataclass(frozen=True)
class Col:
    """A column: `value(row)` gives text, number, date or Badge; `order` names what the database sorts by (may start with
    another field for ties, comma separated); `url(row, place)` makes the cell a link."""

    key: str
    label: str
    value: Callable[[Any], Any]
    order: str = ""
    url: Callable[[Any, Any], str] | None = None
    numeric: bool = False
    width: int = 14
    screen: bool = True  # False: only in the exported table


@dataclass(frozen=True)
class Filter:
    """A filter by one parameter: `choices()` gives (value, label); `apply(queryset, value)` narrows by one of the values.
    Anything else an address may hold is ignored before it gets there."""

    param: str
    label: str
    choices: Callable[[], Iterable[tuple[str, str]]]
    apply: Callable[[QuerySet, str], QuerySet]


def by_field(param: str, label: str, choices, lookup: str = "") -> Filter:
    """A filter by equality of a field."""

    def options():
        return choices() if callable(choices) else choices

    return Filter(param, label, options, lambda queryset, value: queryset.filter(**{lookup or param: value}))


@dataclass(frozen=True)
class Listing:
    """What a list is; see the module."""

    title: str
    name: str
    columns: Sequence[Col]
    default: str
    search: Callable[[QuerySet, str], QuerySet] | Sequence[str] = ()
    search_hint: str = ""
    filters: Sequence[Filter] = ()
    empty: tuple[str, str] = ("还没有记录", "")
    empty_icon: str = "inbox"
    _by_key: dict[str, Col] = field(default_factory=dict)

    def __post_init__(self):
        self._by_key.update({column.key: column for column in self.columns})

    def ordering(self, wanted: str) -> list[str]:
        """The database's ordering for a `sort` parameter; the default's when it names no sortable column."""
        key = wanted.removeprefix("-")
        column = self._by_key.get(key)
        if column is None or not column.order:
            wanted = self.default
            column = self._by_key[wanted.removeprefix("-")]
        sign = "-" if wanted.startswith("-") else ""
        first, *rest = [part.strip() for part in column.order.split(",")]
        turned = first.removeprefix("-") if sign and first.startswith("-") else sign + first
        return [turned, *rest, "pk"]

    def found(self, queryset: QuerySet, text: str) -> QuerySet:
        """The rows that match the search box: a function of the app, or fields that contain the text."""
        if callable(self.search):
            return self.search(queryset, text)
        wanted = Q()
        for name in self.search:
            wanted |= Q(**{f"{name}__icontains": text})
        return queryset.filter(wanted)


def narrowed(request, listing: Listing, queryset: QuerySet, options: dict[str, list]) -> QuerySet:
    """Searched, filtered (by what is among the options of each filter) and sorted as the address says."""
    text = request.GET.get("q", "").strip()[:60]
    if text and listing.search:
        queryset = listing.found(queryset, text)
    for each in listing.filters:
        value = request.GET.get(each.param, "")
        if value in {str(option) for option, _ in options[each.param]}:
            queryset = each.apply(queryset, value)
    return queryset.order_by(*listing.ordering(request.GET.get("sort", "")))


def show(request, place, listing: Listing, queryset: QuerySet, *, actions=(), context: dict | None = None, template=""):
    """The page of a list, its rows alone for htmx, or (?format=xlsx|csv) the whole table as a file.

    `actions` are (label, url, icon) of the page's head; `template` replaces lists/list.html (extend it).
    """
    options = {each.param: list(each.choices()) for each in listing.filters}
    rows = narrowed(request, listing, queryset, options)
    form = request.GET.get("format", "")
    if form in ("xlsx", "csv"):
        return _file(place, listing, rows, form)
    current = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = [column for column in listing.columns if column.screen]
    lines = [[_cell(column, row, place) for column in shown] for row in current]
    filters = [{"param": each.param, "label": each.label, "choices": options[each.param]} for each in listing.filters]
    folded = listing.filters[FILTERS_SHOWN:]
    narrowed_by = any(request.GET.get(name) for name in ("q", *[each.param for each in listing.filters]))
    values = {
        "listing": listing,
        "columns": shown,
        "lines": lines,
        "page": current,
        "filters": filters[:FILTERS_SHOWN],
        "folded_filters": filters[FILTERS_SHOWN:],
        "folded_open": any(request.GET.get(each.param) for each in folded),
        "narrowed": narrowed_by,
        "actions": [(*action, "")[:3] for action in actions],
        "xlsx": f"{request.path}?format=xlsx",
        **(context or {}),
    }
    return page(request, template or "lists/list.html", values, fragment="lists/_rows.html")


def _cell(column: Col, row: Any, place) -> dict:
    value = column.value(row)
    return {
        "column": column,
        "value": _on_screen(value),
        "badge": isinstance(value, Badge),
        "url": column.url(row, place) if column.url else "",
        # Numbers of documents and days are read at a glance only on one line.
        "short": column.width <= SHORT or isinstance(value, date),
    }


def _on_screen(value: Any) -> Any:
    """Days in the short form of lists, 2026-03-01; everything else as it is."""
    if isinstance(value, datetime):
        return _plain(value)
    return value.isoformat() if isinstance(value, date) else value


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return value if isinstance(value, int | float | date) and not isinstance(value, bool) else str(value)


def _file(place, listing: Listing, rows: QuerySet, form: str):
    columns = [Column(column.key, column.label, width=column.width) for column in listing.columns]
    table = ([_plain(column.value(row)) for column in listing.columns] for row in rows.iterator(chunk_size=1000))
    name = safe_filename(str(place), listing.title, clock.today(), form)
    if form == "csv":
        return download(write_csv(columns, table), name=name, content_type="text/csv; charset=utf-8")
    return download(write_xlsx(columns, table, f"{place}{listing.title}"), name=name, content_type=XLSX)
