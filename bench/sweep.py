"""The sweep of a thousand open deadlines: first when all are new, then when nothing is."""

from datetime import timedelta

from bench.copying import seconds_to_copy
from bench.places import new_account, new_township
from bench.statements import statements
from bench.timing import best_of, ratio, timed
from congress import clock
from congress.guard import scope
from congress.guard.action import action, verb
from congress.models import Category, Delivery, Message, Role, Township, Unit
from congress.upkeep import CATEGORIES, UNITS
from congress.work import deadlines
from deputies.models import Deputy
from proposals.models import Assignment, Suggestion

SUGGESTIONS = 1000
MAKE = verb("tests.bench", "布置测速记录")


def measure(seconds: float) -> dict:
    """Seconds of both sweeps, and the ratio of the first to COPY of the rows it wrote."""
    town, _ = new_township(1, "期限镇")
    with scope.township(town):
        unit = UNITS.record(None, Unit(township=town, name="水利站"))
    new_account("bench-unit", Role.UNIT, township=town, unit=unit)
    _suggestions(town, unit)
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


def _suggestions(town: Township, unit: Unit) -> None:
    """A thousand suggestions in handling whose replies are overdue by about a fortnight."""
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
                    number=f"测速{number:04}",
                    title=f"关于第{number}件事的建议",
                    situation="路灯不亮。",
                    proposal="请修好路灯。",
                    category=category,
                    lead=lead,
                    **dated,
                )
                for number in range(SUGGESTIONS)
            )
            Assignment.objects.bulk_create(
                Assignment(township=town, suggestion=row, unit=unit, part="lead", assigned_on=on, signed_on=on)
                for row in rows
            )
