"""What was promised and is not settled yet, and until when: the day the unit named itself, not a day of the law."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from congress.guard.record import kept
from congress.models import Role
from congress.permissions import Standing
from congress.wording import chinese_date
from congress.work.deadlines import Accounts, OfficeDue
from congress.work.sources import Source, reader, register
from proposals.models import Promise, Suggestion

OWN_DAY = "承诺的日期，非法定"


def promises() -> QuerySet:
    """Every promise of a suggestion that was not withdrawn, with what is shown of it."""
    rows = Promise.objects.kept().filter(kept("suggestion"))
    return rows.select_related("township__county", "suggestion", "unit")


def open_promises() -> QuerySet:
    """Those neither kept nor explained yet."""
    return promises().filter(settled_on__isnull=True)


def own_promises(standing: Standing, suggestion: Suggestion) -> list[Promise]:
    """The open promises of a suggestion the standing may settle: those of one's unit, for the clerk all. It comes with its
    promises."""
    rows = [row for row in suggestion.promises.all() if row.settled_on is None]
    return rows if standing.has(Role.CLERK) else [row for row in rows if row.unit_id in standing.unit_ids]


def promise_due(promise: Promise) -> OfficeDue:
    """The day the unit named."""
    formula = f"{chinese_date(promise.made_on)}承诺{chinese_date(promise.due_on)}前完成（{OWN_DAY}）"
    return OfficeDue(promise.due_on, formula, promise.made_on, note=OWN_DAY)


class Promises:
    """What the deadline of promises reads."""

    def __init__(self, rows: Iterable[Promise]):
        self.rows = list(rows)
        self.accounts = Accounts(self.rows)


_PROMISES = reader(promises)


def _read(only: Collection | None) -> Promises:
    return Promises(_PROMISES(only))


PROMISES = register(Source("proposals.promises", _read, {Promise: "pk", Suggestion: "promises"}, Promise))
