"""The base of records that hold encrypted personal data, and the step before such rows are written in bulk."""

from collections.abc import Iterable

from django.db import models

from congress.guard.bulk import insert_many
from congress.guard.record import Record
from congress.people import keys
from congress.people.fields import BlindIndexField, encrypted_fields, retention_of
from congress.people.sealed import Plain


class PersonalRecord(Record):
    """A record with a data key of its own, made when it is first saved. `retention_class` names the key's class."""

    data_key = models.ForeignKey(
        "congress.DataKey",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="数据密钥",
        editable=False,
        blank=True,
    )
    retention_class = ""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Seals and writes; blind indexes are written together with the field they are made of."""
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = with_indexes(type(self), kwargs["update_fields"])
        super().save(*args, **kwargs)

    def ensure_data_key(self):
        """The row's data key, made and inserted when there is none yet (needs an open action)."""
        return ensure_data_key(self)


def ensure_data_key(row):
    """The data key of any row with a `data_key`, made and inserted when there is none yet (needs an open action)."""
    if row.data_key_id is None:
        data_key = keys.new_data_key(row.township_id, retention_of(type(row)))
        data_key.save(force_insert=True)
        row.data_key = data_key
    return row.data_key


def with_indexes(model, names: Iterable[str]) -> set[str]:
    """Field names together with the blind indexes made of them."""
    names = set(names)
    indexes = (field for field in model._meta.concrete_fields if isinstance(field, BlindIndexField))
    return names | {index.name for index in indexes if index.source in names}


def prepare_bulk(rows: Iterable[models.Model], data_key=None) -> list[models.Model]:
    """Make data keys where they are missing and seal what was assigned, before bulk_create or bulk_update.

    With `data_key` (a saved DataKey) all rows without a key share it, as voters of one roll batch do; otherwise each
    gets its own, all inserted in one statement. Returns the rows. For bulk_update name the fields by `with_indexes`.
    """
    rows = list(rows)
    made = []
    for row in rows:
        if row.data_key_id is None:
            if data_key is None:
                made.append(keys.new_data_key(row.township_id, retention_of(type(row))))
            row.data_key = data_key or made[-1]
    if made:
        insert_many(made)
    for row in rows:
        for field in encrypted_fields(type(row)):
            if isinstance(row.__dict__.get(field.attname), Plain):
                field.seal_held(row)
    return rows
