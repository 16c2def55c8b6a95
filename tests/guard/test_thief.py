"""With the run-time role's password, or SQL in its name: what it still cannot do."""

import pytest
from django.db import DatabaseError, connection, transaction

from congress import audit
from congress.guard import scope
from congress.guard.action import action
from congress.models import AuditEvent, RowHistory
from tests.cast import SET_UP
from tests.conftest import owner_connection


def refusal(statement: str, values=None) -> str:
    """What the database says to who may not."""
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(refused.value)


def guard_functions() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oid::regprocedure::text, proname, has_function_privilege(oid, 'EXECUTE'), proconfig, prosecdef"
            " FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'guard\\_%' ORDER BY 2"
        )
        return cursor.fetchall()


def test_only_sealing_erasing_and_searching_may_be_called(db):
    found = guard_functions()
    assert len(found) >= 11
    assert {name for _, name, callable_, _, _ in found if callable_} == {
        "guard_seal",
        "guard_erase_history",
        "guard_pairs",
        "guard_words",
        "guard_found",
    }


def test_every_function_fixes_where_it_looks_for_names(db):
    for _, name, _, config, _ in guard_functions():
        assert "search_path=pg_catalog, pg_temp" in (config or ()), name


def test_a_function_made_later_is_closed_too(transactional_db):
    with owner_connection() as owner:
        owner.execute("CREATE FUNCTION guard_later() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        try:
            assert "permission denied" in refusal("SELECT guard_later()")
        finally:
            owner.execute("DROP FUNCTION guard_later()")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMPORARY TABLE congress_rowhistory (id int)",
        "CREATE TABLE public.congress_mine (id int)",
        "CREATE SCHEMA mine",
        "INSERT INTO congress_rowhistory VALUES (gen_random_uuid())",
        "INSERT INTO congress_auditanchor (number, chain, seq, hash, mac, prev, at) VALUES (1, 0, 99999999, '', '', '', now())",
        "UPDATE congress_auditanchor SET at = now()",
        "DELETE FROM congress_auditanchor",
        "UPDATE congress_rowhistory SET before = '{}'",
        "UPDATE congress_rowstate SET salts = '{}'",
        "INSERT INTO congress_rowstate (table_name, columns, rows, salts, digests) VALUES ('x', '', '{}', '{}', '{}')",
        "DELETE FROM congress_rowstate",
        "SELECT guard_columns(1)",
        "UPDATE congress_storedfile SET content = ''",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('congress', '0002_a_lock_more', now())",
        "UPDATE django_content_type SET model = 'x'",
        "UPDATE auth_permission SET name = 'x'",
        "UPDATE congress_document SET title = ''",
        "SELECT guard_event_hash('', NULL)",
        "SELECT guard_erasable('deputies_deputy')",
    ],
)
def test_the_runtime_role_may_not(db, statement):
    assert "permission denied" in refusal(statement)


def test_no_trigger_of_ours_can_be_put_on_another_table(db, owner):
    """Sessions may be deleted from and so on, but even a table of one's own would not get the owner's function."""
    owner.execute("CREATE TABLE public.congress_theirs (id int); GRANT ALL ON public.congress_theirs TO app_rt")
    try:
        assert "permission denied" in refusal(
            "CREATE TRIGGER mine BEFORE INSERT ON public.congress_theirs FOR EACH ROW EXECUTE FUNCTION guard_chain()"
        )
        with owner.transaction(force_rollback=True):
            owner.execute(
                "CREATE TRIGGER mine BEFORE INSERT ON public.congress_theirs FOR EACH ROW EXECUTE FUNCTION guard_chain()"
            )
            with pytest.raises(Exception, match="guard_chain belongs to the trail"):
                owner.execute("INSERT INTO public.congress_theirs VALUES (1)")
    finally:
        owner.execute("DROP TABLE public.congress_theirs")


def test_a_table_of_the_same_name_takes_no_before_images(transactional_db, world):
    """Even where temporary tables were allowed again, the trigger writes to the real one."""
    database = connection.settings_dict["NAME"]
    with owner_connection() as owner:
        owner.execute(f'GRANT TEMPORARY ON DATABASE "{database}" TO app_rt')
        try:
            with scope.township(world.township), connection.cursor() as cursor:
                cursor.execute("CREATE TEMPORARY TABLE congress_rowhistory (LIKE public.congress_rowhistory)")
                with action(SET_UP, actor=None) as act:
                    cursor.execute("UPDATE deputies_station SET name = '改名'")
                cursor.execute("DROP TABLE pg_temp.congress_rowhistory")
                assert RowHistory.objects.filter(action_id=act.id, table_name="deputies_station").count() == 1
        finally:
            owner.execute(f'REVOKE TEMPORARY ON DATABASE "{database}" FROM app_rt')


@pytest.mark.parametrize(
    ("number", "seq", "prev", "words"),
    [
        (1, 99_999_999, b"", "has no such event"),
        (2, 1, b"", "does not follow the last one"),
        (0, 1, b"", "does not follow the last one"),
    ],
)
def test_no_anchor_over_an_event_there_is_not_and_none_out_of_turn(world, number, seq, prev, words):
    assert words in refusal("SELECT guard_seal(%s, 0, %s, ''::bytea, now(), %s, ''::bytea)", [number, seq, prev])


@pytest.mark.parametrize(
    ("table", "action_open", "place"),
    [("deputies_deputy", False, True), ("deputies_deputy", True, False), ("congress_unit", True, True)],
)
def test_nothing_is_erased_without_action_and_township_nor_from_rows_of_no_person(world, table, action_open, place):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.action', %s, true), set_config('app.write_township', %s, true)",
            ["6f1f2a3e-6a0c-4a63-93e3-5a1d0c6b7f10" if action_open else "", str(world.township.pk) if place else ""],
        )
        assert "nothing may be erased" in refusal("SELECT guard_erase_history(%s, ARRAY['x'])", [table])
        cursor.execute("SELECT set_config('app.action', '', true), set_config('app.write_township', '', true)")


def test_an_anchor_follows_the_last_one_and_is_of_the_event_as_it_stands(world):
    audit.anchor()
    last = audit.anchors.numbered()[-1]
    with action(SET_UP, actor=None):
        pass
    with scope.audit():
        event = AuditEvent.objects.filter(chain=0).latest("seq")
    call = "SELECT guard_seal(%s, 0, %s, %s, now(), %s, ''::bytea)"
    number, digest = last.number + 1, bytes(event.hash)
    assert "does not follow" in refusal(call, [number, event.seq, digest, b"another"])
    assert "does not follow" in refusal(call, [last.number, event.seq, digest, last.mac])
    assert "no such event" in refusal(call, [number, event.seq, b"another", last.mac])
    assert "no such event" in refusal(call, [number, event.seq - 1, digest, last.mac])
    with connection.cursor() as cursor:
        cursor.execute(call, [number, event.seq, digest, last.mac])
    assert [anchor.holds() for anchor in audit.anchors.numbered(after=last.number)] == [
        False
    ]  # found, and sealing goes on
    with action(SET_UP, actor=None):
        pass
    assert audit.anchor() == 1
    assert audit.anchors.numbered()[-1].holds()


def test_the_owners_functions_leave_no_door_open_behind_them(world):
    """What they open for themselves, the trail and the eraser's way into history, is shut again in the same transaction."""
    with scope.township(world.township), action(SET_UP, actor=None), connection.cursor() as cursor:
        cursor.execute("SELECT guard_erase_history('deputies_deputy', ARRAY[%s])", [str(world.deputies[0].pk)])
        with action(SET_UP, actor=None):
            pass
        cursor.execute("SELECT current_setting('app.audit', true), current_setting('app.erasing', true)")
        assert cursor.fetchone() == ("", "")
