"""The product's own commands and processes: keys, tables, static files, web, worker, scheduler, demo data."""

import os
import shlex
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path

from script.lib import stamps
from script.lib.account import NO_HOME, Account
from script.lib.children import Child
from script.lib.datafolder import DataFolder
from script.lib.environment import BACKUP_ADDRESS, cleaned, without_owner
from script.lib.listening import Listening
from script.lib.paths import ROOT, VENV, VENV_PYTHON
from script.lib.ports import LOOPBACK
from script.lib.run import run
from script.lib.say import Stop, say
from script.lib.secretfiles import secret

# Only where nobody but root gets to the program; the worker takes JSON only, which is what the warning is about.
_NO_ROOT_WARNING = "ignore:You're running the worker with superuser privileges"
_TASK_PROCESSES = 2
BEHIND = "数据表须更新"  # what `manage.py prepare` says
FIRST_PAGE = "/accounts/login/"
_PAGE_SECONDS = 30
# The log names the path without its query string: people search by name there.
WEB_OPTIONS = shlex.split(
    "--worker-class congress.arriving.PatientWorker --workers 2 --threads 4 --timeout 120 --graceful-timeout 20"
    " --preload --no-control-socket"  # pages are loaded once, before the processes part (congress/warm.py)
    " --limit-request-line 8190"  # a search of some thousand signs is answered, not cut off
    " --access-logfile - --access-logformat '%(m)s %(U)s %(s)s %(L)ss'"
)


@dataclass(frozen=True)
class Mode:
    """How the product is to run: on which port, with demo data or not, on which pretended day."""

    port: int
    demo: bool
    demo_today: str | None


def environment(data: DataFolder, mode: Mode, addresses: dict[str, str], fonts: dict[str, str]) -> dict[str, str]:
    """The variables of the product's processes, on top of the caller's own; the caller's win where they differ."""
    secret(data.secrets, "django-secret-key")
    site = f"http://{LOOPBACK}:{mode.port}"
    ours = {
        "CONGRESS_VAR_DIR": str(data.root),
        "CONGRESS_STATIC_ROOT": str(data.root / "static"),
        "CONGRESS_KEYS_DIR": str(data.keys),
        "CONGRESS_ANCHOR_DIR": str(data.anchors),
        "DJANGO_SECRET_KEY_FILE": str(data.secrets / "django-secret-key"),
        "ALLOWED_HOSTS": f"localhost,{LOOPBACK},[::1]",
        "CONGRESS_INSECURE_HTTP": "1",  # plain http, which only this machine can reach
        "SITE_URL": site,
    }
    if mode.demo:
        ours |= {"CONGRESS_DEMO": "1", "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    if mode.demo_today:
        ours["CONGRESS_DEMO_TODAY"] = mode.demo_today
    return ours | cleaned(os.environ) | addresses | fonts | {"PYTHONUNBUFFERED": "1", "TZ": "Asia/Shanghai"}


@dataclass(frozen=True)
class Product:
    """Runs manage.py and describes the long-running processes."""

    data: DataFolder
    variables: dict[str, str]
    account: Account | None = None  # of the running processes; None is the present user
    listening: Listening | None = None  # to other machines; None is plain http on this one

    def manage(self, *arguments: str, what: str) -> str:
        """Run one management command and return what it prints; raises Stop when it fails."""
        return run([str(VENV_PYTHON), "manage.py", *arguments], cwd=ROOT, environment=self.variables, what=what)

    def prepare(self, law: Path | None = None) -> None:
        """Keys, tables, static files: what the web server needs. The texts of law of a folder that is given are kept in the
        data folder. Raises Stop when a check fails: an unguarded table, demonstration data in an office's installation, or
        the other way round."""
        if self._is_behind():
            say("更新数据表")
            self.manage("migrate", "--no-input", what="更新数据表")
            if self._is_behind():
                self.manage("check", "--database", "default", what="检查数据库和运行方式")
                raise Stop("数据表更新之后仍不完整，原因见 manage.py check --database default")
        if law is not None:
            say(self.manage("load_law_texts", str(law), what="装入法律原文").strip())
        self._collect_static()

    def _is_behind(self) -> bool:
        """Whether the tables must be brought up to date first; otherwise all has been checked, as the role that will serve."""
        return BEHIND in self.manage("prepare", what="检查数据库和运行方式")

    def _collect_static(self) -> None:
        """Collect and compress the static files when one of them, or the Python packages, changed."""
        files = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
        packages = sorted(VENV.glob("congress-*.stamp"))
        folder = Path(self.variables["CONGRESS_STATIC_ROOT"])
        value, stamp = stamps.fingerprint([*files, *packages], extra=str(folder)), self.data.stamps / "static"
        if stamps.is_current(stamp, value) and folder.is_dir():
            return
        say("整理网页文件")
        self.manage("collectstatic", "--no-input", "--clear", "-v0", what="整理网页文件")
        stamps.write(stamp, value)

    def children(self, port: int) -> list[Child]:
        """Web server first, task worker and scheduler, none of which knows owner or backup role; the nightly backup where asked for."""
        environment = self._environment() | {"PYTHONWARNINGS": _NO_ROOT_WARNING}
        bin_folder = VENV / "bin"
        place = self.listening.web_options() if self.listening else ["--bind", f"{LOOPBACK}:{port}"]
        web = ["gunicorn", "congress.wsgi:application", *place, *WEB_OPTIONS]
        celery = ["celery", "--quiet", "--app", "congress.celery:app"]
        worker = [*celery, "worker", "--loglevel", "WARNING", "--without-gossip"]
        worker += ["--without-mingle", "--concurrency", str(_TASK_PROCESSES)]
        beat = [*celery, "beat", "--loglevel", "WARNING"]
        beat += ["--pidfile=", "--schedule", str(self.data.beat / "schedule")]
        children = [
            Child(name, [str(bin_folder / command[0]), *command[1:]], environment, ROOT, account=self.account)
            for name, command in (("web", web), ("worker", worker), ("beat", beat))
        ]
        return children + self._nightly_backup()

    def _environment(self) -> dict[str, str]:
        """The variables of a process that runs beside the starter."""
        variables = without_owner(self.variables)
        return variables if self.account is None else variables | {"HOME": NO_HOME}

    def _nightly_backup(self) -> list[Child]:
        """The process that backs up every night, where a folder is named for it. It alone holds the backup role's address;
        so it is no task of the worker, and runs as the starter, whose variables the processes' account cannot read."""
        address = self.variables.get(BACKUP_ADDRESS)
        if not address or not self.variables.get("CONGRESS_BACKUP_DIR"):
            return []
        command = [str(VENV_PYTHON), "manage.py", "backup", "--nightly"]
        return [Child("backup", command, without_owner(self.variables) | {BACKUP_ADDRESS: address}, ROOT)]

    def errands(self, *, demo: bool) -> list[Child]:
        """What is done once beside the running web server, which need not wait for it: the filling of a demonstration, as
        long as it is not whole, or the deriving anew of what hangs on rules that another version of the program had."""
        stamp = self.data.stamps / "demo"
        if demo and not stamp.is_file():
            return [self._errand("demo", ["seed_demo"], lambda: stamps.write(stamp, "seeded"))]
        return [self._errand("derive", ["check_summaries", "--stale", "--mend"])]

    def _errand(self, name: str, arguments: list[str], then: Callable[[], None] = lambda: None) -> Child:
        command = ["nice", "-n", "10", str(VENV_PYTHON), "manage.py", *arguments]
        return Child(name, command, self._environment(), ROOT, account=self.account, then=then)

    def first_answer(self, port: int) -> bool:
        """Whether the web server answers a request on its port; what it says does not matter."""
        secure = ssl._create_unverified_context()  # noqa: S323  our own server, on this machine
        link = (
            HTTPSConnection(LOOPBACK, port, timeout=_PAGE_SECONDS, context=secure)
            if self.listening
            else HTTPConnection(LOOPBACK, port, timeout=_PAGE_SECONDS)
        )
        try:
            link.request("GET", FIRST_PAGE)
            link.getresponse().read()
        except (OSError, HTTPException):
            return False
        finally:
            link.close()
        return True
