"""Checking what the events speak of: before-images and states of rows against the digest in their event, files against theirs."""

from collections.abc import Iterator

from congress.audit.faults import Fault, at_event

ERASED = "people.erase"  # the verb of an event that may have taken something out of before-images

# As guard_history_digest makes it; written out for the same reason as the events are.
_DIGEST = """
sha256(convert_to(concat_ws(E'\\x1f', h.id, coalesce(h.salt::text, ''), h.table_name, h.row_id,
  coalesce(h.township_id::text, ''), coalesce(h.action_id::text, ''),
  to_char(h.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), h.operation, h.before::text), 'UTF8'))
"""
_CHANGED = f"""
SELECT h.table_name, h.row_id FROM congress_rowhistory h WHERE h.digest IS NOT NULL
  AND CASE WHEN h.erased_by_id IS NULL THEN h.digest ELSE h.erased_digest END IS DISTINCT FROM {_DIGEST}
"""  # noqa: S608  our own words
_ASTRAY = """
SELECT h.table_name, h.row_id FROM congress_rowhistory h LEFT JOIN congress_auditevent e ON e.id = h.action_id
WHERE e.id IS NULL OR (h.digest IS NULL) <> (e.history IS NULL)
"""
_ERASED_BY_OTHERS = """
SELECT h.table_name, h.row_id FROM congress_rowhistory h JOIN congress_auditevent e ON e.id = h.erased_by_id
WHERE e.verb <> %s
"""
_INCOMPLETE = """
SELECT e.chain, e.seq FROM congress_auditevent e
LEFT JOIN (SELECT action_id AS id, string_agg(digest, ''::bytea ORDER BY id) AS digests
  FROM congress_rowhistory GROUP BY action_id) k ON k.id = e.id
LEFT JOIN (SELECT s.action_id AS id, string_agg(sha256(convert_to(concat_ws(E'\\x1f', s.id, s.table_name,
    coalesce(s.township_id::text, ''), s.columns, array_to_string(s.rows, ',')), 'UTF8')
    || (SELECT string_agg(digest, ''::bytea ORDER BY place) FROM unnest(s.digests) WITH ORDINALITY AS d (digest, place))),
  ''::bytea ORDER BY s.id) AS digests FROM congress_rowstate s GROUP BY s.action_id) w ON w.id = e.id
LEFT JOIN (SELECT erased_by_id AS id, string_agg(erased_digest, ''::bytea ORDER BY id) AS digests
  FROM congress_rowhistory WHERE erased_by_id IS NOT NULL GROUP BY erased_by_id) x ON x.id = e.id
WHERE e.history IS NOT NULL
  AND e.history <> sha256(coalesce(k.digests, ''::bytea) || coalesce(x.digests, ''::bytea)
    || coalesce(w.digests, ''::bytea)) ORDER BY 1, 2
"""
_FILES = """
SELECT f.id FROM congress_storedfile f
WHERE encode(sha256(f.content), 'hex') <> f.sha256 OR length(f.content) <> f.size ORDER BY f.id
"""
# The event of an issued document holds the digest of its file.
_ISSUED = """
SELECT e.chain, e.seq FROM congress_auditevent e
LEFT JOIN congress_document d ON d.id::text = e.subject_id LEFT JOIN congress_storedfile f ON f.id = d.file_id
WHERE e.subject_type = 'congress.document' AND e.detail ? 'SHA-256'
  AND f.sha256 IS DISTINCT FROM e.detail ->> 'SHA-256' ORDER BY 1, 2
"""


def verify_history(cursor) -> Iterator[Fault]:
    """Before-images that were edited, added, taken away, or erased by anything but an erasing."""
    for statement, values, what in (
        (_CHANGED, [], "行历史被改动"),
        (_ASTRAY, [], "行历史没有对应的审计记录"),
        (_ERASED_BY_OTHERS, [ERASED], "行历史不是由销毁动作销毁的"),
    ):
        cursor.execute(statement, values)
        for table, row in cursor.fetchall():
            yield Fault(f"{table} {row}", what)
    cursor.execute(_INCOMPLETE)
    for chain, seq in cursor.fetchall():
        yield at_event(chain, seq, "该动作的行历史或行状态被删改")


def verify_files(cursor) -> Iterator[Fault]:
    """Stored files whose bytes are not those of their digest, and issued documents whose file is another."""
    cursor.execute(_FILES)
    for (pk,) in cursor.fetchall():
        yield Fault(f"文件 {pk}", "内容与散列不符")
    cursor.execute(_ISSUED)
    for chain, seq in cursor.fetchall():
        yield at_event(chain, seq, "印发文件与记录的散列不符")
