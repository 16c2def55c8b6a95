"""Erasing personal data by destroying its key (个人信息保护法第四十七条): rows and trail stay, the content is gone."""

from django.apps import apps
from django.db import models

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.people import keys
from congress.people.fields import BlindIndexField, encrypted_fields

ERASE = verb("people.erase", "销毁了个人信息")
REWRAP = verb("people.rewrap", "更换了数据密钥的封装")


def destroy(data_key, *, actor, reason: str) -> dict[str, int]:
    """Destroy a data key for good; every field sealed under it reads （已按规定销毁） from now on.

    Blind indexes of the rows are cleared too, for they could still tell whether somebody is there. Leaves one event as
    tombstone with the number of rows by model, which is also returned. Raises Refused without a reason, or when the key
    is destroyed already. Backups made before still hold the wrapped key until they expire.
    """
    reason = (reason or "").strip()
    if not reason:
        refuse("请写明销毁的依据。")
    with action(ERASE, actor=actor, subject=data_key, detail={"retention": data_key.retention}) as act:
        current = lock(data_key)
        if keys.is_destroyed(current):
            refuse("该信息此前已经销毁。")
        rows = {model._meta.label_lower: _clear_indexes(model, name, current) for model, name in holders()}
        current.wrapped, current.wrapped_with = b"", ""
        current.destroyed_at, current.destroyed_reason = clock.now(), reason
        current.save()
        act.detail |= {"reason": reason, "rows": {label: count for label, count in rows.items() if count}}
    keys.forget(data_key)
    data_key.refresh_from_db()
    return act.detail["rows"]


def rewrap_all(*, actor, township) -> int:
    """Wrap every live data key of a township under the newest kek; returns how many changed. Call within its scope."""
    model = apps.get_model("congress", "DataKey")
    with action(REWRAP, actor=actor, township=township) as act:
        live = model.objects.select_for_update().filter(township=township, destroyed_at__isnull=True)
        changed = [row for row in live if keys.rewrap(row)]
        model.objects.bulk_update(changed, ["wrapped", "wrapped_with"], batch_size=500)
        act.detail = {"count": len(changed)}
    return len(changed)


def holders() -> list[tuple[type[models.Model], str]]:
    """Every model with encrypted fields, with the name of each foreign key to the data key they are sealed under."""
    return [
        (model, name)
        for model in apps.get_models()
        for name in dict.fromkeys(field.key_name for field in encrypted_fields(model))
    ]


def _clear_indexes(model, key_name: str, data_key) -> int:
    """Empty the blind indexes of the rows sealed under a key; returns the number of rows."""
    rows = model._base_manager.filter(**{key_name: data_key})
    sources = {field.name for field in encrypted_fields(model) if field.key_name == key_name}
    indexes = [field.name for field in model._meta.concrete_fields if isinstance(field, BlindIndexField)]
    made_of_these = [name for name in indexes if model._meta.get_field(name).source in sources]
    if made_of_these:
        return rows.update(**dict.fromkeys(made_of_these))
    return rows.count()
