"""What the web server, the worker and the scheduler need to run without root: their files, and nobody else's."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from script.lib.account import PRODUCT, Account, system_account
from script.lib.datafolder import DataFolder
from script.lib.paths import ROOT, VENV_PYTHON, site_packages
from script.lib.say import Stop, say

FIRST_OPEN_PORT = 1024  # below it only root may listen
_READS = """
import os, sys
for folder in sys.argv[1:4]:
    os.listdir(folder)
for file in sys.argv[4:]:
    open(file, "rb").read(1)
"""


def processes_account(data: DataFolder, variables: Mapping[str, str], port: int) -> Account | None:
    """The account for the product's processes, to whom its files have been handed over; None: the present user.

    When the program stands where another user cannot get to, it says so and the processes stay root's. Raises Stop for
    a port that only root may open.
    """
    account = system_account(PRODUCT, "运行网页和后台任务")
    if account is None:
        return None
    hand_over(data, account)
    if not can_run(account, variables):
        say(
            f"注意：其他用户进不了 {ROOT} 或读不到密钥，网页和后台任务仍以 root 身份运行。"
            "请把程序放到其他用户可以进入的目录（例如 /opt/congress），或者用普通用户启动。"
        )
        return None
    if port < FIRST_OPEN_PORT:
        raise Stop(f"{FIRST_OPEN_PORT} 以下的端口只有 root 能用，网页不以 root 身份运行：请换一个，如 --port 8000")
    return account


def hand_over(data: DataFolder, account: Account) -> None:
    """Give the account the keys, Django's secret key, the key of the certificate and the folders the processes write to;
    the passwords of the servers and the key of the authority, beside which they lie, stay the starter's."""
    for folder in (data.root, data.secrets, data.tls):
        if folder.is_dir():
            folder.chmod(folder.stat().st_mode | 0o011)  # pass through, without listing
    for folder in (data.keys, data.anchors, data.beat, data.mail):
        folder.mkdir(exist_ok=True)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)
    for key in (data.secrets / "django-secret-key", data.tls / "server.key"):
        if key.is_file():
            os.chown(key, account.uid, account.gid, follow_symlinks=False)


def can_run(account: Account, variables: Mapping[str, str]) -> bool:
    """Whether this user can start the product's Python and read what its processes read."""
    folders = [str(ROOT / "congress"), str(site_packages()), variables["CONGRESS_KEYS_DIR"]]
    keys = [str(path) for path in Path(variables["CONGRESS_KEYS_DIR"]).glob("*.key")]
    command = [str(VENV_PYTHON), "-c", _READS, *folders, variables["DJANGO_SECRET_KEY_FILE"], *keys]
    try:
        probe = subprocess.run(command, cwd=ROOT, capture_output=True, env={}, **account.popen())
    except OSError:
        return False
    return probe.returncode == 0
