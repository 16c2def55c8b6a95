"""Moments are read as Django reads them."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import DataError, connection
from django.db.backends.postgresql.psycopg_any import register_tzloader

from congress.statements.base import MomentLoader

MOMENTS = (
    "2026-02-28 23:59:59.999999+00", "2026-02-28 23:59:59.1+00", "2024-02-29 00:00:00+00", "1890-01-01 00:00:00+08:05:43",
    "0001-01-01 00:00:00+00", "9999-12-31 23:59:59+00", "2026-07-01 08:00:00+08", "2026-07-01 08:00:00-03:30",
)  # fmt: skip


def read(cursor, said: str):
    cursor.execute("SELECT %s::timestamptz", [said])
    return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("said", MOMENTS)
def test_a_moment_is_what_django_reads(said):
    with connection.cursor() as ours, connection.cursor() as as_ever:
        register_tzloader(UTC, as_ever.cursor)
        here = read(ours, said)
        assert (here, here.tzinfo) == (read(as_ever, said), UTC)


@pytest.mark.django_db
def test_a_moment_of_another_zone_is_the_same_moment():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Shanghai'")
        there = read(cursor, "2026-07-01 08:00:00+08")
    assert there == datetime(2026, 7, 1, tzinfo=UTC)
    assert there.utcoffset() == timedelta(hours=8)


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["infinity", "-infinity", "0044-03-15 12:00:00+00 BC", "10000-01-01 00:00:00+00"])
def test_what_is_no_moment_here_is_refused_as_ever(said):
    with connection.cursor() as cursor, pytest.raises(DataError, match="timestamp"):
        read(cursor, said)


@pytest.mark.django_db
def test_every_cursor_reads_so():
    moment = psycopg.adapters.types["timestamptz"].oid
    with connection.cursor() as cursor:
        assert cursor.adapters.get_loader(moment, psycopg.pq.Format.TEXT) is MomentLoader
    assert MomentLoader.timezone == connection.timezone, "or Django puts its own in its place, cursor by cursor"
