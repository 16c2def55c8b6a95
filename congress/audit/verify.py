"""Checking the trail: every link, head, anchor and copy, every before-image, every stored file, every row as it stands."""

import hashlib
from collections.abc import Iterator

from django.db import connection

from congress import clock
from congress.audit import copies
from congress.audit.anchors import Anchor, numbered
from congress.audit.contents import verify_files, verify_history
from congress.audit.faults import LATE, Fault, at_anchor, at_event
from congress.audit.standing import verify_standing
from congress.crypto.providers import provider
from congress.guard import scope
from congress.guard.record import record_models

# Written out here and not taken from the database's own function, which its owner could change.
_EVENTS = """
SELECT seq, at, prev, hash, concat_ws(E'\\x1f', id, chain, seq,
  to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), coalesce(actor_id::text, ''), verb, subject_type,
  subject_id, subject_label, detail::text, outcome, encode(history, 'hex'))
FROM congress_auditevent WHERE chain = %s AND seq > %s ORDER BY seq LIMIT 1000
"""
# Chains are counted from the townships, too: one that is gone whole has no head to be found by.
_CHAINS = """
SELECT c.chain, coalesce(h.seq, 0), coalesce(h.hash, ''::bytea) FROM (
  SELECT 0 AS chain UNION SELECT id FROM congress_township UNION SELECT chain FROM congress_chainhead
  UNION SELECT chain FROM congress_auditevent UNION SELECT chain FROM congress_auditanchor) c
LEFT JOIN congress_chainhead h ON h.chain = c.chain ORDER BY 1
"""


def verify() -> Iterator[Fault]:
    """Every fault there is. Reads all townships' rows and the copy of the anchors; writes nothing."""
    with scope.every_row("核对审计链"), connection.cursor() as cursor:
        cursor.execute(_CHAINS)
        for chain, head_seq, head_hash in cursor.fetchall():
            yield from _verify_chain(cursor, chain, head_seq, bytes(head_hash))
        yield from _verify_anchors(numbered())
        # Whole tables are held against each other: row by row, as a server does that last counted them when they were
        # empty (after a restore, within a long import), it would take a hundred times as long.
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield from verify_history(cursor)
        yield from verify_files(cursor)
        yield from verify_standing(cursor)
        cursor.execute("SET LOCAL enable_nestloop = on")


def _events(cursor, chain: int) -> Iterator[tuple]:
    last = 0
    while True:
        cursor.execute(_EVENTS, [chain, last])
        rows = cursor.fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1][0]


def _verify_chain(cursor, chain: int, head_seq: int, head_hash: bytes) -> Iterator[Fault]:
    anchors, sealed_up_to = _anchors_of(cursor, chain)
    expected_seq, prev = 1, b""
    late = None
    for seq, at, stored_prev, stored_hash, canonical in _events(cursor, chain):
        if seq != expected_seq:
            yield at_event(chain, expected_seq, "记录缺失")
        if bytes(stored_prev) != prev and seq == expected_seq:
            yield at_event(chain, seq, "与前一条不相连")
        if hashlib.sha256(bytes(stored_prev) + canonical.encode()).digest() != bytes(stored_hash):
            yield at_event(chain, seq, "内容被改动")
        if not _fits(anchors.pop(seq, None), chain, seq, bytes(stored_hash)):
            yield at_event(chain, seq, "与锚点不符")
        if late is None and seq > sealed_up_to and at < clock.now() - LATE:
            late = seq
        expected_seq, prev = seq + 1, bytes(stored_hash)
    if (head_seq, head_hash) != (expected_seq - 1, prev):
        yield at_event(chain, expected_seq, "链尾被截断或链首被改")
    if expected_seq == 1 and _is_used(cursor, chain):
        yield Fault(f"链{chain}", "有业务数据而没有任何审计记录")
    if late is not None:
        yield at_event(chain, late, "早该加盖锚点而没有锚点")
    for seq in anchors:
        yield at_event(chain, seq, "锚点所指的记录不存在")


def _anchors_of(cursor, chain: int) -> tuple[dict[int, tuple], int]:
    """Anchors of a chain by the event they seal, and the last event that is sealed."""
    cursor.execute("SELECT seq, hash, mac, number FROM congress_auditanchor WHERE chain = %s", [chain])
    anchors = {seq: (bytes(digest), bytes(mac), number) for seq, digest, mac, number in cursor.fetchall()}
    return anchors, max(anchors, default=0)


def _fits(sealed: tuple | None, chain: int, seq: int, digest: bytes) -> bool:
    """Whether an anchor, if there is one, is of this event. Seals of numbered ones are looked at with their row."""
    if sealed is None:
        return True
    stored, mac, number = sealed
    return stored == digest and (
        number is not None or provider().anchor_holds(f"{chain}:{seq}:".encode() + digest, mac)
    )


def _is_used(cursor, chain: int) -> bool:
    """Whether something was written for which events must be there: any record, or for the system's chain any user."""
    if chain == 0:
        cursor.execute("SELECT EXISTS (SELECT FROM congress_user) OR EXISTS (SELECT FROM congress_township)")
        return cursor.fetchone()[0]
    return any(
        model._base_manager.filter(township_id=chain).exists() for model in record_models() if model.guard_action
    )


def _verify_anchors(anchors: list[Anchor]) -> Iterator[Fault]:
    """Numbers without a gap, each seal good and made over the one before; then the copy, line by line."""
    last = Anchor(0, 0, 0, b"", clock.now(), b"")
    for anchor in anchors:
        if anchor.number != last.number + 1:
            yield at_anchor(last.number + 1, "锚点缺失")
        elif anchor.prev != last.mac:
            yield at_anchor(anchor.number, "与前一锚点不相连")
        if not anchor.holds():
            yield at_anchor(anchor.number, "封印不符")
        last = anchor
    yield from _verify_copy({anchor.number: anchor for anchor in anchors})


def _verify_copy(anchors: dict[int, Anchor]) -> Iterator[Fault]:
    seen = set()
    for line, copy in copies.copied():
        if copy is None or not copy.holds():
            yield Fault(f"锚点副本第{line}行", "不是加盖过的锚点")
        elif copy.number not in anchors:
            yield at_anchor(copy.number, "副本中有，数据库中没有：数据库中的锚点被删除")
        elif copy != anchors[copy.number]:
            yield at_anchor(copy.number, "与副本不符")
        if copy is not None:
            seen.add(copy.number)
    for number in sorted(set(anchors) - seen):
        if anchors[number].at < clock.now() - LATE:
            yield at_anchor(number, "没有副本")
            return  # the file is gone, or the folder cannot be written: once is enough
