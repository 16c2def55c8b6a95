"""What is derived from facts and kept beside them (due days, summaries), and how it stays true.

Whoever writes a fact need not know what follows from it: `guard.touched` notes the rows of an action, and before the action
ends each source tells anew what is derived from the subjects concerned. When a rule, a pack, a period or a day off changes,
the next sweep derives everything anew; once a night, and with `manage.py check_summaries`, it is derived and compared.
"""

import hashlib
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Protocol

from django.conf import settings
from django.db.models import QuerySet

from congress.guard import scope, touched
from congress.guard.action import action, verb
from congress.guard.bulk import insert_many
from congress.guard.record import Record
from congress.models import Grounds, Township
from congress.prepared import AnyOf, Prepared, given

TELL = verb("congress.tell_anew", "按事实重新计算了汇总和期限")
RULES = ("congress/law", "congress/assembly", "proposals")  # where a change may change what is derived
AT_ONCE = 500  # subjects whose facts are in memory together


@dataclass
class Changes:
    """What has to be written so that derived rows say what the facts say."""

    new: list[Record] = field(default_factory=list)
    changed: list[Record] = field(default_factory=list)
    fields: tuple[str, ...] = ()

    def __len__(self):
        return len(self.new) + len(self.changed)

    def write(self) -> None:
        """Write them, inside scope and action."""
        insert_many(self.new)
        if len(self.changed) == 1:
            self.changed[0].save(update_fields=self.fields)
        elif self.changed:
            model = type(self.changed[0])
            model.objects.bulk_update(self.changed, self.fields, batch_size=AT_ONCE)


class Derived(Protocol):
    """Rows derived from the facts of a source."""

    def changes(self, read: Any, subjects: Collection | None) -> Changes:
        """What differs for these subjects (None: for all of the source) from what is kept."""


@dataclass(eq=False)
class Summaries:
    """One row beside each subject: `tell(subject)` gives the values of the summary model's fields, `link` is the field that
    names the subject."""

    model: type[Record]
    link: str
    rows: Callable[[Any], Iterable[Record]]
    tell: Callable[[Any], dict]

    def changes(self, read: Any, subjects: Collection | None) -> Changes:
        """What differs from the summaries that are kept."""
        subjects = list(self.rows(read))
        key = f"{self.link}_id"
        kept = {getattr(row, key): row for row in self._kept(keys=[subject.pk for subject in subjects])}
        found = Changes()
        for subject in subjects:
            values, row = self.tell(subject), kept.get(subject.pk)
            if row is None:
                found.new.append(self.model(township_id=subject.township_id, **{key: subject.pk}, **values))
            elif any(getattr(row, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(row, name, value)
                found.changed.append(row)
            found.fields = tuple(values)
        return found

    @cached_property
    def _kept(self) -> Prepared:
        return Prepared(lambda: self.model.objects.filter(AnyOf(f"{self.link}_id", given("keys"))))


@dataclass(eq=False)
class Source:
    """Facts about subjects of one kind. `read(keys)` brings the subjects with these keys and what surrounds them, in a
    constant number of queries; `facts` says from the rows of which models the derived follows, and by which path such a row
    leads to its subject. Without `model` there are few subjects, read as a whole (`read(None)`); `daily` ones hang on the
    day as well."""

    name: str
    read: Callable[[Collection | None], Any]
    facts: Mapping[type[Record], str]
    model: type[Record] | None = None
    beside: Callable[[set], Iterable] = tuple  # further subjects whose derived rows hang on these
    daily: bool = False
    called: str = ""  # what the trail calls its subjects, where they are of no one model
    derived: list[Derived] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What people call its subjects."""
        return self.called or str(self.model._meta.verbose_name if self.model else self.name)

    def concerned(self, written: touched.Written) -> set | None:
        """Keys of the subjects whose facts were written; None for all of them."""
        models = [model for model in self.facts if written.get(model)]
        if models and self.model is None:
            return None
        found: set = set()
        for model in models:
            keys = written[model]
            found |= keys if self.facts[model] == "pk" else set(self._leading[model](keys=list(keys)))
        return found | set(self.beside(found)) if found else found

    @cached_property
    def _leading(self) -> dict[type[Record], Prepared]:
        """What says to which subjects rows of a model lead."""
        return {model: _led(model, path) for model, path in self.facts.items()}

    def parts(self, subjects: Collection | None) -> Iterator[Collection | None]:
        """Keys in pieces whose facts may be read at once: of these subjects, or of all in the scope."""
        if self.model is None:
            yield None
            return
        keys = self.model._base_manager.values_list("pk", flat=True) if subjects is None else subjects
        yield from _pieces(keys.iterator(chunk_size=AT_ONCE) if subjects is None else keys)

    def hold(self, subjects: Collection | None) -> None:
        """Let nobody take a step of these subjects until the transaction ends: what it changed would be told as it was."""
        if subjects is not None and self.model is not None:
            rows = self.model._base_manager.select_for_update(of=("self",)).filter(pk__in=subjects).order_by("pk")
            list(rows.values_list("pk", flat=True))

    def changes(self, subjects: Collection | None) -> Iterator[Changes]:
        """What differs from what is kept, piece by piece."""
        for part in self.parts(subjects):
            read = self.read(part)
            for one in self.derived:
                yield one.changes(read, part)


def _led(model: type[Record], path: str) -> Prepared:
    rows = model._base_manager.filter(**{f"{path}__isnull": False}).values_list(path, flat=True)
    return Prepared(lambda: rows.filter(AnyOf("pk", given("keys"))))


def reader(rows: Callable[[], QuerySet]) -> Callable[[Collection | None], Iterable]:
    """What reads these rows: all of them (None), or those with some keys, as the settling of every action does."""
    some = Prepared(lambda: rows().filter(AnyOf("pk", given("keys"))))
    return lambda only: rows() if only is None else some(keys=list(only))


def _pieces(keys) -> Iterator[list]:
    keys = iter(keys)
    while part := list(itertools.islice(keys, AT_ONCE)):
        yield part


_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a source; its facts are noted from now on."""
    _sources.append(source)
    touched.watch(source.facts)
    return source


def registered() -> list[Source]:
    """Every source."""
    return list(_sources)


def settle(written: touched.Written) -> None:
    """Bring what is derived from these rows up to date, inside the action that wrote them."""
    for source in _sources:
        subjects = source.concerned(written)
        if subjects is None or subjects:
            for changes in source.changes(subjects):
                changes.write()


def tell(source: Source, subjects: Collection | None = None) -> int:
    """Derive anew what hangs on these subjects (None: on all of the source in the scope) and write what differs, as one event
    where something does; returns how many rows did."""
    found = [one for one in source.changes(subjects) if len(one)]
    if found:
        with action(TELL, actor=None, detail={"对象": source.label, "行数": sum(map(len, found))}):
            for changes in found:
                changes.write()
    return sum(map(len, found))


def renew(township: Township) -> int:
    """Derive everything of a township anew, piece by piece in transactions of their own, so that nobody's step waits for
    long; returns how many rows differed. Safe to kill and to repeat."""
    written = 0
    with scope.township(township):
        digest = grounds_of(township)
    for source in _sources:
        with scope.township(township):
            keys = [None] if source.model is None else list(source.parts(None))
        for part in keys:
            with scope.township(township):
                source.hold(part)
                written += tell(source, part)
    if stale(township):
        _note(township, digest)
    return written


def _note(township: Township, digest: str) -> None:
    with scope.township(township), action(TELL, actor=None, detail={"原因": "法律规则或者设置有变动"}):
        Grounds.objects.update_or_create(township=township, defaults={"digest": digest})


def differing(township: Township) -> int:
    """How many derived rows of a township differ from what its facts say; changes nothing."""
    with scope.township(township):
        return sum(len(one) for source in _sources for one in source.changes(None))


def stale(township: Township) -> bool:
    """Whether a rule, the place's pack, its own periods or the days off have changed since everything was derived."""
    with scope.township(township):
        return not Grounds.objects.filter(digest=grounds_of(township)).exists()


_grounds: list[Callable[[Township], Any]] = []


def grounds(tell_grounds: Callable[[Township], Any]) -> Callable[[Township], Any]:
    """Decorator: the function says on what beside the facts the derived rows of a township hang."""
    _grounds.append(tell_grounds)
    return tell_grounds


def grounds_of(township: Township) -> str:
    """A digest of all of that; call in the township's scope."""
    said = [ask(township) for ask in _grounds]
    return hashlib.sha256(repr((program(*RULES), said)).encode()).hexdigest()


@cache
def program(*folders: str) -> str:
    """A digest of the program itself: who deploys a changed rule need not remember what was derived by the old one."""
    found = hashlib.sha256()
    for folder in folders:
        for file in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            found.update(file.read_bytes())
    return found.hexdigest()


touched.settle_with(settle)
