"""Making a backup: one snapshot is counted and dumped, sealed while it streams, read back, and only then given its name."""

import contextlib
import getpass
import hashlib
import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from psycopg import IsolationLevel

from congress import clock
from congress.backups import last, postgres
from congress.backups.fault import Fault
from congress.backups.sealed import DUMP, END, MANIFEST, PIECE, Sealer, pieces

_NAME = re.compile(r"congress-\d{4}-\d\d-\d\d-\d{6}\.backup", re.ASCII)
_PART = re.compile(r"\.congress-\d{4}-\d\d-\d\d-\d{6}\.backup\.part", re.ASCII)
_STALE = 24 * 3600  # seconds after which a half-written file is nobody's work any more


@dataclass(frozen=True)
class Made:
    """A backup that stands: its file, size in bytes, SHA-256, rows in it, and how many older ones were removed."""

    path: Path
    size: int
    sha256: str
    rows: int
    removed: int


def make(folder: Path, keep: int) -> Made:
    """Write a backup into the folder (made for its owner alone when missing) and keep the newest `keep` of them.

    Leaves one event. Raises Fault or OSError; then nothing of it stays, and older backups stand untouched.
    """
    _prepare(folder)
    path = folder / f"congress-{clock.now():%Y-%m-%d-%H%M%S}.backup"
    part = path.with_name(f".{path.name}.part")
    with _written(part) as file:
        digest, rows = _dump_into(file)
    _read_back(part, digest)
    size = part.stat().st_size
    _rename(part, path)
    removed = _remove_old(folder, keep)
    detail = {"文件": path.name, "大小": size, "SHA-256": digest, "记录": rows, "系统账号": _account()}
    last.told(detail)
    return Made(path, size, digest, rows, removed)


def _prepare(folder: Path) -> None:
    keys, place = Path(settings.CONGRESS_KEYS_DIR).resolve(), folder.resolve()
    if place == keys or keys in place.parents or place in keys.parents:
        raise Fault("备份不能和密钥放在一起：请换一个目录，密钥目录不在它里面，它也不在密钥目录里面。")
    if not settings.DATABASE_BACKUP_URL:
        raise Fault("没有设置 DATABASE_BACKUP_URL（备份用的角色 app_backup，见 deploy/postgres/roles.sql）。")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in folder.iterdir():
        if _PART.fullmatch(left.name) and time.time() - left.stat().st_mtime > _STALE:
            left.unlink()


@contextlib.contextmanager
def _written(part: Path) -> Iterator:
    """The half-written file, safely on the disk afterwards; removed when writing it fails."""
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Fault("另一个备份正在进行，请稍后再试。") from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), 0o600)  # whatever the umask
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        part.unlink()
        raise


def _dump_into(file) -> tuple[str, int]:
    """Digest and number of rows of what was written."""
    sealer = Sealer(file)
    with postgres.connect(settings.DATABASE_BACKUP_URL) as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone()
        manifest = postgres.holdings(connection)
        manifest |= {"made": clock.now().isoformat(), "server": connection.info.server_version}
        sealer.write(MANIFEST, json.dumps(manifest).encode())
        _stream(sealer, snapshot)
    sealer.write(END, b"")
    return sealer.digest.hexdigest(), sum(manifest["tables"].values())


def _stream(sealer: Sealer, snapshot: str) -> None:
    command = [postgres.program("pg_dump"), "--format=custom", f"--snapshot={snapshot}", "--no-password"]
    command += [f"--exclude-table-data={name}" for name in postgres.LEFT_OUT]
    with tempfile.TemporaryFile() as messages:
        given = {"env": postgres.variables(settings.DATABASE_BACKUP_URL), "stdin": subprocess.DEVNULL}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=messages, **given) as dump:
            try:
                while piece := dump.stdout.read(PIECE):
                    sealer.write(DUMP, piece)
            except BaseException:
                dump.kill()
                raise
        if dump.returncode != 0:
            raise Fault(f"导出数据库失败：{postgres.said(messages)}")


def _read_back(part: Path, digest: str) -> None:
    """Raises Fault unless the file opens from beginning to end and is what was written."""
    try:
        with part.open("rb") as file:
            for _ in pieces(file):
                continue
            file.seek(0)
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise Fault("备份写到磁盘后读回来不一致：请检查磁盘。")
    except BaseException:
        part.unlink()
        raise


def _rename(part: Path, path: Path) -> None:
    part.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _remove_old(folder: Path, keep: int) -> int:
    """Remove all but the newest backups; anything else in the folder is left alone."""
    backups = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file())
    for path in backups[:-keep]:
        path.unlink()
    return len(backups[:-keep])


def _account() -> str:
    """The account of the operating system that ran the command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
