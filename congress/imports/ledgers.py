"""Old ledgers: what was written down before the system came, brought in with its own days.

A row makes new records and never changes what stands: one that is registered already is left alone when it says the
same, and told where it differs. Names of units, stations or categories that are not registered yet may be registered
with it.
"""

import uuid
from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import F

from congress import clock
from congress.guard.record import Record
from congress.imports import fresh
from congress.imports.kinds import Held, ImportKind, Taken, UploadForm
from congress.imports.records import LATER, REASON, dependants_of, expected_versions
from congress.models import ImportRow, Township
from congress.spreadsheets.preview import Preview, PreviewRow, Status


class LedgerForm(UploadForm):
    """Whether names the township has not registered yet are registered with the ledger."""

    create = forms.BooleanField(
        label="台账里有而还没有登记的名称（单位、联络站、类别等），随导入一并登记",
        required=False,
        initial=True,
        help_text="新建的会在确认前列出，撤销导入时一并撤回",
    )


class Ledger(ImportKind):
    """Base of the ledgers. `order` are the models of its records, those that point at others first; `named` are the
    columns whose cells name records by one word: {column key: (model, field, fixed values of new ones)}.
    """

    form = LedgerForm
    order: tuple[type[Record], ...] = ()
    named: dict[str, tuple[type[Record], str, dict[str, Any]]] = {}

    def __init__(self, township: Township, options: dict[str, Any]):
        super().__init__(township, options)
        self.known_names = {key: self._names(*of) for key, of in self.named.items()}
        self.wanted_names: dict[str, dict[str, None]] = {}

    @staticmethod
    def _names(model: type[Record], field: str, fixed: dict[str, Any]) -> dict[str, Record]:
        return {getattr(row, field): row for row in model._default_manager.kept().filter(**fixed)}

    def record_of(self, key: str, name: str) -> Any:
        """The record a cell of a column names, whichever column it was registered with. Raises Refused when it is gone since the
        table was compared."""
        for other, known in self.known_names.items():
            if self.named[other] == self.named[key] and name in known:
                return known[name]
        fresh.gone(name)

    def names_in(self, key: str, values: dict[str, Any]) -> list[str]:
        """The names a cell holds; one unless a ledger says otherwise."""
        return [values[key]] if values.get(key) else []

    def check_names(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        """Names that are not registered and shall not be."""
        if self.options.get("create"):
            return []
        return [
            (key, f"没有登记过“{name}”，请先登记，或者选择随导入一并登记")
            for key in self.named
            for name in self.names_in(key, values)
            if name not in self.known_names[key]
        ]

    def check_change(self, known, values, changes):
        """What is registered stays as it is."""
        labels = {column.key: column.label for column in self.columns()}
        said = "、".join(labels.get(key, key) for key in changes)
        return [(next(iter(changes)), f"已经登记过，但{said}与登记的不同；台账只登记没有的，改动请到该记录的页面")]

    def compare(self, known, values):
        return super().compare(known, {name: value for name, value in values.items() if name in known})

    def review(self, rows, parts):
        """Gather the names that rows bring."""
        for row in rows:
            if row.status == Status.NEW:
                for key in self.known_names:
                    self.wanted_names.setdefault(key, {}).update(dict.fromkeys(self.names_in(key, row.values)))

    def refine(self, preview: Preview) -> None:
        """Name what is registered beside the rows."""
        columns = {column.key: column.label for column in self.columns()}
        named: set[tuple[type[Record], str]] = (
            set()
        )  # by another column already, such as the lead and those that assist
        for key, known in self.known_names.items():
            model = self.named[key][0]
            wanted = [name for name in self.wanted_names.get(key, ()) if name not in known]
            names = [name for name in wanted if (model, name) not in named]
            named |= {(model, name) for name in names}
            if names:
                preview.plan[key] = names
                preview.makes.append(f"{columns[key]}{len(names)}个：{'、'.join(names)}")

    def make(self, plan):
        made = []
        for key, names in plan.items():
            model, field, fixed = self.named[key]
            for name in names:
                row = self._names(model, field, fixed).get(name)  # another column may have named it already
                if row is None:
                    row = model(township=self.township, **fixed, **{field: name})
                    row.save(force_insert=True)
                    made.append(Taken(row, True))
                self.known_names[key][name] = row
        return made

    @abstractmethod
    def records_of(self, row: PreviewRow) -> Iterable[Record]:
        """The records a row makes, unsaved, each after those it points at."""

    def take(self, rows):
        taken = []
        for row in rows:
            for record in self.records_of(row):
                record.save(force_insert=True)
                taken.append(Taken(record, True))
        return taken

    def held(self, rows, before):
        return made_held((*self.order, *(of[0] for of in self.named.values())), rows)

    def undo(self, rows, before):
        withdraw_made(rows, (*self.order, *(of[0] for of in self.named.values())))


def made_held(order: Iterable[type[Record]], rows: list[ImportRow]) -> dict[uuid.UUID, Held]:
    """Of records a batch made those that must stay: others came to point at them, they were changed since, or what they
    belong to stays."""
    versions, going = expected_versions(rows, {}), {row.subject_id for row in rows}
    found: dict[uuid.UUID, Held] = {}
    kinds = list(dict.fromkeys(order))
    mine = {model: [row.subject_id for row in rows if row.subject_type == model._meta.label_lower] for model in kinds}
    for model in kinds:
        needed = dependants_of(model, mine[model], going - found.keys())
        for record in model._default_manager.filter(pk__in=mine[model]):
            reason = needed.get(record.pk) or ("" if record.version == versions[record.pk] else LATER)
            if reason:
                found[record.pk] = Held(str(record), reason)
    for model in kinds:  # parts of a record that stays stay with it
        for record in model._default_manager.filter(pk__in=mine[model]).exclude(pk__in=found):
            links = [field.attname for field in model._meta.concrete_fields if field.related_model in kinds]
            keeper = next((found[pk] for name in links if (pk := getattr(record, name)) in found), None)
            if keeper is not None:
                found[record.pk] = Held(str(record), keeper.reason)
    return found


def withdraw_made(rows: list[ImportRow], order: Iterable[type[Record]]) -> None:
    """Withdraw what a batch made; call inside the action of the undoing."""
    taken_back = {"withdrawn_at": clock.now(), "withdrawn_reason": REASON, "version": F("version") + 1}
    for model in dict.fromkeys(order):
        made = [row.subject_id for row in rows if row.created and row.subject_type == model._meta.label_lower]
        model._default_manager.kept().filter(pk__in=made).update(**taken_back)
