"""Promises of replies: made with a reply, kept, or explained and put off."""

from collections.abc import Iterable
from datetime import date

from congress.law.finding import Finding
from congress.steps import Attempt, change
from congress.wording import chinese_date
from proposals import queries
from proposals.models import Assignment, Promise, Reply

PLANNED = (Reply.Grade.B, Reply.Grade.C)  # the classes that leave something to be done
Outcome = Promise.Outcome


def check_promise(attempt: Attempt) -> Iterable[Finding]:
    """Who says that it is being solved or planned says until when; who has solved it, or will not, promises nothing."""
    grade, due_on = attempt.data["grade"], attempt.data["promised_on"]
    if due_on is None:
        if grade == Reply.Grade.B:
            yield Finding("required", "B类答复请填写承诺完成日期，到期前会提醒。", field="promised_on")
    elif grade not in PLANNED:
        yield Finding("promise.none", "A类、D类答复不填承诺完成日期。", field="promised_on")
    elif due_on <= attempt.on:
        yield Finding("promise.day", "承诺完成日期应当在答复日期以后。", field="promised_on")


def promise(attempt: Attempt, share: Assignment, due_on: date | None) -> None:
    """Inside a reply: what the unit promised before is answered anew; the new day is kept in view."""
    for before in attempt.record.promises.all():
        if before.settled_on is None and before.unit_id == share.unit_id:
            change(before, settled_on=attempt.on, outcome=Outcome.REPLACED)
    if due_on is not None:
        _make(attempt, share.unit, due_on)


def _make(attempt: Attempt, unit, due_on: date) -> None:
    row = attempt.record
    Promise.objects.create(township_id=row.township_id, suggestion=row, unit=unit, made_on=attempt.on, due_on=due_on)


def promised(attempt: Attempt) -> Promise:
    """The promise that is settled: that of the unit named, which has one (see the steps' `when`)."""
    unit = attempt.data["unit"]
    return next(row for row in attempt.record.promises.all() if row.settled_on is None and row.unit_id == unit.pk)


def fulfil(attempt: Attempt) -> dict:
    """The unit did what it promised."""
    row = promised(attempt)
    change(row, settled_on=attempt.on, outcome=Outcome.KEPT, note=attempt.data["note"])
    return {"行": str(row.pk), "单位": str(row.unit), "承诺": str(row.due_on)}


def explain(attempt: Attempt) -> dict:
    """The unit could not, and says why; with another day it promises anew."""
    row, due_on = promised(attempt), attempt.data["new_due"]
    change(row, settled_on=attempt.on, outcome=Outcome.UNKEPT, note=attempt.data["note"])
    if due_on is not None:
        _make(attempt, row.unit, due_on)
    return {"行": str(row.pk), "单位": str(row.unit), "承诺": str(row.due_on), "改为": str(due_on or "")}


def check_new_day(attempt: Attempt) -> Iterable[Finding]:
    """Another day lies after the explanation and after the one that was missed."""
    due_on, before = attempt.data["new_due"], promised(attempt).due_on
    if due_on is not None and due_on <= max(before, attempt.on):
        words = chinese_date(max(before, attempt.on))
        yield Finding("promise.day", f"改到的日期应当晚于{words}。", field="new_due")


def unsettled(attempt: Attempt) -> list:
    """The units whose promises the standing may settle."""
    return [row.unit_id for row in queries.own_promises(attempt.standing, attempt.record)]
