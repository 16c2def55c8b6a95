"""Where the embedded servers' files stand."""

import os
import stat
import subprocess

import pytest

from script.lib.account import LOCATION, Account, owner_of, server_folder, servers_account, servers_home
from script.lib.datafolder import DataFolder
from script.lib.servers import discard


class Stranger:
    """An account that gets into the folders it is told, and nowhere else."""

    def __init__(self, reachable):
        self.reachable = reachable

    def reaches(self, folder):
        return self.reachable


def test_ordinary_user_keeps_everything_in_the_data_folder(tmp_path):
    assert servers_home(tmp_path, None) == tmp_path / "servers"
    assert owner_of(None) is None


def test_data_folder_lets_the_account_pass_but_not_look(tmp_path):
    tmp_path.chmod(0o700)
    assert servers_home(tmp_path, Stranger(reachable=True)) == tmp_path / "servers"
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o711
    assert not (tmp_path / LOCATION).exists()


def test_unreachable_data_folder_gets_a_home_outside_and_a_note(tmp_path):
    data, outside = tmp_path / "data", tmp_path / "outside"
    data.mkdir()
    rights = stat.S_IMODE(tmp_path.stat().st_mode)
    home = servers_home(data, Stranger(reachable=False), outside)
    assert home.parent == outside
    assert (data / LOCATION).read_text(encoding="utf-8").strip() == str(home)
    assert servers_home(data, Stranger(reachable=False), outside) == home
    assert stat.S_IMODE(tmp_path.stat().st_mode) == rights, "the rights of folders above are not ours to change"
    discard(DataFolder(data))
    assert not home.exists()


def test_server_folder_is_its_owners_alone(tmp_path):
    made = server_folder(tmp_path / "cluster", None)
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    (made / "kept").write_text("x")
    assert (server_folder(made, None) / "kept").exists()


def test_account_is_unprivileged_or_the_present_user():
    account = servers_account()
    if os.geteuid() != 0:
        assert account is None
        return
    assert account.uid != 0
    shown = subprocess.run(["id", "-u"], capture_output=True, text=True, **account.popen())
    assert shown.stdout.strip() == str(account.uid)
    groups = subprocess.run(["id", "-G"], capture_output=True, text=True, **account.popen())
    assert "0" not in groups.stdout.split()


@pytest.mark.parametrize("closed", [True, False])
def test_reaches_asks_the_system(tmp_path_factory, closed):
    account = servers_account() or Account("self", os.geteuid(), os.getegid())
    if os.geteuid() != 0:
        assert owner_of(account) == (os.geteuid(), os.getegid())
        return
    folder = tmp_path_factory.mktemp("reach")
    assert not account.reaches(folder), "pytest's folders belong to the tester alone"
    assert account.reaches(type(folder)("/usr")) is True
