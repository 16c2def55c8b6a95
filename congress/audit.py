"""Checking the trail: every link recomputed, heads and anchors compared; and sealing the heads."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from congress import clock
from congress.crypto.providers import provider
from congress.guard import scope

_COLUMNS = """
SELECT seq, prev, hash, concat_ws(E'\\x1f', id, chain, seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
  coalesce(actor_id::text, ''), verb, subject_type, subject_id, subject_label, detail::text, outcome)
FROM congress_auditevent WHERE chain = %s AND seq > %s ORDER BY seq LIMIT 1000
"""


@dataclass(frozen=True)
class Fault:
    """Something wrong in a chain, at an event."""

    chain: int
    seq: int
    what: str

    def __str__(self):
        return f"链{self.chain} 第{self.seq}条：{self.what}"


def _sealed_words(chain: int, seq: int, digest: bytes) -> bytes:
    return f"{chain}:{seq}:".encode() + bytes(digest)


def _holds(chain: int, seq: int, digest: bytes, mac: bytes) -> bool:
    return provider().anchor_holds(_sealed_words(chain, seq, digest), mac)


def anchor() -> int:
    """Seal every head that has moved since the last anchor; returns how many. Runs in a transaction of its own."""
    with scope.audit(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT h.chain, h.seq, h.hash FROM congress_chainhead h WHERE h.seq > coalesce("
            "(SELECT max(a.seq) FROM congress_auditanchor a WHERE a.chain = h.chain), 0)"
        )
        moved = cursor.fetchall()
        for chain, seq, digest in moved:
            cursor.execute(
                "INSERT INTO congress_auditanchor (chain, seq, hash, mac, at) VALUES (%s, %s, %s, %s, %s)",
                [chain, seq, bytes(digest), provider().anchor(_sealed_words(chain, seq, digest)), clock.now()],
            )
    return len(moved)


def _events(cursor, chain: int) -> Iterator[tuple]:
    last = 0
    while True:
        cursor.execute(_COLUMNS, [chain, last])
        rows = cursor.fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1][0]


def verify() -> Iterator[Fault]:
    """Every fault of every chain: an edited, removed, added or cut-off event, a head or an anchor that does not fit."""
    with scope.audit(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT chain, seq, hash FROM congress_chainhead UNION"
            " SELECT DISTINCT chain, 0, ''::bytea FROM congress_auditevent e"
            " WHERE NOT EXISTS (SELECT 1 FROM congress_chainhead h WHERE h.chain = e.chain) ORDER BY 1"
        )
        for chain, head_seq, head_hash in cursor.fetchall():
            yield from _verify_chain(cursor, chain, head_seq, bytes(head_hash))


def _verify_chain(cursor, chain: int, head_seq: int, head_hash: bytes) -> Iterator[Fault]:
    cursor.execute("SELECT seq, hash, mac FROM congress_auditanchor WHERE chain = %s", [chain])
    anchors = {seq: (bytes(digest), bytes(mac)) for seq, digest, mac in cursor.fetchall()}
    expected_seq, prev = 1, b""
    for seq, stored_prev, stored_hash, canonical in _events(cursor, chain):
        if seq != expected_seq:
            yield Fault(chain, expected_seq, "记录缺失")
        if bytes(stored_prev) != prev and seq == expected_seq:
            yield Fault(chain, seq, "与前一条不相连")
        if hashlib.sha256(bytes(stored_prev) + canonical.encode()).digest() != bytes(stored_hash):
            yield Fault(chain, seq, "内容被改动")
        sealed = anchors.pop(seq, None)
        if sealed and (sealed[0] != bytes(stored_hash) or not _holds(chain, seq, *sealed)):
            yield Fault(chain, seq, "与锚点不符")
        expected_seq, prev = seq + 1, bytes(stored_hash)
    if (head_seq, head_hash) != (expected_seq - 1, prev):
        yield Fault(chain, expected_seq, "链尾被截断或链首被改")
    for seq in anchors:
        yield Fault(chain, seq, "锚点所指的记录不存在")
