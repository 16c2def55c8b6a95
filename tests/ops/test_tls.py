"""Other machines are served over TLS: who trusts the authority gets in, nobody does in the clear, who greets slowly waits alone."""

import contextlib
import datetime
import socket
import ssl
import time
import warnings

import pytest

from script.certificates import own
from tests.ops.test_arriving import THREADS, answer, asked, connect, post, served

HOSTS = ["localhost", "127.0.0.1"]
QUICK = b"GET /quick HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("certificates") / "tls"
    own(made, HOSTS, datetime.datetime.now(datetime.UTC))
    return made


@pytest.fixture(scope="module")
def trusting(folder):
    """How somebody connects who has installed the authority."""
    context = ssl.create_default_context(cafile=folder / "authority.crt")
    return lambda port: context.wrap_socket(connect(port), server_hostname="127.0.0.1")


@pytest.fixture(scope="module")
def port(folder, trusting):
    files = ("--certfile", str(folder / "server.crt"), "--keyfile", str(folder / "server.key"))
    with served(*files, connected=trusting) as (number, _):
        yield number


def test_who_trusts_the_authority_gets_in(port, trusting):
    assert asked(port, QUICK, trusting) == "200 GET /quick 0"
    with trusting(port) as sock:
        assert sock.version() == "TLSv1.3"


def test_who_does_not_trust_it_is_warned(port, folder, tmp_path):
    other = tmp_path / "tls"
    own(other, HOSTS, datetime.datetime.now(datetime.UTC))
    for context in (ssl.create_default_context(), ssl.create_default_context(cafile=other / "authority.crt")):
        with connect(port) as plain, pytest.raises(ssl.SSLCertVerificationError):
            context.wrap_socket(plain, server_hostname="127.0.0.1")
    context = ssl.create_default_context(cafile=folder / "authority.crt")
    with connect(port) as plain, pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        context.wrap_socket(plain, server_hostname="elsewhere.example")


def test_nothing_is_answered_in_the_clear_but_how_to_come_in(port):
    for request in (QUICK, post("/quick", 3) + b"abc"):
        with connect(port) as sock:
            sock.sendall(request)
            held = b"".join(iter(lambda: sock.recv(4096), b""))
        head, _, body = held.decode().partition("\r\n\r\n")
        assert head.startswith("HTTP/1.1 400 ")
        assert body == "本系统只接受加密连接：请把网址开头的 http:// 改为 https:// 再打开。\n"
    with connect(port) as sock:
        sock.sendall(b"\x00\x01neither the one nor the other\r\n\r\n")
        with contextlib.suppress(ConnectionResetError):
            assert b"200" not in b"".join(iter(lambda: sock.recv(4096), b""))


def test_old_versions_of_tls_are_refused(port, folder):
    context = ssl.create_default_context(cafile=folder / "authority.crt")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with connect(port) as plain, pytest.raises(ssl.SSLError, match="ALERT_PROTOCOL_VERSION"):
        context.wrap_socket(plain, server_hostname="127.0.0.1")


def test_pages_are_answered_at_once_while_many_do_not_finish_their_greeting(port, trusting):
    """Twice as many as there are threads say nothing, as many begin to greet, as many more begin a request."""
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(connect(port)) for _ in range(4 * THREADS)]
        for sock in slow[: 2 * THREADS]:
            sock.sendall(b"\x16\x03\x01\x02\x00\x01")
        begun = [stack.enter_context(trusting(port)) for _ in range(2 * THREADS)]
        for sock in begun:
            sock.sendall(post("/slow", 5) + b"ab")
        for number in range(20):
            began = time.monotonic()
            assert asked(port, QUICK, trusting) == "200 GET /quick 0", number
            assert time.monotonic() - began < 2
        for sock in begun:
            sock.sendall(b"cde")
            assert answer(sock) == "200 POST /slow 5"


def test_one_connection_carries_many_requests_also_sent_ahead(port, trusting):
    with trusting(port) as sock:
        for number in range(3):
            sock.sendall(post(f"/{number}", 4) + b"abcd")
            assert answer(sock) == f"200 POST /{number} 4"
        sock.sendall(post("/ahead", 2) + b"ab" + post("/behind", 3) + b"a")
        assert answer(sock) == "200 POST /ahead 2"
        sock.sendall(b"bc")
        assert answer(sock) == "200 POST /behind 3"


def test_a_large_body_comes_whole(port, trusting):
    size = 5 * 1024 * 1024
    assert asked(port, post("/large", size) + b"x" * size, trusting) == f"200 POST /large {size}"


def test_who_leaves_in_the_middle_of_the_greeting_disturbs_nobody(port, trusting):
    for begin in (b"", b"\x16", b"\x16\x03\x01\x02\x00\x01"):
        with connect(port) as sock:
            sock.sendall(begin)
            sock.shutdown(socket.SHUT_RDWR)
    assert asked(port, QUICK, trusting) == "200 GET /quick 0"
