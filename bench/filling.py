"""Twenty townships filled from one of the demonstration: its records are copied as often as needed, by SQL as the owner.

What is derived is copied with the facts it was derived from, and no day is changed: summaries and due days are what the
program told. A sample is derived anew afterwards and compared. Numbers of persons are left out, for they are sealed to
their row.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import psycopg
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from bench.copying import owner
from bench.places import new_township
from congress.assembly.models import Session
from congress.guard import scope
from congress.guard.record import Record
from congress.models import Category, DataKey, DueDay, Role, Township, Unit, User
from congress.work import sources
from deputies.models import Deputy, District, Group, Mandate, Station, Term
from proposals.models import (
    Assignment,
    Cosigner,
    Extension,
    Matter,
    MatterSummary,
    Rating,
    Reception,
    ReceptionDeputy,
    Reply,
    Suggestion,
    SuggestionSummary,
    Talk,
)
from reports.models import TownshipFigures

TOWNSHIPS = 20
SAMPLE = 100
# What a township has once, then what grows with its matters, then with its suggestions; what is pointed at comes first.
SEALED = "congress.people.fields"
ONCE = (DataKey, Unit, Category, Station, Group, Term, District, Session, Deputy, Mandate)
WITH_MATTERS = (Reception, ReceptionDeputy, Matter, MatterSummary)
WITH_SUGGESTIONS = (
    Suggestion,
    Cosigner,
    Assignment,
    Talk,
    Reply,
    Rating,
    Extension,
    SuggestionSummary,
)
SERIAL = ("number", "certificate_number")  # texts that stand once in a township


@dataclass
class Filled:
    """The townships that were filled, what each holds, and how long it took."""

    towns: list[Township]
    clerks: list[User]
    suggestions: int = 0
    matters: int = 0
    seconds: float = 0.0


def townships() -> Filled:
    """New townships of the demonstration's county, with a clerk each, and nothing in them."""
    made = [new_township(50 + serial, f"量{serial}镇") for serial in range(TOWNSHIPS)]
    return Filled([town for town, _ in made], [people[Role.CLERK] for _, people in made])


def fill(filled: Filled, pattern: Township, suggestions: int, matters: int) -> None:
    """Copy the pattern's records until there are so many of each in all townships together."""
    began = time.monotonic()
    with scope.township(pattern):
        one, other = Suggestion.objects.count(), Matter.objects.count()
    wanted = [-(-suggestions // (one * TOWNSHIPS)), -(-matters // (other * TOWNSHIPS))]
    have = [filled.suggestions // (one * TOWNSHIPS), filled.matters // (other * TOWNSHIPS)]
    models_ = [*ONCE, *WITH_MATTERS, *WITH_SUGGESTIONS, DueDay]
    with owner() as connection:
        connection.execute("SET maintenance_work_mem = '512MB'")
        indexes = without_indexes(connection, models_, "%USING gin%")  # dear to fill row by row
        for model in models_:
            connection.execute(f'ALTER TABLE "{model._meta.db_table}" DISABLE TRIGGER USER')
        for town in filled.towns:
            _fill_one(connection, pattern, town, have, wanted)
        for model in models_:
            connection.execute(f'ALTER TABLE "{model._meta.db_table}" ENABLE TRIGGER USER')
        for statement in indexes:
            connection.execute(statement)
        for model in models_:
            connection.execute(f'VACUUM ANALYZE "{model._meta.db_table}"')
    filled.suggestions, filled.matters = wanted[0] * one * TOWNSHIPS, wanted[1] * other * TOWNSHIPS
    filled.seconds = time.monotonic() - began


def count_rows() -> None:
    """Have the database count the rows of all tables, as it does by itself within minutes of their being written."""
    with owner() as connection:
        connection.execute("VACUUM ANALYZE")


def forget_figures() -> None:
    """Take away what was kept for the county: rows that are copied leave no event, from which it would be told that it is old."""
    table = TownshipFigures._meta.db_table
    with owner() as connection:
        connection.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        connection.execute(f'TRUNCATE "{table}"')
        connection.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def differing(town: Township) -> int:
    """How many summaries of a sample of the township's suggestions and matters are not what the facts say."""
    found = 0
    with scope.township(town):
        for source in sources.registered():
            if source.model in (Suggestion, Matter):
                keys = list(source.model.objects.values_list("pk", flat=True)[:SAMPLE])
                read = source.read(keys)
                found += sum(
                    len(one.changes(read, keys)) for one in source.derived if isinstance(one, sources.Summaries)
                )
    return found


def without_indexes(connection: psycopg.Connection, models_: Iterable[type[Record]], like: str) -> list[str]:
    """Drop the indexes whose definition is like this; returns the statements that make them again."""
    tables = [model._meta.db_table for model in models_]
    found = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY (%s) AND indexdef LIKE %s", [tables, like]
    ).fetchall()
    for name, _ in found:
        connection.execute(f'DROP INDEX "{name}"')
    return [definition for _, definition in found]


def _fill_one(connection: psycopg.Connection, pattern: Township, town: Township, have, wanted) -> None:
    with connection.transaction():
        connection.execute(
            "SELECT set_config('app.read_townships', %s, true), set_config('app.write_township', %s, true)",
            [f"{{{pattern.pk},{town.pk}}}", str(town.pk)],
        )
        if not have[0]:
            _copy(connection, ONCE, pattern, town, 0, 0)
        _copy(connection, WITH_MATTERS, pattern, town, have[1] + 1, wanted[1])
        _copy(connection, WITH_SUGGESTIONS, pattern, town, have[0] + 1, wanted[0])
        for model, place in ((Suggestion, 0), (Matter, 1)):
            table = model._meta.db_table
            subjects = f'subject IN (SELECT id FROM "{table}" WHERE township_id = {pattern.pk})'  # noqa: S608
            _copy(connection, (DueDay,), pattern, town, have[place] + 1, wanted[place], subjects)


def _copy(
    connection: psycopg.Connection,
    models_: Sequence[type[Record]],
    pattern: Township,
    town: Township,
    first: int,
    last: int,
    which: str = "true",
) -> None:
    for model in models_:
        fields = model._meta.concrete_fields
        copy_table(connection, model, pattern, {f.column: _value(f, town) for f in fields}, first, last, which)


def copy_table(
    connection: psycopg.Connection,
    model: type[Record],
    pattern: Township,
    values: Mapping[str, str],
    first: int = 0,
    last: int = 0,
    which: str = "true",
) -> None:
    """Copy the pattern's rows `t` of a table, as often as there are numbers `k` from first to last, each column from SQL."""
    columns = ", ".join(f'"{column}"' for column in values)
    connection.execute(
        f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT {", ".join(values.values())} '  # noqa: S608
        f'FROM "{model._meta.db_table}" AS t CROSS JOIN generate_series({first}, {last}) AS k '
        f"WHERE t.township_id = {pattern.pk} AND {which} ORDER BY k"
    )


def renamed(column: str, town: Township, copy: str) -> str:
    """The key a copy has: the same for whoever points at it."""
    return f"md5({column}::text || ':{town.pk}:' || {copy})::uuid"


def _value(field: models.Field, town: Township) -> str:
    """What a copy has in a column: rows that are copied point at copies, what is copied by nobody is pointed at by none."""
    column = f't."{field.column}"'
    if field.column == "township_id":
        return str(town.pk)
    if field.primary_key or field.column == "subject":
        return renamed(column, town, "k")
    if isinstance(field, models.ForeignKey):
        return _reference(field, column, town)
    if isinstance(field, ArrayField) and isinstance(field.base_field, models.UUIDField):
        other = renamed("one", town, "'0'")
        return f"(SELECT coalesce(array_agg({other} ORDER BY one), '{{}}') FROM unnest({column}) AS one)"  # noqa: S608
    if field.column in SERIAL and isinstance(field, models.CharField):
        return f"CASE WHEN {column} = '' OR k = 0 THEN {column} ELSE left({column}, 14) || '/' || k END"
    if field.column in ("form_key", "client_key"):
        return renamed(column, town, "k")
    if field.column == "url":
        return f"replace({column}, t.subject::text, {renamed('t.subject', town, 'k')}::text)"
    return "NULL" if field.null and type(field).__module__ == SEALED else column


def _reference(field: models.ForeignKey, column: str, town: Township) -> str:
    to = apps.get_model(field.related_model._meta.label)
    if to in ONCE:
        return renamed(column, town, "'0'")
    if to in WITH_MATTERS or to in WITH_SUGGESTIONS:
        return renamed(column, town, "k")
    return column if to is User and field.column != "account_id" else "NULL"
