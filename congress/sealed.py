"""Files with personal data that a job has made: sealed while they lie, fetched by whoever asked and by nobody else, each fetching
an event of the trail, dropped when they have served or after some days.

A kind of them is a model of `SealedFile` with its `Sealing`; the nightly `purge` knows all of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db.models import QuerySet

from congress import clock
from congress.guard import scope
from congress.guard.action import Verb, action, lock
from congress.guard.refusal import refuse
from congress.models import Job, Township
from congress.models.sealed import SealedFile
from congress.people import keys
from congress.work.tasks import in_every_township


def _none_before(held: Sequence) -> list:
    """No file is done with before its time."""
    return []


@dataclass(frozen=True)
class Sealing:
    """How one kind of sealed files is kept: its verbs, how long it lies, what is said when it is gone, and which of those that
    lie are done with before their time."""

    model: type[SealedFile]
    made: Verb
    fetched: Verb
    dropped: Verb
    kept: timedelta
    gone: str
    served: Callable[[Sequence], list] = _none_before

    def keep(self, row: Any, content: bytes | None, **told: str) -> Any:
        """Seal a file under a new key and write its row, whose owner has asked for it. Side effect: one event, which tells
        what is `told`."""
        with action(self.made, actor=row.owner, detail=told) as act:
            row.expires_at = clock.now() + self.kept
            row.data_key = keys.new_data_key(row.township_id, self.model._meta.label_lower)
            row.data_key.save(force_insert=True)
            if content is not None:
                row.content = keys.seal(row.data_key, content, _place(row))
            row.save(force_insert=True)
            act.subject = row
        return row

    def lying(self) -> QuerySet:
        """What lies in the township of the scope, whosesoever, without its content."""
        return self.model._default_manager.filter(content__isnull=False).defer("content")

    def of(self, owner) -> QuerySet:
        """What somebody can still fetch; nobody else sees it."""
        return self.lying().filter(owner=owner, expires_at__gt=clock.now())

    def fetch(self, actor, row: Any) -> bytes:
        """The file. Raises Refused when it is not the actor's, was dropped, or is past its time. Side effect: one event."""
        with action(self.fetched, actor=actor, subject=row):
            held = lock(row)
            if held.owner_id != actor.pk or held.content is None or held.expires_at <= clock.now():
                refuse(self.gone)
            held.fetched_at = clock.now()
            held.save(update_fields=["fetched_at"])
            return keys.unseal(held.data_key, bytes(held.content), _place(held))

    def drop(self, actor, row: Any) -> None:
        """Forget what a file says. Side effect: one event."""
        with action(self.dropped, actor=actor, subject=row):
            held = lock(row)
            held.content = None
            held.save(update_fields=["content"])

    def drop_all(self, rows: QuerySet) -> int:
        """Forget what these say, because somebody they name is forgotten; returns how many there were."""
        found = list(rows)
        for row in found:
            self.drop(None, row)
        return len(found)


_kinds: list[Sealing] = []


def register(kind: Sealing) -> Sealing:
    """Let the nightly purge know of a kind. Raises ValueError for a model that has one."""
    if any(one.model is kind.model for one in _kinds):
        raise ValueError(f"{kind.model.__name__} is sealed twice")
    _kinds.append(kind)
    return kind


def made_by(job: Job) -> bool:
    """Whether what a job made is such a file, which nobody but its owner fetches: it has the job's number."""
    return any(kind.model._default_manager.filter(pk=job.pk).exists() for kind in _kinds)


def _place(row: SealedFile) -> str:
    return f"{row._meta.db_table}:{row.pk}:content"


@shared_task
def purge() -> int:
    """Drop what is past its time or has served; returns how much."""
    return in_every_township(_purge)


def _purge(township: Township) -> int:
    with scope.township(township):
        return sum(_purge_kind(kind) for kind in _kinds)


def _purge_kind(kind: Sealing) -> int:
    held = list(kind.lying())
    served = {one.pk for one in kind.served(held)}
    over = [one for one in held if one.expires_at <= clock.now() or one.pk in served]
    for row in over:
        kind.drop(None, row)
    return len(over)
