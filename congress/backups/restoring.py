"""Opening a backup: into a database made for the check and dropped after it, or into an empty one."""

import contextlib
import json
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from django.conf import settings
from psycopg import sql

from congress.backups import postgres
from congress.backups.fault import Fault
from congress.backups.sealed import MANIFEST, pieces

# Nothing that anybody made: neither tables nor views, sequences or types of their own.
_OCCUPIED = """
SELECT count(*) FROM pg_class WHERE relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace,
  'pg_toast'::regnamespace)
"""
_SCRATCH = (
    "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
    " LOCALE 'C.UTF-8'"
)


def verify(path: Path) -> dict:
    """Restore a backup beside the running database, compare, and drop it again; returns the manifest.

    The running database is neither read nor written. Raises Fault when the file is not whole, does not open, or holds
    something else than when it was made.
    """
    manifest = _opened(path)
    with _scratch(settings.DATABASE_OWNER_URL) as url:
        _restored(path, url, manifest)
    return manifest


def restore(path: Path, url: str) -> dict:
    """Restore a backup into an empty database and compare; returns the manifest.

    Raises Fault before anything is written when the file is not whole or the database not empty; a restore that breaks
    off leaves the database as empty as it was.
    """
    manifest = _opened(path)
    with postgres.connect(url) as connection:
        if connection.execute(_OCCUPIED).fetchone()[0]:
            raise Fault("目标数据库不是空的，没有恢复任何内容：请先建一个空数据库，已有的数据不会被覆盖。")
        rights = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        if rights[0]:
            raise Fault("请用建表角色（app_owner）的地址恢复：超级用户恢复的表以后无法升级。")
    _restored(path, url, manifest)
    return manifest


def _opened(path: Path) -> dict:
    """The manifest of a file that opens from its beginning to its end. Raises Fault."""
    manifest = None
    with path.open("rb") as file:
        for number, (kind, piece) in enumerate(pieces(file)):
            if (number == 0) != (kind == MANIFEST):
                raise Fault("备份文件的次序不对，不能使用。")
            manifest = json.loads(piece) if number == 0 else manifest
    return manifest


@contextlib.contextmanager
def _scratch(owner: str) -> Iterator[str]:
    """The address of a new database that only its owner may enter; dropped afterwards."""
    if not owner:
        raise Fault("没有设置 DATABASE_OWNER_URL（建表用的角色），无法建立核对用的临时数据库。")
    name = f"congress_check_{uuid.uuid4().hex}"
    with postgres.connect(owner, autocommit=True) as connection:
        try:
            connection.execute(sql.SQL(_SCRATCH).format(sql.Identifier(name)))
        except psycopg.Error as error:
            raise Fault(f"无法建立核对用的临时数据库：{error.diag.message_primary or error}") from None
        try:
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
            yield urlunsplit(urlsplit(owner)._replace(path="/" + quote(name)))
        finally:
            _drop(connection, name)


def _drop(connection: psycopg.Connection, name: str) -> None:
    # Not WITH (FORCE): that needs rights over the server's own autovacuum worker, which a plain DROP sends away.
    try:
        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
    except psycopg.Error as error:
        reason = error.diag.message_primary or error
        raise Fault(f"核对用的临时数据库 {name} 没有删掉，请手工删去：{reason}") from None


def _restored(path: Path, url: str, manifest: dict) -> None:
    with postgres.connect(url) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.RUNTIME_ROLE]).fetchone()
    if known is None:
        raise Fault(f"数据库服务器上没有角色 {settings.RUNTIME_ROLE}：请先运行 deploy/postgres/roles.sql。")
    _pour(path, url)
    with postgres.connect(url) as connection:
        found = postgres.holdings_past_policies(connection)
    _compare(manifest, found)


def _pour(path: Path, url: str) -> None:
    """Hand the dump to pg_restore, piece by piece, in one transaction."""
    place = postgres.variables(url)
    command = [postgres.program("pg_restore"), "--no-owner", "--exit-on-error", "--single-transaction"]
    command += ["--no-password", f"--dbname={place['PGDATABASE']}"]
    with tempfile.TemporaryFile() as messages, path.open("rb") as file:
        with subprocess.Popen(
            command, env=place, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=messages
        ) as program:
            _feed(file, program)
        if program.returncode != 0:
            raise Fault(f"恢复失败，数据库没有改动：{postgres.said(messages)}")


def _feed(file, program: subprocess.Popen) -> None:
    # A program that ended early says itself why; what is left over for it goes nowhere.
    with contextlib.suppress(BrokenPipeError):
        try:
            for kind, piece in pieces(file):
                if kind != MANIFEST:
                    program.stdin.write(piece)
        except Fault:
            program.kill()
            raise
        finally:
            with contextlib.suppress(BrokenPipeError):
                program.stdin.close()


def _compare(manifest: dict, found: dict) -> None:
    """Raises Fault naming the first tables and chains that differ."""
    wrong = []
    for part, word in (("tables", "表"), ("heads", "审计链")):
        names = sorted(manifest[part].keys() | found[part].keys())
        wrong += [f"{word} {name}" for name in names if manifest[part].get(name) != found[part].get(name)]
    if wrong:
        told = "、".join(wrong[:5]) + ("等" if len(wrong) > 5 else "")
        raise Fault(f"恢复出来的内容与备份时的清单不符（{told}），不要使用这份备份。")
