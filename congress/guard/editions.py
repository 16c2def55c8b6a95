"""The schema begins with a first edition, which stands for the steps it was made by: a database that took only some of those
steps cannot come here at once."""

from importlib import import_module

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.module_loading import module_has_submodule

FIRST = "migrations.0001_first_edition"


def steps_missing() -> dict[str, list[str]]:
    """By app, the steps before the first edition that this database lacks while it has others of them. Django would take such a
    database for one that has nothing to do. Raises DatabaseError."""
    applied = {tuple(one) for one in MigrationRecorder(connection).applied_migrations()}
    found = {}
    for config in apps.get_app_configs():
        if not module_has_submodule(config.module, FIRST):
            continue
        steps = import_module(f"{config.name}.{FIRST}").Migration.replaces
        missing = [name for app, name in steps if (app, name) not in applied]
        if 0 < len(missing) < len(steps):
            found[config.label] = missing
    return found
