"""A row that is not as its last action left it is found, whoever changed it; what went through the locks never is."""

import pytest
from django.apps import apps
from django.db import connection

from congress import audit
from congress.guard import scope
from congress.guard.action import action
from congress.guard.bulk import insert_many
from congress.guard.install import install, stated_tables
from congress.models import AuditEvent, Category, RowState, Township
from deputies.models import Station
from tests.cast import SET_UP
from tests.conftest import logged_in_as_owner, owner_connection
from tests.guard.tampering import faults_after, tamper, whats
from tests.people.erasing import ended, erased

CHANGED, CAME, WENT = "记录不经动作被改动", "记录不经动作而出现", "记录不经动作而消失"
FORGED = "该动作的行历史或行状态被删改"


@pytest.fixture
def town(transactional_db, world):
    """The cast, sealed and found clean."""
    audit.anchor()
    assert whats() == set()
    return world


def test_every_row_of_the_cast_has_a_state(town):
    seen = 0
    with scope.every_row("test"):
        for model in apps.get_models():
            if model._meta.db_table not in stated_tables():
                continue
            states = RowState.objects.filter(table_name=model._meta.db_table)
            rows = {str(pk) for pk in model._base_manager.values_list("pk", flat=True)}
            assert rows == {row for state in states for row in state.rows}, model
            seen += len(rows)
    assert seen > 30


def found(table: str, statement: str) -> set[str]:
    """What is found of the table after the owner has executed this; it is taken back afterwards."""
    faults = faults_after(statement, table)
    assert faults == [] or table in faults[0].place or table == "congress_rowstate"
    return {fault.what for fault in faults}


def test_a_row_changed_with_the_triggers_off_is_found(town):
    for table, change in (
        ("deputies_deputy", "name = '改名人' WHERE name = '曾田'"),
        ("deputies_deputy", "created_at = created_at + interval '1 microsecond' WHERE name = '曾田'"),
        ("deputies_deputy", "account_id = NULL WHERE name = '曾田'"),
        ("deputies_mandate", "elected_on = elected_on - 1"),
        ("deputies_term", "seats = seats + 1"),
        ("deputies_station", "withdrawn_at = now()"),
        ("congress_user", "display_name = '改名人' WHERE username = 'clerk'"),
        ("congress_user", "password = 'x' WHERE username = 'clerk'"),
        ("congress_membership", "role = 'chair' WHERE role = 'clerk'"),
        ("congress_township", "name = '别处'"),
    ):
        assert found(table, f"UPDATE {table} SET {change}") == {CHANGED}, change


def test_a_row_put_in_or_taken_away_with_the_triggers_off_is_found(town):
    table = "deputies_station"
    put_in = (
        f"CREATE TEMPORARY TABLE forged ON COMMIT DROP AS SELECT * FROM {table};"
        f"UPDATE forged SET id = gen_random_uuid(), name = '没有的站'; INSERT INTO {table} SELECT * FROM forged"
    )
    assert found(table, put_in) == {CAME}
    assert found("deputies_mandate", "DELETE FROM deputies_mandate WHERE level = 'township'") == {WENT}


def test_a_row_taken_away_with_the_triggers_on_is_told_by_its_before_image(town):
    with logged_in_as_owner(), town.in_township(), action(SET_UP, actor=None):
        assert Category.objects.filter(pk=town.category.pk)._raw_delete("default") == 1
    assert whats() == set()


def test_a_state_changed_behind_the_triggers_is_found(town):
    table = "congress_rowstate"
    for statement, what in (
        ("UPDATE congress_rowstate SET digests[1] = sha256('x') WHERE table_name = 'deputies_term'", FORGED),
        ("UPDATE congress_rowstate SET rows[1] = 'x' WHERE table_name = 'deputies_term'", FORGED),
        ("UPDATE congress_rowstate SET columns = 'id:uuid' WHERE table_name = 'deputies_term'", FORGED),
        ("UPDATE congress_rowstate SET action_id = gen_random_uuid()", "行状态没有对应的审计记录"),
        ("UPDATE congress_rowstate SET salts[1] = NULL WHERE table_name = 'deputies_term'", CHANGED),
        ("DELETE FROM congress_rowstate WHERE table_name = 'deputies_term'", FORGED),
        (
            (
                "INSERT INTO congress_rowstate (table_name, township_id, action_id, columns, rows, salts, digests)"
                " SELECT table_name, township_id, action_id, columns, rows, salts, digests FROM congress_rowstate LIMIT 1"
            ),
            FORGED,
        ),
    ):
        assert what in found(table, statement), statement


def test_whatever_goes_through_the_locks_is_clean(town):
    """One by one, many at once, by a condition; twice in one action; under another clock of the session."""
    with town.in_township(), action(SET_UP, actor=None), connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'America/Lima'; SET LOCAL bytea_output = 'escape'")
        insert_many([Station(township=town.township, name=f"第{number}站") for number in range(150)])
        Station.objects.filter(name__startswith="第").update(opened_on="2022-01-01")
        town.station.name = "一名"
        town.station.save()
        town.station.name = "二名"
        town.station.save()
    assert whats() == set()


# --- what a migration changes


def test_a_column_that_comes_changes_no_state(town):
    with owner_connection() as owner:
        owner.execute("ALTER TABLE deputies_station ADD COLUMN lately integer NOT NULL DEFAULT 7")
        try:
            assert whats() == set()
            with logged_in_as_owner():
                install()
            assert not AuditEvent.objects.filter(verb="congress.states").exists()
        finally:
            owner.execute("ALTER TABLE deputies_station DROP COLUMN lately")


def test_rows_whose_columns_changed_are_taken_down_anew_with_an_event(town):
    with owner_connection() as owner:
        owner.execute("ALTER TABLE deputies_station ALTER COLUMN name TYPE text")
        try:
            with logged_in_as_owner():
                install()
            with scope.audit():
                [event] = AuditEvent.objects.filter(verb="congress.states")
            assert (event.chain, event.detail) == (town.township.pk, {"deputies_station": 1})
            assert whats() == set()
        finally:
            owner.execute("ALTER TABLE deputies_station ALTER COLUMN name TYPE varchar(100)")


def test_rows_from_before_there_were_states_are_taken_down_once(town):
    """And not in silence: who puts a row in and lets a migrate take it down is told by the event."""
    tables = ("deputies_district", "congress_county", "congress_rowstate", "congress_auditevent")
    tamper("DELETE FROM congress_rowstate WHERE table_name IN ('deputies_district', 'congress_county')", tables=tables)
    assert CAME in whats()
    with logged_in_as_owner():
        install()
        install()
    with scope.audit():
        events = AuditEvent.objects.filter(verb="congress.states").order_by("chain")
        told = [(event.chain, event.detail) for event in events]
    places = [(place.pk, {"deputies_district": 1}) for place in Township.objects.order_by("pk")]
    assert told == [(0, {"congress_county": 2}), *places]
    assert CAME not in whats()


# --- erasing


def test_what_was_erased_cannot_be_guessed_back_and_what_stands_is_checked(town):
    deputy = ended(town)
    with town.in_township():
        erased(deputy)
        states = [
            (salt, state.pk)
            for state in RowState.objects.filter(table_name="deputies_deputy").order_by("pk")
            for row, salt in zip(state.rows, state.salts, strict=True)
            if row == str(deputy.pk)
        ]
    assert len(states) > 2
    assert [salt is None for salt, _ in states] == [True] * (len(states) - 1) + [False]
    assert whats() == set()
    tamper(f"UPDATE deputies_deputy SET gender = 'male' WHERE id = '{deputy.pk}'", tables=("deputies_deputy",))
    assert whats() == {CHANGED}


def test_the_clock_of_the_session_changes_no_state(world):
    """What was sealed on a server of one zone is compared on that of another."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'Asia/Shanghai'; SET LOCAL bytea_output = 'escape'")
    assert whats() == set()
