"""Several small questions to the database as one statement: what a page counts and the short lists it chooses from; and
what is counted beside a row."""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Value

from congress.prepared import filled, remembering

COUNTED = 10_000  # what nobody pages through is not counted either


class _Number(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) asked)"
    output_field = IntegerField()


_UP_TO = "(SELECT count(*) FROM (%(subquery)s LIMIT {bound}) asked)"


@dataclass(frozen=True)
class Form:
    """How a query is asked within a statement of several: what stands before and behind it, and what is the answer where it can
    have no rows and is not asked at all."""

    before: str
    behind: str
    nothing: Any


THERE = Form("EXISTS(", ")", False)  # whether it has rows
ONE = Form("(", ")", None)  # the value of its only row and column
COLUMN = Form("ARRAY(", ")", [])  # the values of its only column
_ROWS = Form("(SELECT coalesce(jsonb_agg(to_jsonb(asked)), '[]') FROM (", ") asked)", "[]")


class Fixed:
    """The rows of a query to be counted, put together once for whoever asks the same again."""

    def __init__(self, rows: QuerySet):
        self.query = self
        try:
            self._made = bare(rows).query.sql_with_params()
        except EmptyResultSet:
            self._made = None

    def sql_with_params(self) -> tuple[str, Iterable]:
        """The statement and its values. Raises EmptyResultSet where there can be no rows."""
        if self._made is None:
            raise EmptyResultSet
        return self._made


class Either:
    """The rows of several queries of the same columns, one after the other; without those that can have none."""

    def __init__(self, parts: Iterable):
        self.query = self
        self._parts = parts

    def sql_with_params(self) -> tuple[str, list]:
        """The statement and its values. Raises EmptyResultSet where there can be no rows."""
        asked, given = [], []
        for part in self._parts:
            with suppress(EmptyResultSet):
                statement, values = part.query.sql_with_params()
                asked.append(f"({statement})")
                given += values
        if not asked:
            raise EmptyResultSet
        return " UNION ALL ".join(asked), given

    def read(self) -> list[tuple]:
        """The rows, of several columns as well where the queries have the same."""
        try:
            statement, values = self.sql_with_params()
        except EmptyResultSet:
            return []
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()


def ask(questions: Mapping[Any, tuple[QuerySet, Form]], *, anew: bool = False) -> dict[Any, Any]:
    """What the database says to each of the questions, of which none knows of the others: put together as they are, because to
    annotate one query with forty took longer than to ask it. The server remembers the statement, for which it plans ten times
    as long as it takes to answer; or plans it `anew` where how many rows hold a value decides the plan: words that somebody typed,
    a day before which so many rows of a whole county lie."""
    return _answers(_put_together(questions), {}, _opened(anew))


def _put_together(questions: Mapping[Any, tuple[QuerySet, Form]]) -> tuple[dict, dict, list]:
    nothing = {key: form.nothing for key, (_, form) in questions.items()}
    asked, given = {}, []
    for key, (rows, form) in questions.items():
        with suppress(EmptyResultSet):
            statement, values = (rows.query.exists() if form is THERE else rows.query).sql_with_params()
            asked[key] = f"{form.before}{statement}{form.behind}"
            given += values
    return nothing, asked, given


def _opened(anew: bool) -> Callable:
    return connection.cursor if anew else remembering


def _answers(made: tuple[dict, dict, list], values: Mapping[str, Any], opened: Callable) -> dict[Any, Any]:
    nothing, asked, given = made
    if not asked:
        return nothing
    with opened() as cursor:
        cursor.execute(f"SELECT {', '.join(asked.values())}", filled(given, values))
        return nothing | dict(zip(asked, cursor.fetchone(), strict=True))


def numbers(questions: Mapping[Any, QuerySet | Fixed], most: int = COUNTED, *, anew: bool = False) -> dict[Any, int]:
    """How many rows each of the querysets has; one more than `most` where there are more than that. See `ask`."""
    counted = Form("(SELECT count(*) FROM (", f" LIMIT {most + 1}) asked)", 0)
    asked = {key: rows if isinstance(rows, Fixed) else bare(rows) for key, rows in questions.items()}
    return ask({key: (rows, counted) for key, rows in asked.items()}, anew=anew)


def keys(questions: Mapping[Any, QuerySet], most: int, *, anew: bool = False) -> dict[Any, list[str]]:
    """The keys of each of the querysets (of one column, which holds them), so many at most and in their order; as text, because to
    make a key of each of thousands took longer than to find them. See `ask`."""
    column = Form(COLUMN.before, f" LIMIT {most})::text", "{}")
    found = ask({key: (rows, column) for key, rows in questions.items()}, anew=anew)
    return {key: listed[1:-1].split(",") if len(listed) > len("{}") else [] for key, listed in found.items()}


def up_to(rows: QuerySet, most: int) -> Subquery:
    """What a query is annotated with: how many of these rows there are; one more than `most` where there are more than that."""
    return _Number(bare(rows), template=_UP_TO.format(bound=most + 1))


def said(number: int, most: int = COUNTED) -> str:
    """A number of rows in words; what is more than is counted ends with a plus."""
    return f"{most}+" if number > most else str(number)


def lists(questions: Mapping[Any, QuerySet]) -> dict[Any, list[dict]]:
    """The rows of each of the querysets (of `values()` that JSON can hold; a key comes as text), in their order."""
    return _read(ask(_listed(questions)))


def _listed(questions: Mapping[Any, QuerySet]) -> dict[Any, tuple[QuerySet, Form]]:
    return {key: (rows, _ROWS) for key, rows in questions.items()}


def _read(found: Mapping[Any, str]) -> dict[Any, list[dict]]:
    return {key: json.loads(rows) for key, rows in found.items()}


class Asked:
    """The same questions of every page: put together once, with `prepared.given` values that are said each time. `anew` as in `ask`."""

    def __init__(self, questions: Callable[[], Mapping[Any, tuple[QuerySet, Form]]], *, anew: bool = False):
        self._questions, self._anew = questions, anew

    @cached_property
    def _made(self) -> tuple[dict, dict, list]:
        return _put_together(self._questions())

    def __call__(self, **values) -> dict[Any, Any]:
        """What the database says with these values. Raises KeyError where one is missing."""
        return _answers(self._made, values, _opened(self._anew))


class Lists(Asked):
    """The same of the rows of querysets (see `lists`)."""

    def __init__(self, questions: Callable[[], Mapping[Any, QuerySet]], *, anew: bool = False):
        super().__init__(lambda: _listed(questions()), anew=anew)

    def __call__(self, **values) -> dict[Any, list[dict]]:
        """The rows there are with these values. Raises KeyError where one is missing."""
        return _read(super().__call__(**values))


def number_of(rows: QuerySet, link: str) -> Subquery:
    """What a query is annotated with: how many of these rows lead to its record by `link`. Counted for the rows that are
    read and no others, while an aggregate would join and group the whole of a long list for each of its pages."""
    return _Number(bare(rows.filter(**{link: OuterRef("pk")})))


def bare(rows: QuerySet) -> QuerySet:
    """The rows to be counted, without order and columns, so that an index that knows them all is enough."""
    query = rows.query
    if query.has_select_fields:
        return rows.order_by()
    if query.distinct or query.group_by is not None:
        return rows.order_by().values("pk")
    return rows.order_by().annotate(counted=Value(1)).values("counted")
