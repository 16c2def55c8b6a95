"""Erasing a person (个人信息保护法第四十七条): rows and trail stay, who it was is gone.

The key of the row and of all that belongs to it is destroyed, plain columns and blind indexes are emptied, before-images
lose them too, and what holds the name elsewhere is dealt with by those who keep it (`elsewhere`). One action, one event.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.apps import apps
from django.db import connection, models
from django.views.decorators.debug import sensitive_variables

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.people import keys
from congress.people.erased import ERASED
from congress.people.fields import BlindIndexField
from congress.people.reveal import known_texts
from congress.people.scrub import find_personal

ERASE = verb("people.erase", "销毁了个人信息")
SHORTEST_REASON, LONGEST_REASON = 4, 200  # characters


@dataclass
class Erasing:
    """An erasing under way, inside its action: whose, by what names the person is known, and how many rows it touched."""

    person: models.Model
    actor: object | None
    names: set[str]
    rows: dict[str, int] = field(default_factory=dict)

    def count(self, model: type[models.Model], number: int) -> None:
        """Remember rows for the event."""
        if number:
            self.rows[model._meta.label_lower] = self.rows.get(model._meta.label_lower, 0) + number

    def empty(self, row: models.Model) -> None:
        """Put what stands after erasing into a row, and take the rest out of its before-images."""
        empty(row)
        self.count(type(row), 1)

    def forget_history(self, model: type[models.Model], pks: Iterable) -> None:
        """Take the personal columns out of the before-images of rows that were changed just now."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT guard_erase_history(%s, %s)", [model._meta.db_table, [str(pk) for pk in pks]])


_elsewhere: list[Callable[[Erasing], None]] = []


def elsewhere(function: Callable[[Erasing], None]) -> Callable[[Erasing], None]:
    """Register what keeps copies of names: called inside the action, it removes them, or refuses and nothing is erased."""
    _elsewhere.append(function)
    return function


def erasable_models() -> list[type[models.Model]]:
    """The records that are a person, as they say of themselves."""
    return [model for model in apps.get_models() if getattr(model, "erasable", False)]


@sensitive_variables()
def erase(person, *, actor, reason: str) -> dict[str, int]:
    """Erase a person for good; every field that told who it was reads （已按规定销毁） or is empty from now on.

    Leaves one event as tombstone with the number of rows by model, which is also returned. Raises Refused without a
    reason or with one that names the person, when the person is erased already, or when something forbids it (a
    mandate that still runs, an import that waits with the name in it); Conflict for a stale row. Backups made before
    still hold everything until they expire. Call in the township's scope.
    """
    reason = (reason or "").strip()
    check_reason(person, reason)
    with action(ERASE, actor=actor, subject=person) as act:
        current = lock(person, person.version)
        if keys.is_destroyed(current.data_key):
            refuse("该信息此前已经销毁。")
        erasing = Erasing(current, actor, _names(current))
        for function in _elsewhere:
            function(erasing)
        rows = [current, *_belonging(current)]
        for row in rows:
            erasing.empty(row)
        for model, group in groupby(rows, type):
            erasing.forget_history(model, [row.pk for row in group])
        for row in rows:
            destroy_key(lock(row.data_key), reason)
        act.detail = {"reason": reason, "rows": erasing.rows}
    keys.forget(person.data_key)
    person.refresh_from_db()
    return erasing.rows


def _names(person) -> set[str]:
    """The name by which texts elsewhere may speak of the person."""
    name = getattr(person, "name", None)
    return {str(name)} if name and name != ERASED and len(name) >= 2 else set()


def check_reason(person, reason: str, what: str = "销毁的依据") -> None:
    """Raises Refused (at `reason`) for a reason that is too short or long, or that tells of the person."""
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        refuse(f"请写明{what}（{SHORTEST_REASON}至{LONGEST_REASON}个字）。", "reason")
    if find_personal(reason) or any(text in reason for text in known_texts(person)):
        refuse(f"{what}会写入审计记录，请不要写姓名、证件号或电话号码。", "reason")


def _belonging(person) -> list[models.Model]:
    """The rows with keys of their own that are part of the person, as the model names them in `erased_with`."""
    return [row for name in getattr(person, "erased_with", ()) for row in getattr(person, name).select_for_update()]


def empty(row: models.Model) -> None:
    """Write a row with everything gone that tells who it is; what is sealed goes with its key."""
    for name, value in getattr(row, "erased", {}).items():
        setattr(row, name, value(row) if callable(value) else value)
    for index in row._meta.concrete_fields:
        if isinstance(index, BlindIndexField):
            setattr(row, index.attname, None)
    row.save()


def destroy_key(data_key, reason: str) -> None:
    """Make what is sealed under a key unreadable for good. Call inside an action."""
    data_key.wrapped, data_key.wrapped_with = b"", ""
    data_key.destroyed_at, data_key.destroyed_reason = clock.now(), reason
    data_key.save()
