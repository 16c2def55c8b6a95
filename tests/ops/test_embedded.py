"""The embedded PostgreSQL and Redis, really started in a folder of the test's own."""

import os

import psycopg
import pytest
import redis

from script.lib import servers
from script.lib.account import LOCATION
from script.lib.datafolder import DataFolder
from script.lib.supervisor import Supervisor

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """Started, written to, stopped and started again: (data, addresses of both starts, running servers)."""
    data = DataFolder(tmp_path_factory.mktemp("embedded"))
    data.prepare()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_BACKUP_URL", "REDIS_URL"):
            patch.delenv(name, raising=False)
        supervisor = _quiet()
        first = servers.start(data, supervisor, throw_away=True)
        with psycopg.connect(first.addresses["DATABASE_OWNER_URL"], autocommit=True) as owner:
            owner.execute("CREATE TABLE kept (word text)")
            owner.execute("INSERT INTO kept VALUES ('水利')")
        processes = [child.process.pid for child in supervisor.children]
        _end(supervisor)
        left = [pid for pid in processes if os.path.exists(f"/proc/{pid}")]
        second = _quiet()
        running = servers.start(data, second, throw_away=True)
        yield data, first.addresses, running, left
        _end(second)
        servers.discard(data)


def _quiet():
    return Supervisor(lambda name, line: None)


def _end(supervisor):
    """Stop the children without touching the test runner's signals."""
    for child in reversed(supervisor.children):
        child.ask_to_stop()
        child.finish(child.started_at + 3600)
    supervisor.children.clear()


@pytest.fixture
def address(installation):
    return installation[2].addresses


def test_second_start_keeps_data_passwords_and_leaves_nothing_running(installation, address):
    _, before, _, left = installation
    assert left == []
    assert address == before
    with psycopg.connect(address["DATABASE_OWNER_URL"]) as owner:
        assert owner.execute("SELECT word FROM kept").fetchone() == ("水利",)


def test_a_password_whose_file_was_taken_away_is_made_anew_at_the_next_start(installation, address):
    data, before, running, _ = installation
    old = before["DATABASE_BACKUP_URL"]
    (data.secrets / "app_backup").unlink()
    running.postgres.ensure_roles()  # as every start does
    address["DATABASE_BACKUP_URL"] = running.postgres.address("app_backup")
    assert address["DATABASE_BACKUP_URL"] != old
    psycopg.connect(address["DATABASE_BACKUP_URL"]).close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(old)


def test_runtime_role_is_neither_superuser_nor_owner_and_bound_by_policies(address):
    with psycopg.connect(address["DATABASE_URL"], autocommit=True) as runtime:
        facts = runtime.execute(
            "SELECT current_user::text, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        assert facts == ("app_rt", False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute("CREATE TABLE public.sneaked (id int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute("DELETE FROM kept")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute("TRUNCATE kept")
        runtime.execute("INSERT INTO kept VALUES ('桥梁')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            runtime.execute("CREATE TEMPORARY TABLE congress_rowhistory (word text)")


def test_backup_role_reads_past_policies_and_writes_nothing(address):
    with psycopg.connect(address["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS guarded AS SELECT 1 AS id")
        owner.execute("ALTER TABLE guarded ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE guarded FORCE ROW LEVEL SECURITY")
    with psycopg.connect(address["DATABASE_URL"]) as runtime:
        assert runtime.execute("SELECT count(*) FROM guarded").fetchone() == (0,)
    with psycopg.connect(address["DATABASE_BACKUP_URL"]) as backup:
        assert backup.execute("SELECT count(*) FROM guarded").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            backup.execute("INSERT INTO guarded VALUES (2)")


def test_chinese_text_is_searchable_and_sorted_by_code_point(address):
    with psycopg.connect(address["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        assert owner.execute("SELECT cardinality(show_trgm('水利'))").fetchone()[0] > 0
        facts = owner.execute(
            "SELECT pg_encoding_to_char(encoding), datlocprovider::text, datlocale FROM pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
        assert facts == ("UTF8", "b", "C.UTF-8")


def test_failed_statement_does_not_put_its_text_into_the_log(address):
    with psycopg.connect(address["DATABASE_URL"]) as runtime:
        shown = dict(runtime.execute("SELECT name, setting FROM pg_settings WHERE name LIKE 'log_%'").fetchall())
    assert (shown["log_min_error_statement"], shown["log_error_verbosity"]) == ("panic", "terse")


def test_both_servers_want_their_password_and_listen_on_this_machine_only(installation, address):
    running = installation[2]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address["DATABASE_URL"].replace("app_rt:", "app_rt:wrong"))
    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis(port=running.redis.port).ping()
    assert redis.from_url(address["REDIS_URL"]).ping() is True
    with psycopg.connect(address["DATABASE_OWNER_URL"]) as owner:
        assert owner.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
    assert "bind 127.0.0.1" in running.redis._configuration()


def test_servers_do_not_run_as_root(installation):
    data, _, running, _ = installation
    cluster = running.postgres.cluster
    assert cluster.stat().st_uid != 0
    assert cluster.stat().st_mode & 0o077 == 0
    programs = running.postgres.home / "program"
    assert programs.stat().st_uid == os.geteuid(), "what the starter runs must not be writable for the servers' account"
    if os.geteuid() == 0:
        assert (data.root / LOCATION).is_file(), "the tester's private folder is out of the account's reach"
