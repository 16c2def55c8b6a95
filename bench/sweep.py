"""The sweep of a thousand open deadlines: first when all are new, then when nothing is. And of a hundred thousand, of which a
day's share has come to a step: what a scheduler meets every morning."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from django.db.models import Model

from bench.copying import seconds_to_copy
from bench.places import new_account, new_township
from bench.statements import statements
from bench.timing import best_of, ratio, timed
from congress import clock
from congress.guard import scope, touched
from congress.guard.action import action, verb
from congress.guard.bulk import insert_columns
from congress.law.suggestions import reply_due
from congress.models import Category, Delivery, DueDay, Message, Role, Township, Unit
from congress.upkeep import CATEGORIES, UNITS
from congress.work import deadlines
from deputies.models import Deputy
from proposals.models import Assignment, Suggestion

SUGGESTIONS = 1000
OPEN, REACHED = 100_000, 3_000  # due days, and those of them that are thirty days off today
STEP = timedelta(days=30)
MAKE = verb("tests.bench", "布置测速记录")


def measure(seconds: float) -> dict:
    """Seconds of the sweeps, and their ratios to COPY of the rows they wrote."""
    return _few() | _many(OPEN, REACHED)


def _place(serial: int, name: str) -> tuple[Township, Unit]:
    town, _ = new_township(serial, name)
    with scope.township(town):
        unit = UNITS.record(None, Unit(township=town, name="水利站"))
    new_account(f"bench-unit-{serial}", Role.UNIT, township=town, unit=unit)
    return town, unit


def _few() -> dict:
    town, unit = _place(1, "期限镇")
    _suggestions(town, unit, SUGGESTIONS)
    with statements() as first_statements:
        first = timed(lambda: deadlines.sweep(town))
    with scope.township(town):
        written = {"messages": Message.objects.count(), "deliveries": Delivery.objects.count()}
    with statements() as again_statements:
        again = timed(lambda: deadlines.sweep(town))
    again = min(again, best_of(2, lambda: deadlines.sweep(town)))
    with scope.township(town):
        assert Message.objects.count() == written["messages"], "a second sweep sent something again"
        board = best_of(3, deadlines.board)
    floor = seconds_to_copy(town, [Message._meta.db_table, Delivery._meta.db_table])
    return {
        "subjects": SUGGESTIONS,
        **written,
        "first_s": round(first, 2),
        "again_s": round(again, 2),
        "board_s": round(board, 2),
        "copy_s": round(floor, 3),
        "ratio_first": ratio(first, floor),
        "ratio_again": ratio(again, floor),
        "queries_first": first_statements.number,
        "queries_again": again_statements.number,
    }


def _many(number: int, reached: int) -> dict:
    """So many open due days, of which so many have come to a step of which nobody has been reminded."""
    town, unit = _place(4, "多事镇")
    _suggestions(town, unit, 1)
    deadlines.sweep(town)
    _copies(town, number, reached)
    with scope.township(town):
        before, waiting = Message.objects.count(), DueDay.objects.open().count()
    took = timed(lambda: deadlines.sweep(town))
    with scope.township(town):
        sent = Message.objects.count() - before
    assert sent == 3 * reached, f"{sent} reminders of {reached} due days"
    floor = seconds_to_copy(town, [Message._meta.db_table, Delivery._meta.db_table])
    return {
        "many_open": waiting,
        "many_reached": reached,
        "many_sent": sent,
        "many_s": round(took, 2),
        "many_again_s": round(timed(lambda: deadlines.sweep(town)), 2),
        "many_copy_s": round(floor, 3),
        "ratio_many": ratio(took, floor),
    }


def _copies(town: Township, number: int, reached: int) -> None:
    """The one suggestion of a township many times over, with its share and its due day, handed on so that `reached` of the
    replies are due in thirty days or a little less, the others later."""
    today = clock.today()
    due = {on: reply_due(on).date for on in (today - timedelta(days=back) for back in range(95))}
    soon = max(on for on in due if due[on] <= today + STEP)
    later = [on for on in due if due[on] > today + STEP][:28]
    days = [soon if at < reached else later[at % len(later)] for at in range(number)]
    with scope.township(town), touched.postponed(), action(MAKE, actor=None):
        row, share, line = (model.objects.get() for model in (Suggestion, Assignment, DueDay))
        keys = [uuid4() for _ in range(number)]
        dated = dict.fromkeys(("submitted_on", "registered_on", "assigned_on"), days)
        _insert(row, number, id=keys, number=[f"多{at:06}" for at in range(number)], **dated)
        _insert(share, number, suggestion_id=keys, assigned_on=days, signed_on=days)
        _insert(line, number, subject=keys, due_on=[due[on] for on in days], units=[line.units] * number)


def _insert(row: Model, times: int, **columns: Iterable) -> None:
    same = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    insert_columns(type(row), times, same | columns)


def _suggestions(town: Township, unit: Unit, number: int) -> None:
    """Suggestions in handling whose replies are overdue by about a fortnight."""
    on = clock.today() - timedelta(days=107)
    with scope.township(town):
        category = CATEGORIES.record(None, Category(township=town, kind=Category.Kind.MATTER, label="水利设施"))
        with action(MAKE, actor=None):
            lead = Deputy(township=town, name="测速甲", gender=Deputy.Gender.FEMALE, state=Deputy.State.APPROVED)
            lead.save()
            dated = {"submitted_on": on, "registered_on": on, "assigned_on": on}
            rows = Suggestion.objects.bulk_create(
                Suggestion(
                    township=town,
                    number=f"测速{at:04}",
                    title=f"关于第{at}件事的建议",
                    situation="路灯不亮。",
                    proposal="请修好路灯。",
                    category=category,
                    lead=lead,
                    **dated,
                )
                for at in range(number)
            )
            Assignment.objects.bulk_create(
                Assignment(township=town, suggestion=row, unit=unit, part="lead", assigned_on=on, signed_on=on)
                for row in rows
            )
