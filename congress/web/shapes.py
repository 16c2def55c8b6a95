"""Queries that are narrowed by what somebody typed, put together once for each shape of the conditions.

What a search asks differs in the words alone: as many of them, of the same kinds, are the same statement with other values.
Django took half of a search to put its statements together; here one is made with marks in place of the values, and kept.
Where a mark stands among the values of the statement tells where the value goes, and whether it is a pattern, in which signs
of its own have to be escaped. Conditions that hold anything whose place cannot be told so are put together as ever.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import count
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Lookup, Model, Q, QuerySet

from congress.guard.words import Holds
from congress.prepared import AnyOf, Gap, given

# Shapes of one query: numbers of words and kinds of words together are few, and who tries others gains nothing.
MOST = 300
_MARK = re.compile("([^\ue000]*)\ue000(\\d+)(\\\\?)%\ue001([^\ue000]*)", re.DOTALL)
_FIRST_KEY = 0xE000 << 112


class Rows:
    """The rows of a table that meet a condition, by one of their fields, as a value of another condition."""

    def __init__(self, model: type[Model], condition: Q, field: str):
        self.model, self.condition, self.field = model, condition, field

    def __repr__(self):
        return f"Rows({self.model.__name__}, {self.condition}, {self.field})"

    def __eq__(self, other):
        return isinstance(other, Rows) and vars(self) == vars(other)

    __hash__ = object.__hash__

    def queryset(self) -> QuerySet:
        """The values of the field in those rows that were not withdrawn."""
        return self.model.objects.kept().filter(self.condition).values(self.field)

    def resolve_expression(self, *args, **kwargs):
        """What Django asks of a value that is a query."""
        return self.queryset().resolve_expression(*args, **kwargs)


class _Unknown(Exception):
    """There is something among the conditions whose place in a statement cannot be told."""


def _taken(one: Any, values: list) -> Hashable:
    """The shape of a condition; its values are added to those there are."""
    if isinstance(one, Q):
        named = (child if isinstance(child, tuple) else ("", child) for child in one.children)
        return one.connector, one.negated, *[(name, _taken(value, values)) for name, value in named]
    if isinstance(one, bool | None):
        return one
    if isinstance(one, str | int | date | UUID):
        values.append(one)
        return type(one)
    if isinstance(one, list | tuple | set):
        return len(one), *[_taken(each, values) for each in one]
    if isinstance(one, Rows):
        return one.model, one.field, _taken(one.condition, values)
    if isinstance(one, Lookup):
        return type(one), one.lhs, _taken(one.rhs, values)
    if isinstance(one, AnyOf | Holds):
        *said, value = one._constructor_args[0]
        values.append(AnyOf.listed(value) if isinstance(one, AnyOf) else value)
        return type(one), *said
    raise _Unknown


def _marked(one: Any, at: Iterator[int]) -> Any:
    """The same condition with marks in place of the values, in the same order."""
    if isinstance(one, Q):
        children = [
            (child[0], _marked(child[1], at)) if isinstance(child, tuple) else _marked(child, at)
            for child in one.children
        ]
        return Q(*children, _connector=one.connector, _negated=one.negated)
    if isinstance(one, bool | None):
        return one
    if isinstance(one, str):
        return f"\ue000{next(at)}%\ue001"
    if isinstance(one, UUID):
        return UUID(int=_FIRST_KEY + next(at))
    if isinstance(one, int | date):
        return given(next(at))
    if isinstance(one, list | tuple | set):
        return [_marked(each, at) for each in one]
    if isinstance(one, Rows):
        return Rows(one.model, _marked(one.condition, at), one.field)
    if isinstance(one, Lookup):
        return type(one)(one.lhs, _marked(one.rhs, at))
    *said, value = one._constructor_args[0]
    return type(one)(*said, given(next(at)) if isinstance(one, AnyOf) else _marked(value, at))


def _place(said: Any) -> tuple[int, Callable[[Any], Any]] | None:
    """Which of the values a value of the statement is made of, and how; None where it is the same whatever they are."""
    if isinstance(said, Gap):
        return said.name, lambda value: value
    if isinstance(said, UUID) and said.int >= _FIRST_KEY:
        return said.int - _FIRST_KEY, lambda value: value
    if not isinstance(said, str) or "\ue000" not in said:
        return None
    mark = _MARK.fullmatch(said)
    if mark is None:
        raise _Unknown
    before, at, escaped, behind = mark.groups()
    if escaped:
        return int(at), lambda value: f"{before}{connection.ops.prep_for_like_query(value)}{behind}"
    return int(at), lambda value: f"{before}{value}{behind}"


def chained(rows: QuerySet, conditions: Iterable[Q]) -> QuerySet:
    """The rows that meet each of the conditions, perhaps by different rows that lead to them."""
    return reduce(QuerySet.filter, conditions, rows)


class Shaped:
    """The query that `rows` makes of conditions, with the statement of each shape of them put together once."""

    def __init__(self, rows: Callable[[Sequence[Q]], QuerySet]):
        self._rows = rows
        self._made: dict[Hashable, Callable[[list], tuple[str, tuple]] | None] = {}

    def __call__(self, *conditions: Q) -> "Narrowed":
        """The query with these conditions, to be asked as one of several (`together`) or alone."""
        return Narrowed(self, conditions)

    def statement(self, conditions: Sequence[Q]) -> tuple[str, Sequence]:
        """The statement and its values. Raises EmptyResultSet where there can be no rows."""
        values: list = []
        try:
            shape = tuple([_taken(one, values) for one in conditions])
            known = shape in self._made
        except (_Unknown, TypeError):  # of what is in no table of ours, or holds what cannot be compared
            return self._rows(conditions).query.sql_with_params()
        if not known:
            if len(self._made) >= MOST:
                self._made.clear()
            self._made[shape] = self._make(conditions, len(values))
        made = self._made.get(shape)
        return made(values) if made else self._rows(conditions).query.sql_with_params()

    def _make(self, conditions: Sequence[Q], number: int) -> Callable[[list], tuple[str, tuple]] | None:
        """What makes the statement of values; None where it has to be put together each time."""
        at = count()
        try:
            statement, said = self._rows([_marked(one, at) for one in conditions]).query.sql_with_params()
            places = [_place(one) for one in said]
        except EmptyResultSet:
            return _nothing
        except _Unknown:
            return None
        if {place[0] for place in places if place} != set(range(number)):
            return None
        fixed = [(one, place) for one, place in zip(said, places, strict=True)]
        return lambda values: (
            statement,
            tuple([one if place is None else place[1](values[place[0]]) for one, place in fixed]),
        )


def _nothing(_values: list) -> tuple[str, tuple]:
    raise EmptyResultSet


class Narrowed:
    """A query with its conditions, which is put together when it is asked."""

    def __init__(self, shaped: Shaped, conditions: Sequence[Q]):
        self.query = self
        self._shaped, self._conditions = shaped, conditions

    def sql_with_params(self) -> tuple[str, Sequence]:
        """The statement and its values. Raises EmptyResultSet where there can be no rows."""
        return self._shaped.statement(self._conditions)
