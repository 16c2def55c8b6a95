"""Figures about what replies promised: what had to be done in a period, and what became of it by its end."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from congress.figures import THIS_YEAR, Asked, Figure, Kind, Row, keeper
from congress.recording import Facts, dated
from proposals.models import Promise

register = keeper("承诺事项", "proposals-promises")
Outcome = Promise.Outcome
GROUP = "答复承诺"
dated(Facts(Promise, "made_on", ("suggestion",)), "promises")
dated(
    Facts(Promise, "settled_on", ("suggestion",)),
    *(f"promises.{name}" for name in ("kept", "explained", "put_off", "kept_rate")),
)


@dataclass(frozen=True)
class Promised:
    """One thing a unit promised about one suggestion, by its newest promise as it stood on the day `by`."""

    promise: Promise
    by: date
    put_off: bool  # it was explained within the period why it was not done, and another day named

    @property
    def outcome(self) -> str:
        """What became of it; empty while nobody has said."""
        settled = self.promise.settled_on
        return self.promise.outcome if settled is not None and settled <= self.by else ""

    @property
    def due(self) -> bool:
        """Whether its day is over, or something was said of it before."""
        return bool(self.outcome) or self.promise.due_on < self.by

    @property
    def overdue(self) -> bool:
        """Whether its day is over and nothing was said."""
        return self.due and not self.outcome

    def row(self, on: date | None, **values) -> Row:
        """Its row, with the page of the suggestion."""
        promise = self.promise
        label = f"{promise.unit}：{promise.suggestion}"
        return Row.of(promise, label, on, page=promise.suggestion, **values)


def _made(asked: Asked) -> QuerySet:
    alive = Q(settled_on__isnull=True) | Q(settled_on__gte=asked.period.start)
    rows = asked.kept(Promise, "suggestion").filter(alive, made_on__lte=asked.period.end)
    return rows.select_related("suggestion", "unit").order_by("made_on", "created_at", "pk")


def _things(asked: Asked) -> list[Promised]:
    """What had to be done in the period: one of each unit and suggestion. What a new reply replaced is answered anew, and is
    no promise any more where that promises nothing."""
    by = asked.period.end

    def read() -> list[Promised]:
        made: dict[tuple, list[Promise]] = {}
        for row in asked.read(_made):
            made.setdefault((row.suggestion_id, row.unit_id), []).append(row)
        found = [Promised(told[-1], by, _was_put_off(told, by)) for told in made.values()]
        return [one for one in found if one.outcome != Outcome.REPLACED]

    return asked.once("proposals.promises", read)


def _was_put_off(told: Sequence[Promise], by: date) -> bool:
    return any(
        row.outcome == Outcome.UNKEPT and row.settled_on is not None and row.settled_on <= by for row in told[:-1]
    )


Which = Callable[[Promised], bool]


def _those(which: Which, on: Callable[[Promise], date | None]) -> Callable[[Asked], Iterable[Row]]:
    return lambda asked: [one.row(on(one.promise)) for one in _things(asked) if which(one)]


def _kept(one: Promised) -> bool:
    return one.outcome == Outcome.KEPT


def _kept_rate(asked: Asked) -> Iterable[Row]:
    return [one.row(one.promise.due_on, value=int(_kept(one)), whole=1) for one in _things(asked) if one.due]


_EACH = "一件建议一个承办单位计一件，改期的按最后一次承诺，由新的答复代替的不计"
_DUE = "承诺完成日期在截止日前已过的，以及截止日前已反馈落实情况的"
for key, label, definition, rows, more in (
    (
        "tracked",
        "答复承诺",
        f"截止日前承办单位在答复中承诺、年初尚未落实也没有说明的事项，{_EACH}",
        _those(lambda one: True, lambda row: row.made_on),
        {},
    ),
    (
        "due",
        "到期承诺",
        f"本年度的答复承诺事项中，{_DUE}；{_EACH}",
        _those(lambda one: one.due, lambda row: row.due_on),
        {},
    ),
    (
        "kept",
        "已落实承诺",
        f"本年度反馈已落实的答复承诺事项，按反馈日期计，迟于承诺日期的计在内；{_EACH}",
        _those(_kept, lambda row: row.settled_on),
        {},
    ),
    (
        "explained",
        "说明未落实承诺",
        f"本年度说明未能落实、没有改期的答复承诺事项，按说明的日期计；{_EACH}",
        _those(lambda one: one.outcome == Outcome.UNKEPT, lambda row: row.settled_on),
        {"bad": True},
    ),
    (
        "overdue",
        "逾期承诺",
        f"截止日前已过承诺完成日期，截止日尚未落实也没有说明的答复承诺事项；{_EACH}",
        _those(lambda one: one.overdue, lambda row: row.due_on),
        {"bad": True},
    ),
    (
        "pending",
        "未到期承诺",
        f"截止日尚未落实、也没有到承诺完成日期的答复承诺事项；{_EACH}",
        _those(lambda one: not one.due, lambda row: row.due_on),
        {},
    ),
    (
        "put_off",
        "改期承诺",
        f"本年度说明未能落实、另定完成日期的答复承诺事项，后来落实的计在内；{_EACH}",
        _those(lambda one: one.put_off, lambda row: row.made_on),
        {"bad": True},
    ),
):
    register(Figure(f"promises.{key}", GROUP, label, "件", definition, THIS_YEAR, rows, zero_ok=True, **more))
register(
    Figure(
        "promises.kept_rate",
        GROUP,
        "承诺落实率",
        "",
        "本年度反馈已落实的答复承诺事项",
        THIS_YEAR,
        _kept_rate,
        Kind.SHARE,
        f"本年度的答复承诺事项中，{_DUE}",
    )
)
