"""One way to show a list: searched, filtered, sorted, paged, taken along as xlsx or csv, printed.

    ROSTER = Listing(
        title="代表花名册", name="deputies",
        columns=[
            Col("name", "姓名", lambda d: d.name, "stroke_key", url=lambda row, town: …, find=Name("name")),
            Col("age", "年龄", age, by=age),
        ],
        filters=[Filter("group", "代表小组", choices_of_groups)], default="name", hint="姓名、拼音或首字母",
        days="elected_on",
        empty=("还没有代表", "可以从 Excel 导入花名册。"),
    )
    return show(request, township, ROSTER, Deputy.objects.all(), actions=[("新增", url)])

The same columns are on the screen, on paper and in the workbook; what is masked on the screen is masked there too. The
rows are a queryset, or a list of lines that are no rows of the database: its columns are sorted `by` their values alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.db.models.expressions import OrderBy
from django.shortcuts import redirect

from congress import clock, together
from congress.files import download
from congress.law.finding import Citation
from congress.models import Township
from congress.people.scrub import find_personal
from congress.permissions import Standing
from congress.spreadsheets.columns import Column
from congress.spreadsheets.write import safe_filename, write_csv, write_xlsx
from congress.web.columns import view_of
from congress.web.days import Days, asked
from congress.web.offered import offered
from congress.web.pages import page
from congress.web.paging import Pages
from congress.web.search import Find, Looked, Name, Tables, found, look
from congress.web.search_names import nearest_first
from congress.web.search_words import NUMBERS_NOT, in_text, problem
from congress.web.several import TICKED, Several

PAGE_SIZE = 50
FILTERS_SHOWN = 3  # the rest opens on a tap, or the rows of a long list would begin below the fold
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Badge:
    """A cell that is a state: shown with icon and tone, exported as its word."""

    word: str
    tone: str = "neutral"

    def __str__(self):
        return self.word


@dataclass(
    frozen=True, eq=False
)  # each is itself: compared by all it holds, choosing among thirty took a tenth of a page
class Col:
    """A column: `value(row)` gives text, number, date, Badge or Citation; `order` names what the database sorts by (ties
    by further fields, comma separated), `by(row)` is what is compared where the database cannot, in its absence what is
    shown; `url(row, place)` makes the cell a link; `find` says where the words stand that the search box finds here (see
    `search`); what is `deep` is told from rows that the list `reads` beside its own only where such a column is shown."""

    key: str
    label: str
    value: Callable[[Any], Any]
    order: str | OrderBy = ""
    url: Callable[[Any, Any], str] | None = None
    numeric: bool = False
    width: int = 14
    screen: bool = True  # False: only in the exported table, unless the user wants to see it
    offered: bool = True  # False: in the exported table or nowhere, whatever the user wants
    find: Find | tuple[Find, ...] = ()
    by: Callable[[Any], Any] | None = None
    sortable: bool = True  # by order, by `by`, or else by what it shows
    deep: bool = False
    facts: str = ""  # the same as `order`, where that names what is derived beside the rows and stands in an index for all of them

    def rank(self, row: Any) -> Any:
        """What is compared of a row where the database does not: `by`, or else what is shown, nothing after something."""
        if self.by:
            return self.by(row)
        shown = plain(self.value(row))
        number = shown if isinstance(shown, int | float) else 0
        return (shown == "", number, "" if number else str(shown))

    @property
    def finds(self) -> tuple[Find, ...]:
        """The places of its words."""
        return self.find if isinstance(self.find, tuple) else (self.find,)


@dataclass(frozen=True)
class Choices:
    """Choices that are read: `tell` makes (value, label) of the rows of a short queryset of `values()`; all of a page are read
    in one statement."""

    rows: QuerySet
    tell: Callable[[list[dict]], Iterable[tuple]]


@dataclass(frozen=True)
class Filter:
    """A filter by one parameter: `choices()` gives (value, label), perhaps with a count, or `Choices`; `apply(rows, value)`
    narrows by one of the values.
    Anything else an address may hold is ignored before it gets there."""

    param: str
    label: str
    choices: Callable[[], Iterable[tuple] | Choices]
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
    search: Sequence[Find] = ()  # beside what the columns find
    search_hint: str = ""
    filters: Sequence[Filter] = ()
    orders: Mapping[str, str] = field(default_factory=dict)  # further ones, beside those of the columns
    empty: tuple[str, str] = ("还没有记录", "")
    empty_icon: str = "inbox"
    reads: Callable[[QuerySet], QuerySet] = lambda rows: rows  # with what its deep columns show
    days: str = ""  # the column by whose days, from and until, the list is narrowed; its order is the field of the days
    _by_key: dict[str, Col] = field(default_factory=dict)

    def __post_init__(self):
        self._by_key.update({key: Col(key, "", str, order) for key, order in self.orders.items()})
        self._by_key.update({column.key: column for column in self.columns})

    @cached_property
    def finds(self) -> list[Find]:
        """Everything the search box looks through."""
        return list(dict.fromkeys([*(find for column in self.columns for find in column.finds), *self.search]))

    def sorting(self, wanted: str) -> tuple[Col, bool]:
        """Column and direction (True: downwards) of a `sort` parameter; the default's when it names no sortable column."""
        column = self._by_key.get(wanted.removeprefix("-"))
        if column is None or not column.sortable:
            wanted = self.default
            column = self._by_key[wanted.removeprefix("-")]
        return column, wanted.startswith("-")

    @property
    def label_of_days(self) -> str:
        """What the days are called, by which the list is narrowed."""
        return self._by_key[self.days].label

    @property
    def path_of_days(self) -> str:
        """The field by whose days the list is narrowed."""
        return str(self._by_key[self.days].order).split(",")[0].lstrip("-")

    def ordering(self, wanted: str, usual: Sequence[str] = (), *, few: bool = False) -> list[str]:
        """The database's ordering for a `sort` parameter; by the key alone where `sorted` has to compare the rows. Where they are
        `few` no index is read, and what is derived need not be joined to them all.

        What no index is sorted by (levels, kinds) parts few from many: rows of equal rank then stand in their `usual` order.
        """
        column, downwards = self.sorting(wanted)
        if not column.order:
            return ["pk"]
        if not isinstance(column.order, str):
            # Turned round in place, and shared by every list there is: a copy.
            return [copy(column.order).reverse_ordering() if downwards else column.order, *usual, "pk"]
        sign = "-" if downwards else ""
        order = (few and column.facts) or column.order
        first, *rest = [part.strip() for part in order.split(",")]
        turned = first.removeprefix("-") if sign and first.startswith("-") else sign + first
        return [turned, *rest, "pk"]

    def arranged(self, rows: QuerySet | list, wanted: str, *, few: bool = False) -> QuerySet | list:
        """The rows in the order of a `sort` parameter; rows of equal rank in the order of their keys."""
        column, downwards = self.sorting(wanted)
        if isinstance(rows, QuerySet):
            rows = rows.order_by(*self.ordering(wanted, rows.model._meta.ordering, few=few))
            rows = rows if column.order else self.read_for([column], rows)
        return rows if column.order else sorted(rows, key=column.rank, reverse=downwards)

    def read_for(self, columns: Iterable[Col], rows: QuerySet | list) -> QuerySet | list:
        """The rows with all that these columns show."""
        deep = isinstance(rows, QuerySet) and any(column.deep for column in columns)
        return self.reads(rows) if deep else rows

    def found(
        self, rows: QuerySet | list, text: str, tables: Tables | None = None, looked: Looked | None = None
    ) -> QuerySet | list:
        """The rows in which every word of the text stands somewhere; see `search.found`."""
        if isinstance(rows, QuerySet):
            return found(rows, self.finds, text, tables, looked)
        cells = [column.value for column in self.columns]
        return [row for row in rows if in_text(" ".join(str(plain(value(row))) for value in cells), text)]

    def nearest(self, rows: QuerySet, text: str) -> QuerySet:
        """Where the list's default order is that of names: those nearest to the text first."""
        column = self._by_key[self.default.removeprefix("-")]
        names = [find for find in column.finds if isinstance(find, Name)]
        return rows.order_by(nearest_first(text, names[0].path), *self.ordering("")) if names else rows


def options_of(listing: Listing) -> dict[str, list[tuple]]:
    """What each filter of a list offers, by its parameter; what is read is read in one statement."""
    given = {each.param: each.choices() for each in listing.filters}
    read = {param: one for param, one in given.items() if isinstance(one, Choices)}
    found = together.lists({param: one.rows for param, one in read.items()})
    return {param: list(read[param].tell(found[param]) if param in read else one) for param, one in given.items()}


def narrowed(
    request, listing: Listing, rows: QuerySet | list, options: dict[str, list]
) -> tuple[QuerySet | list, bool]:
    """Searched, filtered (by what is among the options of each filter) and sorted as the address says; and whether a search
    leaves few."""
    text, wanted, few = request.GET.get("q", ""), request.GET.get("sort", ""), False
    if text.strip() and isinstance(rows, QuerySet):
        tables = Tables()
        looked = look(rows.model, listing.finds, text, tables)
        rows, few = listing.found(rows, text, tables, looked), looked.few
    elif text.strip():
        rows = listing.found(rows, text)
    if listing.days:
        rows = asked(request.GET).of(rows, listing.path_of_days)
    for each in listing.filters:
        value = request.GET.get(each.param, "")
        if value in {str(option) for option, *_ in options[each.param]}:
            rows = each.apply(rows, value)
    rows = listing.arranged(rows, wanted, few=few)
    if text.strip() and not wanted and isinstance(rows, QuerySet):
        rows = listing.nearest(rows, text)
    return rows, few


def show(
    request,
    place,
    listing: Listing,
    rows: QuerySet | list,
    *,
    actions=(),
    context: dict | None = None,
    template="",
    several: Several | None = None,
):
    """The page of a list, its rows alone for htmx, or (?format=xlsx|csv) the whole table as a file.

    `actions` are (label, url, icon) of the page's head; `template` replaces lists/list.html (extend it); rows can
    be ticked for what `several` offers for many.
    """
    if find_personal(request.GET.get("q", "")):
        messages.warning(request, NUMBERS_NOT)
        return redirect(request.path)  # out of the address as well
    options = options_of(listing)
    every, (rows, few) = rows, narrowed(request, listing, rows, options)
    form = request.GET.get("format", "")
    if form in ("xlsx", "csv"):
        return _file(place, listing, listing.read_for(listing.columns, rows), form)
    view = view_of(request.user, listing)
    whole, town = listing.read_for(view.columns, every), place if isinstance(place, Township) else None
    pages = Pages(listing.read_for(view.columns, rows), PAGE_SIZE, township=town, whole=whole, few=few)
    current = pages.get_page(request.GET.get("page"))
    standing = getattr(request, "standing", None)
    heads = [(column, view.css(column)) for column in view.columns]
    lines = _lines(current, place, heads, standing)
    filters = [_filter(each, options[each.param], request) for each in listing.filters]
    days = asked(request.GET) if listing.days else Days()
    narrowed_by = days or any(request.GET.get(name) for name in ("q", *[each.param for each in listing.filters]))
    values = {
        "listing": listing,
        "view": view,
        "several": several.offered(request.standing) if several else [],
        "all_ticked": request.GET.get(TICKED) == "all",
        "heads": heads,
        "lines": lines,
        "page": current,
        "filters": filters[:FILTERS_SHOWN],
        "folded_filters": filters[FILTERS_SHOWN:],
        "narrowed": narrowed_by,
        "days": {"label": listing.label_of_days, "given": days} if listing.days else None,
        "fault": days.fault or (problem(request.GET["q"]) if request.GET.get("q", "").strip() else ""),
        "actions": [(*action, "")[:3] for action in actions if offered(standing, action[1])],
        "xlsx": f"{request.path}?format=xlsx",
        **(context or {}),
    }
    return page(request, template or "lists/list.html", values, fragment="lists/_rows.html")


def _filter(wanted: Filter, choices: list, request) -> dict:
    value = request.GET.get(wanted.param, "")
    words = [(str(choice), f"{word}（{count[0]}）" if count else word) for choice, word, *count in choices]
    return {
        "param": wanted.param,
        "label": wanted.label,
        "choices": words,
        "value": value if value in dict(words) else "",
    }


def _lines(rows: Iterable, place, heads: Sequence[tuple[Col, str]], standing: Standing | None) -> list[list[dict]]:
    """What the cells of each row tell, by the columns and how they behave where they are narrow."""
    leads = {column.url for column, _ in heads if column.url}  # several lead to one page
    lines = []
    for row in rows:
        urls = {one: offered(standing, one(row, place)) for one in leads}
        key = str(getattr(row, "pk", ""))
        lines.append([_cell(column, row, key, urls.get(column.url, ""), css) for column, css in heads])
    return lines


def _cell(column: Col, row: Any, key: str, url: str, css: str) -> dict:
    value = column.value(row)
    badge, citation = isinstance(value, Badge), isinstance(value, Citation)
    # Numbers of documents and days are read at a glance only on one line.
    css = "cut" if citation else "short" if badge or isinstance(value, date) else css
    return {
        "column": column,
        "key": key,
        "value": _on_screen(value),
        "badge": badge,
        "citation": citation,
        "url": url,
        "css": f"{css} badged" if badge else css,
        "whole": css not in ("short", "num")
        and isinstance(value, str),  # may be cut short: the whole of it on pointing
    }


def _on_screen(value: Any) -> Any:
    """Days in the short form of lists, 2026-03-01; everything else as it is."""
    if isinstance(value, datetime):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


def plain(value: Any) -> Any:
    """A cell as a spreadsheet takes it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    return value if isinstance(value, int | float | date) and not isinstance(value, bool) else str(value)


def _file(place, listing: Listing, rows: QuerySet | list, form: str):
    columns = [Column(column.key, column.label, width=column.width) for column in listing.columns]
    columns.insert(0, Column("no", "序号", width=6))
    lines = rows.iterator(chunk_size=1000) if isinstance(rows, QuerySet) else rows
    table = ([at, *(plain(column.value(row)) for column in listing.columns)] for at, row in enumerate(lines, start=1))
    name = safe_filename(str(place), listing.title, clock.today(), form)
    if form == "csv":
        return download(write_csv(columns, table), name=name, content_type="text/csv; charset=utf-8")
    return download(write_xlsx(columns, table, f"{place}{listing.title}"), name=name, content_type=XLSX)
