"""Imports of plain records: the columns of the table are fields of one model, nothing is encrypted."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet

from congress import clock
from congress.guard.record import Record, kept
from congress.imports.kinds import Held, ImportKind, Taken
from congress.keeping import depending_on
from congress.models import ImportRow
from congress.spreadsheets.preview import Key, PreviewRow, Status
from congress.spreadsheets.preview import restore as python_values

REASON = "撤销导入"
LATER = "导入后又有变动"


class RecordKind(ImportKind):
    """A kind whose columns are named like the model's fields; `natural` are those by which a row is recognised.

    `common` gives what all rows of a batch share and no column says. Choices are written by their labels.
    """

    model: type[Record]
    natural: tuple[str, ...] = ("name",)
    beside: tuple[type[Record], ...] = ()  # models of what is made beside the rows

    def common(self) -> dict[str, Any]:
        """Values of fields that no column has."""
        return {}

    def kept(self) -> QuerySet:
        """The records rows are compared with."""
        return self.model._default_manager.kept().filter(**self.common())

    def key_of(self, values):
        key = tuple(values.get(name) for name in self.natural)
        return None if None in key else key

    def lookup(self, keys: list[Key]) -> dict[Key, dict]:
        first = self.natural[0]
        rows = self.kept().filter(**{f"{first}__in": [key[0] for key in keys]})
        names = [column.key for column in self.columns()]
        known = {
            tuple(getattr(row, name) for name in self.natural): {"id": row.pk}
            | {name: self._spoken(row, name) for name in names}
            for row in rows
        }
        return {key: known[key] for key in keys if key in known}

    def _choices(self, name: str) -> dict:
        return {str(label): value for value, label in self.model._meta.get_field(name).flatchoices}

    def _spoken(self, row: Record, name: str) -> Any:
        value = getattr(row, name)
        if self._choices(name):
            return getattr(row, f"get_{name}_display")() or None
        return None if value == "" else value

    def _set(self, row: Record, values: dict[str, Any]) -> Record:
        for name, value in python_values(values, self.columns()).items():
            if value is not None:
                setattr(row, name, self._choices(name).get(value, value))
        return row

    def take(self, rows: list[PreviewRow]) -> list[Taken]:
        made = [
            self._set(self.model(township=self.township, **self.common()), row.values)
            for row in rows
            if row.status == Status.NEW
        ]
        self.model._default_manager.bulk_create(made)
        changed = [self._change(row) for row in rows if row.status == Status.CHANGED]
        return [*(Taken(row, True) for row in made), *changed]

    def _change(self, preview: PreviewRow) -> Taken:
        row = self.kept().select_for_update(of=("self",)).get(pk=preview.existing)
        field = self.model._meta.get_field
        before = {name: field(name).value_to_string(row) for name in preview.changes if getattr(row, name) is not None}
        before |= {name: None for name in preview.changes if name not in before}
        self._set(row, {name: preview.values[name] for name in preview.changes})
        row.save()
        return Taken(row, False, {"values": before, "version": row.version})

    def held(self, rows: list[ImportRow], before: dict[str, dict]) -> dict[uuid.UUID, Held]:
        entries = {row.subject_id: row for row in rows}
        beside = {model._meta.label_lower for model in self.beside}
        going_along = [row.subject_id for row in rows if row.subject_type in beside]
        needed = dependants_of(self.model, list(entries), going_along)
        versions = expected_versions(rows, before)
        found = {}
        for record in self.model._default_manager.filter(pk__in=entries):
            made = entries[record.pk].created
            reason = needed.get(record.pk, "") if made else "" if record.version == versions[record.pk] else LATER
            if reason:
                found[record.pk] = Held(str(record), reason)
        going = entries.keys() - found.keys()
        for model in self.beside:
            mine = [row.subject_id for row in rows if row.subject_type == model._meta.label_lower]
            needed = dependants_of(model, mine, going)
            found |= {row.pk: Held(str(row), needed[row.pk]) for row in model._default_manager.filter(pk__in=needed)}
        return found

    def undo(self, rows: list[ImportRow], before: dict[str, dict]) -> None:
        made = [row.subject_id for row in rows if row.created]
        for model in (self.model, *self.beside):
            model._default_manager.kept().filter(pk__in=made).update(
                withdrawn_at=clock.now(), withdrawn_reason=REASON, version=F("version") + 1
            )
        changed = [row.subject_id for row in rows if not row.created]
        for record in self.model._default_manager.filter(pk__in=changed):
            for name, text in before[str(record.pk)]["values"].items():
                field = self.model._meta.get_field(name)
                setattr(record, field.attname, None if text is None else field.to_python(text))
            record.save()


def expected_versions(rows: list[ImportRow], before: dict[str, dict]) -> dict[uuid.UUID, int]:
    """The version each record of a batch has when nothing came after it. A later import that changed it and was taken
    back again counts for nothing: it wrote the record twice."""
    later = ImportRow.objects.exclude(kept()).filter(created=False, subject_id__in=[row.subject_id for row in rows])
    later = later.exclude(batch__in={row.batch_id for row in rows})
    undone = list(later.values_list("subject_id", "created_at"))
    return {
        row.subject_id: (0 if row.created else before.get(str(row.subject_id), {}).get("version", -1))
        + 2 * sum(pk == row.subject_id and made_at > row.created_at for pk, made_at in undone)
        for row in rows
    }


def dependants_of(model: type[Record], pks: list[uuid.UUID], going: Collection[uuid.UUID] = ()) -> dict[uuid.UUID, str]:
    """What kinds of records point at each of these rows and count (`depending_on`), in words. What is `going` itself does
    not count."""
    words: dict[uuid.UUID, list[str]] = {}
    for other, name, rows in depending_on(model, pks):
        for pk in set(rows.exclude(pk__in=going).values_list(f"{name}_id", flat=True)):
            words.setdefault(pk, []).append(str(other._meta.verbose_name))
    return {pk: f"已有{'、'.join(dict.fromkeys(found))}" for pk, found in words.items()}
