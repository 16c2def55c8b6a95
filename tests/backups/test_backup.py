"""manage.py backup: what lies in the folder afterwards, who is told, and what stays when it fails."""

import hashlib
import os
import re
import stat
from datetime import date, datetime, timedelta

import psycopg
import pytest
from django.conf import settings as installed
from django.core.management import CommandError

from congress import clock
from congress.backups import making
from congress.crypto.providers import provider
from congress.guard import scope
from congress.management.commands.backup import next_night
from congress.models import AuditEvent

EVENT = "congress.backup"


def events() -> list[AuditEvent]:
    with scope.audit():
        return list(AuditEvent.objects.filter(verb=EVENT))


def refused(command, *arguments, **options) -> str:
    with pytest.raises(CommandError) as error:
        command(*arguments, **options)
    return str(error.value)


def test_a_backup_is_for_its_owner_alone_and_holds_nothing_readable(made, folder, world):
    path, _ = made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    content = path.read_bytes()
    for word in ("PGDMP", "congress_user", world.clerk.username, world.township.name):
        assert word.encode() not in content, word


def test_the_trail_tells_which_backup_was_made_and_names_no_folder(made, folder):
    path, said = made
    (event,) = events()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (event.chain, event.actor_id) == (0, None)
    assert (event.detail["文件"], event.detail["大小"]) == (path.name, path.stat().st_size)
    assert event.detail["SHA-256"] == digest
    assert event.detail["记录"] > 20
    assert str(folder) not in str(event.detail)
    assert digest in said


def test_the_command_says_where_the_keys_are_and_that_they_go_elsewhere(made, settings):
    assert f"密钥文件在 {settings.CONGRESS_KEYS_DIR}，不在备份里" in made[1]
    assert "读回核对无误" in made[1]


def test_the_newest_are_kept_and_what_is_no_backup_is_left_alone(folder, command):
    folder.mkdir()
    for day in range(1, 5):
        (folder / f"congress-2020-01-0{day}-023000.backup").write_bytes(b"old")
    (folder / "congress-2019.backup").write_bytes(b"of somebody else")
    said = command("backup", to=str(folder), keep=3)
    names = sorted(path.name for path in folder.iterdir())
    assert names[0] == "congress-2019.backup"
    assert names[1:3] == ["congress-2020-01-03-023000.backup", "congress-2020-01-04-023000.backup"]
    assert len(names) == 4
    assert "删去更早的备份2份" in said
    assert "至少要保留一份" in refused(command, "backup", to=str(folder), keep=0)


@pytest.mark.parametrize("fault", ["no program", "a program that fails", "a disk that lies"])
def test_a_backup_that_fails_leaves_nothing_and_removes_nothing(
    folder, command, settings, monkeypatch, tmp_path, fault
):
    folder.mkdir()
    (folder / "congress-2020-01-01-023000.backup").write_bytes(b"old")
    programs = tmp_path / "programs"
    programs.mkdir()
    if fault == "no program":
        settings.POSTGRES_PROGRAMS, told = str(programs), "没有找到 PostgreSQL 的程序 pg_dump"
    elif fault == "a program that fails":
        (programs / "pg_dump").write_text("#!/bin/sh\necho half\necho 'pg_dump: error: too old' >&2\nexit 1\n")
        (programs / "pg_dump").chmod(0o700)
        settings.POSTGRES_PROGRAMS, told = str(programs), "导出数据库失败：pg_dump: error: too old"
    else:
        monkeypatch.setattr(os, "fsync", lambda number: os.truncate(number, 5000))
        told = "备份文件不完整"
    assert told in refused(command, "backup", to=str(folder), keep=1)
    assert [path.name for path in folder.iterdir()] == ["congress-2020-01-01-023000.backup"]
    assert events() == []


def test_backups_and_keys_are_never_in_one_folder(folder, command, settings, tmp_path):
    for place in (settings.CONGRESS_KEYS_DIR, tmp_path, tmp_path / "keys" / "backups"):
        assert "备份不能和密钥放在一起" in refused(command, "backup", to=str(place))
    assert not (tmp_path / "keys" / "backups").exists()


def test_what_is_missing_is_said_in_plain_words(folder, command, settings, tmp_path):
    (tmp_path / "file").write_text("x")
    assert "文件读写失败" in refused(command, "backup", to=str(tmp_path / "file" / "backups"))
    (tmp_path / "keys" / "backup-1.key").unlink()
    provider.cache_clear()
    assert "make_keys" in refused(command, "backup", to=str(folder))
    command("make_keys")
    provider.cache_clear()
    settings.DATABASE_BACKUP_URL = re.sub(r":[^:@]*@", ":wrong@", settings.DATABASE_BACKUP_URL)
    assert "连接不上数据库（角色 app_backup）" in refused(command, "backup", to=str(folder))
    settings.DATABASE_BACKUP_URL = ""
    assert "没有设置 DATABASE_BACKUP_URL" in refused(command, "backup", to=str(folder))
    assert list(folder.iterdir()) == []


def test_a_second_backup_at_the_same_moment_waits_and_old_halves_are_cleared(folder, command, monkeypatch):
    folder.mkdir()
    now = datetime(2026, 3, 1, 9, 0, tzinfo=clock.SHANGHAI)
    half, stale = (folder / f".congress-2026-03-01-0{hour}0000.backup.part" for hour in (9, 8))
    half.write_bytes(b"")
    stale.write_bytes(b"")
    os.utime(stale, (0, 0))
    with clock.frozen(now):
        assert "另一个备份正在进行" in refused(command, "backup", to=str(folder))
    assert list(folder.iterdir()) == [half]


def test_the_backup_role_reads_and_can_write_nothing(folder, settings):
    with psycopg.connect(settings.DATABASE_BACKUP_URL) as connection:
        assert connection.execute("SELECT count(*) FROM deputies_deputy").fetchone()[0] > 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE congress_user SET is_active = false")


def test_the_night_comes_every_day_once():
    evening = datetime(2026, 3, 1, 22, 0, tzinfo=clock.SHANGHAI)
    night = next_night(evening)
    assert night == datetime(2026, 3, 2, 2, 30, tzinfo=clock.SHANGHAI)
    assert next_night(night) == night + timedelta(days=1)
    assert next_night(night - timedelta(seconds=1)) == night


def test_a_night_that_fails_is_told_and_the_next_one_is_tried(folder, command, settings, monkeypatch):
    moments = iter([datetime(2026, 3, day, 2, 30, tzinfo=clock.SHANGHAI) for day in (1, 2, 2, 3, 3)])
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    tried = []
    monkeypatch.setattr(
        making, "_prepare", lambda place: tried.append(place) or (_ for _ in ()).throw(OSError(28, "满"))
    )
    with pytest.raises(StopIteration):
        command("backup", to=str(folder), nightly=True)
    assert tried == [folder, folder]


def test_a_backup_tells_the_day_of_the_office(made):
    assert made[0].name.startswith(f"congress-{date.today():%Y}-")
    assert installed.BACKUP_DAYS == 7
