"""Search over all: every kind of record that can be found, in one statement, a few of each and how many there are.

A kind is the list it stands in, with the rows a standing may see there and what is told of a row in a line. Apps register
theirs in `found.py`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from django.db.models import CharField, Count, DateField, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, Window
from django.db.models.functions import Cast, Left
from django.urls import reverse
from django.utils.http import urlencode

from congress import together
from congress.permissions import Permission, Standing
from congress.prepared import given
from congress.web import search as searching
from congress.web.orders import path_of_township
from congress.web.per_standing import PerStanding
from congress.web.records import url_for
from congress.web.search import Among, Tables, conditions, looks
from congress.web.search_words import words_of
from congress.web.shapes import Narrowed, Shaped, chained
from congress.web.table import Listing

FEW = 5  # of each kind
MOST = 2_000  # kinds as standings find them, of which each process keeps the statements
TOLD = 300  # characters of a text out of which what was found is shown
_NO_DAY = Cast(Value(None), DateField())


@dataclass(frozen=True, eq=False)
class Kind:
    """What can be found: `listed` is the address of its list, `rows` gives those a standing may see there. What is told of
    a row are paths: `subject`, `number`, `day`, `state` (a choice by its label); `titles` gives the words of a short table
    whose rows have no subject of their own. `opens` is the right to its page where that is another one. `under` leads to the
    record whose list it is, where each has one of its own."""

    label: str
    listed: str
    permission: Permission
    rows: Callable[[Standing], QuerySet]
    listing: Callable[[Standing], Listing]
    subject: str = ""
    number: str = ""
    day: str = ""
    state: str = ""
    titles: Among | None = None
    order: tuple[str, ...] = ()
    opens: Permission | None = None
    under: str = ""
    rank: int = 0


@dataclass(frozen=True)
class Line:
    """A row that was found."""

    where: str  # the township, where several are looked through
    url: str
    number: str
    subject: str
    day: date | None
    state: str


@dataclass(frozen=True)
class Group:
    """What was found of a kind: the first few, how many in all (in words, for what is too many is not counted), and the
    address of all of them ("" where no one list holds them)."""

    label: str
    lines: list[Line]
    total: str
    url: str


_kinds: list[Kind] = []


def register(kind: Kind) -> None:
    """Let a kind be found."""
    _kinds.append(kind)


def kinds() -> list[Kind]:
    """Every kind, what is looked for most often first."""
    return sorted(_kinds, key=lambda kind: kind.rank)


def search(standing: Standing, text: str, townships: Iterable) -> list[Group]:
    """What a standing finds in these townships, which the scope has open, by kind; kinds with nothing are left out."""
    if not words_of(text):
        return []
    tables, places = Tables(), {place.pk: place for place in townships}
    allowed = [_sought(kind, standing) for kind in kinds() if standing.allows(kind.permission)]
    empty = _empty(standing, [one.model for one in allowed])
    asked = {one.kind.rank: one for one in allowed if one.model not in empty}
    lists = {rank: (one.model, one.finds) for rank, one in asked.items()}
    looked = looks(lists, text, tables, {rank: one.keys for rank, one in asked.items()})
    parts = [
        asked[rank].part(standing, conditions(*lists[rank], text, tables, one), few=one.few)
        for rank, one in looked.items()
        if one.keys is None or one.keys
    ]
    found: dict[int, list] = {}
    for row in together.Either(parts).read() if parts else ():
        found.setdefault(row[0], []).append(row)
    return [_group(asked[rank], standing, rows, text, tables, places) for rank, rows in sorted(found.items())]


def _empty(standing: Standing, models: list) -> set:
    """The kinds of which a township has no row at all, as of many that belong to elections: nothing need be put together for
    them. Over several townships none is left out."""
    if standing.township is None:
        return set()
    first = _first(tuple(dict.fromkeys(models)))(township=standing.township.pk)
    return {model for model, there in first.items() if not there}


@cache
def _first(models: tuple) -> together.Asked:
    """Whether a township has a row of each; the order makes the database look into the index and not through the rows of others."""
    rows = {
        model: model._base_manager.filter(township=given("township")).order_by("township_id", "pk") for model in models
    }
    there = {model: found.annotate(there=Value(1)).values("there")[:1] for model, found in rows.items()}
    return together.Asked(lambda: {model: (one, together.ONE) for model, one in there.items()})


class _Sought:
    """A kind as a standing finds it, with its statements, which are put together once: the `keys` of the rows that are found."""

    def __init__(self, kind: Kind, standing: Any):
        order = kind.order or ((f"-{kind.day}",) if kind.day else ())
        self.kind, self.finds = kind, kind.listing(standing).finds
        self.rows = kind.rows(standing)
        self.model = self.rows.model
        self.keys = Shaped(lambda met: chained(self.rows, met).order_by().values("pk"))
        self._sorted = self.rows.order_by(*order, "pk")
        self._few, self._many = (Shaped(partial(self._told, few=few)) for few in (True, False))

    def part(self, standing: Standing, met: list[Q], *, few: bool) -> Narrowed:
        """The first few rows that meet the conditions and how many there are, in columns that are the same for every kind. What
        every word finds in `many` rows is read in the order of the list until there are enough of it, and counted no further
        than that."""
        path = path_of_township(self._sorted) if standing.township and not few else ""
        return (self._few if few else self._many)(*met, *([Q(**{path: standing.township.pk})] if path else ()))

    def _told(self, met: Sequence[Q], *, few: bool) -> QuerySet:
        kind, rows = self.kind, chained(self._sorted, met)
        return rows.annotate(
            _kind=Value(kind.rank),
            _subject=Left(Cast(F(kind.subject), TextField()), TOLD)
            if kind.subject
            else Value("", output_field=TextField()),
            _number=_text(rows.model, kind.number),
            _day=Cast(F(kind.day), DateField()) if kind.day else _NO_DAY,
            _state=_text(rows.model, kind.state),
            _total=Window(Count("*")) if few else together.up_to(rows, searching.MANY),
            _above=_text(rows.model, kind.under),
            _there=Window(Count("*"), partition_by=F(kind.under)) if kind.under else Value(0),
        ).values_list(
            "_kind", "pk", "township_id", "_subject", "_number", "_day", "_state", "_above", "_there", "_total"
        )[:FEW]


# The statements of a kind as a standing finds it.
_sought = PerStanding(_Sought, MOST)


def _text(model: Any, path: str):
    """The text at a path; what is derived beside a record is read for those that are told, and not joined to all that are found."""
    if not path:
        return Value("", output_field=TextField())
    first, _, rest = path.partition("__")
    beside = model._meta.get_field(first)
    if not (beside.one_to_one and beside.auto_created):
        return Cast(F(path), TextField())
    told = beside.related_model._base_manager.filter(**{beside.field.name: OuterRef("pk")})
    return Cast(Subquery(told.values(rest)), TextField())


def _group(one: _Sought, standing: Standing, rows: list, text: str, tables: Tables, places: dict) -> Group:
    kind, model = one.kind, one.model
    titles = {row.pk: kind.titles.text(row) for row in tables.rows(kind.titles)} if kind.titles else {}
    lines = []
    for _, pk, place, subject, number, day, state, *_ in rows:
        opens = kind.opens is None or standing.allows(kind.opens)
        url = url_for(model, pk, places[place]) if opens else ""
        words = titles.get(pk) or _label(model, kind.subject, subject)
        where = "" if standing.township else places[place].name
        lines.append(Line(where, url, number or "", words, day, _label(model, kind.state, state)))
    return Group(kind.label, lines, together.said(rows[0][-1], searching.MANY), _listed(kind, standing, rows[0], text))


def _listed(kind: Kind, standing: Standing, row: tuple, text: str) -> str:
    """The list with all that was found; none over several townships, nor where they stand in the lists of several records."""
    *_, above, there, total = row
    if standing.township is None or (kind.under and there != total):
        return ""
    address = reverse(kind.listed, args=[standing.township.code, *([above] if kind.under else [])])
    return f"{address}?{urlencode({'q': text})}"


def _label(model: Any, path: str, value: str | None) -> str:
    """The word for a choice at a path; any other value as it is."""
    field = None
    for step in path.split("__") if path else ():
        field = model._meta.get_field(step)
        model = field.related_model
    return str(dict(field.flatchoices).get(value, value or "")) if isinstance(field, CharField) else value or ""
