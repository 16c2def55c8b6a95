"""Erasing many persons at once, statement by statement: what a roll knew is destroyed when its keeping period is over."""

from collections.abc import Collection

from django.apps import apps
from django.db.models import Expression, F, QuerySet

from congress import clock
from congress.people import keys
from congress.people.erase import forget_history, value_after
from congress.people.fields import BlindIndexField, encrypted_fields, retention_of

PIECE = 2000  # rows of a statement


class _Nothing(Expression):
    """Ciphertext cut down to nothing where there is any: under a destroyed key it reads as destroyed, and NULL stays NULL."""

    def __init__(self, field):
        super().__init__(output_field=field)
        self.column = field.column

    def as_sql(self, compiler, connection):
        return f"substring({connection.ops.quote_name(self.column)} FROM 1 FOR 0)", []


def erase_many(rows: QuerySet, reason: str) -> int:
    """Erase rows of one model as `erase` does one, without looking at what belongs to them; returns how many there were.

    They leave their data keys for a destroyed one; a key that then seals nothing is destroyed as well. Call in the township's
    scope inside an action of the verb `ERASE`, with a reason that `check_reason` let through.
    """
    model = rows.model
    pks = list(rows.values_list("pk", flat=True))
    if not pks:
        return 0
    values = {name: value_after(value) for name, value in getattr(model, "erased", {}).items()}
    values["version"] = F("version") + 1
    former = set(rows.values_list("data_key", flat=True).distinct()) if encrypted_fields(model) else set()
    if former:
        values |= _sealed_values(model, rows.values_list("township", flat=True).first(), reason)
    for at in range(0, len(pks), PIECE):
        piece = pks[at : at + PIECE]
        model._base_manager.filter(pk__in=piece).update(**values)
        forget_history(model, piece)
    _destroy_unused(former, reason)
    return len(pks)


def _sealed_values(model, township_id: int, reason: str) -> dict:
    destroyed = keys.new_destroyed_key(township_id, retention_of(model), reason)
    destroyed.save(force_insert=True)
    values: dict = {"data_key": destroyed}
    values |= {field.name: _Nothing(field) for field in encrypted_fields(model)}
    return values | {one.name: None for one in model._meta.concrete_fields if isinstance(one, BlindIndexField)}


def _destroy_unused(former: Collection, reason: str) -> None:
    """Destroy those of these keys under which no row is left."""
    model = apps.get_model("congress", "DataKey")
    used: set = set()
    for relation in model._meta.related_objects:
        key = relation.field.name
        held = relation.related_model._base_manager.filter(**{f"{key}__in": former})
        used.update(held.values_list(key, flat=True).distinct())
    model.objects.filter(pk__in=former - used, destroyed_at__isnull=True).update(
        wrapped=b"", wrapped_with="", destroyed_at=clock.now(), destroyed_reason=reason, version=F("version") + 1
    )
