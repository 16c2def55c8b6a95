"""What the order of things has against a step, as the rows of a life ask it: where its record stands, the day of what it follows,
whether it takes another person than the one who asked.

    _at = order.at(lambda attempt: attempt.once(RoundFacts).stage)
    …
    when=_at(RoundStage.COUNTED), who=order.another("由两个不同的人办理。", lambda row: row.asked_by_id)
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from congress.law.finding import Finding
from congress.staged import Staged
from congress.steps import Attempt, Who
from congress.wording import chinese_date

When = Callable[[Attempt], list[Finding]]


def at(stage: Callable[[Attempt], Staged]) -> Callable[..., When]:
    """Makes of how a life's stage is asked the question of its rows: `_at(*stages, since="")`, a step of these stages only, and,
    where a field of the record is named, not before its day."""

    def among(*stages: Staged, since: str = "") -> When:
        def when(attempt: Attempt) -> list[Finding]:
            now = stage(attempt)
            if now not in stages:
                return [Finding("order.stage", f"现在是“{now.label}”，不能办理这一步。")]
            if not since:
                return []
            words = str(attempt.record._meta.get_field(since).verbose_name)
            return not_before(attempt, getattr(attempt.record, since), words)

        return when

    return among


def not_before(attempt: Attempt, day: date | None, words: str) -> list[Finding]:
    """That a step is not taken on a day before what it follows; `words` say what that was."""
    if day is None or attempt.on >= day:
        return []
    return [Finding("order.before", f"日期不能早于{words}{chinese_date(day)}。", field="on")]


def another(otherwise: str, first: Callable[[Any], int | None]) -> Who:
    """The right of everybody but the first of two, whose key `first` reads of the record; `otherwise` is said to that one."""
    return Who(lambda standing, record: standing.user is None or first(record) != standing.user.pk, otherwise)
