"""Anchors: the heads of the chains, sealed under a key outside the database, each over the one before it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from congress.crypto.providers import provider
from congress.models import AuditAnchor

FIELDS = ("number", "chain", "seq", "hash", "at", "prev", "mac")


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
    return [_of(row) for row in AuditAnchor.objects.filter(number__gt=after).order_by("number").values_list(*FIELDS)]


def last() -> Anchor | None:
    """The last anchor there is, of whatever chain."""
    row = AuditAnchor.objects.filter(number__isnull=False).order_by("-number").values_list(*FIELDS).first()
    return _of(row) if row else None


def newest() -> list[Anchor]:
    """The last anchor of every chain."""
    rows = AuditAnchor.objects.filter(number__isnull=False).order_by("chain", "-number").distinct("chain")
    return [_of(row) for row in rows.values_list(*FIELDS)]
