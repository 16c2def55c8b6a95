"""Erasing a person (个人信息保护法第四十七条): rows and trail stay, who it was is gone.

The key of the row and of all that belongs to it is destroyed (a key that seals others as well stays, and the row's
ciphertext goes), plain columns and blind indexes are emptied, before-images lose them too, and what holds the name elsewhere
is dealt with by those who keep it (`elsewhere`). One action, one event.
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
from congress.people.fields import BlindIndexField, encrypted_fields, retention_of
from congress.people.reveal import known_texts, name_fields
from congress.people.scrub import find_personal
from congress.people.sealed import Sealed

ERASE = verb("people.erase", "销毁了个人信息")
SHORTEST_REASON, LONGEST_REASON = 4, 200  # characters


@dataclass
class Erasing:
    """An erasing under way, inside its action: whose, by what names the person is known, the rows with keys of their own
    that go with it, and how many rows it touched. `spoken` are those of the names by which texts elsewhere speak of nobody
    else; voters are many and share names, and no text speaks of one."""

    person: models.Model
    actor: object | None
    names: set[str]
    taken: list[models.Model] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def spoken(self) -> set[str]:
        """The names that are taken out of texts wherever they stand."""
        return self.names if getattr(self.person, "named_in_texts", True) else set()

    def take(self, rows: Iterable[models.Model]) -> None:
        """Erase these rows, which have keys of their own, together with the person."""
        self.taken.extend(rows)

    def count(self, model: type[models.Model], number: int) -> None:
        """Remember rows for the event."""
        if number:
            self.rows[model._meta.label_lower] = self.rows.get(model._meta.label_lower, 0) + number

    def empty(self, row: models.Model) -> None:
        """Put what stands after erasing into a row, and take the rest out of its before-images."""
        empty(row)
        self.count(type(row), 1)

    def empty_all(self, rows: Iterable[models.Model]) -> None:
        """Empty rows of one model that have no key of their own, in their before-images too."""
        rows = list(rows)
        for row in rows:
            self.empty(row)
        if rows:
            forget_history(type(rows[0]), [row.pk for row in rows])


_elsewhere: list[Callable[[Erasing], None]] = []


def elsewhere(function: Callable[[Erasing], None]) -> Callable[[Erasing], None]:
    """Register what keeps copies of names: called inside the action, it removes them, or refuses and nothing is erased."""
    _elsewhere.append(function)
    return function


_forbidding: list[Callable[[models.Model], None]] = []


def forbids(function: Callable[[models.Model], None]) -> Callable[[models.Model], None]:
    """Register what may forbid erasing a person: raises Refused when it is asked for already, and again when it is done."""
    _forbidding.append(function)
    return function


def check_allowed(person: models.Model) -> None:
    """Raises Refused for whom somebody still needs by law."""
    for function in _forbidding:
        function(person)


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
        check_allowed(current)
        for function in _elsewhere:
            function(erasing)
        rows = [current, *_belonging(current), *erasing.taken]
        for row in rows:
            _leave_shared_key(row, rows, reason)
            erasing.empty(row)
        for model, group in groupby(rows, type):
            forget_history(model, [row.pk for row in group])
        for data_key in {row.data_key_id: row.data_key for row in rows}.values():
            if not keys.is_destroyed(data_key):
                destroy_key(lock(data_key), reason)
        act.detail = {"reason": reason, "rows": erasing.rows}
    keys.forget(person.data_key)
    person.refresh_from_db()
    return erasing.rows


def _names(person) -> set[str]:
    """The names by which texts elsewhere may speak of the person."""
    names = (getattr(person, name, None) for name in name_fields(person))
    return {str(name) for name in names if name and name != ERASED and len(name) >= 2}


def _leave_shared_key(row, together: list, reason: str) -> None:
    """Give a row whose key seals rows of others too a destroyed one of its own, and drop what was sealed of it: destroying
    the key of a batch would erase everybody in it."""
    gone = [one.pk for one in together]
    if not any(
        relation.related_model._base_manager.filter(**{relation.field.name: row.data_key_id})
        .exclude(pk__in=gone)
        .exists()
        for relation in row.data_key._meta.related_objects
    ):
        return
    row.data_key = keys.new_destroyed_key(row.township_id, retention_of(type(row)), reason)
    row.data_key.save(force_insert=True)
    for sealed in encrypted_fields(type(row)):
        if getattr(row, sealed.attname) is not None:
            setattr(row, sealed.attname, Sealed(b""))


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
        setattr(row, name, value_after(value, row))
    for index in row._meta.concrete_fields:
        if isinstance(index, BlindIndexField):
            setattr(row, index.attname, None)
    row.save()


def value_after(value, row: models.Model | None = None):
    """What stands in a column after erasing, by what its model says; without a row, for many rows at once."""
    return value(row) if callable(value) else value


def forget_history(model: type[models.Model], pks: Iterable) -> None:
    """Take the personal columns out of the before-images of rows that were changed just now. Call inside an action of the
    verb `ERASE`: whoever verifies the trail is told of history that any other erased."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT guard_erase_history(%s, %s)", [model._meta.db_table, [str(pk) for pk in pks]])


def destroy_key(data_key, reason: str) -> None:
    """Make what is sealed under a key unreadable for good. Call inside an action."""
    data_key.wrapped, data_key.wrapped_with = b"", ""
    data_key.destroyed_at, data_key.destroyed_reason = clock.now(), reason
    data_key.save()
