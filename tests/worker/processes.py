"""A real Celery worker on the tests' database, with a Redis database of its own; it can be killed like a power cut, as may be the
connections to the database."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import redis
from celery import Celery
from django.conf import settings
from django.db import connection

from congress.cache import ForgivingCache
from congress.work.tasks import HEARTBEAT

# A busy machine may take this long for a step that takes a second on an idle one.
PATIENCE = 45
INCLUDED = "tests.worker.kinds,tests.worker.rolls,tests.worker.papers,tests.worker.bundles"
_OWNER_KEY = "tests:owner"


def until(done: Callable[[], object], what: str, patience: float = PATIENCE):
    """Ask again and again until the answer is true, and give it; fails with `what` when it never is."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        answer = done()
        if answer:
            return answer
        time.sleep(0.02)
    raise AssertionError(f"waited {patience} s in vain for {what}")


@contextlib.contextmanager
def own_redis() -> Iterator[str]:
    """The address of a Redis database nobody else uses, empty before and after."""
    parts = urlsplit(settings.REDIS_URL)
    for number in range(14, 0, -1):
        address = urlunsplit(parts._replace(path=f"/{number}"))
        client = redis.Redis.from_url(address)
        if client.set(_OWNER_KEY, str(uuid.uuid4()), nx=True, ex=600):
            break
        client.close()
    else:
        raise AssertionError("all databases of the Redis server are taken")
    try:
        yield address
    finally:
        client.flushdb()
        client.close()


def environment(redis_url: str) -> dict[str, str]:
    """The variables of a process of this test run: the runtime role, the tests' database, keys and clock."""
    here = connection.settings_dict
    account = f"{quote(here['USER'], safe='')}:{quote(here['PASSWORD'], safe='')}"
    database = f"postgresql://{account}@{here['HOST']}:{here['PORT'] or 5432}/{quote(here['NAME'], safe='')}"
    dropped = {"DATABASE_OWNER_URL", "CONGRESS_DEMO", "CONGRESS_DEMO_TODAY", "DATABASE_URL_FILE", "REDIS_URL_FILE"}
    return {name: value for name, value in os.environ.items() if name not in dropped} | {
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "CONGRESS_KEYS_DIR": settings.CONGRESS_KEYS_DIR,
        "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def cut_off() -> int:
    """End every connection to the tests' database but this one, in whatever it is doing; returns how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def kill(process: subprocess.Popen) -> None:
    """kill -9 of a process and its children; nothing of it can tidy up."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=PATIENCE)


@dataclass
class Workers:
    """Starts workers, sends them tasks and kills them."""

    redis_url: str
    log: Path
    running: list[subprocess.Popen] = field(default_factory=list)

    def __post_init__(self):
        self._sender = Celery("sender", broker=self.redis_url, set_as_current=False)
        self._sender.conf.update(task_ignore_result=True, task_default_queue="celery")
        self.cache = ForgivingCache(self.redis_url, {})

    def start(self, concurrency: int = 1) -> subprocess.Popen:
        """A worker that has answered a first task."""
        command = [sys.executable, "-m", "celery", "--quiet", "--app", "congress.celery:app", "worker"]
        command += ["--include", INCLUDED, "--concurrency", str(concurrency), "--loglevel", "INFO"]
        command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        with self.log.open("ab") as log:
            worker = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=environment(self.redis_url),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own, so that the children die with it
            )
        self.running.append(worker)
        self.wait_for_the_queue()
        return worker

    def send(self, task: str, *arguments) -> None:
        """Queue a task of congress.work.tasks."""
        self._sender.send_task(f"congress.work.tasks.{task}", args=arguments)

    def wait_for_the_queue(self) -> None:
        """Returns when one worker process has done what was queued before."""
        self.cache.delete(HEARTBEAT)
        self.send("heartbeat")
        self.until(lambda: self.cache.get(HEARTBEAT), "the worker to answer")

    def until(self, done: Callable[[], object], what: str):
        """Like `until`, and shows the workers' log when it fails."""
        try:
            return until(done, what)
        except AssertionError as error:
            error.add_note(self.log.read_text(encoding="utf-8", errors="replace")[-4000:])
            raise

    def kill(self, worker: subprocess.Popen) -> None:
        """kill -9 of the worker and its children."""
        kill(worker)

    def close(self) -> None:
        """Kill what is left and let go of the broker."""
        for worker in self.running:
            self.kill(worker)
        self._sender.close()
        self.cache.close()
