"""The schema begins with a first edition, which stands for the steps it was made by: a database that took only some of those
steps cannot come here at once."""

from importlib import import_module

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.module_loading import module_has_submodule

FIRST = "migrations.0001_first_edition"


def edition_faults() -> list[str]:
    """Of each app of which the database took some of the steps before the first edition and not all, a sentence that says which
    it lacks: Django would take it for one that has nothing to do. Raises DatabaseError."""
    applied = {tuple(one) for one in MigrationRecorder(connection).applied_migrations()}
    faults = []
    for config in apps.get_app_configs():
        if not module_has_submodule(config.module, FIRST):
            continue
        steps = import_module(f"{config.name}.{FIRST}").Migration.replaces
        missing = [name for app, name in steps if (app, name) not in applied]
        if 0 < len(missing) < len(steps):
            faults.append(
                f"数据库停在较早的版本（{config.label} 还缺 {missing[0]} 等{len(missing)}步），"
                "请先用有这些步骤的版本（2026年11月28日以前）运行 manage.py migrate，再换成这一版"
            )
    return faults
