"""Rows that no trigger has seen as they are: those from before states were kept, and those whose columns a migration changed.

Their states are taken down after a migrate, as one event in the trail of each place, so that nobody does it unseen.
"""

from django.apps import apps
from django.db import connection

from congress.guard import scope
from congress.guard.action import action, verb

STATES = verb("congress.states", "登记了现有各行的内容散列")
_AT_ONCE = 5000  # rows in one array

_UNSEEN = """
WITH last AS (
  SELECT DISTINCT ON (written) written AS row_id, s.columns
  FROM public.congress_rowstate s, unnest(s.rows) AS written WHERE s.table_name = %(table)s ORDER BY written, s.id DESC),
unseen AS (
  SELECT t.id::text AS row_id, to_jsonb(t) AS state FROM public.{table} t
  LEFT JOIN last ON last.row_id = t.id::text
  WHERE last.columns IS NULL OR NOT string_to_array(last.columns, ',') <@
    string_to_array(public.guard_columns('public.{table}'::regclass), ','))
"""
_PLACES = "{unseen} SELECT (state ->> 'township_id')::int, count(*) FROM unseen GROUP BY 1"
_TAKE_DOWN = """
{unseen}
INSERT INTO public.congress_rowstate (table_name, township_id, action_id, columns, rows, salts, digests)
SELECT %(table)s, %(place)s, %(act)s, public.guard_columns('public.{table}'::regclass),
  array_agg(row_id), array_agg(salt), array_agg(sha256(convert_to(salt::text || E'\\x1f' || state::text, 'UTF8')))
FROM (SELECT row_id, state, gen_random_uuid() AS salt, row_number() OVER (ORDER BY row_id) / %(at_once)s AS part
  FROM unseen WHERE (state ->> 'township_id')::int IS NOT DISTINCT FROM %(place)s) AS parts GROUP BY part
"""


def take_down(tables: list[str]) -> int:
    """Take down the state of every row of these tables that has none, or one of columns that are gone; returns how many.

    As the owner, in a transaction of its own; leaves one event for each place concerned.
    """
    taken = 0
    with scope.every_row("登记各行状态"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'")
        unseen: dict[int | None, dict[str, int]] = {}
        for table in tables:
            cursor.execute(_PLACES.format(unseen=_UNSEEN.format(table=table)), {"table": table})
            for place, count in cursor.fetchall():
                unseen.setdefault(place, {})[table] = count
        for place, counts in unseen.items():
            taken += _take_down(cursor, place, counts)
    return taken


def _take_down(cursor, place: int | None, counts: dict[str, int]) -> int:
    township = apps.get_model("congress", "Township").objects.get(pk=place) if place else None
    with action(STATES, actor=None, township=township, detail=counts) as act:
        for table in counts:
            values = {"table": table, "place": place, "act": act.id, "at_once": _AT_ONCE}
            cursor.execute(_TAKE_DOWN.format(unseen=_UNSEEN.format(table=table), table=table), values)
    return sum(counts.values())
