"""The product's web server on the tests' database, to be killed in the middle of requests; and who works there all the same:
what was not answered is opened and sent again, as a browser keeps it.
"""

import contextlib
import http.client
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from congress.models import User
from script.lib.product import WEB_OPTIONS
from tests.worker.processes import PATIENCE, environment, kill, until

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
AWAY = (ConnectionError, TimeoutError, http.client.HTTPException)


@dataclass
class Web:
    """A web server on one port, started as often as it is killed."""

    redis_url: str
    log: Path
    running: subprocess.Popen | None = None

    def __post_init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self) -> None:
        """Up, and answering."""
        command = [sys.executable, "-m", "gunicorn", "congress.wsgi:application", "--bind", f"127.0.0.1:{self.port}"]
        variables = environment(self.redis_url) | {
            "CONGRESS_STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [*command, *WEB_OPTIONS],
                cwd=settings.BASE_DIR,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(self._answers, "the web server to answer")

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def kill(self) -> None:
        """kill -9 of the server and its children."""
        if self.running is not None:
            kill(self.running)


@dataclass
class Tab:
    """Somebody who is logged in and does not give up. `done` is what was answered as done, `broken` how often there was none or
    the server said that it could not."""

    web: Web
    user: User
    done: list[str] = field(default_factory=list)
    broken: int = 0
    _cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        known = Client()
        known.force_login(self.user, backend="congress.accounts.Backend")
        self._cookies[settings.SESSION_COOKIE_NAME] = known.cookies[settings.SESSION_COOKIE_NAME].value

    def read(self, url: str) -> str:
        """A page. Raises AssertionError where it does not open."""
        status, text, _ = self._sure("GET", url)
        assert status == 200, f"{url}: {status} {text}"
        return text

    def take(self, url: str, **values: str) -> str:
        """Open a page and send its form with these values, the same one until it is answered as done; returns where that leads.
        Raises AssertionError where it is refused, or the server stays away."""
        hidden = {name: unescape(value) for name, value in _HIDDEN.findall(self.read(url))}
        status, text, onward = self._sure("POST", url, urlencode({**hidden, **values}))
        assert status == 302, f"{url}: {status} {text}"
        self.done.append(url)
        return onward

    def _sure(self, method: str, url: str, body: str | None = None) -> tuple[int, str, str]:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(*AWAY):
                answered = self._ask(method, url, body)
                if answered[0] < 500:
                    return answered
            self.broken += 1
            time.sleep(0.1)
        raise AssertionError(f"{url} was never answered")

    def _ask(self, method: str, url: str, body: str | None) -> tuple[int, str, str]:
        opened = http.client.HTTPConnection("127.0.0.1", self.web.port, timeout=PATIENCE)
        with contextlib.closing(opened):
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
            if body is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            opened.request(method, url, body, headers)
            answer = opened.getresponse()
            text = answer.read().decode()
            for line in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = line.partition(";")[0].partition("=")
                self._cookies[name] = value
            return answer.status, text, answer.headers.get("Location", "")
