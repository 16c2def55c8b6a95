"""Work after a master key got a new version: data keys wrapped anew, blind indexes made anew. Values are not touched."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.views.decorators.debug import sensitive_variables

from congress.guard.action import action, verb
from congress.people import keys
from congress.people.fields import BlindIndexField

REWRAP = verb("people.rewrap", "更换了数据密钥的封装")
REINDEX = verb("people.reindex", "更换了证件号码等的检索值")
_AT_ONCE = 500  # rows held in memory


def rewrap_all(*, actor, township) -> int:
    """Wrap every live data key of a township under the newest kek; returns how many changed. Call within its scope."""
    model = apps.get_model("congress", "DataKey")
    with action(REWRAP, actor=actor, township=township) as act:
        live = model.objects.select_for_update().filter(township=township, destroyed_at__isnull=True)
        changed = [row for row in live if keys.rewrap(row)]
        model.objects.bulk_update(changed, ["wrapped", "wrapped_with"], batch_size=_AT_ONCE)
        act.detail = {"count": len(changed)}
    return len(changed)


def reindex_all(*, actor, township) -> int:
    """Make every blind index of a township under the newest index key; returns how many rows changed.

    Call within its scope, while nobody writes: until it is done, a row is not found by its number, nor noticed as doubled.
    """
    with action(REINDEX, actor=actor, township=township) as act:
        counts = {model._meta.label_lower: _reindex(model, township) for model in indexed_models()}
        act.detail = counts
    return sum(counts.values())


def indexed_models() -> list[type[models.Model]]:
    """The models with a blind index."""
    return [model for model in apps.get_models() if _indexes(model)]


def _indexes(model: type[models.Model]) -> list[BlindIndexField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, BlindIndexField)]


def _reindex(model: type[models.Model], township) -> int:
    indexes, count = _indexes(model), 0
    for rows in _in_parts(model, township):
        changed = [row for row in rows if _set_anew(row, indexes)]
        model._base_manager.bulk_update(changed, [index.name for index in indexes])
        count += len(changed)
    return count


def _in_parts(model: type[models.Model], township) -> Iterator[list[models.Model]]:
    """The rows that have an index, in the order of their keys."""
    filled = models.Q(*((f"{index.name}__isnull", False) for index in _indexes(model)), _connector=models.Q.OR)
    rows = model._base_manager.filter(filled, township=township).select_related("data_key").order_by("pk")
    last = None
    while part := list((rows.filter(pk__gt=last) if last else rows).select_for_update(of=("self",))[:_AT_ONCE]):
        yield part
        last = part[-1].pk


@sensitive_variables()
def _set_anew(row: models.Model, indexes: list[BlindIndexField]) -> bool:
    before = [getattr(row, index.attname) for index in indexes]
    now = [index.digest(getattr(row, index.source)) for index in indexes]
    for index, digest in zip(indexes, now, strict=True):
        setattr(row, index.attname, digest)
    return now != [None if each is None else bytes(each) for each in before]
