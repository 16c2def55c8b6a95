"""The data folder of one installation: what stands where in it, and the lock that lets one starter in."""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from script.lib.say import Stop
from script.lib.secretfiles import private_folder


@dataclass(frozen=True)
class DataFolder:
    """Paths inside the folder given with --data."""

    root: Path

    @property
    def secrets(self) -> Path:
        """Passwords of the servers and Django's secret key; readable by the starter alone."""
        return self.root / "secrets"

    @property
    def keys(self) -> Path:
        """Key files for personal data and the audit chain; made and read by the product."""
        return self.root / "keys"

    @property
    def tls(self) -> Path:
        """The certificate for other machines, its key, and the authority's."""
        return self.root / "tls"

    @property
    def anchors(self) -> Path:
        """Copies of the audit anchors; the database's account cannot reach them."""
        return self.root / "anchors"

    @property
    def stamps(self) -> Path:
        """Notes of the steps that are done."""
        return self.root / "stamps"

    @property
    def beat(self) -> Path:
        """State of the task scheduler."""
        return self.root / "beat"

    @property
    def mail(self) -> Path:
        """E-mails of a demonstration, which are written here instead of being sent."""
        return self.root / "mail"

    @property
    def ports(self) -> Path:
        """The loopback ports used last time."""
        return self.root / "ports.json"

    @property
    def environment(self) -> Path:
        """The addresses and paths of a running installation as shell lines."""
        return self.root / "server.env"

    def prepare(self) -> None:
        """Make the folders; secrets, keys and anchors for their owner alone."""
        self.root.mkdir(parents=True, exist_ok=True)
        for folder in (self.secrets, self.keys, self.anchors, self.stamps, self.beat):
            private_folder(folder)


class Lock:
    """An exclusive lock on a data folder, held as long as this process lives."""

    def __init__(self, data: DataFolder) -> None:
        self._path = data.root / "server.lock"
        self._handle: int | None = None

    def take(self) -> None:
        """Take the lock; raises Stop with the holder's process number when another starter holds it."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 200).decode("utf-8", "replace").strip()
            os.close(handle)
            raise Stop(f"这个数据目录已经在运行（{holder}）：{self._path.parent}") from None
        self._handle = handle
        self.note(f"进程 {os.getpid()}")

    def note(self, text: str) -> None:
        """Say in the lock file who holds it and where it serves."""
        if self._handle is None:
            raise RuntimeError("the lock is not held")
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, text.encode("utf-8"), 0)

    def release(self) -> None:
        """Let the next starter in."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None
