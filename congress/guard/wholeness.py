"""Foreign keys that hold the township too: a row cannot point at a row of the neighbour, whoever writes it.

Foreign keys and unique indexes are blind to row-level security. Instead of Django's own key on the single column stands
one on (township_id, column), for every reference to a record from a table that has a township. Where a row may be of no
township, Django's stays beside it: for such a row the other asks nothing.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db.backends.utils import names_digest

from congress.guard.record import record_models


@dataclass(frozen=True)
class Tie:
    """A reference that must stay inside the township."""

    table: str
    column: str
    target: str

    @property
    def name(self) -> str:
        """The constraint's name: readable at the front, one of its own at the end, at most 63 bytes."""
        return f"tie_{self.table[:25]}_{self.column[:20]}_{names_digest(self.table, self.column, length=8)}"

    @property
    def key(self) -> str:
        """The name of the unique key of the target that this one needs."""
        return f"whole_{self.target[:50]}"


def ties() -> list[Tie]:
    """Every reference to a record from a model that has a township, records or not."""
    records = set(record_models())
    return [
        Tie(model._meta.db_table, field.column, field.related_model._meta.db_table)
        for model in apps.get_models()
        if any(field.column == "township_id" for field in model._meta.concrete_fields)
        for field in model._meta.concrete_fields
        if field.related_model in records
    ]


def missing(cursor, wanted: list[Tie]) -> list[Tie]:
    """Those that are not in the database, or not checked for the rows there are."""
    cursor.execute(
        "SELECT conname, conrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f' AND convalidated AND conname LIKE 'tie\\_%'"
    )
    there = {(name, table.strip('"').removeprefix("public.")) for name, table in cursor.fetchall()}
    return [tie for tie in wanted if (tie.name, tie.table) not in there]


def tie_up(cursor, tables: list[str]) -> None:
    """Put in place what is missing. Raises IntegrityError when rows there are point across; they are mended first."""
    wanted = missing(cursor, [tie for tie in ties() if {tie.table, tie.target} <= set(tables)])
    for tie in wanted:
        cursor.execute(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{tie.key}') THEN"
            f" ALTER TABLE public.{tie.target} ADD CONSTRAINT {tie.key} UNIQUE (township_id, id); END IF; END $$"
        )
    for tie in wanted:
        _add(cursor, tie)
    for table, name in _needless(cursor, [tie for tie in ties() if tie.table in tables]):
        cursor.execute(f'ALTER TABLE public.{table} DROP CONSTRAINT "{name}"')


# Whoever points at a row of the own township points at a row: asked twice, a reference costs every write twice.
NEEDLESS = """
SELECT source.relname, plain.conname FROM pg_constraint plain
JOIN pg_class source ON source.oid = plain.conrelid
JOIN pg_attribute pointer ON pointer.attrelid = plain.conrelid AND pointer.attnum = plain.conkey[1]
JOIN pg_attribute place ON place.attrelid = plain.conrelid AND place.attname = 'township_id' AND place.attnotnull
JOIN pg_constraint tie ON tie.conrelid = plain.conrelid AND tie.confrelid = plain.confrelid AND tie.contype = 'f'
  AND tie.convalidated AND tie.conkey = ARRAY[place.attnum, pointer.attnum]
WHERE plain.contype = 'f' AND plain.conkey = ARRAY[pointer.attnum] AND tie.conname = ANY(%s)
"""


def _needless(cursor, standing: list[Tie]) -> list[tuple[str, str]]:
    """Tables and the names of keys on a single column that say less than the tie beside them."""
    cursor.execute(NEEDLESS, [[tie.name for tie in standing]])
    return cursor.fetchall()


def _add(cursor, tie: Tie) -> None:
    """Under forced policies the owner sees no rows and every key would seem to hold: they are lifted meanwhile."""
    both = {tie.table, tie.target}
    cursor.execute("SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relforcerowsecurity", [list(both)])
    forced = [name for (name,) in cursor.fetchall()]
    for table in forced:
        cursor.execute(f"ALTER TABLE public.{table} NO FORCE ROW LEVEL SECURITY")
    cursor.execute(
        f"ALTER TABLE public.{tie.table} DROP CONSTRAINT IF EXISTS {tie.name};"
        f"ALTER TABLE public.{tie.table} ADD CONSTRAINT {tie.name} FOREIGN KEY (township_id, {tie.column})"
        f" REFERENCES public.{tie.target} (township_id, id) DEFERRABLE INITIALLY DEFERRED"
    )
    for table in forced:
        cursor.execute(f"ALTER TABLE public.{table} FORCE ROW LEVEL SECURITY")
