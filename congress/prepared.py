"""Statements that are put together once. Django puts a query together anew whenever it is asked, and for a row found by its key that
takes ten times as long as the database does. What every page asks, or a queue of people waits for, is put together when it is
first asked, and from then on only the values change. PostgreSQL plans it once for a connection too, where it takes longer to plan
than to answer. The statement is the same, and so is what row-level security makes of it; a connection must be one, and no pool
that changes it between transactions.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from operator import or_
from types import SimpleNamespace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import BooleanField, F, Func, Prefetch, Q, QuerySet, Value, prefetch_related_objects
from django.db.models.constants import LOOKUP_SEP
from django.db.models.query import ModelIterable, get_related_populators
from django.db.transaction import TransactionManagementError


@dataclass(frozen=True)
class Gap:
    """Where a value goes."""

    name: Hashable


def given(name: Hashable) -> Value:
    """What stands in a query for a value that is said when it is asked."""
    return Value(Gap(name))


def filled(said: Iterable, values: Mapping[Any, Any]) -> tuple:
    """The values of a statement, with those that are said when it is asked in their places. Raises KeyError where one is missing."""
    return tuple(values[one.name] if isinstance(one, Gap) else one for one in said)


def one_of(field: str, values) -> Q:
    """The condition that a field is one of these, each of which may be `given`; none fits where there are none."""
    return reduce(or_, (Q(**{field: value}) for value in values), Q(pk__in=[]))


class AnyOf(Func):
    """The condition that a field is among these keys, which may be `given`, however many: one value of the statement."""

    output_field = BooleanField()
    template = "%(expressions)s)"
    arg_joiner = " = ANY("

    def __init__(self, key: str, keys: Collection | Value):
        super().__init__(F(key), keys if isinstance(keys, Value) else Value(self.listed(keys)))

    @staticmethod
    def listed(keys: Collection) -> str:
        """The keys as the database reads a list: to adapt each of thousands took longer than to look for them."""
        return f"{{{','.join(map(str, keys))}}}"


@contextmanager
def remembering() -> Iterator:
    """A cursor that leaves the values apart, so that the server knows the statement again; what is logged has them in it. Statements
    are remembered for as long as it is open alone: those of Django have their values in them, and the last hundred of these would
    stay in memory, whole pieces of imported rolls among them. Not for what somebody typed, for which the server must plan anew."""
    here = connections[DEFAULT_DB_ALIAS]  # to find which connection is this thread's takes as long as each of the rest
    if here.queries_logged:
        with here.cursor() as cursor:
            yield cursor
        return
    here.close_if_health_check_failed()
    here.ensure_connection()
    asked = here.connection
    asked.prepare_threshold = 0
    try:
        with here._prepare_cursor(ServerBindingCursor(asked)) as cursor:
            yield cursor
    finally:
        asked.prepare_threshold = None


class Prepared:
    """A query with `given` values, read as often as it is called. Rows of models and of values, with what `select_related` and
    `prefetch_related` bring along."""

    def __init__(self, rows: Callable[[], QuerySet]):
        self._rows = rows

    @cached_property
    def _made(self) -> tuple:
        rows = self._rows()
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        statement, said = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        compiler.get_converters = lambda *_: converters
        return rows, compiler, statement, said

    def __call__(self, **values) -> list:
        """The rows there are with these values, none of which is None. Raises KeyError where one is missing, and
        TransactionManagementError where rows would be locked outside a transaction."""
        rows, _, statement, said = self._made
        if rows.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("rows are locked within a transaction")
        with remembering() as cursor:
            cursor.execute(statement, filled(said, values))
            found = cursor.fetchall()
        read = self._models(found) if rows._iterable_class is ModelIterable else self._values(found)
        if read and rows._prefetch_related_lookups:
            prefetch_related_objects(read, *self._beside(read))
        return read

    def _models(self, found: list) -> list:
        """The rows as `ModelIterable` makes them of what came."""
        model, first, end, names, around, told = self._columns
        if self._converters:
            _, compiler, *_ = self._made
            compiler = copy(compiler)  # it holds the connection, which another thread has its own of
            compiler.connection = connection
            found = list(compiler.apply_converters(found, self._converters))
        made = [model.from_db(DEFAULT_DB_ALIAS, names, row[first:end]) for row in found]
        for one, row in zip(made, found, strict=True):
            for each in around:
                each.populate(row, one)
            for name, place in told:
                setattr(one, name, row[place])
        return made

    @cached_property
    def _columns(self) -> tuple:
        """What is made of the columns: the model, which of them are its own and their names; what stands around it; what is told
        beside it, and where. For each row by its key Django works it out anew, and takes as long as to make the row."""
        _, compiler, *_ = self._made
        whole, select = compiler.klass_info, compiler.select
        first, end = whole["select_fields"][0], whole["select_fields"][-1] + 1
        names = [column.target.attname for column, *_ in select[first:end]]
        around = get_related_populators(whole, select, DEFAULT_DB_ALIAS)
        return whole["model"], first, end, names, around, [*compiler.annotation_col_map.items()]

    def _values(self, found: list) -> list:
        """The rows as Django makes values of what came."""
        rows, compiler, *_ = self._made
        compiler = copy(compiler)
        compiler.connection, compiler.execute_sql = connection, lambda *_, **__: [found]
        compiler.get_converters = lambda _: self._converters
        query = copy(rows.query)
        query.get_compiler = lambda *_, **__: compiler
        asked: QuerySet = QuerySet(rows.model, query)
        asked._iterable_class, asked._fields = rows._iterable_class, rows._fields
        return list(asked)

    @cached_property
    def _converters(self) -> dict:
        """What makes of the columns that come the values of the rows."""
        _, compiler, *_ = self._made
        return compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])

    @cached_property
    def _beside(self) -> "_Beside":
        return _Beside(self._rows())


class Around(Prefetch):
    """What stands around the records that are read, brought along as `Prefetch` brings it and asked for as `Prepared` asks: each
    step of a record's life reads it. Made once, and kept by who reads with it; for rows that are the same whoever asks."""

    def __init__(self, lookup: str, queryset: QuerySet, to_attr: str | None = None):
        super().__init__(lookup, queryset, to_attr)
        bare = queryset.prefetch_related(None)
        self.leading = lambda link: bare.filter(AnyOf(link, given("keys")))
        self._of = cache(lambda link: Prepared(lambda: self.leading(link)))

    def __copy__(self) -> "Around":
        """Django copies each of them for each reading, and with it the query, which nobody asks."""
        found = Around.__new__(Around)
        found.__dict__.update(self.__dict__)
        return found

    def get_current_querysets(self, level: int) -> list | None:
        """What Django asks at the end of the lookup."""
        found = super().get_current_querysets(level)
        return found and [_Wanted(self.queryset, self._of)]

    def nowhere(self) -> "Around":
        """The same where it is known that no row leads to the records: nothing is asked."""
        found = copy(self)
        found._of = lambda _link: lambda keys: []
        return found


class _Beside:
    """What stands around the rows of a query, of which mostly little is there: one statement says which of the tables have any
    row that leads to these records, and only those are read."""

    def __init__(self, rows: QuerySet):
        self._lookups = rows._prefetch_related_lookups
        links = {place: _link_of(rows.model, one) for place, one in enumerate(self._lookups)}
        self._places = [place for place, link in links.items() if link]
        asked = [self._lookups[place].leading(links[place]).query.exists().sql_with_params() for place in self._places]
        self._statement = f"SELECT {', '.join(f'EXISTS({statement})' for statement, _ in asked)}"
        self._said = [value for _, values in asked for value in values]

    def __call__(self, read: Collection) -> list:
        """What is to be brought along with these records."""
        lookups = list(self._lookups)
        if len(self._places) > 1:
            with remembering() as cursor:
                cursor.execute(self._statement, filled(self._said, {"keys": [record.pk for record in read]}))
                there = cursor.fetchone()
            for place, some in zip(self._places, there, strict=True):
                lookups[place] = lookups[place] if some else lookups[place].nowhere()
        return lookups


def _link_of(model, lookup) -> str:
    """The field by which the rows of a lookup lead to the records of a model; empty where the records lead to them, or it is
    brought along in another way."""
    if not isinstance(lookup, Around) or LOOKUP_SEP in lookup.prefetch_through:
        return ""
    there = getattr(model, lookup.prefetch_through)
    relation = getattr(there, "rel", None) or getattr(there, "related", None)
    return "" if relation is None or relation.many_to_many else relation.field.name


class _Wanted:
    """Stands in the place of a queryset until Django has said of which records it wants the rows, and then for these; Django goes
    on from them to what is brought along in its turn."""

    _db = None
    is_sliced = False

    def __init__(self, rows: QuerySet, of: Callable[[str], Prepared]):
        self.model = rows.model
        self._prefetch_related_lookups = rows._prefetch_related_lookups
        self._of, self._rows = of, []

    @property
    def query(self) -> "_Wanted":
        return self

    def using(self, alias) -> "_Wanted":
        return self

    def _add_hints(self, **hints) -> None:
        """There is one database."""

    def add_q(self, wanted: Q, reuse_all: bool) -> None:
        """Rows that lead to the records."""
        ((link, records),) = wanted.children
        self._rows = self._of(link.removesuffix("__in"))(keys=[record.pk for record in records])

    def resolve_ref(self, name: str) -> SimpleNamespace:
        return SimpleNamespace(target=self.model._meta.get_field(name))

    def filter(self, wanted) -> "_Wanted":
        """Rows to which the records lead."""
        keys = [key for (key,) in wanted.rhs if key is not None]
        self._rows = self._of("pk")(keys=keys) if keys else []
        return self

    def clear_ordering(self) -> None:
        """Each record leads to one."""

    def __iter__(self) -> Iterator:
        return iter(self._rows)
