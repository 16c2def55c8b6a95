"""The unprivileged accounts under which everything runs when the starter is root: the servers as one, the product as
another, so that who breaks into the web process reads no database file.

When the starter is an ordinary user, all of it runs as that user.
"""

import hashlib
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from script.lib.say import Stop, say

SERVERS, PRODUCT = "congress-db", "congress-app"
LOCATION = "servers.location"  # the note in the data folder, when the files stand outside
OUTSIDE = Path("/var/lib/congress")
NO_HOME = "/nonexistent"


@dataclass(frozen=True)
class Account:
    """A system user: name, user id and group id."""

    name: str
    uid: int
    gid: int

    def popen(self) -> dict:
        """Keyword arguments for subprocess that start a program as this user, without root's groups."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reaches(self, folder: Path) -> bool:
        """Whether this user may pass through every folder above and into this one."""
        probe = subprocess.run(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)], capture_output=True, **self.popen())
        return probe.returncode == 0


def servers_account() -> Account | None:
    """The account for the embedded servers; None means: run them as the present user."""
    return system_account(SERVERS, "运行数据库")


def system_account(name: str, purpose: str) -> Account | None:
    """The account of this name, None when the starter is no root.

    As root a system user without a home and without a login is made once. Raises Stop when that fails.
    """
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        _create(name, purpose)
        entry = pwd.getpwnam(name)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create(name: str, purpose: str) -> None:
    say(f"建立{purpose}的系统用户 {name}（不能登录）")
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", NO_HOME]
    made = subprocess.run([*command, "--shell", "/usr/sbin/nologin", name], capture_output=True, text=True)
    if made.returncode not in (0, 9):  # 9: another start made it a moment ago
        raise Stop(f"不能建立系统用户 {name}：{made.stderr.strip()}")


def server_folder(folder: Path, account: Account | None) -> Path:
    """Make an empty folder for a server's data, its owner's alone, and return it; an existing one stays as it is."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        if account is not None:
            os.chown(folder, account.uid, account.gid)
    return folder


def owner_of(account: Account | None) -> tuple[int, int] | None:
    """The ids to whom a server's private file belongs; None means the present user."""
    return None if account is None else (account.uid, account.gid)


def servers_home(data: Path, account: Account | None, outside: Path = OUTSIDE) -> Path:
    """The folder for the servers' own files: inside the data folder when the account can get there.

    A data folder below somebody's private home is out of reach for another user. The rights of the
    folders above are not ours to widen, so the servers' files then stand under `outside`, under a name
    derived from the data folder, and a note in the data folder says where.
    """
    inside = data / "servers"
    inside.mkdir(parents=True, exist_ok=True)
    if account is None:
        return inside
    data.chmod(data.stat().st_mode | 0o011)  # pass through, without listing
    inside.chmod(0o711)
    if account.reaches(inside):
        return inside
    home = outside / hashlib.sha256(str(data).encode()).hexdigest()[:16]
    home.mkdir(parents=True, exist_ok=True)
    outside.chmod(0o711)
    home.chmod(0o711)
    (data / LOCATION).write_text(f"{home}\n", encoding="utf-8")
    say(f"数据目录在他人不可进入的目录下，数据库文件改放在 {home}（位置记在 {LOCATION}）")
    return home
