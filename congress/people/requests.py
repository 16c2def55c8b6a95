"""Erasing by two persons: asked for by one with a reason, carried out or turned down by another."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.models import Erasure
from congress.people import keys
from congress.people.erase import check_allowed, check_reason, erasable_models, erase

ASK = verb("people.ask_erasing", "申请了销毁个人信息")
CARRY_OUT = verb("people.carry_out_erasing", "确认了销毁个人信息")
WITHDRAW = verb("people.withdraw_erasing", "撤回了销毁申请")


@dataclass(frozen=True)
class BulkErasure:
    """Data of many persons that are destroyed together and asked for at one record, as a roll at its election work.

    `check(row)` raises Refused for what forbids it, `preview(row)` says how much it would be (term, value), `destroy(row,
    actor=, reason=)` does it, in the job of kind `job` because it takes long. `consequences` are shown before.
    """

    model: type[models.Model]
    what: str
    check: Callable[[models.Model], None]
    preview: Callable[[models.Model], list[tuple[str, str]]]
    destroy: Callable
    consequences: tuple[str, ...]
    job: str


_bulk: dict[str, BulkErasure] = {}


def register(kind: BulkErasure) -> None:
    """Let the data of many be destroyed at records of this kind."""
    _bulk[kind.model._meta.label_lower] = kind


def bulk_of(label: str) -> BulkErasure | None:
    """How the data of many are destroyed at a record of this label; None for a person."""
    return _bulk.get(label)


def erasable_model(label: str):
    """The model of a person, or of a record at which many are erased, by its label. Raises LookupError when it is none."""
    model = apps.get_model(label)
    if model not in erasable_models() and label not in _bulk:
        raise LookupError(label)
    return model


def person_of(request: Erasure):
    """The row that is to be, or was, erased."""
    rows = erasable_model(request.subject_type)._base_manager.all()
    if bulk_of(request.subject_type) is None:
        rows = rows.select_related("data_key")
    return rows.get(pk=request.subject_id)


def check_subject(person) -> None:
    """Raises Refused for what is erased already, and for all that forbids it."""
    if (bulk := bulk_of(person._meta.label_lower)) is not None:
        bulk.check(person)
    elif keys.is_destroyed(person.data_key):
        refuse("该信息此前已经销毁。")
    else:
        check_allowed(person)


def ask_erasing(actor, person, reason: str, key: uuid.UUID | None = None) -> Erasure:
    """Ask that a person be erased; `key` becomes the request's id.

    Raises Refused for a reason that may not be kept, and when it is asked for or done."""
    reason = (reason or "").strip()
    check_reason(person, reason)
    label = person._meta.label_lower
    with action(ASK, actor=actor) as act:
        check_subject(person)
        if Erasure.objects.kept().filter(subject_type=label, subject_id=person.pk).exists():
            refuse("已经申请过销毁，请等待另一人确认。")
        act.subject = Erasure.objects.create(
            id=key or uuid.uuid4(),
            township_id=person.township_id,
            subject_type=label,
            subject_id=person.pk,
            reason=reason,
            asked_by=actor,
        )
    return act.subject


def carry_out(actor, request: Erasure, version=None) -> Erasure:
    """Erase the person of a request. Raises Refused for the one who asked, for a request that is settled, and as `erase`."""
    with action(CARRY_OUT, actor=actor, subject=request) as act:
        row = _open(request, version)
        check_second(actor, row)
        bulk = bulk_of(row.subject_type)
        (bulk.destroy if bulk else erase)(person_of(row), actor=actor, reason=row.reason)
        row.carried_out_at, row.carried_out_by = clock.now(), actor
        row.save()
        act.subject = row
    return row


def check_second(actor, request: Erasure) -> None:
    """Raises Refused for the one who asked."""
    if request.asked_by_id == actor.pk:
        refuse("申请人不能自己确认，请由另一人（主席或办事员）办理。")


def withdraw(actor, request: Erasure, reason: str, version=None) -> Erasure:
    """Take a request back, or turn it down. Raises Refused for one that is settled, or a reason that may not be kept."""
    reason = (reason or "").strip()
    check_reason(person_of(request), reason, "撤回的原因")
    with action(WITHDRAW, actor=actor, subject=request, detail={"reason": reason}):
        row = _open(request, version)
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason
        row.save()
    return row


def _open(request: Erasure, version) -> Erasure:
    row = lock(request, version)
    if row.carried_out_at or row.withdrawn_at:
        refuse("这份申请已经办结。")
    return row
