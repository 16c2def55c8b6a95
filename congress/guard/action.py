"""The second lock: no write without an action, and every action leaves one event in the chained trail.

`with action(REPLY, actor=user, subject=suggestion):` opens the transaction, tells the database which action is open
(triggers refuse writes outside one) and writes the event as its last statement, because the chain's head stays locked
until commit.
"""

import contextlib
import contextvars
import json
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from django.db import connection

from congress import clock
from congress.guard import scope, touched
from congress.guard.savepoint import savepoint
from congress.law.finding import Finding
from congress.prepared import Prepared, given


@dataclass(frozen=True)
class Verb:
    """What was done: a dotted key and the words of a sentence 「某人 + words + subject」."""

    key: str
    words: str


_verbs: dict[str, Verb] = {}


def verb(key: str, words: str) -> Verb:
    """Register a verb. Raises ValueError when the key stands for other words already."""
    new = Verb(key, words)
    if _verbs.setdefault(key, new) != new:
        raise ValueError(f"verb {key} is registered with other words")
    return new


_former: dict[str, str] = {}


def formerly(key: str, words: str) -> None:
    """Keep the words of a verb that only older events carry."""
    _former[key] = words


def words_of(key: str) -> str:
    """The Chinese words of a verb, or its key when this version no longer knows it."""
    return _verbs[key].words if key in _verbs else _former.get(key, key)


def all_verbs() -> dict[str, Verb]:
    """Every registered verb by key."""
    return dict(_verbs)


class Refused(Exception):
    """The law or the state of the matter forbids the action. `findings` say why. Raised by `guard.refusal` alone."""

    def __init__(self, findings: Iterable[Finding]):
        self.findings = list(findings)
        super().__init__("；".join(finding.message for finding in self.findings))


class Conflict(Exception):
    """Somebody else changed the row since it was shown. `current` is the row as it stands now."""

    def __init__(self, current):
        self.current = current
        super().__init__("内容已被他人修改")


_answering: contextvars.ContextVar[uuid.UUID | None] = contextvars.ContextVar("answering", default=None)


@contextlib.contextmanager
def answering(sent: uuid.UUID | None) -> Iterator[None]:
    """The first action inside leaves its event under this id: the event proves, in the same transaction as what was
    written, that what was sent has done its work. None leaves the id to chance."""
    token = _answering.set(sent)
    try:
        yield
    finally:
        _answering.reset(token)


def _event_id() -> uuid.UUID:
    sent = _answering.get()
    _answering.set(None)
    return sent or uuid.uuid4()


@dataclass
class Act:
    """An open action; subject, township and detail may still be set inside the block."""

    verb: Verb
    actor: object | None
    subject: object | None = None
    township: object | None = None
    detail: dict = field(default_factory=dict)
    id: uuid.UUID = field(default_factory=_event_id)
    counted: bool = False  # a refusal that `congress.turned_away` has counted: it leaves no event of its own

    def chain(self) -> int:
        """The chain the event belongs to: the township's number, or 0 for the system's."""
        if self.township is not None:
            return self.township.pk
        found = getattr(self.subject, "township_id", None)
        if found is not None:
            return found
        open_scope = scope.current()
        return (open_scope.write or 0) if open_scope else 0


_EVENT = """
INSERT INTO congress_auditevent
  (id, chain, at, actor_id, verb, subject_type, subject_id, subject_label, detail, outcome)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s)
RETURNING set_config('app.action', %s, true)
"""


# Digests and keys of rows: digits by chance, and changed they would be worth nothing.
_KEY = re.compile(r"[0-9a-f-]{32,}", re.ASCII)
_scrub: Callable[[str], str] | None = None


def scrub_with(function: Callable[[str], str]) -> None:
    """Say what masks identity and telephone numbers in a text; it is defined above this package."""
    global _scrub
    _scrub = function


def scrubbed(value):
    """Text, or whatever JSON can hold, without numbers of persons: an event is for ever and can be erased by nobody.

    Raises RuntimeError when nobody has said how.
    """
    if _scrub is None:
        raise RuntimeError("scrub_with() must be called before the first event")
    if isinstance(value, str):
        return value if _KEY.fullmatch(value) else _scrub(value)
    if isinstance(value, dict):
        return {scrubbed(str(key)): scrubbed(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set):
        return [scrubbed(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float) else scrubbed(str(value))


def _leave_event(act: Act, outer: str) -> None:
    """Write the event and close the action, in one statement; `outer` is the action that is open from then on."""
    subject = act.subject
    with connection.cursor() as cursor:
        cursor.execute(
            _EVENT,
            [
                act.id,
                act.chain(),
                clock.now(),
                getattr(act.actor, "pk", None),
                act.verb.key,
                subject._meta.label_lower if subject is not None else "",
                str(subject.pk) if subject is not None else "",
                scrubbed(getattr(subject, "audit_label", "")) if subject is not None else "",
                json.dumps(scrubbed(act.detail), ensure_ascii=False),
                "ok",
                outer,
            ],
        )


def _set_open(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.action', %s, true)", [value])


_current: contextvars.ContextVar[str] = contextvars.ContextVar("action", default="")


@contextlib.contextmanager
def action(verb: Verb, *, actor, subject=None, township=None, detail: dict | None = None) -> Iterator[Act]:
    """Open an action; writes one event when the block ends well, nothing at all when it raises.

    `actor` is the user, or None for the system itself. May be nested: each leaves its own event (but see Act.counted).
    """
    act, outer = Act(verb, actor, subject, township, detail or {}), _current.get()
    with savepoint():
        _set_open(str(act.id))
        token = _current.set(str(act.id))
        try:
            with touched.settled():
                yield act
        finally:
            _current.reset(token)
        # Only on success: when the block failed, rolling back to the savepoint closes the action itself.
        if act.counted:
            _set_open(outer)
        else:
            _leave_event(act, outer)


@cache
def _locked(model) -> Prepared:
    return Prepared(lambda: model._base_manager.select_for_update(of=("self",)).filter(pk=given("pk")))


def lock(row, version: int | str | None = None):
    """The row read again under a lock. Raises Conflict when its version is not the one that was shown."""
    found = _locked(type(row))(pk=row.pk)
    if not found:
        raise type(row).DoesNotExist
    (current,) = found
    if version not in (None, "") and str(version) != str(current.version):
        raise Conflict(current)
    return current


@cache
def _led_to(model, path: str) -> Prepared:
    return Prepared(lambda: model._base_manager.filter(pk=given("pk")).values_list(path, flat=True))


@cache
def _held(model) -> Prepared:
    rows = model._base_manager.select_for_update(of=("self",), no_key=True)
    return Prepared(lambda: rows.filter(pk=given("pk")).values_list("pk", flat=True))


def lock_around(row, path: str) -> None:
    """Lock the row to which a path leads from another (`reader__unit__count`), of which no more than its key need be known: what
    stands there says what may be done here, so that who closes it and who works inside it wait for each other. What was known of it
    before is read again.
    """
    first, _, further = path.partition("__")
    model, keys = type(row), [row.pk]
    if (known := getattr(row, model._meta.get_field(first).attname)) is not None:
        model, keys, path = model._meta.get_field(first).related_model, [known], further
    if path:
        keys = _led_to(model, path)(pk=keys[0])
        for step in path.split("__"):
            model = model._meta.get_field(step).related_model
    for key in keys:
        _held(model)(pk=key)
    row._state.fields_cache.pop(first, None)
