"""Both locks hold in the database itself, for the role the application runs as."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from congress.guard import install as install_module
from congress.guard import scope
from congress.guard.action import Conflict, action, lock, verb
from congress.guard.install import install
from congress.guard.standing import lock_faults, role_faults
from congress.models import AuditEvent, Membership, RowHistory, Unit
from deputies.models import Deputy, Station
from tests.conftest import logged_in_as_owner

CHANGE = verb("tests.change", "改动")


def test_tests_run_as_the_runtime_role_on_a_test_database(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, current_database(), (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)"
        )
        user, database, powerful = cursor.fetchone()
    assert user == "app_rt"
    assert database.startswith("test_")
    assert not powerful


def test_reading_without_scope_raises(world):
    with pytest.raises(scope.ScopeMissing):
        list(Deputy.objects.all())


def test_scope_shows_one_township_only(world):
    with scope.township(world.township):
        assert set(Deputy.objects.values_list("name", flat=True)) == {"曾田", "单木"}
    with scope.everywhere("the test counts all"):
        assert Deputy.objects.count() == 3


def test_nested_scope_gives_the_outer_one_back(world):
    with scope.township(world.township):
        with scope.township(world.neighbour):
            assert Deputy.objects.get().name == "邻MARK"
        assert Deputy.objects.count() == 2
        with pytest.raises(ValueError), scope.reading([world.neighbour]):
            raise ValueError
        assert Deputy.objects.count() == 2


def test_raw_sql_is_held_back_too(world):
    with scope.township(world.township), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM deputies_deputy")
        assert cursor.fetchone()[0] == 2


def test_writing_without_action_is_refused(world):
    with scope.township(world.township):
        with pytest.raises(DatabaseError, match="no action is open"), transaction.atomic():
            Station.objects.update(name="改名")
        with pytest.raises(DatabaseError, match="no action is open"), transaction.atomic():
            world.station.save()
    with pytest.raises(DatabaseError, match="no action is open"), transaction.atomic():
        world.clerk.save()


def test_writing_for_the_neighbour_is_refused(world):
    with scope.township(world.township):
        with pytest.raises(DatabaseError, match="row-level security"), action(CHANGE, actor=None):
            Unit.objects.create(township=world.neighbour, name="越界单位")
        with action(CHANGE, actor=None):
            assert Unit.objects.filter(township=world.neighbour).update(duties="x") == 0


def test_a_reading_scope_writes_nothing(world):
    with (
        scope.reading([world.township]),
        pytest.raises(DatabaseError, match="row-level security"),
        action(CHANGE, actor=None, township=world.township),
    ):
        Unit.objects.create(township=world.township, name="只读单位")


def test_deleting_is_refused(world):
    with (
        scope.township(world.township),
        pytest.raises(DatabaseError, match="permission denied"),
        action(CHANGE, actor=None),
    ):
        Station.objects.all()._raw_delete("default")


def test_an_update_leaves_the_row_as_it_was(world):
    with scope.township(world.township):
        with action(CHANGE, actor=world.clerk, subject=world.station) as act:
            world.station.name = "新站名"
            world.station.save()
        row = RowHistory.objects.get(action_id=act.id, table_name="deputies_station")
        assert row.before["name"] == "云溪联络站"
    with scope.township(world.neighbour):
        assert not RowHistory.objects.filter(table_name="deputies_station").exists()


def test_an_action_that_fails_leaves_no_event(world):
    with scope.township(world.township):
        before = AuditEvent.objects.count()
        with pytest.raises(ValueError), action(CHANGE, actor=world.clerk):
            raise ValueError
        assert AuditEvent.objects.count() == before


def test_memberships_are_seen_by_their_user_before_any_scope(world):
    with scope.user(world.clerk):
        assert [m.user_id for m in Membership.objects.all()] == [world.clerk.pk]
    with transaction.atomic():
        assert Membership.objects.count() == 0


def test_the_second_editor_is_told(world):
    with scope.township(world.township):
        shown = world.station.version
        with action(CHANGE, actor=world.clerk):
            row = lock(world.station, shown)
            row.address = "甲"
            row.save()
        with pytest.raises(Conflict) as conflict, action(CHANGE, actor=world.chair):
            lock(world.station, shown)
        assert conflict.value.current.address == "甲"


def test_a_row_that_is_not_there_or_not_in_the_scope_is_not_locked(world):
    with scope.township(world.neighbour), action(CHANGE, actor=None), pytest.raises(Station.DoesNotExist):
        lock(world.station)
    with scope.township(world.township), action(CHANGE, actor=None), pytest.raises(Station.DoesNotExist):
        lock(Station())


@pytest.mark.parametrize("wide", [scope.everywhere, scope.every_row])
def test_reading_everywhere_needs_a_reason(wide):
    with pytest.raises(ValueError, match="say why"):
        wide("")


def test_reading_everywhere_writes_nowhere(world):
    refused = pytest.raises(DatabaseError, match="row-level security")
    with scope.everywhere("a test"), refused, action(CHANGE, actor=None):
        Unit.objects.create(township=world.township, name="哪里都不许写")


def test_a_record_without_a_label_of_its_own_has_none(world):
    assert Deputy().audit_label == ""
    assert Station(name="站").audit_label == "站"


def test_installing_before_there_are_tables_does_nothing(transactional_db, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    install()  # as the runtime role it could not do anything
    monkeypatch.undo()
    with pytest.raises(DatabaseError, match="permission denied"):
        install()


def test_installing_without_the_runtime_role_grants_to_nobody(transactional_db, settings):
    settings.RUNTIME_ROLE = "nobody_of_this_name"
    with logged_in_as_owner():
        install()
    settings.RUNTIME_ROLE = "app_rt"
    assert lock_faults() == role_faults() == []


def test_locks_are_installed_once_all_tables_are_there_and_for_our_own_app_only(transactional_db, monkeypatch):
    installed = []
    monkeypatch.setattr(install_module, "install", installed.append)
    for label in ("auth", "congress", "deputies"):
        install_module.after_migrate(apps.get_app_config(label), using="default")
    assert installed == ["default"]


def test_no_before_image_keeps_a_password(world):
    with action(CHANGE, actor=None) as act:
        world.clerk.set_password("Another-2022-pass")
        world.clerk.save()
    with scope.audit():
        before = RowHistory.objects.get(action_id=act.id, table_name="congress_user").before
    assert before["username"] == world.clerk.username
    assert not {"password", "former_passwords"} & set(before)
