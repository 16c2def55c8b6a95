"""Anchors: the heads of the chains, sealed under a key outside the database, each over the one before it.

The database takes an anchor only through `guard_seal`, over an event there is. A copy of every anchor goes to a file
the database cannot reach (congress.audit.copies), or whoever owns the database could take the newest ones away.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction

from congress import clock
from congress.crypto.providers import provider
from congress.guard import scope
from congress.models import AuditAnchor

_ONE_AT_A_TIME = 0x61756469  # number of the advisory lock: two sealers would count alike

_MOVED = """
SELECT h.chain, h.seq, h.hash FROM congress_chainhead h
WHERE h.seq > coalesce((SELECT max(a.seq) FROM congress_auditanchor a WHERE a.chain = h.chain), 0) ORDER BY h.chain
"""
_FIELDS = ("number", "chain", "seq", "hash", "at", "prev", "mac")


@dataclass(frozen=True)
class Anchor:
    """The head of a chain at some moment. `mac` is made over all the rest, `prev` is the mac of the anchor before."""

    number: int
    chain: int
    seq: int
    hash: bytes
    at: datetime
    prev: bytes
    mac: bytes = b""

    def words(self) -> bytes:
        """What is sealed."""
        when = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
        return f"2:{self.number}:{self.chain}:{self.seq}:{when}:{self.hash.hex()}:{self.prev.hex()}".encode()

    def holds(self) -> bool:
        """Whether the seal is of exactly these words. Raises KeyUnavailable when its key is gone."""
        return provider().anchor_holds(self.words(), self.mac)


def _of(row: tuple) -> Anchor:
    number, chain, seq, digest, at, prev, mac = row
    return Anchor(number, chain, seq, bytes(digest), at, bytes(prev), bytes(mac))


def numbered(after: int = 0) -> list[Anchor]:
    """The anchors with a number above `after`, in order."""
    return [_of(row) for row in AuditAnchor.objects.filter(number__gt=after).order_by("number").values_list(*_FIELDS)]


def newest() -> list[Anchor]:
    """The last anchor of every chain."""
    rows = AuditAnchor.objects.filter(number__isnull=False).order_by("chain", "-number").distinct("chain")
    return [_of(row) for row in rows.values_list(*_FIELDS)]


def anchor() -> int:
    """Seal every head that has moved since the last anchor; returns how many.

    Runs in a transaction of its own; the copy outside is brought up to date after it. Raises OSError when the folder of
    the copy cannot be written; the anchors stand then, and the next time copies them.
    """
    from congress.audit import copies

    with scope.audit(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        newest = AuditAnchor.objects.filter(number__isnull=False).order_by("-number").values_list(*_FIELDS).first()
        last = _of(newest) if newest else None
        cursor.execute(_MOVED)
        moved = cursor.fetchall()
        for chain, seq, digest in moved:
            last = _next(last, chain, seq, bytes(digest))
            cursor.execute(
                "SELECT guard_seal(%s, %s, %s, %s, %s, %s, %s)",
                [last.number, last.chain, last.seq, last.hash, last.at, last.prev, last.mac],
            )
    transaction.on_commit(copies.bring_up_to_date)
    return len(moved)


def _next(last: Anchor | None, chain: int, seq: int, digest: bytes) -> Anchor:
    number, prev = (last.number + 1, last.mac) if last else (1, b"")
    bare = Anchor(number, chain, seq, digest, clock.now(), prev)
    return Anchor(number, chain, seq, digest, bare.at, prev, provider().anchor(bare.words()))
