"""Puts both locks into the database after every migrate: policies, triggers, grants. Idempotent; runs as the owner."""

from django.apps import apps
from django.conf import settings
from django.db import connections

from congress.guard.record import record_models

# Tables outside the records that people change only through actions.
PLACE_TABLES = ("congress_county", "congress_township", "congress_user", "congress_membership", "congress_holiday")
# Tables of third parties and of the session machinery, with the rights the run-time role needs on them.
DELETABLE_PREFIXES = ("django_session", "axes_", "mfa_", "account_")
# Rows that are added and never change, whoever asks.
APPEND_ONLY = ("congress_auditevent", "congress_rowhistory", "congress_auditanchor")

READ_TOWNSHIP = (
    "(SELECT coalesce(current_setting('app.read_all', true), '') = 'on')"
    " OR {column} = ANY ((SELECT nullif(current_setting('app.read_townships', true), ''))::int[])"
)
# The same for records, whose township is never null: one array and no OR, so that an index on the township serves.
READ_RECORD = (
    "{column} = ANY ((SELECT CASE WHEN coalesce(current_setting('app.read_all', true), '') = 'on'"
    " THEN (SELECT array_agg(id) FROM congress_township)"
    " ELSE nullif(current_setting('app.read_townships', true), '')::bigint[] END)::bigint[])"
)
WRITE_TOWNSHIP = "{column} = (SELECT nullif(current_setting('app.write_township', true), '')::int)"
OWN = "{column} = (SELECT nullif(current_setting('app.user_id', true), '')::int)"
ACCOUNTS = "(SELECT coalesce(current_setting('app.accounts', true), '') = 'on')"
AUDIT = "(SELECT coalesce(current_setting('app.audit', true), '') = 'on')"

FUNCTIONS = """
CREATE OR REPLACE FUNCTION guard_require_action() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('app.action', true), '') = '' THEN
    RAISE EXCEPTION 'no action is open: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO congress_rowhistory (id, table_name, row_id, township_id, action_id, at, operation, before)
  SELECT gen_random_uuid(), TG_TABLE_NAME, row_before ->> 'id', (row_before ->> 'township_id')::int,
         nullif(current_setting('app.action', true), '')::uuid, clock_timestamp(), TG_OP, row_before - 'password'
  FROM (SELECT to_jsonb(old_rows) AS row_before FROM old_rows) AS befores;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guard_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is refused on %: rows are only added', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE FUNCTION guard_event_hash(prev bytea, e congress_auditevent) RETURNS bytea
LANGUAGE sql STABLE AS $$
  SELECT sha256(prev || convert_to(concat_ws(E'\\x1f', e.id, e.chain, e.seq,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), coalesce(e.actor_id::text, ''), e.verb,
    e.subject_type, e.subject_id, e.subject_label, e.detail::text, e.outcome), 'UTF8'))
$$;

CREATE OR REPLACE FUNCTION guard_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE head congress_chainhead;
BEGIN
  INSERT INTO congress_chainhead (chain, seq, hash) VALUES (NEW.chain, 0, ''::bytea) ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM congress_chainhead WHERE chain = NEW.chain FOR UPDATE;
  NEW.seq := head.seq + 1;
  NEW.prev := head.hash;
  NEW.hash := guard_event_hash(head.hash, NEW);
  UPDATE congress_chainhead SET seq = NEW.seq, hash = NEW.hash WHERE chain = NEW.chain;
  RETURN NEW;
END $$;
"""


def _policy(table: str, using: str, check: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS guard ON {table};
CREATE POLICY guard ON {table} USING ({using}) WITH CHECK ({check});
"""


def _require_action(table: str) -> str:
    return f"""
CREATE OR REPLACE TRIGGER guard_action BEFORE INSERT OR UPDATE OR DELETE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION guard_require_action();
"""


def _history(table: str) -> str:
    return f"""
CREATE OR REPLACE TRIGGER guard_history_update AFTER UPDATE ON {table}
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_history();
CREATE OR REPLACE TRIGGER guard_history_delete AFTER DELETE ON {table}
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION guard_history();
"""


def _append_only(table: str) -> str:
    return f"""
CREATE OR REPLACE TRIGGER guard_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION guard_refuse();
"""


def _record(model) -> str:
    table, column = model._meta.db_table, "township_id"
    using = READ_RECORD.format(column=column)
    if getattr(model, "guard_own", ""):
        using += " OR " + OWN.format(column=model.guard_own)
    sql = _policy(table, using, getattr(model, "guard_check", None) or WRITE_TOWNSHIP.format(column=column))
    if model.guard_action:
        sql += _require_action(table)
        sql += _history(table) if model.guard_history else ""
    return sql


def _special() -> str:
    membership_read = " OR ".join([READ_TOWNSHIP.format(column="township_id"), OWN.format(column="user_id"), ACCOUNTS])
    membership_write = " OR ".join([WRITE_TOWNSHIP.format(column="township_id"), ACCOUNTS])
    sql = _policy("congress_membership", membership_read, membership_write)
    for table in PLACE_TABLES:
        sql += _require_action(table) + _history(table)
    sql += _policy("congress_auditevent", READ_TOWNSHIP.format(column="chain") + " OR " + AUDIT, "true")
    history_read = READ_TOWNSHIP.format(column="township_id") + " OR " + AUDIT
    sql += _policy("congress_rowhistory", history_read, "true")
    sql += """
CREATE OR REPLACE TRIGGER guard_chain BEFORE INSERT ON congress_auditevent FOR EACH ROW EXECUTE FUNCTION guard_chain();
"""
    for table in APPEND_ONLY:
        sql += _append_only(table)
    return sql


def _grants(tables: list[str], role: str) -> str:
    sql = f"GRANT USAGE ON SCHEMA public TO {role}; GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};"
    for table in tables:
        sql += f'REVOKE ALL ON "{table}" FROM {role}; GRANT SELECT, INSERT, UPDATE ON "{table}" TO {role};'
        if table.startswith(DELETABLE_PREFIXES):
            sql += f'GRANT DELETE ON "{table}" TO {role};'
    for table in APPEND_ONLY:
        sql += f"REVOKE UPDATE ON {table} FROM {role};"
    return sql + f"REVOKE INSERT, UPDATE ON congress_chainhead FROM {role};"


def install(using: str = "default") -> None:
    """Installs functions, policies, triggers and grants for every model there is. Does nothing before the tables exist."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if "congress_auditevent" not in tables:
        return
    sql = FUNCTIONS + _special()
    for model in record_models():
        if model._meta.db_table in tables:
            sql += _record(model)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.RUNTIME_ROLE])
        if cursor.fetchone():
            cursor.execute(_grants(tables, connection.ops.quote_name(settings.RUNTIME_ROLE)))


def after_migrate(sender, using: str, **kwargs) -> None:
    """Receiver of post_migrate; the congress app is enough, all tables exist by then."""
    if sender.label == "congress" and apps.ready:
        install(using)
