"""Stamps, secrets, ports and the lock of a data folder."""

import os
import socket
import stat

import pytest

from script.lib import stamps
from script.lib.datafolder import DataFolder, Lock
from script.lib.ports import LOOPBACK, is_free, remembered
from script.lib.say import Stop
from script.lib.secretfiles import private_folder, secret, write_private


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_fingerprint_follows_content_name_extra_and_order(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("a")
    other.write_text("b")
    base = stamps.fingerprint([one, other])
    assert stamps.fingerprint([one, other]) == base
    assert stamps.fingerprint([other, one]) != base
    assert stamps.fingerprint([one, other], extra="python 3.12") != base
    assert stamps.fingerprint([one, tmp_path / "missing"]) != base
    other.write_text("c")
    assert stamps.fingerprint([one, other]) != base


def test_fingerprint_does_not_confuse_where_one_file_ends(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("xy")
    second.write_text("")
    before = stamps.fingerprint([first, second])
    first.write_text("x")
    second.write_text("y")
    assert stamps.fingerprint([first, second]) != before


def test_stamp_holds_for_its_value_only(tmp_path):
    stamp = tmp_path / "deep" / "stamp"
    assert not stamps.is_current(stamp, "1")
    stamps.write(stamp, "1")
    assert stamps.is_current(stamp, "1")
    assert not stamps.is_current(stamp, "2")
    assert [path.name for path in stamp.parent.iterdir()] == ["stamp"]


def test_secret_is_made_once_and_closed_to_others(tmp_path):
    folder = private_folder(tmp_path / "secrets")
    made = secret(folder, "django-secret-key")
    assert secret(folder, "django-secret-key") == made
    assert secret(folder, "another") != made
    assert len(made) >= 40
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
    assert mode(folder) == 0o700
    assert mode(folder / "django-secret-key") == 0o600


def test_private_file_replaces_a_link_instead_of_following_it(tmp_path):
    target, link = tmp_path / "target", tmp_path / "file.new"
    target.write_text("untouched")
    link.symlink_to(target)
    write_private(tmp_path / "file", "password", owner=(os.geteuid(), os.getegid()))
    assert target.read_text() == "untouched"
    assert (tmp_path / "file").read_text() == "password"
    assert mode(tmp_path / "file") == 0o600


def test_port_is_remembered_while_free_and_changed_when_taken(tmp_path):
    file = tmp_path / "ports.json"
    first = remembered(file, "postgres")
    assert remembered(file, "postgres") == first
    with socket.socket() as other:
        other.bind((LOOPBACK, first))
        other.listen()
        assert not is_free(first)
        second = remembered(file, "postgres")
    assert second != first
    assert remembered(file, "postgres") == second


def test_data_folder_closes_secrets_and_keys(tmp_path):
    data = DataFolder(tmp_path / "var")
    data.prepare()
    assert [mode(folder) for folder in (data.secrets, data.keys, data.stamps, data.beat)] == [0o700] * 4


def test_second_start_on_the_same_data_is_told_where_the_first_serves(tmp_path):
    data = DataFolder(tmp_path)
    first, second = Lock(data), Lock(data)
    first.take()
    first.note("http://127.0.0.1:8000/")
    with pytest.raises(Stop, match=r"已经在运行（http://127\.0\.0\.1:8000/）"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_lock_cannot_be_annotated_before_it_is_held(tmp_path):
    with pytest.raises(RuntimeError):
        Lock(DataFolder(tmp_path)).note("nobody")
