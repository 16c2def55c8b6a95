"""Plain records: kinds that are recorded, changed and withdrawn, and have no life of steps.

    STATIONS = Keeping(Station, "deputies.station", check=_check_station)
    STATIONS.record(actor, Station(township=town, name="东山站"))
    STATIONS.change(actor, station, {"name": "西山站"}, version)
    STATIONS.withdraw(actor, station, "登错了", version)

Every kind goes through the same three doors: lock, version, check, one event that names the values that differ.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from congress import clock
from congress.guard.action import Conflict, Verb, action, formerly, lock, lock_around, verb
from congress.guard.record import Record
from congress.guard.refusal import refuse
from congress.models import Township

# What an event tells with its values; all else (free text, what is encrypted) by its label only.
TOLD = (models.DateField, models.IntegerField, models.BooleanField)
NAMED = 3  # dependants named in a refusal; of the others the number


def _nothing(row: models.Model) -> None:
    """No rule beyond what the form and the database know, and nothing that a new row is given."""


@dataclass(frozen=True)
class Keeping:
    """What may be done to one kind of plain record.

    `key` is `app.noun` (or the app's name alone) and makes the three verbs, `app.record_noun` and so on. `check(row)` raises
    Refused for what cannot be, `stays(row)` for a row that is not to be taken back; `born(row)` gives a new row, inside its
    action, what nobody enters (a number). `parts` are relations whose rows belong to the record and are withdrawn with it in
    thought: they do not stand against a withdrawal. `instead` says what to do when other records do. `past` are verbs that
    older events carry, with their words. `route` begins the names of its addresses `…-edit` and `…-withdraw`. `inside` is the
    path to the record whose closing ends all that may be done to this kind.
    """

    model: type[models.Model]
    key: str
    check: Callable[[Any], None] = _nothing
    born: Callable[[Any], None] = _nothing
    stays: Callable[[Any], None] = _nothing
    parts: frozenset[str] = frozenset()
    instead: str = ""
    past: Mapping[str, str] = field(default_factory=dict)
    route: str = ""
    inside: str = ""

    def __post_init__(self):
        app, _, noun = self.key.partition(".")
        verbs = {
            step: verb(f"{app}.{step}{'_' if noun else ''}{noun}", f"{words}了{self.words}")
            for step, words in (("record", "登记"), ("change", "修改"), ("withdraw", "撤回"))
            if step != "withdraw" or self.withdrawable
        }
        object.__setattr__(self, "_verbs", verbs)
        for key, words in self.past.items():
            formerly(key, words)
        if self.key in _kept_kinds:
            raise ValueError(f"{self.key} is kept twice")
        _kept_kinds[self.key] = self

    @property
    def words(self) -> str:
        """What one record of this kind is called."""
        return str(self.model._meta.verbose_name)

    @property
    def withdrawable(self) -> bool:
        """Whether records can be taken back: places and days off cannot, they are changed."""
        return issubclass(self.model, Record)

    @property
    def verbs(self) -> dict[str, Verb]:
        """The verbs of the three doors, by record, change and withdraw."""
        return self._verbs

    def record(self, actor, row, also: Callable[[Any], Mapping] | None = None):
        """Write a new row and return it. Raises Refused. `also(row)` writes what belongs to it and returns event details."""
        with transaction.atomic():
            self._lock_around(row)
            self.check(row)
            with action(self.verbs["record"], actor=actor, subject=row) as act:
                self.born(row)
                row.save()
                act.detail = dict(also(row)) if also else {}
        return row

    def _lock_around(self, row) -> None:
        if self.inside:
            lock_around(row, self.inside)

    def change(self, actor, row, values: Mapping[str, Any], version, also: Callable[[Any], Mapping] | None = None):
        """Give a row new values and return it as it stands then; when nothing differs, nothing is written.

        `version` is the version that was shown: Conflict is raised when there is none or it is no longer the present one.
        Raises Refused like `record`, and for a row that was withdrawn. `also(row)` as there.
        """
        with transaction.atomic():
            self._lock_around(row)
            current = _locked(row, version)
            differing = differences(current, values)
            for name in differing:
                setattr(current, name, values[name])
            self.check(current)
            if not differing and also is None:
                return current
            with action(self.verbs["change"], actor=actor, subject=current) as act:
                current.save()
                act.township = _place(current)
                act.detail = {"项目": differing, **(also(current) if also else {})}
        return current

    def withdraw(self, actor, row, reason: str, version):
        """Take back a row entered by mistake; it stays, with the reason. Raises Refused and Conflict like `withdraw`."""
        said = {"parts": self.parts, "instead": self.instead, "stays": self.stays}
        with transaction.atomic():
            self._lock_around(row)
            return withdraw(self.verbs["withdraw"], actor, row, reason, version, **said)

    def save(self, actor, form, also: Callable[[Any], Mapping] | None = None):
        """Record or change what a `RecordForm` says. Raises Refused and Conflict like `record` and `change`."""
        if form.instance._state.adding:
            return self.record(actor, form.instance, also)
        return self.change(actor, form.instance, form.values, form.cleaned_data.get("version"), also)


_kept_kinds: dict[str, Keeping] = {}


def keepings() -> dict[str, Keeping]:
    """Every kind of plain record by its key."""
    return dict(_kept_kinds)


def keeping_of(model: type[models.Model]) -> Keeping:
    """How records of a model are kept. Raises KeyError for a model that is no plain record."""
    found = [keeping for keeping in _kept_kinds.values() if keeping.model is model]
    if not found:
        raise KeyError(model)
    return found[0]


def withdraw(
    what: Verb,
    actor,
    row,
    reason: str,
    version,
    *,
    subject=None,
    parts: Iterable[str] = (),
    instead: str = "",
    stays: Callable[[Any], None] = _nothing,
):
    """Withdraw any record by a verb and return it; `subject` is what the event names instead of the row.

    Raises Refused without a reason, for one withdrawn before, one that `stays`, and while other records depend on it; Conflict
    as `change`.
    """
    if not reason.strip():
        refuse("请写明撤回原因。", "reason")
    with transaction.atomic():
        current = _locked(row, version)
        stays(current)
        if depending := dependants(current, parts):
            refuse(f"该{current._meta.verbose_name}已有{'、'.join(depending)}，不能撤回{instead}。")
        with action(what, actor=actor, subject=subject or current):
            current.withdrawn_at, current.withdrawn_reason = clock.now(), reason.strip()[:200]
            current.save()
    return current


def dependants(row, parts: Iterable[str] = ()) -> list[str]:
    """What stands against taking a row back, in words: each kind of record that points at it, how many, the first names."""
    return [_named(other, list(rows)) for other, _, rows in depending_on(row, [row.pk], parts)]


def depending_on(
    model, pks: Iterable, parts: Iterable[str] = ()
) -> Iterator[tuple[type[models.Model], str, models.QuerySet]]:
    """Rows of other tables that point at these rows and count: (their model, the field, the rows), only where there are any.

    Withdrawn rows, ended memberships and what is derived do not count, nor do the relations named in `parts`.
    """
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.get_accessor_name() in parts:
            continue
        other, name = relation.related_model, relation.field.name
        if getattr(other, "guard_derived", False):
            continue
        rows = other._default_manager.filter(**{f"{name}__in": pks if isinstance(pks, models.QuerySet) else list(pks)})
        if issubclass(other, Record):
            rows = rows.kept()
        elif any(each.name == "ended_at" for each in other._meta.concrete_fields):
            rows = rows.filter(ended_at=None)
        if rows.exists():
            yield other, name, rows


def _named(other: type[models.Model], rows: list) -> str:
    labels = [label for label in (getattr(row, "audit_label", "") for row in rows[:NAMED]) if label]
    more = "等" if len(rows) > len(labels) else ""
    return f"{other._meta.verbose_name}{len(rows)}条" + (f"（{'、'.join(labels)}{more}）" if labels else "")


def differences(row, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """What of these values differs from the row: field name → the words before and after.

    The list is empty where the words may tell of a person: free text and personal fields are named by their label only,
    because an event can never be erased.
    """
    found = {}
    for name, value in values.items():
        column = row._meta.get_field(name)
        old = getattr(row, name)
        if old != value:
            found[name] = [] if _may_tell_of_people(row, column) else [_words(column, old), _words(column, value)]
    return found


def _may_tell_of_people(row, column) -> bool:
    if column.name in getattr(row, "personal_fields", {}):
        return True
    if column.is_relation:
        return bool(getattr(column.related_model, "personal_fields", {}) or getattr(column.related_model, "erased", {}))
    return not (column.choices or isinstance(column, TOLD))


def _words(column, value) -> str:
    if value is None or value == "":
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(dict(column.flatchoices).get(value, value))


def version_of(row) -> str:
    """What tells whether a row changed since it was shown: its version, or a digest for tables that count none."""
    if isinstance(row, Record):
        return str(row.version)
    held = "\x1f".join(f"{column.attname}={getattr(row, column.attname)}" for column in row._meta.concrete_fields)
    return hashlib.sha256(held.encode()).hexdigest()[:16]


def _locked(row, version):
    """The row under a lock as it stands now. Raises Conflict for another version than this, Refused for a withdrawn one."""
    current = lock(row)
    if str(version) != version_of(current):
        raise Conflict(current)
    if getattr(current, "withdrawn_at", None) is not None:
        refuse("该记录已经撤回。")
    return current


def _place(row):
    """The township whose chain an event about the township itself belongs to; other rows know theirs."""
    return row if isinstance(row, Township) else None
