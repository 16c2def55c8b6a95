"""Every record table has both locks, read from the catalogue of the database; and the check notices when one is missing."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from congress.checks import every_table_is_guarded, runtime_role_is_harmless
from congress.guard.county import CountyRow, county_models
from congress.guard.install import APPEND_ONLY, PLACE_TABLES, install, locks
from congress.guard.record import Record, record_models
from congress.guard.standing import lock_faults
from congress.guard.wholeness import ties
from tests.conftest import logged_in_as_owner, owner_connection

OURS = ("congress", "deputies", "counting", "assembly", "elections", "proposals", "reports")
# Tables that are not records of a township, each with the reason.
OTHERS = {
    "County": "places are common knowledge",
    "Township": "places are common knowledge",
    "Holiday": "the state's calendar",
    "User": "read before any scope exists",
    "Membership": "own policy: one's own, one's township's, or the system administrator",
    "AccountRequest": "own policy: administrators only; it concerns accounts and no record",
    "AuditEvent": "own policy by chain",
    "RowHistory": "own policy, rows of places have no township",
    "ChainHead": "written by the trigger alone",
    "TurnedAway": "counts of refusals, written outside any action; each window becomes an event",
    "RowState": "own policy, rows of places have no township",
    "AuditAnchor": "seals of chains, no content",
}


def our_models():
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OURS]


def triggers(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])
        return {name for (name,) in cursor.fetchall()}


def forced(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity AND relforcerowsecurity AND EXISTS"
            " (SELECT 1 FROM pg_policy WHERE polrelid = c.oid) FROM pg_class c WHERE oid = %s::regclass",
            [table],
        )
        return cursor.fetchone()[0]


def test_every_model_is_a_record_or_says_why_not():
    ours = (Record, CountyRow)
    strangers = [m.__name__ for m in our_models() if not issubclass(m, ours) and m.__name__ not in OTHERS]
    assert strangers == []


def test_no_record_has_an_implicit_link_table():
    assert [m.__name__ for m in our_models() if m._meta.auto_created] == []
    assert [f for m in record_models() for f in m._meta.many_to_many] == []


@pytest.mark.parametrize("model", record_models(), ids=lambda m: m._meta.label_lower)
def test_record_table_is_locked(db, model):
    table = model._meta.db_table
    assert forced(table)
    found = triggers(table)
    assert ("guard_append_only" in found) == model.guard_final
    assert ("guard_version" in found) != model.guard_final
    assert ("guard_action" in found) == model.guard_action
    kept = {"guard_history_update", "guard_history_delete", "guard_state_insert", "guard_state_update"} & found
    assert len(kept) == (4 if model.guard_action and model.guard_history else 0)


@pytest.mark.parametrize("model", county_models(), ids=lambda m: m._meta.label_lower)
def test_a_countys_own_table_is_locked(db, model):
    found = triggers(model._meta.db_table)
    assert forced(model._meta.db_table)
    assert "guard_action" in found
    assert len({one for one in found if one.startswith(("guard_history_", "guard_state_"))}) == 4


def test_places_and_trail_have_their_own_locks(db):
    for table in PLACE_TABLES:
        assert "guard_action" in triggers(table), table
    for table in APPEND_ONLY:
        assert "guard_append_only" in triggers(table), table
    for table in ("congress_membership", "congress_auditevent", "congress_rowhistory"):
        assert forced(table), table


# What is asked of all townships of a county at once begins with what is looked for.
OVER_THE_COUNTY = {"delivery_once", "voter_id_once"}


def test_unique_constraints_of_records_begin_with_the_township():
    wrong = [
        f"{model._meta.label}.{constraint.name}"
        for model in record_models()
        for constraint in model._meta.constraints
        if getattr(constraint, "fields", None)
        and constraint.fields[0] != "township"
        and constraint.name not in OVER_THE_COUNTY
    ]
    assert wrong == []


POLICY_GONE = (
    "DROP POLICY guard ON {table}",
    "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    "ALTER POLICY guard ON {table} USING (true)",
    "CREATE POLICY second ON {table} USING (true)",
)
TRIGGER_GONE = ("DROP TRIGGER {name} ON {table}", "ALTER TABLE {table} DISABLE TRIGGER {name}")


def walls() -> dict[str, dict[str, str]]:
    """By the way of taking them down: every policy, trigger and key there is, as a statement and what is then said."""
    found: dict[str, dict[str, str]] = {}
    for lock in locks():
        for way in POLICY_GONE if lock.policy else ():
            found.setdefault(way, {})[way.format(table=lock.table)] = f"表 {lock.table} 的行级安全策略"
        for way in TRIGGER_GONE:
            for name in lock.triggers:
                said = f"表 {lock.table} 缺少触发器 {name}"
                found.setdefault(f"{way} {name}", {})[way.format(table=lock.table, name=name)] = said
    edited = "COMMENT ON FUNCTION guard_require_action() IS 'another edition'"
    found[edited] = {edited: "数据库里的函数、策略和触发器不是"}
    for tie in ties():
        statement = f"ALTER TABLE {tie.table} DROP CONSTRAINT {tie.name}"
        found.setdefault("DROP CONSTRAINT", {})[statement] = f"表 {tie.table} 的 {tie.column} 缺少"
    return found


def test_every_wall_taken_down_is_noticed(transactional_db):
    """All that go in one way together, in a transaction of the owner that is taken back; the check asks on the owner's
    connection, and says of each, once, that it is gone."""
    assert lock_faults() == []
    with logged_in_as_owner():
        for way, each in walls().items():
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in each:
                    cursor.execute(statement)
                faults = lock_faults()
                assert len(faults) == len(each), (way, faults)
                for statement, said in each.items():
                    assert sum(fault.startswith(said) for fault in faults) == 1, (statement, said, faults)
                transaction.set_rollback(True)


@pytest.mark.parametrize(
    "statement",
    [
        (
            "CREATE OR REPLACE FUNCTION guard_require_action() RETURNS trigger LANGUAGE plpgsql"
            " SET search_path = pg_catalog, pg_temp AS $$ BEGIN RETURN NULL; END $$"
        ),
        "ALTER FUNCTION guard_history() SECURITY INVOKER",
        "ALTER FUNCTION guard_chain() SET search_path = public",
        (
            "CREATE OR REPLACE TRIGGER guard_action BEFORE DELETE ON deputies_deputy FOR EACH STATEMENT"
            " EXECUTE FUNCTION guard_require_action()"
        ),
        (
            "CREATE OR REPLACE TRIGGER guard_action BEFORE INSERT OR UPDATE OR DELETE ON deputies_deputy FOR EACH STATEMENT"
            " EXECUTE FUNCTION guard_count_up()"
        ),
        "CREATE TRIGGER other BEFORE UPDATE ON deputies_deputy FOR EACH ROW EXECUTE FUNCTION guard_count_up()",
        "ALTER POLICY guard ON deputies_deputy USING (true OR current_setting('app.read_townships') = '')",
        "ALTER POLICY guard ON deputies_deputy WITH CHECK (true)",
    ],
)
def test_a_wall_that_stands_and_is_another_is_noticed(transactional_db, statement):
    """Under its old name, so that nothing seems to be missing."""
    assert lock_faults() == []
    with logged_in_as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert lock_faults() == ["数据库里的函数、策略或者触发器装好以后被改过"]
        transaction.set_rollback(True)


def test_the_check_says_what_is_missing_and_how_to_mend_it(transactional_db):
    with owner_connection() as owner:
        owner.execute("DROP TRIGGER guard_action ON deputies_group")
        [error] = every_table_is_guarded(None, databases=["default"])
    assert error.msg == "表 deputies_group 缺少触发器 guard_action，请运行 manage.py migrate"
    with logged_in_as_owner():
        assert every_table_is_guarded(None, databases=["default"]) == []  # about to migrate
        install()
    assert every_table_is_guarded(None, databases=["default"]) == []
    assert every_table_is_guarded(None) == []  # a check without a database asks none


@pytest.mark.parametrize(
    ("give", "take"),
    [
        ("GRANT TEMPORARY ON DATABASE {database} TO app_rt", "REVOKE TEMPORARY ON DATABASE {database} FROM app_rt"),
        ("GRANT CREATE ON SCHEMA public TO app_rt", "REVOKE CREATE ON SCHEMA public FROM app_rt"),
        (
            "GRANT EXECUTE ON FUNCTION guard_chain() TO app_rt",
            "REVOKE EXECUTE ON FUNCTION guard_chain() FROM app_rt",
        ),
    ],
)
def test_a_right_too_many_is_noticed(transactional_db, give, take):
    database = connection.settings_dict["NAME"]
    with owner_connection() as owner:
        owner.execute(give.format(database=database))
        found = runtime_role_is_harmless(None, databases=["default"])
        owner.execute(take.format(database=database))
    assert [error.id for error in found] == ["congress.E002"]
    assert runtime_role_is_harmless(None, databases=["default"]) == []


def test_an_owner_would_be_noticed(transactional_db, settings):
    with logged_in_as_owner():
        settings.RUNTIME_ROLE = connection.settings_dict["USER"]
        assert "congress.E002" in {error.id for error in runtime_role_is_harmless(None, databases=["default"])}


def test_a_database_that_does_not_answer_is_an_error_and_no_crash(transactional_db):
    good = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict["PORT"] = "1"
    try:
        found = every_table_is_guarded(None, databases=["default"])
    finally:
        connection.close()
        connection.settings_dict.update(good)
    assert [error.id for error in found] == ["congress.E001"]


def test_the_runtime_role_owns_nothing_and_passes_no_policy(db):
    assert runtime_role_is_harmless(None, databases=["default"]) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM deputies_deputy",
        "TRUNCATE deputies_deputy",
        "UPDATE congress_auditevent SET verb = 'x'",
        "DELETE FROM congress_auditevent",
        "TRUNCATE congress_auditevent",
        "UPDATE congress_chainhead SET seq = 0",
        "INSERT INTO congress_chainhead VALUES (99, 1, '')",
        "ALTER TABLE deputies_deputy DISABLE TRIGGER USER",
        "ALTER TABLE deputies_deputy NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY guard ON deputies_deputy",
        "SET session_replication_role = replica",
        "SET ROLE app_owner",
    ],
)
def test_the_runtime_role_may_not(db, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
