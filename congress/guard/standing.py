"""Whether both locks stand in the database as they were put there: asked at every start and by /healthz."""

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from congress.guard.install import CALLABLE, edition, installed, locks, stands
from congress.guard.wholeness import missing, ties

_TABLES = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
  (SELECT pg_get_expr(p.polqual, p.polrelid) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'guard'),
  (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid),
  EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'guard_search' AND p.polcmd = 'r'
    AND p.polroles = ARRAY[c.relowner])
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
"""
_TRIGGERS = """
SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'guard\\_%' AND tgenabled IN ('O', 'A')
"""
_ROLE = """
SELECT rolsuper OR rolbypassrls OR rolcreaterole
  OR EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)
  OR has_database_privilege(current_database(), 'TEMPORARY') OR has_schema_privilege('public', 'CREATE')
FROM pg_roles WHERE rolname = current_user
"""
_OPEN_FUNCTIONS = """
SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'guard\\_%%'
  AND has_function_privilege(oid, 'EXECUTE') AND NOT proname = ANY (%s)
"""


def is_runtime_role() -> bool:
    """Whether we are logged in as the role whose hands are to be tied; the owner may be about to migrate."""
    return connection.settings_dict["USER"] == settings.RUNTIME_ROLE


def role_faults() -> list[str]:
    """What the run-time role could do that it must not. Raises DatabaseError."""
    callable_ = [function.partition("(")[0] for function in CALLABLE]
    with connection.cursor() as cursor:
        cursor.execute(_ROLE)
        powerful = cursor.fetchone()[0]
        cursor.execute(_OPEN_FUNCTIONS, [callable_])
        functions = [name for (name,) in cursor.fetchall()]
    faults = ["运行角色不得是超级用户、表的所有者，不得绕过行级安全，不得建表或临时表"] if powerful else []
    return faults + [f"运行角色不得执行函数 {name}" for name in functions]


def lock_faults() -> list[str]:
    """What another version of the program put in place, and tables without policy, trigger or key that must have it, each in
    a sentence. Raises DatabaseError."""
    searched = {lock.table for lock in locks() if lock.searched}
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        policies = {
            name: condition
            for name, forced, condition, count, owners in cursor.fetchall()
            if forced and condition and count == (2 if name in searched else 1) and owners == (name in searched)
        }
        cursor.execute(_TRIGGERS)
        triggers = set(cursor.fetchall())
        untied = missing(cursor, ties())
        written, stood = installed(cursor)
        changed = stood != stands(cursor)
    faults = [] if written == edition() else ["数据库里的函数、策略和触发器不是由这一版程序装上的"]
    for lock in locks():
        if lock.policy and lock.policy not in policies.get(lock.table, ""):
            faults.append(f"表 {lock.table} 的行级安全策略没有装好")
        faults += [f"表 {lock.table} 缺少触发器 {name}" for name in lock.triggers if (lock.table, name) not in triggers]
    faults += [f"表 {tie.table} 的 {tie.column} 缺少同乡镇外键" for tie in untied]
    return faults or (["数据库里的函数、策略或者触发器装好以后被改过"] if changed else [])


def is_behind() -> bool:
    """Whether `migrate` has anything to do: a migration that was not applied, or locks that do not stand as this version of
    the program puts them. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()) or lock_faults())
