"""Which columns of a row tell who a person is, and what stands there once the person is erased.

A model says it in `erased`: field → the value put in its place, an expression over the row, or a function that gives one of
the two; it is given the row, or None where many rows are erased at once. In
`erased_from_history` stand columns that other code empties (lists that name many persons). Encrypted fields and blind
indexes follow by themselves: the key is destroyed, the index emptied. Personal columns that are left standing are none
without the others (gender, education and the like, which the statistics of past years rest on).
"""

from django.apps import apps
from django.db import models


def _is_sealed(field: models.Field) -> bool:
    """An encrypted field, or an index made of one; both know it of themselves, for they are defined above this package."""
    return bool(getattr(field, "erased_with_its_key", False))


def columns_of(model: type[models.Model]) -> list[str]:
    """The columns that are erased with the person, in the order of the model."""
    named = {*getattr(model, "erased", {}), *getattr(model, "erased_from_history", ())}
    return [field.column for field in model._meta.concrete_fields if field.name in named or _is_sealed(field)]


def erasable_columns() -> dict[str, list[str]]:
    """Table → columns, for every model that has any; what `guard_erase_history` may take out of before-images."""
    found = {model._meta.db_table: columns_of(model) for model in apps.get_models()}
    return {table: columns for table, columns in sorted(found.items()) if columns}
