"""The floor of writing: text COPY into a table of the same columns and indexes, without triggers and policies."""

from collections.abc import Sequence

import psycopg
from django.conf import settings

from bench.timing import best_of
from congress import env
from congress.models import Township

RUNS = 3


def owner() -> psycopg.Connection:
    """A connection of the tables' owner."""
    account = env.database(settings.DATABASE_OWNER_URL)
    return psycopg.connect(
        host=account["HOST"],
        port=account["PORT"],
        dbname=account["NAME"],
        user=account["USER"],
        password=account["PASSWORD"],
        autocommit=True,
    )


def seconds_to_copy(township: Township, tables: Sequence[str]) -> float:
    """Seconds in which COPY writes a township's rows of these tables again, commit included; the best of three."""
    with owner() as connection:
        connection.execute("SELECT set_config('app.read_townships', %s, false)", [f"{{{township.pk}}}"])
        held = {table: _exported(connection, table, township) for table in tables}
        for table in tables:
            connection.execute(f'CREATE TABLE IF NOT EXISTS "bench_{table}" (LIKE "{table}" INCLUDING ALL)')
        return best_of(RUNS, lambda: _write(connection, held))


def _exported(connection: psycopg.Connection, table: str, township: Township) -> bytes:
    query = f'COPY (SELECT * FROM "{table}" WHERE township_id = {int(township.pk)}) TO STDOUT'  # noqa: S608
    with connection.cursor().copy(query) as copy:
        return b"".join(copy)


def _write(connection: psycopg.Connection, held: dict[str, bytes]) -> None:
    with connection.transaction():
        for table, rows in held.items():
            connection.execute(f'TRUNCATE "bench_{table}"')
            with connection.cursor().copy(f'COPY "bench_{table}" FROM STDIN') as copy:
                copy.write(rows)
