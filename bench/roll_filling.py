"""The rolls of a county filled from one that was imported, by SQL as the owner: a million voters in a minute or two.

Rows are as wide as imported ones, ciphertext and all (which does not open under another township). Numbers are other ones but
for one in 256, whose person stands on every roll: those the question for duplicates must find.
"""

from collections.abc import Sequence

import psycopg
from django.db import models

from bench.copying import owner
from bench.filling import copy_table, renamed, without_indexes
from bench.places import new_township
from congress.guard.record import Record
from congress.models import DataKey, Role, Township, User
from congress.people.fields import BlindIndexField
from deputies.models import District, Term
from elections.models import Campaign, Election, Registration, Voter, VoterGroup

COPIED = (DataKey, Term, District, Campaign, Election, VoterGroup, Voter, Registration)
GROWING = (Voter, Registration)


def fill(pattern: Township, serials: Sequence[int]) -> list[tuple[Township, User]]:
    """New townships with the pattern's election and roll; returns them with their clerks."""
    made = [new_township(serial, f"选民{serial}镇") for serial in serials]
    with owner() as connection:
        connection.execute("SET maintenance_work_mem = '512MB'")
        again = _without_keys(connection) + without_indexes(connection, GROWING, "CREATE INDEX%")
        for model in COPIED:
            connection.execute(f'ALTER TABLE "{model._meta.db_table}" DISABLE TRIGGER USER')
        for town, _ in made:
            _fill_one(connection, pattern, town)
        for model in COPIED:
            connection.execute(f'ALTER TABLE "{model._meta.db_table}" ENABLE TRIGGER USER')
        for statement in again:
            connection.execute(statement)
        for model in COPIED:
            connection.execute(f'VACUUM ANALYZE "{model._meta.db_table}"')
    return [(town, users[Role.CLERK]) for town, users in made]


def analyse() -> None:
    """What the database does of itself a minute or two after many rows came in."""
    with owner() as connection:
        for model in GROWING:
            connection.execute(f'ANALYZE "{model._meta.db_table}"')


def _without_keys(connection: psycopg.Connection) -> list[str]:
    """Drop the keys to other tables, asked for row by row otherwise; returns the statements that make them again, for rows
    to come."""
    rows = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid = ANY (%s::regclass[])",
        [[model._meta.db_table for model in GROWING]],
    ).fetchall()
    for table, name, _ in rows:
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    return [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {said} NOT VALID' for table, name, said in rows]


def _fill_one(connection: psycopg.Connection, pattern: Township, town: Township) -> None:
    with connection.transaction():
        connection.execute(
            "SELECT set_config('app.read_townships', %s, true), set_config('app.write_township', %s, true)",
            [f"{{{pattern.pk},{town.pk}}}", str(town.pk)],
        )
        for model in COPIED:
            values = {field.column: _value(model, field, town) for field in model._meta.concrete_fields}
            copy_table(connection, model, pattern, values)


def _value(model: type[Record], field: models.Field, town: Township) -> str:
    column = f't."{field.column}"'
    if field.column == "township_id":
        return str(town.pk)
    if field.primary_key:
        return renamed(column, town, "k")
    if isinstance(field, models.ForeignKey):
        return renamed(column, town, "k") if field.related_model in COPIED else "NULL"
    if isinstance(field, BlindIndexField) and field.name == "id_index":
        return f"CASE WHEN get_byte({column}, 0) = 0 THEN {column} ELSE sha256({column} || '{town.pk}'::bytea) END"
    return column
