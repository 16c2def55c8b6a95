"""The worker of the web server whose threads get whole requests only.

A thread that reads a body itself waits for whoever sends it: a few that send a byte a second would hold all threads. Here
the one loop that accepts connections gathers what arrives, as a proxy in front would, and a thread begins when the
last byte is there. Chosen with `gunicorn --worker-class congress.arriving.PatientWorker`.
"""

import contextlib
import re
import time
from functools import partial
from selectors import EVENT_READ
from socket import socket

from gunicorn.util import write_error
from gunicorn.workers.gthread import TConn, ThreadWorker

MOST = 64 * 1024 * 1024  # bytes of one request: more than any page takes, so that the page can say it was too much
MOST_HEAD = 1024 * 1024  # a head as long as this is no head; the parser says so
MOST_TOGETHER = 256 * 1024 * 1024  # bytes of all requests that are still arriving at one worker
SILENT = 30.0  # seconds without a byte
OVERDUE = 600.0  # seconds in all
OVERDUE_AT_THE_END = 2.0  # the same while the server stops, as it waits for connections that are only kept

_AT_ONCE = 64 * 1024
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_CODED = re.compile(rb"^transfer-encoding[ \t]*:", re.IGNORECASE | re.MULTILINE)
_EXPECTS = re.compile(rb"^expect[ \t]*:[ \t]*100-continue[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


class Arrival:
    """A request on its way in. `needed` is its length in bytes, none until its head is there; `refusal` why it is not taken."""

    def __init__(self, conn: TConn, held: bytes, now: float):
        self.conn, self.held = conn, bytearray(held)
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
    """gunicorn's threaded worker, with the reading taken out of the threads. Speaks plain HTTP/1.1: TLS ends before it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.arriving: set[Arrival] = set()

    def enqueue_req(self, conn: TConn) -> None:
        """Every way to a thread leads through here: begin to gather. What came behind the last request is the beginning."""
        held = conn.parser.unreader.take_buffered() if conn.parser is not None else b""
        conn.sock.setblocking(False)
        arrival = Arrival(conn, held, time.monotonic())
        self.arriving.add(arrival)
        self.poller.register(conn.sock, EVENT_READ, partial(self._hear, arrival))
        self._hear(arrival, conn.sock)

    def _hear(self, arrival: Arrival, sock: socket) -> None:
        """Take what is there without waiting; hand over when it is all."""
        try:
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
        except (BlockingIOError, InterruptedError):
            self._keep_within_bounds()
            return
        except OSError:
            self._leave(arrival)
            self._close(arrival.conn)
            return
        self._leave(arrival)
        if arrival.refusal is not None:
            self._refuse(arrival.conn, *arrival.refusal)
        else:
            arrival.conn.arrived = bytes(arrival.held)
            super().enqueue_req(arrival.conn)

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
        with contextlib.suppress(OSError):  # gone already
            write_error(conn.sock, status, reason, "")
        self._close(conn)

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
        conn.init()
        conn.parser.unreader.unread(conn.arrived)
        conn.arrived = b""
        return super().handle(conn)
