"""What rows with encrypted personal data need before they are written: a key of their own, and their values sealed."""

from collections.abc import Iterable

from django.db import models

from congress.guard.bulk import insert_many
from congress.people import keys
from congress.people.fields import BlindIndexField, encrypted_fields, retention_of, seal_row


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
    insert_many(seal_bulk(rows, data_key))
    return rows


def seal_bulk(rows: list[models.Model], data_key=None) -> list[models.Model]:
    """The same without the database: returns the data keys that were made, which are inserted before the rows."""
    lacking: dict[tuple[int, str], list[models.Model]] = {}
    for row in rows:
        if row.data_key_id is None:
            lacking.setdefault((row.township_id, retention_of(type(row))), []).append(row)
    made = []
    for (township_id, retention), without in lacking.items():
        own = [data_key] * len(without) if data_key else keys.new_data_keys(township_id, retention, len(without))
        made += [] if data_key else own
        for row, key in zip(without, own, strict=True):
            row.data_key = key
    for row in rows:
        seal_row(row)
    return made


def sealed_columns(model, data_key, pks: list, texts: dict[str, list[str | None]]) -> dict[str, list]:
    """Columns of new rows for `insert_columns`: encrypted fields sealed under one key for the rows with these primary keys,
    and the blind indexes made of them. Raises TooLong like saving the rows would."""
    columns: dict[str, list] = {}
    for field in encrypted_fields(model):
        if field.name in texts:
            said = texts[field.name]
            columns[field.attname] = field.sealed_column(data_key, pks, said)
            for index in field.indexes():
                columns[index.attname] = index.digest_column(said)
    return columns
