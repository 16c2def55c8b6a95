"""manage.py restore: the same rows and heads as were backed up, into an empty database only, and nothing from a bad file."""

import re
import shutil
from io import StringIO

import psycopg
import pytest
from django.conf import settings as installed
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import override_settings

from congress.backups import postgres, restoring
from congress.backups.sealed import MANIFEST, pieces
from congress.crypto.providers import provider
from tests.backups.conftest import at_database, databases, new_database, pointed
from tests.conftest import owner_connection


@pytest.fixture(scope="module")
def kept_place(django_db_setup, django_db_blocker, tmp_path_factory):
    """The place of a backup and its keys: made once, for no test changes what stands in the database."""
    place = tmp_path_factory.mktemp("kept")
    with django_db_blocker.unblock(), override_settings(**pointed(place)), transaction.atomic():
        call_command("make_keys", stdout=StringIO())
        call_command("backup", to=str(place / "backups"), stdout=StringIO())
        transaction.set_rollback(True)
    return place


@pytest.fixture
def made(world, tmp_path, kept_place):
    """This test's copy of the backup, with the keys."""
    shutil.copytree(kept_place, tmp_path, dirs_exist_ok=True)
    (path,) = (tmp_path / "backups").iterdir()
    with override_settings(**pointed(tmp_path)):
        yield path


@pytest.fixture(scope="module")
def restored(kept_place):
    """The address of a database into which it was restored, and what the command said."""
    (path,), said = (kept_place / "backups").iterdir(), StringIO()
    with override_settings(**pointed(kept_place)), new_database() as url:
        call_command("restore", str(path), into=url, stdout=said)
        yield url, said.getvalue()


def refused(command, *arguments, **options) -> str:
    with pytest.raises(CommandError) as error:
        command(*arguments, **options)
    return str(error.value)


def held(url: str) -> dict:
    with psycopg.connect(url) as found:
        return postgres.holdings_past_policies(found)


def tables(url: str) -> int:
    with psycopg.connect(url) as found:
        return found.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()[0]


def kept(settings) -> dict:
    """What the tests' own database holds, as the backup role sees it: the owner would wait for the test's locks."""
    with psycopg.connect(settings.DATABASE_BACKUP_URL) as found:
        return postgres.holdings(found)


def ours() -> str:
    return at_database(installed.DATABASE_OWNER_URL, connection.settings_dict["NAME"])


def test_a_backup_comes_back_with_every_row_and_every_head(made, restored, settings):
    url, said = restored
    assert held(url) == kept(settings)
    assert held(url)["tables"]["deputies_deputy"] > 0
    assert held(url)["heads"]
    assert "已恢复，全部与备份时一致" in said


def test_policies_triggers_and_rights_come_back_too(restored, db):
    asked = """
        SELECT 'policy', tablename, policyname, qual FROM pg_policies UNION ALL
        SELECT 'trigger', tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal UNION ALL
        SELECT 'forced', relname, '', relforcerowsecurity::text FROM pg_class WHERE relkind = 'r'
          AND relnamespace = 'public'::regnamespace UNION ALL
        SELECT 'right', table_name, privilege_type, grantee FROM information_schema.role_table_grants
          WHERE grantee = 'app_rt' ORDER BY 1, 2, 3, 4
    """
    with psycopg.connect(ours()) as left, psycopg.connect(restored[0]) as right:
        before = left.execute(asked).fetchall()
        assert right.execute(asked).fetchall() == before
    assert {kind for kind, *_ in before} == {"policy", "trigger", "forced", "right"}


def test_the_check_compares_says_so_and_leaves_no_database(made, command, settings):
    before = kept(settings)
    said = command("restore", str(made), verify=True)
    assert "全部与备份时一致，可以恢复" in said
    assert databases() == set()
    assert kept(settings) == before


def test_a_database_with_anything_in_it_is_left_as_it_is(made, empty_database, command):
    with psycopg.connect(empty_database, autocommit=True) as found:
        found.execute("CREATE TABLE precious (word text)")
        found.execute("INSERT INTO precious VALUES ('水利')")
    assert "目标数据库不是空的，没有恢复任何内容" in refused(command, "restore", str(made), into=empty_database)
    with psycopg.connect(empty_database) as found:
        assert found.execute("SELECT word FROM precious").fetchall() == [("水利",)]
    assert tables(empty_database) == 1


@pytest.mark.parametrize("harm", ["cut", "one byte", "lost key", "no backup"])
def test_a_bad_file_is_said_in_plain_words_and_nothing_is_restored(made, empty_database, command, tmp_path, harm):
    content, bad = made.read_bytes(), tmp_path / "bad.backup"
    middle = len(content) // 2
    changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    bad.write_bytes({"cut": content[:-40], "one byte": changed, "no backup": b"x" * 999}.get(harm, content))
    if harm == "lost key":
        (tmp_path / "keys" / "backup-1.key").unlink()
        provider.cache_clear()
    told = {
        "cut": "备份文件不完整",
        "one byte": "已损坏或被改动",
        "lost key": "没有打开这份备份的密钥",
        "no backup": "这不是本系统的备份文件",
    }
    assert told[harm] in refused(command, "restore", str(bad), into=empty_database)
    assert told[harm] in refused(command, "restore", str(bad), verify=True)
    assert tables(empty_database) == 0
    assert databases() == set()


def test_rows_that_do_not_come_back_are_noticed(made, command, monkeypatch):
    real = postgres.holdings_past_policies

    def fewer(found):
        counted = real(found)
        counted["tables"]["deputies_deputy"] -= 1
        counted["heads"].pop("0")
        return counted

    monkeypatch.setattr(postgres, "holdings_past_policies", fewer)
    told = refused(command, "restore", str(made), verify=True)
    assert "不符（表 deputies_deputy、审计链 0）" in told
    assert databases() == set()


def test_a_restore_that_breaks_off_leaves_the_database_empty(made, empty_database, command, settings, tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    real = postgres.program("pg_restore")
    (programs / "pg_restore").write_text(f'#!/bin/sh\nhead -c 20000 | "{real}" "$@"\n')
    (programs / "pg_restore").chmod(0o700)
    settings.POSTGRES_PROGRAMS = str(programs)
    assert "恢复失败，数据库没有改动" in refused(command, "restore", str(made), into=empty_database)
    assert tables(empty_database) == 0


def test_nobody_is_logged_in_by_a_restore(made, empty_database, command):
    with owner_connection() as owner:
        owner.execute(
            "INSERT INTO django_session VALUES ('of-a-test', 'x', now() + interval '1 day') ON CONFLICT DO NOTHING"
        )
        try:
            path = made
            folder = path.parent
            path.unlink()
            command("backup", to=str(folder))
            (path,) = folder.iterdir()
            command("restore", str(path), into=empty_database)
        finally:
            owner.execute("DELETE FROM django_session WHERE session_key = 'of-a-test'")
    with psycopg.connect(empty_database) as found:
        assert found.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    with path.open("rb") as file:
        assert next(pieces(file))[0] == MANIFEST


def test_a_missing_file_a_wrong_address_and_no_address_are_said(made, command, settings, tmp_path):
    assert "文件读写失败" in refused(command, "restore", str(tmp_path / "none.backup"), verify=True)
    assert "连接不上数据库" in refused(command, "restore", str(made), into=at_database(ours(), "no_such_database"))
    assert "DATABASE_URL" in refused(command, "restore", str(made), into="mysql://x")
    settings.DATABASE_OWNER_URL = ""
    assert "没有设置 DATABASE_OWNER_URL" in refused(command, "restore", str(made), verify=True)


def test_either_a_check_or_a_target_must_be_asked_for(tmp_path):
    with pytest.raises(CommandError):
        call_command("restore", str(tmp_path / "x"))


@pytest.mark.parametrize(("count", "ending"), [(5, "表 t4）"), (6, "表 t4等）")])
def test_of_many_differing_tables_the_first_five_are_named(count, ending):
    manifest = {"tables": {f"t{number}": 1 for number in range(count)}, "heads": {}}
    with pytest.raises(restoring.Fault, match=re.escape(ending)):
        restoring._compare(manifest, {"tables": {}, "heads": {}})
    restoring._compare(manifest, manifest)
