"""Batches that are kept on the records themselves: a roll of fifty thousand needs no second row for each to be taken back."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence

from django.db.models import F, QuerySet

from congress import clock
from congress.guard.record import Record, kept
from congress.imports.kinds import Held
from congress.imports.records import LATER, REASON
from congress.keeping import depending_on
from congress.models import ImportBatch, ImportRow


def rows_of(model: type[Record], batch: ImportBatch) -> QuerySet:
    """The rows of a model that a batch made and that still stand."""
    return model._default_manager.kept().filter(batch=batch)


def written(models: Sequence[type[Record]], batch: ImportBatch) -> int:
    """How many records bear a batch."""
    return sum(rows_of(model, batch).count() for model in models)


def held(models: Sequence[type[Record]], batch: ImportBatch, going: Collection[uuid.UUID]) -> dict[uuid.UUID, Held]:
    """The records of a batch that must stay: changed since, or others came to point at them. `models`: those that point at
    others first; `going` are records that are withdrawn with it."""
    found: dict[uuid.UUID, Held] = {}
    for model in models:
        mine = rows_of(model, batch)
        words: dict[uuid.UUID, list[str]] = {pk: [LATER] for pk in _changed(mine)}
        for other, name, rows in depending_on(model, mine.values("pk")):
            rows = rows.exclude(pk__in=list(going))
            if other in models:  # what goes along counts only where it must stay
                rows = rows.exclude(batch=batch) | rows.filter(pk__in=list(found))
            for pk in set(rows.values_list(f"{name}_id", flat=True)):
                words.setdefault(pk, []).append(f"已有{other._meta.verbose_name}")
        for record in model._default_manager.filter(pk__in=list(words)):
            found[record.pk] = Held(str(record), "、".join(dict.fromkeys(words[record.pk])))
    return found


def _changed(rows: QuerySet) -> list[uuid.UUID]:
    """Which of these rows were changed since they were made; what a later import did and took back counts for nothing."""
    versions = dict(rows.filter(version__gt=0).values_list("pk", "version"))
    undone = ImportRow.objects.exclude(kept()).filter(created=False, subject_id__in=list(versions))
    twice = Counter(undone.values_list("subject_id", flat=True))
    return [pk for pk, version in versions.items() if version != 2 * twice[pk]]


def withdraw(models: Sequence[type[Record]], batch: ImportBatch, staying: Collection[uuid.UUID]) -> int:
    """Withdraw the records of a batch but those that stay; returns how many. Call inside the action of the undoing."""
    taken_back = {"withdrawn_at": clock.now(), "withdrawn_reason": REASON, "version": F("version") + 1}
    return sum(rows_of(model, batch).exclude(pk__in=list(staying)).update(**taken_back) for model in models)
