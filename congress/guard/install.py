"""Puts both locks into the database after every migrate: functions, policies, triggers, keys that hold the township, grants.

Idempotent; runs as the owner, in one transaction. `locks()` says what must be there, for the check at every start, and
`edition()` what this version of the program puts there: it stands beside the functions and goes with every dump.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction

from congress.guard import county
from congress.guard.erasable import erasable_columns
from congress.guard.record import INBOX, record_models
from congress.guard.states import take_down
from congress.guard.wholeness import NEEDLESS, tie_up, ties
from congress.guard.words import index_of, install_words

# Tables outside the records that people change only through actions.
PLACE_TABLES = (
    "congress_county",
    "congress_township",
    "congress_user",
    "congress_membership",
    "congress_accountrequest",
    "congress_holiday",
)
# Tables of third parties and of the session machinery, with the rights the run-time role needs on them.
DELETABLE_PREFIXES = ("django_session", "axes_", "mfa_", "usersessions_", "account_", "congress_turnedaway")
# What migrations write and nobody else: who could add to these would have a migration passed over.
READ_PREFIXES = ("django_migrations", "django_content_type", "auth_")
# Rows that are added and never change, whoever asks; with the records that are `guard_final`.
APPEND_ONLY = ("congress_auditevent", "congress_rowhistory", "congress_rowstate", "congress_auditanchor")
# What the run-time role may not even add by itself: triggers and sealing functions do, as the owner.
OWNERS_ONLY = ("congress_rowhistory", "congress_rowstate", "congress_auditanchor", "congress_chainhead")
# The functions the run-time role may call; the others only fire.
CALLABLE = (
    "guard_seal(bigint, int, bigint, bytea, timestamptz, bytea, bytea)",
    "guard_erase_history(text, text[])",
    "guard_pairs(bigint, text)",
    "guard_words(bigint, text[])",
    "guard_found(text, text, int)",
)
FUNCTIONS = Path(__file__).with_name("functions.sql")
_BEARER = "public.guard_require_action()"  # the function whose comment names the edition

READ_TOWNSHIP = (
    "(SELECT coalesce(current_setting('app.read_all', true), '') = 'on')"
    " OR {column} = ANY ((SELECT nullif(current_setting('app.read_townships', true), ''))::int[])"
)
# The same for records, whose township is never null: one array and no OR, so that an index on the township serves.
IN_SCOPE = (
    "SELECT CASE WHEN coalesce(current_setting('app.read_all', true), '') = 'on'"
    " THEN (SELECT array_agg(id) FROM public.congress_township)"
    " ELSE nullif(current_setting('app.read_townships', true), '')::bigint[] END"
)
READ_RECORD = f"{{column}} = ANY (({IN_SCOPE})::bigint[])"
PUBLISHED = "(SELECT nullif(current_setting('app.published_township', true), '')::bigint)"
# Records of which some are published: still one array, so that an index on the township serves readers and the public alike.
READ_OR_PUBLISHED = (
    f"{{column}} = ANY ((SELECT CASE WHEN {PUBLISHED} IS NULL THEN ({IN_SCOPE}) ELSE ARRAY[{PUBLISHED}] END)::bigint[])"
    f" AND ({PUBLISHED} IS NULL OR ({{condition}}))"
)
WRITE_OR_ADD = (
    "{column} = (SELECT coalesce(nullif(current_setting('app.write_township', true), ''),"
    " nullif(current_setting('app.inbox_township', true), ''))::int)"
)
WRITE_TOWNSHIP = "{column} = (SELECT nullif(current_setting('app.write_township', true), '')::int)"
OWN = "{column} = (SELECT nullif(current_setting('app.user_id', true), '')::int)"
ACCOUNTS = "(SELECT coalesce(current_setting('app.accounts', true), '') = 'on')"
AUDIT = "(SELECT coalesce(current_setting('app.audit', true), '') = 'on')"


@dataclass(frozen=True)
class Locks:
    """What must stand on one table."""

    table: str
    policy: str = ""  # a word the policy's condition must hold; none when empty
    triggers: tuple[str, ...] = ()
    searched: bool = False  # the owner's function may read it past the policy
    counted: str = ""  # OF the columns that count the version up; all of them when empty


@dataclass(frozen=True)
class _Trigger:
    name: str
    when: str
    function: str


_TRIGGERS = {
    trigger.name: trigger
    for trigger in (
        _Trigger(
            "guard_action",
            "BEFORE INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT",
            "guard_require_action",
        ),
        _Trigger(
            "guard_history_update",
            "AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT",
            "guard_history",
        ),
        _Trigger(
            "guard_history_delete",
            "AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT",
            "guard_history",
        ),
        _Trigger(
            "guard_state_insert",
            "AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
            "guard_state",
        ),
        _Trigger(
            "guard_state_update",
            "AFTER UPDATE ON {table} REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT",
            "guard_state",
        ),
        _Trigger(
            "guard_version",
            "BEFORE UPDATE {counted} ON {table} FOR EACH ROW WHEN (NEW.version = OLD.version)",
            "guard_count_up",
        ),
        _Trigger(
            "guard_append_only", "BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT", "guard_refuse"
        ),
        _Trigger("guard_chain", "BEFORE INSERT ON {table} FOR EACH ROW", "guard_chain"),
    )
}
_HISTORY = ("guard_history_update", "guard_history_delete", "guard_state_insert", "guard_state_update")


def _locks_of(model: type[models.Model]) -> Locks:
    triggers = ("guard_version",)
    if model.guard_final:
        triggers = ("guard_append_only",)
    if model.guard_action:
        triggers += ("guard_action", *(_HISTORY if model.guard_history else ()))
    read = "app.published_township" if _published(model) else "app.read_townships"
    return Locks(model._meta.db_table, read, triggers, bool(index_of(model)), _counted(model))


def _published(model: type[models.Model]) -> str:
    """The condition of the rows the public may read; empty for none."""
    return "" if model.guard_public == INBOX else model.guard_public


def _counted(model: type[models.Model]) -> str:
    if not model.guard_uncounted:
        return ""
    return "OF " + ", ".join(
        f'"{field.column}"' for field in model._meta.concrete_fields if field.name not in model.guard_uncounted
    )


def locks() -> list[Locks]:
    """What must stand on every table, records first."""
    own = {"congress_membership": "app.user_id", "congress_accountrequest": "app.accounts"}
    places = [Locks(table, own.get(table, ""), ("guard_action", *_HISTORY)) for table in PLACE_TABLES]
    trail = [
        Locks("congress_auditevent", "app.audit", ("guard_append_only", "guard_chain")),
        Locks("congress_rowhistory", "app.audit", ("guard_append_only",)),
        Locks("congress_rowstate", "app.audit", ("guard_append_only",)),
        Locks("congress_auditanchor", "", ("guard_append_only",)),
    ]
    counties = [
        Locks(model._meta.db_table, "app.county", ("guard_action", *_HISTORY)) for model in county.county_models()
    ]
    return [_locks_of(model) for model in record_models()] + counties + places + trail


def stated_tables() -> list[str]:
    """The tables of whose rows it is known what the last action left."""
    return [lock.table for lock in locks() if "guard_state_insert" in lock.triggers]


def _triggers(lock: Locks) -> str:
    sql = ""
    for name in lock.triggers:
        trigger = _TRIGGERS[name]
        when = trigger.when.format(table=f"public.{lock.table}", counted=lock.counted)
        sql += f"CREATE OR REPLACE TRIGGER {name} {when} EXECUTE FUNCTION public.{trigger.function}();\n"
    return sql


# A township whose rows all came at once is unknown to the planner until its table is analysed, which PostgreSQL puts off until
# a tenth of the table is new: of twenty townships, two. Nor is an index read alone, without its rows, before these are vacuumed:
# of twenty townships, four.
_ANALYSED = (
    "ALTER TABLE public.{table} SET"
    " (autovacuum_analyze_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01);\n"
)


def _policy(table: str, using: str, check: str) -> str:
    return f"""
ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.{table} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS guard ON public.{table};
CREATE POLICY guard ON public.{table} USING ({using}) WITH CHECK ({check});
"""


def _record_policy(model: type[models.Model]) -> str:
    column = "township_id"
    using = READ_RECORD.format(column=column)
    if condition := _published(model):
        using = READ_OR_PUBLISHED.format(column=column, condition=condition)
    if getattr(model, "guard_own", ""):
        using += " OR " + OWN.format(column=model.guard_own)
    write = WRITE_OR_ADD if model.guard_public == INBOX else WRITE_TOWNSHIP
    check = getattr(model, "guard_check", None) or write.format(column=column)
    check = check.replace("{table}", f"public.{model._meta.db_table}")
    return _policy(model._meta.db_table, using, check)


def _other_policies() -> str:
    membership_read = " OR ".join([READ_TOWNSHIP.format(column="township_id"), OWN.format(column="user_id"), ACCOUNTS])
    membership_write = " OR ".join([WRITE_TOWNSHIP.format(column="township_id"), ACCOUNTS])
    history_read = READ_TOWNSHIP.format(column="township_id") + " OR " + AUDIT
    return (
        _policy("congress_membership", membership_read, membership_write)
        + _policy("congress_accountrequest", ACCOUNTS, ACCOUNTS)
        + _policy("congress_auditevent", READ_TOWNSHIP.format(column="chain") + " OR " + AUDIT, "true")
        + _policy("congress_rowhistory", history_read, "true")
        + _policy("congress_rowstate", history_read, "true")
    )


def _erasable() -> str:
    """The function that says which columns of a table are erased with the person; NULL for any other table."""
    cases = "".join(
        f" WHEN '{table}' THEN ARRAY[{', '.join(repr(column) for column in columns)}]"
        for table, columns in erasable_columns().items()
    )
    return f"""
CREATE OR REPLACE FUNCTION public.guard_erasable(table_ text) RETURNS text[] LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$ SELECT CASE table_{cases} END $$;
"""


# Firing a trigger needs no right to its function; making one does.
_CLOSE_FUNCTIONS = """
DO $$ DECLARE one regprocedure; BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'guard\\_%' LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
  END LOOP;
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
"""


def _grants(tables: list[str], role: str) -> str:
    """What the run-time role may do. No temporary tables: one of the same name would stand before a real one."""
    sql = f"GRANT USAGE ON SCHEMA public TO {role}; GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};"
    for table in tables:
        rights = "SELECT" if table.startswith(READ_PREFIXES) else "SELECT, INSERT, UPDATE"
        sql += f'REVOKE ALL ON public."{table}" FROM {role}; GRANT {rights} ON public."{table}" TO {role};'
        if table.startswith(DELETABLE_PREFIXES):
            sql += f'GRANT DELETE ON public."{table}" TO {role};'
    for lock in locks():
        if "guard_append_only" in lock.triggers:
            sql += f"REVOKE UPDATE ON public.{lock.table} FROM {role};"
    for table in OWNERS_ONLY:
        sql += f"REVOKE INSERT, UPDATE ON public.{table} FROM {role};"
    for function in CALLABLE:
        sql += f"GRANT EXECUTE ON FUNCTION public.{function} TO {role};"
    return sql + (
        f"DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM {role}', current_database()); END $$;"
    )


def _statements(tables: set[str]) -> str:
    """Functions, policies and triggers for those of these tables that need any."""
    sql = FUNCTIONS.read_text(encoding="utf-8") + _erasable() + _other_policies()
    there = [model for model in record_models() if model._meta.db_table in tables]
    sql += "".join(_record_policy(model) + _ANALYSED.format(table=model._meta.db_table) for model in there)
    counties = [model._meta.db_table for model in county.county_models()]
    sql += "".join(_policy(table, county.READ, county.WRITE) for table in counties if table in tables)
    sql += install_words([model for model in there if index_of(model)], IN_SCOPE) + _CLOSE_FUNCTIONS
    return sql + "".join(_triggers(lock) for lock in locks() if lock.table in tables)


@cache
def edition() -> str:
    """A digest of all that `install` puts in place for the models there are: what another version of the program installed
    has another one, so that a start need not install it again to be sure."""
    tables = sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True))
    parts = (_statements(set(tables)), _grants(tables, "the run-time role"), *map(repr, ties()), NEEDLESS)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def installed(cursor) -> tuple[str, str]:
    """The edition that was put in place, and the digest of how that stood in the catalogue; empty before there is any."""
    cursor.execute("SELECT obj_description(to_regprocedure(%s), 'pg_proc')", [_BEARER])
    written, _, stood = (cursor.fetchone()[0] or "").partition(" ")
    return written, stood


# Whatever the search path of who asks: names are told with their schema or without.
_STANDS = r"""
SELECT encode(sha256(convert_to(string_agg(replace(line, 'public.', ''), E'\n' ORDER BY line COLLATE "C"), 'UTF8')), 'hex') FROM (
  SELECT concat_ws(' ', proname, pg_get_function_identity_arguments(oid), prosecdef, provolatile, proconfig, prosrc,
    proowner = (SELECT relowner FROM pg_class WHERE oid = to_regclass('public.congress_auditevent'))) AS line
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'guard\_%%'
  UNION ALL SELECT concat_ws(' ', pg_get_triggerdef(t.oid), tgenabled)
  FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
  WHERE relnamespace = 'public'::regnamespace AND relname = ANY (%s) AND NOT tgisinternal
  UNION ALL SELECT concat_ws(' ', relname, polname, polcmd, polpermissive, pg_get_expr(polqual, polrelid),
    pg_get_expr(polwithcheck, polrelid))
  FROM pg_policy JOIN pg_class c ON c.oid = polrelid
  WHERE relnamespace = 'public'::regnamespace AND relname = ANY (%s)
) AS stands
"""


def stands(cursor) -> str:
    """A digest of functions, triggers and policies as the database has them now."""
    tables = [lock.table for lock in locks()]
    cursor.execute(_STANDS, [tables, tables])
    return cursor.fetchone()[0]


def install(using: str = "default") -> None:
    """Installs functions, policies, triggers, keys and grants for every model there is; nothing before the tables exist.

    Raises IntegrityError when rows of one township point at rows of another.
    """
    connection = connections[using]
    tables = connection.introspection.table_names()
    if not set(APPEND_ONLY) <= set(tables):
        return
    with transaction.atomic(using), connection.cursor() as cursor:
        cursor.execute(_statements(set(tables)))
        tie_up(cursor, tables)
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.RUNTIME_ROLE])
        if cursor.fetchone():
            cursor.execute(_grants(tables, connection.ops.quote_name(settings.RUNTIME_ROLE)))
        take_down([table for table in stated_tables() if table in tables])
        cursor.execute(f"COMMENT ON FUNCTION {_BEARER} IS '{edition()} {stands(cursor)}'")


def after_migrate(sender, using: str, **kwargs) -> None:
    """Receiver of post_migrate; the congress app is enough, all tables exist by then."""
    if sender.label == "congress" and apps.ready:
        install(using)
