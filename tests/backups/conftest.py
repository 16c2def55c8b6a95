"""Backups of the tests' own database, made and opened with the real programs."""

import contextlib
import uuid
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.conf import settings as installed
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings


def at_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def pointed(place: Path) -> dict[str, str]:
    """Settings: the backup role is pointed to the tests' database, the keys are those of this place."""
    url = at_database(installed.DATABASE_BACKUP_URL, connection.settings_dict["NAME"])
    return {"DATABASE_BACKUP_URL": url, "CONGRESS_KEYS_DIR": str(place / "keys")}


@pytest.fixture
def folder(world, tmp_path):
    """Where this test's backups go; keys are the test's own."""
    with override_settings(**pointed(tmp_path)):
        call_command("make_keys", stdout=StringIO())
        yield tmp_path / "backups"


@pytest.fixture
def command():
    """Run a management command and return what it said."""

    def run(*arguments, **options) -> str:
        said = StringIO()
        call_command(*arguments, stdout=said, stderr=said, **options)
        return said.getvalue()

    return run


@pytest.fixture
def made(folder, command):
    """A backup: (path, what the command said)."""
    said = command("backup", to=str(folder))
    (path,) = folder.iterdir()
    return path, said


@contextlib.contextmanager
def new_database() -> Iterator[str]:
    """The owner's address of a new, empty database; dropped afterwards."""
    name = f"test_restore_{uuid.uuid4().hex}"
    with psycopg.connect(installed.DATABASE_OWNER_URL, autocommit=True) as owner:
        owner.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        try:
            yield at_database(installed.DATABASE_OWNER_URL, name)
        finally:
            owner.execute(f'DROP DATABASE "{name}"')


@pytest.fixture
def empty_database(db):
    """The owner's address of a new, empty database."""
    with new_database() as url:
        yield url


def databases() -> set[str]:
    """The databases on the server whose names a check gives."""
    with psycopg.connect(installed.DATABASE_OWNER_URL) as owner:
        names = owner.execute("SELECT datname FROM pg_database WHERE datname LIKE 'congress_check_%'")
        return {name for (name,) in names}
