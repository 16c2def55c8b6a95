"""A database of an earlier version: whole it goes on, stopped on the way it is refused in words."""

from importlib import import_module
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from congress.guard import editions
from congress.guard.standing import is_behind

APPS = (
    "congress",
    "congress.assembly",
    "congress.counting",
    "deputies",
    "elections",
    "proposals",
    "reports",
)
pytestmark = pytest.mark.django_db


def steps(name: str) -> list[tuple[str, str]]:
    """What the first edition of an app stands for."""
    return import_module(f"{name}.{editions.FIRST}").Migration.replaces


def recorded(monkeypatch, gone=()):
    """The database is one that came all the way by the steps, but for those that are gone."""
    own = MigrationRecorder.applied_migrations

    def applied(self):
        found = own(self) | {step: None for name in APPS for step in steps(name)}
        return {one: row for one, row in found.items() if one not in gone and one[1] != "0001_first_edition"}

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", applied)


@pytest.mark.parametrize("name", APPS)
def test_the_first_edition_names_every_step_it_stands_for_in_order(name):
    numbers = [int(step[:4]) for app, step in steps(name)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {app for app, _ in steps(name)} == {name.rpartition(".")[2]}


def test_a_database_that_took_every_step_has_nothing_to_do(monkeypatch):
    recorded(monkeypatch)
    assert editions.edition_faults() == []
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert not is_behind()


@pytest.mark.parametrize(("name", "count"), [("congress", 3), ("elections", 1)])
def test_one_that_stopped_on_the_way_is_told_so_before_anything_is_changed(monkeypatch, name, count):
    gone = steps(name)[-count:]
    recorded(monkeypatch, gone)
    said = f"数据库停在较早的版本（{name} 还缺 {gone[0][1]} 等{count}步）"
    (fault,) = editions.edition_faults()
    assert fault.startswith(said)
    with pytest.raises(CommandError, match=said):
        call_command("prepare", stdout=StringIO())
    for command, options in (("migrate", {"skip_checks": False}), ("check", {"databases": ["default"]})):
        with pytest.raises(SystemCheckError, match=said):
            call_command(command, stdout=StringIO(), stderr=StringIO(), **options)


def test_an_empty_database_lacks_nothing(monkeypatch):
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: {})
    assert editions.edition_faults() == []
