"""Passwords that are made once and kept in files only their owner can read."""

import os
import secrets
from pathlib import Path

_BYTES = 48  # 64 characters: the framework wants a key of at least fifty


def private_folder(folder: Path) -> Path:
    """Make the folder readable by its owner alone (mode 0700) and return it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def write_private(path: Path, text: str, owner: tuple[int, int] | None = None) -> None:
    """Write the text with mode 0600; the file never exists with wider rights, not even for a moment.

    `owner` (user id, group id) gets the file where somebody else than the writer must read it.
    """
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        if owner is not None:
            os.fchown(file.fileno(), *owner)
    fresh.replace(path)


def secret(folder: Path, name: str) -> str:
    """The secret kept under this name, made on first use; safe inside an address without escaping."""
    path = folder / name
    if not path.is_file():
        write_private(path, secrets.token_urlsafe(_BYTES) + "\n")
    return path.read_text(encoding="utf-8").strip()
