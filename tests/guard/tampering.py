"""What somebody with the owner's password can do: take the triggers away and write."""

from django.db import connection, transaction

from congress import audit
from tests.conftest import logged_in_as_owner, owner_connection

GUARDED = (
    "congress_auditevent",
    "congress_auditanchor",
    "congress_rowhistory",
    "congress_rowstate",
    "congress_storedfile",
    "congress_document",
)


def tamper(*statements: str, tables: tuple[str, ...] = GUARDED) -> None:
    """Execute the statements with no trigger and no forced policy on these tables; each must find something to do."""
    with owner_connection() as owner:
        forced = [
            row[0]
            for row in owner.execute(
                "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relforcerowsecurity", [list(tables)]
            )
        ]
        for table in tables:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        for statement in statements:
            assert owner.execute(statement).rowcount != 0, statement
        for table in tables:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for table in forced:
            owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def faults_after(statement: str, *tables: str) -> list:
    """What a check of the trail finds after the owner has executed this with the triggers of these tables off; it is taken back
    afterwards."""
    with logged_in_as_owner(), transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute(statement)
        assert cursor.rowcount != 0, statement
        faults = list(audit.verify())
        transaction.set_rollback(True)
    return faults


def found(statement: str) -> set[str]:
    """What is found after the owner has executed this, without the places; it is taken back afterwards."""
    return {fault.what for fault in faults_after(statement, *GUARDED)}


def whats() -> set[str]:
    """What a check of the trail finds, without the places."""
    return {fault.what for fault in audit.verify()}
