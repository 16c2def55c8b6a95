"""Who sends slowly waits alone: the threads of the web server begin with requests that are there."""

import contextlib
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from congress import arriving
from script.lib.product import WEB_OPTIONS
from tests.worker.processes import until

ROOT = Path(__file__).resolve().parents[2]
THREADS = 8  # of all workers together


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def answer(sock: socket.socket) -> str:
    """One answer, head and body."""
    held = b""
    while b"\r\n\r\n" not in held:
        held += sock.recv(4096) or pytest.fail(f"closed after {held!r}")
    head, _, body = held.partition(b"\r\n\r\n")
    length = int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE)[1])
    while len(body) < length:
        body += sock.recv(4096)
    return f"{head.split(b' ', 2)[1].decode()} {body.decode()}"


def asked(port: int, request: bytes, connected=connect) -> str:
    with connected(port) as sock:
        sock.sendall(request)
        return answer(sock)


def post(path: str, length: int, *more: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: x", f"Content-Length: {length}", *more]
    return "\r\n".join([*lines, "", ""]).encode()


@contextlib.contextmanager
def served(*more: str, connected=connect):
    """The port and the process of gunicorn as the product starts it, with an application that echoes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "tests.ops.echo:application", "--bind", f"127.0.0.1:{number}"]
    web = subprocess.Popen(
        [*command, *WEB_OPTIONS, *more], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def answers():
        with contextlib.suppress(OSError):
            return asked(number, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", connected) == "200 GET / 0"

    try:
        until(answers, "the web server")
        yield number, web
    finally:
        web.send_signal(signal.SIGTERM)
        web.wait(timeout=30)


@pytest.fixture(scope="module")
def port():
    with served() as (number, _):
        yield number


def test_pages_are_answered_at_once_while_many_send_a_byte_a_second(port):
    """Twice as many as there are threads send their bodies, and as many again their heads, byte by byte."""
    slow = [connect(port) for _ in range(4 * THREADS)]
    heads = [post("/slow", 5)] * 2 * THREADS + [b"GET /slow HTTP/1.1\r\nHost: x\r\nX"] * 2 * THREADS
    for sock, head in zip(slow, heads, strict=True):
        sock.sendall(head)
    stop = threading.Event()

    def drip():
        for byte in (b"a", b"b", b"c", b"d"):
            for sock in slow:
                sock.sendall(byte)
            if stop.wait(1):
                return

    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        took = []
        for number in range(20):
            began = time.monotonic()
            assert asked(port, post("/quick", 3) + b"abc") == "200 POST /quick 3", number
            took.append(time.monotonic() - began)
        assert max(took) < 2, took
        dripping.join()
        for sock in slow[: 2 * THREADS]:
            sock.sendall(b"e")
            assert answer(sock) == "200 POST /slow 5"
    finally:
        stop.set()
        dripping.join()
        for sock in slow:
            sock.close()


def test_an_address_longer_than_any_of_ours_is_refused_in_chinese(port):
    query = "%E8%B7%AF" * 5000
    said = asked(port, f"GET /t/1/units/?q={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert said == "414 网址太长，没有打开。请返回上一页，把搜索的字缩短后再试。\n"


def test_who_sends_slowly_does_not_keep_the_server_from_stopping():
    """It is given up with an answer, and the server ends by itself, long before it would be killed. There is one worker:
    a second that is still being made does not hear the signal, and the server waits for it until the end of its grace."""
    with (
        served("--workers", "1", "--graceful-timeout", "60") as (port, web),
        connect(port) as slow,
        connect(port) as quick,
    ):
        slow.sendall(post("/slow", 1000))
        quick.sendall(post("/quick", 4) + b"abcd")
        assert answer(quick) == "200 POST /quick 4"
        slow.settimeout(0.2)
        web.send_signal(signal.SIGTERM)

        def given_up() -> bytes:
            with contextlib.suppress(TimeoutError):
                return slow.recv(4096)
            slow.sendall(b"a")
            return b""

        assert until(given_up, "the slow one to be given up").startswith(b"HTTP/1.1 408 ")
        until(lambda: web.poll() is not None, "the web server to stop")
    assert web.returncode == 0
    grace = float(WEB_OPTIONS[WEB_OPTIONS.index("--graceful-timeout") + 1])
    assert grace >= 5 * arriving.OVERDUE_AT_THE_END


def test_one_connection_carries_many_requests_also_sent_ahead(port):
    with connect(port) as sock:
        for number in range(3):
            sock.sendall(post(f"/{number}", 4) + b"abcd")
            assert answer(sock) == f"200 POST /{number} 4"
        sock.sendall(post("/ahead", 2) + b"ab" + post("/behind", 3) + b"a")
        assert answer(sock) == "200 POST /ahead 2"
        sock.sendall(b"bc")
        assert answer(sock) == "200 POST /behind 3"


def test_a_large_body_comes_whole(port):
    size = 20 * 1024 * 1024
    assert asked(port, post("/large", size) + b"x" * size) == f"200 POST /large {size}"


def test_who_waits_for_leave_to_send_gets_it(port):
    with connect(port) as sock:
        sock.sendall(post("/asked", 3, "Expect: 100-continue"))
        assert sock.recv(4096).startswith(b"HTTP/1.1 100 ")
        sock.sendall(b"abc")
        assert b"200 OK" in sock.recv(4096) + sock.recv(4096)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (post("/", arriving.MOST), "413"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", "411"),
        (post("/", 5, "Content-Length: 6"), "400"),
        (post("/", -1), "400"),
        (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", "414"),
    ],
    ids=["too large", "of no length", "of two lengths", "of less than nothing", "line too long"],
)
def test_what_cannot_be_waited_for_is_refused_at_once(port, request_, status):
    assert asked(port, request_)[:3] == status


def test_who_falls_silent_is_given_up(monkeypatch):
    conn = object()
    arrival = arriving.Arrival(conn, b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab", 100.0)
    assert not arrival.is_whole
    assert not arrival.is_late(100.0 + arriving.SILENT)
    assert arrival.is_late(101.0 + arriving.SILENT)
    for second in range(1, 700):
        arrival.take(b"", 100.0 + second)
    assert arrival.is_late(100.0 + 700)
    assert not arriving.Arrival(conn, b"", 100.0).is_late(101.0)


def test_a_head_without_end_goes_to_the_parser():
    arrival = arriving.Arrival(None, b"", 0.0)
    arrival.take(b"x" * (arriving.MOST_HEAD + 1), 0.0)
    assert arrival.is_whole
    assert arrival.refusal is None


def test_the_image_starts_the_same_worker():
    found = re.search(r"^CMD (\[.*?\])$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    command = json.loads(found[1].replace("\\\n", ""))
    assert command[command.index("--worker-class") + 1] == WEB_OPTIONS[WEB_OPTIONS.index("--worker-class") + 1]
