"""A database that was migrated once: every process of a run begins with a copy of it, and so does the next run.

To migrate takes twenty seconds of processor time, each time the same. What they make is kept on the server
as a template, and beside the checkout as a dump for the next server, under a name that follows from the files that make it.
A copy is migrated all the same: what is put in place after every migrate is, and a migration that is missing would be told.
"""

import contextlib
import hashlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from congress import env
from congress.backups import postgres
from congress.backups.fault import Fault

ROOT = Path(settings.BASE_DIR)
KEPT = ROOT / "var" / "test-template"
SOURCES = ("*/migrations/*.py", "*/*/migrations/*.py", "congress/guard/*.py", "requirements.txt")
LOCK = 7226_0001  # one process makes the template, the others wait


def key() -> str:
    """What the files say that decide what a migrated database is."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def asked_by(item: pytest.Item) -> bool:
    """Whether a test asks for the database: those that do not are done while it is made."""
    return item.get_closest_marker("django_db") is not None or "django_db_setup" in item.fixturenames


def log_in_as(url: str) -> None:
    """The default connection logs in as the role of this address from now on; the database stays the one of the tests."""
    account = env.database(url)
    connections["default"].close()
    for place in (connections["default"].settings_dict, settings.DATABASES["default"]):
        place.update(USER=account["USER"], PASSWORD=account["PASSWORD"])


def exists(name: str) -> bool:
    """Whether the server has a database of this name."""
    with _server() as server:
        return _has(server, name)


def template() -> str:
    """The name of a migrated database nobody is connected to; made where the server has none. Call as the owner."""
    name = f"test_template_{key()}"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _has(server, name):
            making = f"{name}_making"  # what was begun and not ended is no template
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(making)))
            dump = KEPT / f"{name}.dump"
            if not (dump.is_file() and _restored(server, making, dump)):
                _migrated(making)
                _keep(making, dump)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            server.execute(rename.format(sql.Identifier(making), sql.Identifier(name)))
    return name


# What the tables of a test hold is few: to weigh the orders in which they might be joined takes longer than to join them.
AS_WRITTEN = env.PLANNED | {"join_collapse_limit": 1, "from_collapse_limit": 1, "max_parallel_workers_per_gather": 0}


def join_as_written() -> None:
    """Have every connection that is opened from now on join tables in the order in which they are named."""
    for place in (connections["default"].settings_dict, settings.DATABASES["default"]):
        place["OPTIONS"]["options"] = env.said(AS_WRITTEN)


@contextlib.contextmanager
def _server() -> Iterator[psycopg.Connection]:
    opened = postgres.connect(settings.DATABASE_OWNER_URL, "postgres", autocommit=True)
    with contextlib.closing(opened):
        yield opened


def _has(server: psycopg.Connection, name: str) -> bool:
    return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _migrated(name: str) -> None:
    test = connection.settings_dict["TEST"]
    before = connection.settings_dict["NAME"], settings.DATABASES["default"]["NAME"], test["NAME"]
    test["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"], settings.DATABASES["default"]["NAME"], test["NAME"] = before


def _run(program: str, url: str, database: str, *arguments: str) -> bool:
    command = [postgres.program(program), "--no-password", *arguments]
    given = postgres.variables(url) | {"PGDATABASE": database}
    return subprocess.run(command, env=given, capture_output=True, check=False).returncode == 0


def _keep(database: str, dump: Path) -> None:
    """Write the dump for the next server; where none can be made, the next one migrates."""
    dump.parent.mkdir(parents=True, exist_ok=True)
    part = dump.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(Fault):
        if _run("pg_dump", settings.DATABASE_BACKUP_URL, database, "--format=custom", f"--file={part}"):
            for old in dump.parent.glob("*.dump"):
                old.unlink()
            part.replace(dump)
    part.unlink(missing_ok=True)


def _restored(server: psycopg.Connection, database: str, dump: Path) -> bool:
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    options = ("--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={database}")
    with contextlib.suppress(Fault):
        if _run("pg_restore", settings.DATABASE_OWNER_URL, database, *options, str(dump)):
            return True
    server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(database)))
    return False


# What the migrations fill and no test changes.
STAYS = ["django_migrations", "django_content_type", "auth_permission"]
# Up to so many bytes rows are deleted; a table that holds more, or did before it was emptied, gets new files.
FEW = 4_000_000
_TABLES = """
SELECT oid::regclass::text, pg_relation_size(oid), relforcerowsecurity FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> ALL (%s)
"""
_COLUMNS = """
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
_OWNED = """
FROM pg_sequence AS one JOIN pg_depend AS owned ON owned.objid = one.seqrelid
WHERE owned.classid = 'pg_class'::regclass AND owned.refobjid = ANY (%s::regclass[])
"""
_COUNTED = "SELECT one.seqrelid::regclass::text, pg_sequence_last_value(one.seqrelid)" + _OWNED
_COUNTS_ANEW = "SELECT setval(one.seqrelid, one.seqstart, false)" + _OWNED

_OPENED, _CLOSED = "ALTER TABLE {} DISABLE TRIGGER USER", "ALTER TABLE {} ENABLE TRIGGER USER"


@dataclass(frozen=True)
class Rows:
    """What stood in the tables: the rows of each, as COPY writes them, and how far the sequences had counted."""

    tables: dict[str, bytes]
    sequences: dict[str, int]


def rows(owner: psycopg.Connection) -> Rows:
    """What stands in the tables now."""
    tables = owner.execute(_TABLES, [STAYS]).fetchall()
    used = [(table, forced) for table, size, forced in tables if size]
    told = {}
    with owner.transaction(force_rollback=True):  # the locks are open for the reading alone
        _each(owner, used, _OPENED, ", NO FORCE ROW LEVEL SECURITY")
        for table, _ in used:
            columns = owner.execute(_COLUMNS, [table]).fetchone()[0]
            with owner.cursor().copy(f"COPY {table} ({columns}) TO STDOUT") as read:
                told[f"{table} ({columns})"] = b"".join(read)
    counted = owner.execute(_COUNTED, [[table for table, *_ in tables]]).fetchall()
    sequences = {sequence: last for sequence, last in counted if last is not None}
    return Rows({table: said for table, said in told.items() if said}, sequences)


def empty(owner: psycopg.Connection, again: Rows | None = None) -> None:
    """Take out all rows and count from one again, or put those there `again` that once stood there; the locks that forbid it are
    open within the transaction alone.

    Truncating makes new files for each of a thousand tables and indexes, which takes more than a second after every test that
    commits; such a test wrote a handful of rows into few of them, and only tables with rows have a size.
    """
    tables = owner.execute(_TABLES, [STAYS]).fetchall()
    names = [table for table, *_ in tables]
    much = sum(size for _, size, _ in tables) > FEW
    filled = {said.partition(" ")[0] for said in again.tables} if again else set()
    used = [(table, forced) for table, size, forced in tables if size or much or table in filled]
    with owner.transaction():
        _each(owner, used, _OPENED, ", NO FORCE ROW LEVEL SECURITY")
        owner.execute("SET CONSTRAINTS ALL DEFERRED")
        if much:
            owner.execute(f"TRUNCATE {', '.join(names)} CASCADE")
        else:
            _each(owner, used, "DELETE FROM {}")
        for table, said in (again.tables if again else {}).items():
            with owner.cursor().copy(f"COPY {table} FROM STDIN") as written:
                written.write(said)
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _each(owner, used, _CLOSED, ", FORCE ROW LEVEL SECURITY")
        owner.execute(_COUNTS_ANEW, [names])
        for sequence, last in (again.sequences if again else {}).items():
            owner.execute("SELECT setval(%s, %s)", [sequence, last])


def _each(owner: psycopg.Connection, tables: list[tuple[str, bool]], said: str, where_forced: str = "") -> None:
    """The same of each table, sent at once."""
    owner.execute(";".join(said.format(table) + where_forced * forced for table, forced in tables))
