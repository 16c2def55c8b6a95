"""Making anchors.

The database takes an anchor only through `guard_seal`, over an event there is. A copy of every anchor goes to a file
the database cannot reach (congress.audit.copies), or whoever owns the database could take the newest ones away.
"""

from django.db import connection, transaction

from congress import clock
from congress.audit import anchors, copies
from congress.audit.anchors import Anchor
from congress.crypto.providers import provider
from congress.guard import scope

_ONE_AT_A_TIME = 0x61756469  # number of the advisory lock: two sealers would count alike

_MOVED = """
SELECT h.chain, h.seq, h.hash FROM congress_chainhead h
WHERE h.seq > coalesce((SELECT max(a.seq) FROM congress_auditanchor a WHERE a.chain = h.chain), 0) ORDER BY h.chain
"""


def anchor() -> int:
    """Seal every head that has moved since the last anchor; returns how many.

    Runs in a transaction of its own; the copy outside is brought up to date after it. Raises OSError when the folder of
    the copy cannot be written; the anchors stand then, and the next time copies them.
    """
    with scope.audit(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        before = anchors.last()
        cursor.execute(_MOVED)
        moved = cursor.fetchall()
        for chain, seq, digest in moved:
            before = _next(before, chain, seq, bytes(digest))
            cursor.execute(
                "SELECT guard_seal(%s, %s, %s, %s, %s, %s, %s)",
                [getattr(before, name) for name in anchors.FIELDS],
            )
    transaction.on_commit(copies.bring_up_to_date)
    return len(moved)


def _next(last: Anchor | None, chain: int, seq: int, digest: bytes) -> Anchor:
    number, prev = (last.number + 1, last.mac) if last else (1, b"")
    bare = Anchor(number, chain, seq, digest, clock.now(), prev)
    return Anchor(number, chain, seq, digest, bare.at, prev, provider().anchor(bare.words()))
