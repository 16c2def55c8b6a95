"""A part of a chain for strangers: the events about some records whole, and of all others between them nothing but their hash."""

from collections.abc import Iterable

from django.db import connection

# The parts over which an event's hash is made, as `verify` reads them.
_EVENTS = """
SELECT seq, encode(prev, 'hex'), encode(hash, 'hex'), ARRAY[id::text, chain::text, seq::text,
  to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), coalesce(actor_id::text, ''), verb, subject_type,
  subject_id, subject_label, detail::text, outcome, encode(history, 'hex')]
FROM congress_auditevent
WHERE chain = %s AND (subject_id = ANY(%s) OR verb = ANY(%s) AND subject_id = %s) AND history <> sha256(''::bytea) ORDER BY seq
"""
_LINKS = "SELECT encode(hash, 'hex') FROM congress_auditevent WHERE chain = %s AND seq BETWEEN %s AND %s ORDER BY seq"


def excerpt(chain: int, subjects: Iterable[str], verbs: Iterable[str], whole: str) -> tuple[list[list], dict]:
    """The events of a chain that changed these records, and those of some verbs about the `whole` they belong to: each with number, hash
    before, hash and parts; and the hashes of all events from the first of them to the last.

    It ends with the last that concerns them, so that what others do meanwhile does not change it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [chain, list(subjects), list(verbs), whole])
        rows = [list(row) for row in cursor.fetchall()]
        first, last = (rows[0][0], rows[-1][0]) if rows else (1, 0)
        cursor.execute(_LINKS, [chain, first, last])
        return rows, {"chain": chain, "first": first, "hashes": [digest for (digest,) in cursor.fetchall()]}
