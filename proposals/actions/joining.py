"""Several suggestions about one thing handled together (并案): each keeps its number and gets its own reply and rating."""

from collections.abc import Iterable

from congress.guard.action import lock
from congress.guard.refusal import refuse
from congress.law.finding import Finding
from congress.models import Unit
from congress.steps import Attempt, change
from proposals import queries
from proposals.models import Suggestion


def check_main(attempt: Attempt) -> Iterable[Finding]:
    """The main one waits to be assigned as this one does, and is joined to none."""
    main = attempt.data["main"]
    if not queries.may_lead(attempt.record).filter(pk=main.pk).exists():
        yield Finding("join.main", f"不能并入{main}：只能并入已登记、还没有交办、也没有并入别件的建议。", field="main")


def join(attempt: Attempt) -> dict:
    """Handle it together with the main one from now on."""
    main = lock(attempt.data["main"])
    if not queries.may_lead(attempt.record).filter(pk=main.pk).exists():
        refuse("刚刚有人改动了这两件建议，请刷新后再办。", "main")
    change(attempt.record, joined_to=main, joined_on=attempt.on, parted_on=None)
    return {"并入": main.number}


def part(attempt: Attempt) -> dict:
    """Handle it by itself again; what was done together stays."""
    change(attempt.record, parted_on=attempt.on)
    return {"不再并入": attempt.record.joined_to.number}


def as_the_main_one(suggestion: Suggestion, unit: Unit) -> dict:
    """What the reply of a joined suggestion begins with: the words in which the same unit answered the main one."""
    main, now = queries.main_of(suggestion), queries.facts_of(suggestion).now
    if main is None or now is None:
        return {}
    said = (row for row in main.replies.all() if (row.round, row.unit_id) == (now.number, unit.pk))
    promised = {row.unit_id: row.due_on for row in main.promises.all() if row.settled_on is None}
    same = {"promised_on": promised[unit.pk]} if unit.pk in promised else {}
    return next(
        (
            {"text": row.text, "grade": row.grade, "signed_by": row.signed_by, "contact": row.contact, **same}
            for row in said
        ),
        {},
    )
