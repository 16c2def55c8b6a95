"""Started as root, nothing of the product runs as root: its files are handed over, the servers' passwords are not."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from script.lib import handover
from script.lib.account import PRODUCT, SERVERS, Account, system_account
from script.lib.children import Child
from script.lib.datafolder import DataFolder
from script.lib.handover import can_run, hand_over, processes_account
from script.lib.product import Mode, Product, environment
from script.lib.say import Stop
from script.lib.secretfiles import private_folder, secret, write_private

PYTHON = Path(shutil.which("python3", path="/usr/bin:/usr/local/bin:/bin"))
ADDRESSES = {"DATABASE_URL": "postgresql://app_rt:a@127.0.0.1:1/congress", "REDIS_URL": "redis://:d@127.0.0.1:2/0"}


@pytest.fixture
def data(monkeypatch):
    """A data folder in a place where everybody may pass, with a key and a password in it, and a Python for everybody."""
    monkeypatch.setattr(handover, "VENV_PYTHON", PYTHON)
    monkeypatch.delenv("CONGRESS_KEYS_DIR", raising=False)
    monkeypatch.delenv("DJANGO_SECRET_KEY_FILE", raising=False)
    base = Path(tempfile.mkdtemp())  # pytest's own folders are closed to others
    base.chmod(0o711)
    folder = DataFolder(base / "var")
    folder.prepare()
    secret(folder.secrets, "postgres-app_owner")
    (folder.keys / "kek-1.key").write_text("00")
    (folder.keys / "kek-1.key").chmod(0o400)
    for name in ("server.key", "authority.key"):
        write_private(private_folder(folder.tls) / name, "x")
    yield folder
    shutil.rmtree(base)


def product(data) -> Product:
    return Product(data, environment(data, Mode(8000, False, None), ADDRESSES, {}))


def says(account, code: str) -> str:
    """What a child of this account prints."""
    lines: list[str] = []
    child = Child("probe", [str(PYTHON), "-c", code], {"PATH": os.defpath}, handover.ROOT, account=account)
    child.start(lambda name, line: lines.append(line))
    child.process.wait(timeout=30)
    child.finish(0.0)
    return "\n".join(lines)


def test_web_worker_and_scheduler_run_as_a_user_of_their_own(data):
    account = processes_account(data, product(data).variables, 8000)
    made = Product(data, product(data).variables, account)
    children = made.children(8000)
    assert [child.name for child in children] == ["web", "worker", "beat"]
    assert {child.account for child in children} == {account}
    if os.geteuid() != 0:
        assert account is None, "an ordinary user's processes are the user's own"
        return
    assert account.uid not in (0, system_account(SERVERS, "").uid)
    assert (
        says(account, "import os; print(os.geteuid(), os.getegid(), os.getgroups())")
        == f"{account.uid} {account.gid} []"
    )


def test_the_account_reads_its_keys_and_not_the_passwords_of_the_servers(data):
    account = processes_account(data, product(data).variables, 8000)
    if account is None:
        assert os.geteuid() != 0
        return
    read = "print(open({!r}).read()[:2])"
    assert says(account, read.format(str(data.keys / "kek-1.key"))) == "00"
    assert len(says(account, read.format(str(data.secrets / "django-secret-key")))) == 2
    assert "PermissionError" in says(account, read.format(str(data.secrets / "postgres-app_owner")))
    assert "PermissionError" in says(account, f"import os; os.listdir({str(data.secrets)!r})")
    for folder in (data.beat, data.mail):
        assert says(account, f"open({str(folder / 'new')!r}, 'w').write('x'); print('ok')") == "ok"
    assert says(account, f"print(len(open({str(data.tls / 'server.key')!r}).read()))") == "1"
    assert "PermissionError" in says(account, read.format(str(data.tls / "authority.key")))
    assert stat.S_IMODE((data.keys / "kek-1.key").stat().st_mode) == 0o400, "the key file stays its owner's alone"


def test_a_program_nobody_else_gets_to_stays_the_starters_and_says_so(data, monkeypatch, capsys):
    monkeypatch.setattr(handover, "system_account", lambda name, purpose: Account("x", os.geteuid(), os.getegid()))
    monkeypatch.setattr(handover, "can_run", lambda account, variables: False)
    assert processes_account(data, product(data).variables, 8000) is None
    assert "root" in "".join(capsys.readouterr())


def test_a_key_that_cannot_be_read_is_noticed_before_the_start(data):
    variables = product(data).variables
    account = system_account(PRODUCT, "") or Account("self", os.geteuid(), os.getegid())
    hand_over(data, account)
    assert can_run(account, variables)
    (data.keys / "kek-1.key").unlink()
    (data.keys / "kek-1.key").symlink_to(data.secrets / "nothing")
    assert not can_run(account, variables)


def test_a_port_of_roots_is_refused_in_words(data, monkeypatch):
    monkeypatch.setattr(handover, "system_account", lambda name, purpose: Account("x", os.geteuid(), os.getegid()))
    with pytest.raises(Stop, match="8000"):
        processes_account(data, product(data).variables, 80)
