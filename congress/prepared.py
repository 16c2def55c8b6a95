"""Statements that are put together once. Django puts a query together anew whenever it is asked, and for a row found by its key that
takes ten times as long as the database does. What every page asks, or a queue of people waits for, is put together when it is
first asked, and from then on only the values change. PostgreSQL plans it once for a connection too, where it takes longer to plan
than to answer. The statement is the same, and so is what row-level security makes of it; a connection must be one, and no pool
that changes it between transactions.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Q, QuerySet, Value
from django.db.transaction import TransactionManagementError


@dataclass(frozen=True)
class _Gap:
    """Where a value goes."""

    name: str


def given(name: str) -> Value:
    """What stands in a query for a value that is said when it is asked."""
    return Value(_Gap(name))


def filled(said: Iterable, values: Mapping[str, Any]) -> tuple:
    """The values of a statement, with those that are said when it is asked in their places. Raises KeyError where one is missing."""
    return tuple(values[one.name] if isinstance(one, _Gap) else one for one in said)


def one_of(field: str, values) -> Q:
    """The condition that a field is one of these, each of which may be `given`; none fits where there are none."""
    return reduce(or_, (Q(**{field: value}) for value in values), Q(pk__in=[]))


@contextmanager
def remembering() -> Iterator:
    """A cursor that leaves the values apart, so that the server knows the statement again; what is logged has them in it. Statements
    are remembered for as long as it is open alone: those of Django have their values in them, and the last hundred of these would
    stay in memory, whole pieces of imported rolls among them. Not for what somebody typed, for which the server must plan anew."""
    if connection.queries_logged:
        with connection.cursor() as cursor:
            yield cursor
        return
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    asked = connection.connection
    asked.prepare_threshold = 0
    try:
        with connection._prepare_cursor(ServerBindingCursor(asked)) as cursor:
            yield cursor
    finally:
        asked.prepare_threshold = None


class Prepared:
    """A query with `given` values, read as often as it is called. Rows of models and of values, with what `select_related`
    brings along; nothing is prefetched."""

    def __init__(self, rows: Callable[[], QuerySet]):
        self._rows = rows

    @cached_property
    def _made(self) -> tuple:
        rows = self._rows()
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        return rows, compiler, *compiler.as_sql()

    def __call__(self, **values) -> list:
        """The rows there are with these values, none of which is None. Raises KeyError where one is missing, and
        TransactionManagementError where rows would be locked outside a transaction."""
        rows, compiler, statement, said = self._made
        if rows.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("rows are locked within a transaction")
        with remembering() as cursor:
            cursor.execute(statement, filled(said, values))
            found = cursor.fetchall()
        compiler = copy(compiler)  # it holds the connection, which another thread has its own of
        compiler.connection, compiler.execute_sql = connection, lambda *_, **__: [found]
        query = copy(rows.query)
        query.get_compiler = lambda *_, **__: compiler
        asked: QuerySet = QuerySet(rows.model, query)
        asked._iterable_class, asked._fields = rows._iterable_class, rows._fields
        return list(asked)
