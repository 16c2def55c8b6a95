"""Every record table has both locks, read from the catalogue of the database; and the check notices when one is missing."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from congress.checks import every_record_table_is_guarded, runtime_role_is_harmless
from congress.guard.install import APPEND_ONLY, PLACE_TABLES
from congress.guard.record import Record, record_models
from tests.conftest import owner_connection

OURS = ("congress", "deputies", "assembly", "elections", "proposals", "reports")
# Tables that are not records of a township, each with the reason.
OTHERS = {
    "County": "places are common knowledge",
    "Township": "places are common knowledge",
    "Holiday": "the state's calendar",
    "User": "read before any scope exists",
    "Membership": "own policy: one's own, one's township's, or the system administrator",
    "AuditEvent": "own policy by chain",
    "RowHistory": "own policy, rows of places have no township",
    "ChainHead": "written by the trigger alone",
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
    strangers = [m.__name__ for m in our_models() if not issubclass(m, Record) and m.__name__ not in OTHERS]
    assert strangers == []


def test_no_record_has_an_implicit_link_table():
    assert [m.__name__ for m in our_models() if m._meta.auto_created] == []
    assert [f for m in record_models() for f in m._meta.many_to_many] == []


@pytest.mark.parametrize("model", record_models(), ids=lambda m: m._meta.label_lower)
def test_record_table_is_locked(db, model):
    table = model._meta.db_table
    assert forced(table)
    found = triggers(table)
    if model.guard_action:
        assert "guard_action" in found
        if model.guard_history:
            assert {"guard_history_update", "guard_history_delete"} <= found


def test_places_and_trail_have_their_own_locks(db):
    for table in PLACE_TABLES:
        assert "guard_action" in triggers(table), table
    for table in APPEND_ONLY:
        assert "guard_append_only" in triggers(table), table
    for table in ("congress_membership", "congress_auditevent", "congress_rowhistory"):
        assert forced(table), table


def test_unique_constraints_of_records_begin_with_the_township():
    wrong = [
        f"{model._meta.label}.{constraint.name}"
        for model in record_models()
        for constraint in model._meta.constraints
        if getattr(constraint, "fields", None)
        and constraint.fields[0] != "township"
        and constraint.name != "delivery_once"
    ]
    assert wrong == []


def test_the_check_notices_a_wall_taken_down(transactional_db):
    assert every_record_table_is_guarded(None, databases=["default"]) == []
    with owner_connection() as owner:
        owner.execute("ALTER TABLE deputies_station DISABLE ROW LEVEL SECURITY")
        found = every_record_table_is_guarded(None, databases=["default"])
        owner.execute("ALTER TABLE deputies_station ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE deputies_group RENAME TO moved; ALTER TABLE moved RENAME TO deputies_group")
        owner.execute("DROP TRIGGER guard_action ON deputies_group")
        without_trigger = every_record_table_is_guarded(None, databases=["default"])
        owner.execute(
            "CREATE TRIGGER guard_action BEFORE INSERT OR UPDATE OR DELETE ON deputies_group"
            " FOR EACH STATEMENT EXECUTE FUNCTION guard_require_action()"
        )
    assert "deputies_station" in str(found[0])
    assert "deputies_group" in str(without_trigger[0])
    assert every_record_table_is_guarded(None, databases=["default"]) == []


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
