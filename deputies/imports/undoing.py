"""Taking an import of the roster back: which entries and mandates are free, and putting the old values back."""

import uuid
from datetime import date

from django.db.models import F

from congress import clock
from congress.imports import Held
from congress.models import ImportRow
from deputies.actions import set_name_keys
from deputies.models import Deputy, Mandate

REASON = "撤销导入"
LATER = "导入后又有变动"
LINKS = {"group": "group_id", "station": "station_id", "district": "district_id"}


def held(rows: list[ImportRow], before: dict[str, dict]) -> dict[uuid.UUID, Held]:
    """Entries and mandates that must stay, by primary key: something came after them, or they were changed since."""
    if not rows:
        return {}
    entries = {row.subject_id: row for row in rows if row.subject_type == "deputies.deputy"}
    seats = {row.subject_id: row for row in rows if row.subject_type == "deputies.mandate"}
    mandates = Mandate.objects.filter(pk__in=seats).select_related("deputy")
    deputies = Deputy.objects.filter(pk__in=[*entries, *(mandate.deputy_id for mandate in mandates)])
    needed = _needed(list(deputies), rows[0].batch_id)
    found: dict[uuid.UUID, Held] = {}
    for deputy in deputies:
        if deputy.pk in entries and (reason := _why(deputy, entries[deputy.pk], before, needed.get(deputy.pk, ""))):
            found[deputy.pk] = Held(deputy.name, reason)
    made = _made_entries(rows[0].batch_id, [mandate.deputy_id for mandate in mandates])
    for mandate in mandates:
        reason = needed.get(mandate.deputy_id, "") if mandate.deputy_id in made else ""
        if reason := reason or _changed_since(mandate, seats[mandate.pk], before):
            found[mandate.pk] = Held(f"{mandate.deputy.name}的{mandate}资格", reason)
    return found


def _why(deputy: Deputy, row: ImportRow, before: dict[str, dict], needed: str) -> str:
    return needed if row.created else _changed_since(deputy, row, before)


def _changed_since(record, row: ImportRow, before: dict[str, dict]) -> str:
    """A mandate that was made and then ended or suspended, or any record changed after the import changed it."""
    expected = 0 if row.created else before.get(str(record.pk), {}).get("version")
    return "" if record.version == expected else LATER


def _made_entries(batch_id, deputy_ids) -> set[uuid.UUID]:
    made = ImportRow.objects.filter(
        batch=batch_id, subject_type="deputies.deputy", subject_id__in=deputy_ids, created=True
    )
    return set(made.values_list("subject_id", flat=True))


def _needed(deputies: list[Deputy], batch_id) -> dict[uuid.UUID, str]:
    """What stands on each entry, in words; mandates made by the same batch do not count."""
    words: dict[uuid.UUID, list[str]] = {deputy.pk: ["账号"] if deputy.account_id else [] for deputy in deputies}
    own = ImportRow.objects.filter(batch=batch_id, subject_type="deputies.mandate", created=True)
    for relation in Deputy._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        rows = model._default_manager.kept().filter(**{f"{name}__in": list(words)})
        if model is Mandate:
            rows = rows.exclude(pk__in=own.values("subject_id"), version=0)
        for pk in set(rows.values_list(f"{name}_id", flat=True)):
            words[pk].append(str(model._meta.verbose_name))
    return {pk: f"已有{'、'.join(dict.fromkeys(found))}" for pk, found in words.items() if found}


def undo(rows: list[ImportRow], before: dict[str, dict]) -> None:
    """Withdraw what the batch made, restore what it changed; call inside the action of the undoing."""
    taken_back = {"withdrawn_at": clock.now(), "withdrawn_reason": REASON, "version": F("version") + 1}
    for model in (Mandate, Deputy):
        mine = [row for row in rows if row.subject_type == model._meta.label_lower]
        made = [row.subject_id for row in mine if row.created]
        model.objects.kept().filter(pk__in=made).update(**taken_back)
        for record in model.objects.filter(pk__in=[row.subject_id for row in mine if not row.created]):
            _restore(record, before[str(record.pk)]["values"])


def _restore(record: Deputy | Mandate, values: dict) -> None:
    for name, value in values.items():
        if name == "birth_date" and value:
            value = date.fromisoformat(value)
        setattr(record, LINKS.get(name, name), value)
    if isinstance(record, Deputy):
        set_name_keys(record)
    record.save()
