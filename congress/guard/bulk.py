"""Many rows at once, several times as fast as bulk_create and bulk_update.

COPY is refused on a table with row-level security, and a temporary table to copy into would need a right by which the
guard's own tables could be hidden. So each column travels as one array, and one INSERT takes the arrays apart; policies,
triggers and constraints see it like any other.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, models
from django.db.models.base import ModelState
from psycopg.adapt import PyFormat, Transformer

from congress.guard import touched

FEW = 100  # up to here bulk_create is as fast
# Fields that hand on what they are given, and how PostgreSQL writes such values.
_PLAIN_FIELDS = (
    models.CharField,
    models.TextField,
    models.UUIDField,
    models.BooleanField,
    models.DateField,
    models.DateTimeField,
    models.IntegerField,
    models.BigIntegerField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.ForeignKey,
    models.OneToOneField,
    models.BinaryField,
)
_OWN_FIELDS: dict[type[models.Field], type] = {}  # those of other packages, each with the one type it hands on
_WRITTEN: dict[type, Callable[[Any], str]] = {
    str: str.__str__,
    int: str,
    UUID: lambda value: f"{value.int:032x}",
    bytes: lambda value: f"\\x{value.hex()}",
    date: date.isoformat,
    datetime: datetime.isoformat,
    bool: lambda value: "t" if value else "f",
}


_Column = list[str | None] | str | None  # as PostgreSQL writes values: one for each row, or one for all


def hands_on(field: type[models.Field], value: type, write: Callable[[Any], str] | None = None) -> None:
    """Say that a kind of field writes values of this type as they are; `write` tells how PostgreSQL has them."""
    _OWN_FIELDS[field] = value
    if write is not None:
        _WRITTEN[value] = write


def another(blank: models.Model) -> Any:
    """A new row that says what an unsaved one says: made in a tenth of the time. Whoever made that one gives this one a key
    of its own."""
    row = type(blank).__new__(type(blank))
    row.__dict__.update(blank.__dict__)
    row._state = ModelState()
    row._state.fields_cache = dict(blank._state.fields_cache)
    return row


def insert_many(rows: Iterable[models.Model]) -> list:
    """Insert new rows of one model, whose primary keys are set already; returns them. Call inside scope and action.

    Raises what bulk_create raises: IntegrityError, DataError, and DatabaseError where a lock refuses.
    """
    rows = list(rows)
    if len(rows) <= FEW:
        return type(rows[0])._default_manager.bulk_create(rows) if rows else []
    model = type(rows[0])
    _take_over(model, len(rows), [_values(field, rows) for field in model._meta.concrete_fields])
    touched.note(model, [row.pk for row in rows])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return rows


def insert_fresh(rows: Iterable[models.Model]) -> set:
    """Insert those of these new rows that are not there yet by a constraint that lets each stand once; returns the primary
    keys of the rows that were written. Otherwise like `insert_many`, and safe beside another that inserts the same."""
    rows = list(rows)
    if not rows:
        return set()
    model = type(rows[0])
    tail = f" ON CONFLICT DO NOTHING RETURNING {connection.ops.quote_name(model._meta.pk.column)}"
    values = [_values(field, rows) for field in model._meta.concrete_fields]
    keys = {key for (key,) in _take_over(model, len(rows), values, tail)}
    touched.note(model, keys)
    return keys


def insert_columns(model: type[models.Model], number: int, columns: Mapping[str, Sequence | Any]) -> None:
    """Insert so many new rows of one model by columns, without making the rows: {field's column name: a list of values, or
    the one value of all}; what is not named gets its default. Call inside scope and action; raises like `insert_many`."""
    if not number:
        return
    prepared: list[_Column] = []
    for field in model._meta.concrete_fields:
        value = columns[field.attname] if field.attname in columns else _default(field, number)
        if field.primary_key:
            touched.note(model, value)
        prepared.append(_prepared(field, value) if isinstance(value, list) else _prepared(field, [value])[0])
    _take_over(model, number, prepared)


def update_many(rows: Iterable[models.Model], names: Iterable[str]) -> None:
    """Write these fields of rows of one model as they are now, in one statement: `bulk_update` puts a condition together for each
    value, which took thirty times as long. Whoever changed the rows has counted their versions up. Call inside scope and action."""
    rows = list(rows)
    if not rows:
        return
    model, quote = type(rows[0]), connection.ops.quote_name
    key, *fields = [model._meta.pk, *map(model._meta.get_field, names)]
    arrays = [_array(_values(field, rows)) for field in (key, *fields)]
    typed = {field: f"incoming.{quote(field.column)}::{_type_of(field)}" for field in (key, *fields)}
    statement = (
        f"UPDATE {quote(model._meta.db_table)} AS kept"  # noqa: S608  our own tables and columns
        f" SET {', '.join(f'{quote(field.column)} = {typed[field]}' for field in fields)}"
        f" FROM unnest({', '.join(how for how, _ in arrays)})"
        f" AS incoming ({', '.join(quote(field.column) for field in typed)}) WHERE kept.{quote(key.column)} = {typed[key]}"
    )
    touched.note(model, [row.pk for row in rows])
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, [text for _, text in arrays])


def _default(field: models.Field, number: int) -> Any:
    """The default of a field: one for all rows, but for keys."""
    return [field.get_default() for _ in range(number)] if isinstance(field, models.UUIDField) else field.get_default()


def _take_over(model: type[models.Model], number: int, values: Sequence[_Column], tail: str = "") -> list[tuple]:
    """Insert so many rows by columns: lists of texts, or one text for all rows."""
    quote = connection.ops.quote_name
    fields = list(zip(model._meta.concrete_fields, values, strict=True))
    many = [(field, column) for field, column in fields if isinstance(column, list)]
    columns = ", ".join(quote(field.column) for field, _ in fields)
    incoming = ", ".join(quote(field.column) for field, _ in many)
    typed = ", ".join(
        f"{quote(field.column) if isinstance(column, list) else '%s'}::{_type_of(field)}" for field, column in fields
    )
    arrays = [_array(column) for _, column in many]
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} ({columns})"  # noqa: S608  our own tables and columns
        f" SELECT {typed} FROM unnest({', '.join(how for how, _ in arrays)}) AS incoming ({incoming}){tail}"
    )
    given = [column for _, column in fields if not isinstance(column, list)]
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, [*given, *(text for _, text in arrays)])
        written = cursor.fetchall() if tail else []
        if number > FEW:
            # Above all how the rows that others point at are looked for: where that was settled while a table was all but empty,
            # each row that points at one would read all of the township's.
            cursor.execute("DISCARD PLANS")
        return written


_END, _NULL = "\x1f", "\x1e"  # which no text of a cell or a form holds


def _array(values: list[str | None]) -> tuple[str, str]:
    """An array of texts as it is asked for, and as it travels: with a mark between them, which needs no quoting at either
    end; as PostgreSQL writes arrays where a text holds the marks, or the only one is empty."""
    joined = _END.join([_NULL if value is None else value for value in values])
    if joined and joined.count(_END) == len(values) - 1 and joined.count(_NULL) == values.count(None):
        return f"string_to_array(%s, '{_END}', '{_NULL}')", joined
    return "%s::text[]", "{" + ",".join(["NULL" if value is None else _quoted(value) for value in values]) + "}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _type_of(field: models.Field) -> str:
    """The column's type without its length: a cast to varchar(40) would cut off what an assignment refuses."""
    return str(field.db_type(connection)).partition("(")[0]


def _values(field: models.Field, rows: list) -> list[str | None]:
    """A column of the rows as PostgreSQL writes it."""
    own = type(field) not in _PLAIN_FIELDS or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return _prepared(field, [field.pre_save(row, True) if own else getattr(row, field.attname) for row in rows])


def _prepared(field: models.Field, values: list) -> list[str | None]:
    """Values of a field as PostgreSQL writes them: what is plain at once, anything else as Django and psycopg would."""
    if (write := _writers(values, type(field))) is not None:
        return [None if value is None else write[type(value)](value) for value in values]
    transform = Transformer(connection.connection)
    ready = (field.get_db_prep_save(value, connection) for value in values)
    return [None if value is None else _dumped(transform, value) for value in ready]


def _writers(values: list, field: type[models.Field]) -> dict[type, Callable[[Any], str]] | None:
    """How values of each type among these are written; None where one is not plain: no known type, a time without zone, or
    a field that makes something else of it."""
    kinds = {*map(type, values)} - {type(None)}
    if field not in _PLAIN_FIELDS and not (field in _OWN_FIELDS and kinds <= {_OWN_FIELDS[field]}):
        return None
    if datetime in kinds and any(type(value) is datetime and value.tzinfo is None for value in values):
        return None
    write = {kind: _WRITTEN[str] if issubclass(kind, str) else _WRITTEN.get(kind) for kind in kinds}
    return None if None in write.values() else write


def _dumped(transform: Transformer, value) -> str | None:
    dumped = transform.get_dumper(value, PyFormat.TEXT).dump(value)
    return None if dumped is None else bytes(dumped).decode()
