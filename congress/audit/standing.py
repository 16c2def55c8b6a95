"""Checking the rows that stand: each is as the last action on it left it, none came or went without one.

The digests were made by a trigger and lie under the hash of their event; whoever writes with the triggers off leaves
none. The database compares, table by table, and only what does not fit comes here: the memory needed does not grow.
"""

from collections.abc import Iterator

from congress.audit.faults import Fault
from congress.guard.install import stated_tables

_SHAPES = """
SELECT DISTINCT s.columns, ARRAY(
  SELECT attname::text FROM pg_attribute WHERE attrelid = %(table)s::regclass AND attnum > 0 AND NOT attisdropped
  AND NOT attname || ':' || atttypid::regtype = ANY (string_to_array(s.columns, ',')))
FROM congress_rowstate s WHERE s.table_name = %(table)s
"""
# Written out here and not asked of the database's own functions, which its owner could change. What a column says that
# came after the state was taken down is not part of it.
_STANDING = """
WITH shape AS (SELECT columns, string_to_array(newer, ',') AS newer
  FROM unnest(%(columns)s::text[], %(newer)s::text[]) AS known (columns, newer)),
last AS (SELECT DISTINCT ON (w.row_id) w.row_id, w.salt, w.digest, s.columns
  FROM congress_rowstate s, unnest(s.rows, s.salts, s.digests) AS w (row_id, salt, digest)
  WHERE s.table_name = %(table)s ORDER BY w.row_id, s.id DESC)
SELECT coalesce(last.row_id, t.id::text), t.id IS NULL, last.row_id IS NULL
FROM (SELECT last.*, shape.newer FROM last JOIN shape USING (columns)) AS last
FULL JOIN {table} t ON t.id::text = last.row_id
WHERE (t.id IS NOT NULL OR NOT EXISTS (SELECT FROM congress_rowhistory h
    WHERE h.table_name = %(table)s AND h.row_id = last.row_id AND h.operation = 'DELETE'))
  AND (last.row_id IS NULL OR last.digest IS DISTINCT FROM
    sha256(convert_to(last.salt::text || E'\\x1f' || (to_jsonb(t) - last.newer)::text, 'UTF8')))
"""
_ASTRAY = """
SELECT s.table_name, s.id FROM congress_rowstate s LEFT JOIN congress_auditevent e ON e.id = s.action_id
WHERE e.id IS NULL ORDER BY s.id
"""


def verify_standing(cursor) -> Iterator[Fault]:
    """Rows that are not as their last action left them, that none made, or that went without one. Call in a scope that
    reads every row."""
    cursor.execute("SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'")
    for table in stated_tables():
        cursor.execute(_SHAPES, {"table": table})
        shapes = cursor.fetchall()
        values = {
            "table": table,
            "columns": [columns for columns, _ in shapes],
            "newer": [",".join(newer) for _, newer in shapes],
        }
        cursor.execute(_STANDING.format(table=table), values)
        while rows := cursor.fetchmany(1000):
            yield from (_fault(table, *row) for row in rows)
    cursor.execute(_ASTRAY)
    for table, number in cursor.fetchall():
        yield Fault(f"{table} 行状态{number}", "行状态没有对应的审计记录")


def _fault(table: str, row: str, is_gone: bool, is_unknown: bool) -> Fault:
    if is_gone:
        return Fault(f"{table} {row}", "记录不经动作而消失")
    return Fault(f"{table} {row}", "记录不经动作而出现" if is_unknown else "记录不经动作被改动")
