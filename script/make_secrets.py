"""The secret files of a container installation; see `script/make-secrets`."""

import sys
from pathlib import Path

from script.lib.paths import ROOT
from script.lib.say import say
from script.lib.secretfiles import secret, write_private

PASSWORDS = ("postgres_password", "owner_password", "runtime_password", "backup_password", "redis_password")
# Address file to the role and the password file it is made from.
DATABASE_ADDRESSES = {
    "database_url": ("app_rt", "runtime_password"),
    "database_owner_url": ("app_owner", "owner_password"),
    "database_backup_url": ("app_backup", "backup_password"),
}
_READABLE = 0o644  # the containers' users differ from ours; the folder itself is closed


def make(folder: Path) -> list[str]:
    """Make the missing secrets in the folder and return the names of all; what exists stays unchanged."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in (*PASSWORDS, "django_secret_key"):
        secret(folder, name)
    for name, (role, password) in DATABASE_ADDRESSES.items():
        _address(folder / name, f"postgresql://{role}:{secret(folder, password)}@postgres:5432/congress")
    _address(folder / "redis_url", f"redis://:{secret(folder, 'redis_password')}@redis:6379/0")
    names = sorted((*PASSWORDS, "django_secret_key", *DATABASE_ADDRESSES, "redis_url"))
    for name in names:
        (folder / name).chmod(_READABLE)
    return names


def _address(path: Path, text: str) -> None:
    if not path.is_file():
        write_private(path, text + "\n")


def main(arguments: list[str]) -> int:
    """Make the secrets in the folder given, or in deploy/secrets."""
    folder = Path(arguments[0]) if arguments else ROOT / "deploy" / "secrets"
    names = make(folder)
    say(f"密钥文件在 {folder}：{'、'.join(names)}。请妥善保管，不要放进版本库或备份盘")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
