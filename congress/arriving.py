"""The worker of the web server whose threads get whole requests only.

A thread that reads a body itself waits for whoever sends it: a few that send a byte a second would hold all threads. Here
the one loop that accepts connections gathers what arrives, as a proxy in front would, and a thread begins when the
last byte is there. Chosen with `gunicorn --worker-class congress.arriving.PatientWorker`. With a certificate the same loop
shakes hands over TLS, or a few that never finish would hold all threads again.
"""

import contextlib
import re
import ssl
import time
from functools import cached_property, partial
from selectors import EVENT_READ, EVENT_WRITE
from socket import socket

from gunicorn.http import get_parser
from gunicorn.http.errors import LimitRequestLine
from gunicorn.sock import ssl_context
from gunicorn.util import write_error
from gunicorn.workers.gthread import TConn, ThreadWorker

MOST = 64 * 1024 * 1024  # bytes of one request: more than any page takes, so that the page can say it was too much
MOST_HEAD = 1024 * 1024  # a head as long as this is no head; the parser says so
MOST_TOGETHER = 256 * 1024 * 1024  # bytes of all requests that are still arriving at one worker
SILENT = 30.0  # seconds without a byte
OVERDUE = 600.0  # seconds in all
OVERDUE_AT_THE_END = 2.0  # the same while the server stops, as it waits for connections that are only kept

_AT_ONCE = 64 * 1024  # more than a record of TLS holds, so that none of it stays behind where the loop cannot see it
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_CODED = re.compile(rb"^transfer-encoding[ \t]*:", re.IGNORECASE | re.MULTILINE)


def _said(status: str, words: str) -> bytes:
    """An answer in plain words, where no page can be made."""
    body = words.encode()
    head = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
    return b"%sContent-Length: %d\r\n\r\n%s" % (head.encode(), len(body), body)


# Nothing of the product goes out in the clear; browsers that tried it so are told.
_IN_THE_CLEAR = _said("400 Bad Request", "本系统只接受加密连接：请把网址开头的 http:// 改为 https:// 再打开。\n")
_TOO_LONG = _said("414 URI Too Long", "网址太长，没有打开。请返回上一页，把搜索的字缩短后再试。\n")
_EXPECTS = re.compile(rb"^expect[ \t]*:[ \t]*100-continue[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


class Arrival:
    """A request on its way in. `needed` is its length in bytes, none until its head is there; `refusal` why it is not taken;
    `greets` while hands are shaken over TLS."""

    def __init__(self, conn: TConn, held: bytes, now: float, greets: bool = False):
        self.conn, self.held, self.greets = conn, bytearray(held), greets
        self.waits_for = EVENT_READ
        self.since = self.heard = now
        self.needed: int | None = None
        self.refusal: tuple[int, str] | None = None
        self.waits_for_leave = False
        self._look()

    def take(self, data: bytes, now: float) -> None:
        """Add what arrived."""
        self.held += data
        self.heard = now
        self._look()

    def _look(self) -> None:
        if self.needed is not None:
            return
        end = self.held.find(_END)
        if end < 0:
            self.needed = len(self.held) if len(self.held) > MOST_HEAD else None
            return
        head = bytes(self.held[: end + 2])
        lengths = _LENGTH.findall(head)
        # Two lengths, or one that is none, are refused by the parser, and without reading on.
        self.needed = end + len(_END) + (int(lengths[0]) if len(lengths) == 1 else 0)
        self.waits_for_leave = bool(_EXPECTS.search(head))
        if _CODED.search(head):
            self.refusal = 411, "Length Required"
        elif self.needed > MOST:
            self.refusal = 413, "Content Too Large"

    @property
    def is_whole(self) -> bool:
        """Whether everything is there, or nothing more is wanted."""
        return self.refusal is not None or (self.needed is not None and len(self.held) >= self.needed)

    def is_late(self, now: float, overdue: float = OVERDUE) -> bool:
        """Whether it is given up."""
        return now - self.heard > SILENT or now - self.since > overdue


class PatientWorker(ThreadWorker):
    """gunicorn's threaded worker, with the reading and the greeting of TLS taken out of the threads. Speaks HTTP/1.1."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.arriving: set[Arrival] = set()

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """The certificate and what is spoken: TLS 1.2 and later, no second greeting within a connection."""
        context = ssl_context(self.cfg)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.options |= ssl.OP_NO_RENEGOTIATION
        return context

    def enqueue_req(self, conn: TConn) -> None:
        """Every way to a thread leads through here: begin to gather. What came behind the last request is the beginning."""
        held = conn.parser.unreader.take_buffered() if conn.parser is not None else b""
        conn.sock.setblocking(False)
        greets = self.cfg.is_ssl and conn.parser is None
        if greets:
            try:
                conn.sock = self.tls.wrap_socket(conn.sock, server_side=True, do_handshake_on_connect=False)
            except OSError:  # gone already
                self._close(conn)
                return
        arrival = Arrival(conn, held, time.monotonic(), greets)
        self.arriving.add(arrival)
        self.poller.register(conn.sock, EVENT_READ, partial(self._hear, arrival))
        self._hear(arrival, conn.sock)

    def _hear(self, arrival: Arrival, sock: socket) -> None:
        """Take what is there without waiting; hand over when it is all."""
        try:
            if arrival.greets:
                arrival.conn.sock.do_handshake()
                arrival.greets = False
            while not arrival.is_whole:
                data = sock.recv(_AT_ONCE)
                if not data:
                    self._leave(arrival)
                    self._close(arrival.conn)
                    return
                arrival.take(data, time.monotonic())
                if arrival.waits_for_leave and not arrival.is_whole:
                    arrival.waits_for_leave = False
                    sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        except (BlockingIOError, InterruptedError, ssl.SSLWantReadError):
            self._wait_for(arrival, EVENT_READ)
            self._keep_within_bounds()
            return
        except ssl.SSLWantWriteError:
            self._wait_for(arrival, EVENT_WRITE)
            return
        except OSError as error:
            self._leave(arrival)
            if getattr(error, "reason", "") == "HTTP_REQUEST":
                self._say_encrypted_only(arrival.conn)
            self._close(arrival.conn)
            return
        self._leave(arrival)
        if arrival.refusal is not None:
            self._refuse(arrival.conn, *arrival.refusal)
        else:
            arrival.conn.arrived = bytes(arrival.held)
            super().enqueue_req(arrival.conn)

    def _wait_for(self, arrival: Arrival, event: int) -> None:
        if arrival.waits_for != event:
            arrival.waits_for = event
            self.poller.modify(arrival.conn.sock, event, partial(self._hear, arrival))

    def _say_encrypted_only(self, conn: TConn) -> None:
        """Answer below TLS; what came is read away first, or the answer is lost with it."""
        with contextlib.suppress(OSError):
            socket.recv(conn.sock, _AT_ONCE)
        with contextlib.suppress(OSError):
            socket.send(conn.sock, _IN_THE_CLEAR)

    def _keep_within_bounds(self) -> None:
        """Too much on its way in all: the largest goes."""
        while sum(len(arrival.held) for arrival in self.arriving) > MOST_TOGETHER:
            largest = max(self.arriving, key=lambda arrival: len(arrival.held))
            self._leave(largest)
            self._refuse(largest.conn, 503, "Service Unavailable")

    def _leave(self, arrival: Arrival) -> None:
        self.arriving.discard(arrival)
        self.poller.unregister(arrival.conn.sock)

    def _close(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()

    def _refuse(self, conn: TConn, status: int, reason: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # gone already, or not greeted yet
            write_error(conn.sock, status, reason, "")
        self._close(conn)

    def handle_error(self, req, client, addr, exc):
        """An address longer than any of ours is refused in words."""
        if not isinstance(exc, LimitRequestLine):
            return super().handle_error(req, client, addr, exc)
        with contextlib.suppress(OSError):
            client.sendall(_TOO_LONG)

    def murder_pending(self) -> None:
        """Called once a second: what came too slowly is given up, too."""
        super().murder_pending()
        now, overdue = time.monotonic(), OVERDUE if self.alive else OVERDUE_AT_THE_END
        for arrival in [arrival for arrival in self.arriving if arrival.is_late(now, overdue)]:
            self._leave(arrival)
            self._refuse(arrival.conn, 408, "Request Timeout")

    def handle(self, conn: TConn):
        """In a thread: the request lies ready."""
        conn.data_ready = True
        conn.sock.setblocking(True)
        if self.cfg.is_ssl and conn.parser is None:  # the loop has shaken hands
            conn.initialized, conn.parser = True, get_parser(self.cfg, conn.sock, conn.client)
        conn.init()
        conn.parser.unreader.unread(conn.arrived)
        conn.arrived = b""
        return super().handle(conn)
