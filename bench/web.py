"""The product's web server with two workers, and a client that asks it over HTTP as a browser does."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from congress.models import User
from script.lib.product import WEB_OPTIONS

START_SECONDS = 60
_FIELD = re.compile(r'<input type="hidden" name="(key|client_key|version|csrfmiddlewaretoken)" value="([^"]*)"')


@dataclass(frozen=True)
class Server:
    """A running web server: where it listens, and its process."""

    port: int
    pid: int


@contextmanager
def server() -> Iterator[Server]:
    """The product behind gunicorn until the block ends. Raises AssertionError when it does not start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "congress.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += [*WEB_OPTIONS, "--timeout", "600", "--log-level", "error"]
    variables = os.environ | {"DJANGO_SETTINGS_MODULE": "bench.settings"}
    running = subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Server(port, running.pid)
    finally:
        running.terminate()
        running.wait(30)


def _wait(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the web server did not start")


@dataclass
class Browser:
    """One connection, kept open, of somebody who is logged in."""

    port: int
    user: User
    statements: int = 0
    size: int = 0
    leads_to: str = ""  # where the last answer sent
    headers: dict[str, str] = field(default_factory=dict)  # beside those of every request
    _cookies: dict[str, str] = field(default_factory=dict)
    _fields: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        known = Client()
        known.force_login(self.user, backend="congress.accounts.Backend")
        self._cookies[settings.SESSION_COOKIE_NAME] = known.cookies[settings.SESSION_COOKIE_NAME].value
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)

    def get(self, url: str) -> str:
        """The page. Raises AssertionError when it does not open."""
        status, text = self._ask("GET", url)
        assert status == 200, f"{url}: {status}"
        return text

    def open_form(self, url: str) -> str:
        """Open a page with a form that makes a record; returns it."""
        text = self.get(url)
        self._fields = dict(_FIELD.findall(text))
        return text

    def send(self, url: str, values: dict[str, str]) -> None:
        """Send the form that was opened, as one that was opened anew. Raises AssertionError when it is not accepted."""
        status, text = self.try_send(url, values)
        assert status == 302, f"{url}: {status} {text[:300]}"

    def try_send(self, url: str, values: dict[str, str]) -> tuple[int, str]:
        """Send it whatever becomes of it; returns the status and the page."""
        return self._ask("POST", url, urlencode({**self._fields, "key": str(uuid.uuid4()), **values}))

    def _ask(self, method: str, url: str, body: str | None = None) -> tuple[int, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "Accept-Encoding": "identity", **self.headers}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._answer(method, url, body, headers)
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        self.leads_to = answer.headers.get("Location", "")
        self.statements, self.size = int(answer.headers.get("X-Statements", 0)), len(content)
        return answer.status, content.decode()

    def _answer(self, method: str, url: str, body: str | None, headers: dict[str, str]) -> http.client.HTTPResponse:
        """As a browser does: where the server has closed a connection meanwhile, on another one."""
        try:
            self._connection.request(method, url, body, headers)
            return self._connection.getresponse()
        except (ConnectionError, http.client.BadStatusLine):
            self._connection.close()
            self._connection.request(method, url, body, headers)
            return self._connection.getresponse()
