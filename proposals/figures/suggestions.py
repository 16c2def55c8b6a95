"""Figures about suggestions: registered, assigned, replied to in time, rated, closed.

Every step counts in the year of its own day: what was put forward at a session in December and handled in spring stands
in the report of each of the two years with what was done in it.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from congress.figures import THIS_YEAR, Asked, Figure, Kind, Row, keeper
from congress.law import suggestion_steps
from congress.recording import Facts, dated
from proposals import stages
from proposals.models import Rating, Reply, Suggestion, Talk, Urging
from proposals.models.suggestions import LAW_WORDS
from proposals.queries.facts import facts_of, with_facts

register = keeper("代表建议", "proposals-suggestions")
Pick = Callable[[Asked], list]
OF_IT = ("suggestion",)
for facts, names in (
    (Facts(Suggestion, "registered_on"), "submitted"),
    (Facts(Suggestion, "assigned_on"), "assigned carried handled upward"),
    (Facts(Suggestion, "closed_on"), "closed closed_rate"),
    (Facts(Talk, "held_on", OF_IT), "talk_rate"),
    (Facts(Urging, "urged_on", OF_IT), "urged supervised"),
    (Facts(Rating, "rated_on", OF_IT), "rated first_good_rate final_good_rate final_fair_rate"),
    (Facts(Reply, "replied_on", OF_IT), "replied unanswered late reply_rate on_time_rate solved_rate"),
    (Facts(Reply, "replied_on", OF_IT), " ".join(f"grade_{grade.lower()}" for grade in Reply.Grade)),
):
    dated(facts, *(f"suggestions.{name}" for name in names.split()))


def _within(day: date | None, asked: Asked) -> bool:
    return day is not None and asked.period.start <= day <= asked.period.end


def _alive(asked: Asked) -> QuerySet:
    start, by = asked.period.start, asked.period.end
    rated = Rating.objects.kept().filter(suggestion=OuterRef("pk"), rated_on__gte=start, rated_on__lte=by)
    alive = Q(closed_on__isnull=True) | Q(closed_on__gte=start) | Exists(rated)
    rows = asked.kept(Suggestion).filter(alive, registered_on__lte=by).exclude(declined_on__lte=by)
    return with_facts(rows).order_by("submitted_on", "number", "pk")


def _suggestions(asked: Asked) -> list[Suggestion]:
    """Those registered by the end of the period and not done with before it, with what was done about them by its end."""
    by = asked.period.end

    def read():
        found = asked.read(_alive)
        for suggestion in found:
            suggestion.the_facts = facts_of(suggestion, by)
            suggestion.the_replies = [row for row in suggestion.replies.all() if row.replied_on <= by]
            suggestion.the_ratings = [row for row in suggestion.ratings.all() if row.rated_on <= by]
            suggestion.the_talks = [row for row in suggestion.talks.all() if row.held_on <= by]
        return found

    return asked.once("proposals.suggestions", read)


def _registered(asked: Asked) -> list[Suggestion]:
    return [s for s in _suggestions(asked) if _within(s.registered_on, asked)]


def _assigned(asked: Asked) -> list[Suggestion]:
    return [s for s in _suggestions(asked) if _within(s.assigned_on, asked)]


def _carried(asked: Asked) -> list[Suggestion]:
    """Assigned before the year and without a first reply when it began."""
    start = asked.period.start
    return [
        s
        for s in _suggestions(asked)
        if s.assigned_on and s.assigned_on < start and (first_reply(s) is None or first_reply(s) >= start)
    ]


def _handled(asked: Asked) -> list[Suggestion]:
    """What the units had to reply to in the year: assigned in it, or carried over."""
    return _carried(asked) + _assigned(asked)


def _first_round(suggestion: Suggestion) -> stages.Round | None:
    rounds = suggestion.the_facts.rounds
    return rounds[0] if rounds else None


def first_reply(suggestion: Suggestion) -> date | None:
    """The day the first round was replied to, by every unit that had to; needs the facts of the period."""
    first = _first_round(suggestion)
    return first.replied_on if first else None


def reply_due(suggestion: Suggestion) -> date:
    """The last day for the first reply: the law's clock, moved by an extension agreed to within the period; of several
    units the day of the one that is judged."""
    return stages.due_of(suggestion.the_facts, _first_round(suggestion), suggestion.township.pack).date


def _rows(pick: Pick, on: Callable[[Suggestion], date | None], **values):
    return lambda asked: [Row.of(s, str(s), on(s), **values) for s in pick(asked)]


def _share(pick: Pick, holds: Callable[[Suggestion, Asked], bool]):
    """A share of the picked suggestions; the day told is that of the assigning."""
    return lambda asked: [Row.of(s, str(s), s.assigned_on, value=int(holds(s, asked)), whole=1) for s in pick(asked)]


def _replied(asked: Asked) -> list[Suggestion]:
    return [s for s in _handled(asked) if first_reply(s)]


def _unanswered(asked: Asked) -> list[Suggestion]:
    return [s for s in _handled(asked) if not first_reply(s)]


def _judged(asked: Asked) -> list[Suggestion]:
    """Replied to in the year, or due before its end: those of which it is known whether they were in time."""
    end = asked.period.end
    return [s for s in _handled(asked) if first_reply(s) or (_first_round(s) and reply_due(s) < end)]


def _in_time(suggestion: Suggestion, asked: Asked) -> bool:
    """Whether every unit that had to reply did so by its last day."""
    first = _first_round(suggestion)
    return first is not None and stages.in_time(suggestion.the_facts, first, suggestion.township.pack)


def _late(asked: Asked) -> list[Suggestion]:
    return [s for s in _judged(asked) if not _in_time(s, asked)]


def _open(asked: Asked) -> list[Suggestion]:
    """Those to be brought to an end in the year: assigned by its end and not closed before it."""
    return [
        s
        for s in _suggestions(asked)
        if s.assigned_on
        and s.assigned_on <= asked.period.end
        and (s.closed_on is None or s.closed_on >= asked.period.start)
    ]


def _closed(asked: Asked) -> list[Suggestion]:
    return [s for s in _open(asked) if _within(s.closed_on, asked)]


def _upward(asked: Asked) -> list[Suggestion]:
    """The level of handling is fixed when a suggestion is assigned, so it is told from that day on."""
    return [s for s in _assigned(asked) if s.scale == Suggestion.Scale.UPWARD]


def _first_rating(suggestion: Suggestion) -> Rating | None:
    return next((rating for rating in suggestion.the_ratings if rating.round == 1), None)


def _last_rating(suggestion: Suggestion) -> Rating | None:
    return max(suggestion.the_ratings, key=lambda rating: rating.round, default=None)


def _opinions(which: Callable[[Suggestion], Rating | None], share: str):
    """A share of satisfaction among what was rated in the year, each rating counted as the law library counts it."""

    def rows(asked: Asked) -> Iterable[Row]:
        rated = [(s, which(s)) for s in _suggestions(asked)]
        return [
            Row.of(rating, str(s), rating.rated_on, value=value, whole=whole, page=s)
            for s, rating in rated
            if rating is not None and _within(rating.rated_on, asked)
            for value, whole in [suggestion_steps.satisfaction_of(LAW_WORDS[rating.result], share)]
        ]

    return rows


def _grade(suggestion: Suggestion) -> str:
    """The class of the last round's answers; of several units that which is furthest from being solved."""
    last = max((reply.round for reply in suggestion.the_replies), default=0)
    return max((reply.grade for reply in suggestion.the_replies if reply.round == last), default="")


def _solved(suggestion: Suggestion, asked: Asked) -> bool:
    """Whether the last round was answered with class A, by every unit that answered it."""
    return _grade(suggestion) == Reply.Grade.A


def _graded(grade: str) -> Pick:
    return lambda asked: [s for s in _replied(asked) if _grade(s) == grade]


_NOT = "不予受理和撤回的不计"
_APART = "分办的各单位都答复了才算答复"
_HANDLED = "本年度交办的，以及以前年度交办、年初尚未答复的建议"


def _figure(key: str, label: str, unit: str, definition: str, rows, **more) -> None:
    register(Figure(f"suggestions.{key}", "代表建议", label, unit, definition, THIS_YEAR, rows, **more))


_figure(
    "submitted",
    "提出建议",
    "件",
    f"本年度登记的代表建议，按登记日期计，{_NOT}",
    _rows(_registered, lambda s: s.registered_on),
)
_figure(
    "assigned",
    "交办建议",
    "件",
    f"本年度交办的代表建议，按交办日期计，上年提出、本年交办的计在内；{_NOT}",
    _rows(_assigned, lambda s: s.assigned_on),
)
_figure(
    "carried",
    "上年结转建议",
    "件",
    f"以前年度交办、年初尚未答复的代表建议；{_NOT}",
    _rows(_carried, lambda s: s.assigned_on),
    zero_ok=True,
)
_figure("handled", "应答复建议", "件", f"{_HANDLED}；{_NOT}", _rows(_handled, lambda s: s.assigned_on))
_figure(
    "replied",
    "已答复建议",
    "件",
    f"本年度首次书面答复的建议，按答复日期计，以前年度交办的计在内；{_APART}",
    _rows(_replied, first_reply),
    zero_ok=True,
)
_figure(
    "unanswered",
    "尚未答复建议",
    "件",
    "截止日前已交办、截止日尚未答复的建议，没有到期的也计在内",
    _rows(_unanswered, lambda s: s.assigned_on),
    zero_ok=True,
    bad=True,
)
_figure(
    "rated",
    "已评价建议",
    "件",
    "截止日前最近一次评价在本年度作出的建议",
    lambda asked: [replace(row, value=1, whole=0) for row in _opinions(_last_rating, "satisfied")(asked)],
    zero_ok=True,
)
_figure(
    "late",
    "逾期建议",
    "件",
    "本年度首次答复时已超过法定或者经同意延长的期限的，以及截止日已超期仍未答复的建议",
    _rows(_late, first_reply),
    zero_ok=True,
    bad=True,
)
_figure(
    "closed",
    "办结建议",
    "件",
    "本年度办结的建议，按办结日期计，以前年度提出的计在内",
    _rows(_closed, lambda s: s.closed_on),
    zero_ok=True,
)
_figure(
    "upward",
    "向上级争取支持的建议",
    "件",
    "本年度交办的建议中，交办时办理层级为需争取上级支持的",
    _rows(_upward, lambda s: s.assigned_on),
    zero_ok=True,
)


for grade in Reply.Grade:
    _figure(
        f"grade_{grade.lower()}",
        f"{grade}类建议",
        "件",
        f"本年度首次书面答复的建议中，最近一次答复为{grade.label}的，分办的取各单位中最低的一类",
        _rows(_graded(grade), first_reply),
        zero_ok=True,
    )


def _pressed(asked: Asked) -> QuerySet:
    rows = asked.kept(Urging, "suggestion").filter(suggestion__isnull=False, **asked.within("urged_on"))
    return rows.select_related("suggestion", "unit")


def _urgings(asked: Asked) -> list[Urging]:
    """The times a unit was pressed for its reply within the period."""
    return asked.read(_pressed)


def _supervised(asked: Asked) -> list[Row]:
    """Each suggestion about which the presidium wrote, on the day of the first letter."""
    letters = [row for row in _urgings(asked) if row.way == Urging.Way.LETTER]
    first = {row.suggestion_id: row for row in reversed(letters)}
    return [Row.of(row.suggestion, str(row.suggestion), row.urged_on) for row in first.values()]


_figure(
    "urged",
    "催办次数",
    "次",
    "本年度催办和发督办函的次数，按催办日期计，一次催办几个单位的按单位分别计；撤回的建议不计",
    lambda asked: [
        Row.of(row, f"{row}：{row.suggestion}", row.urged_on, page=row.suggestion) for row in _urgings(asked)
    ],
    zero_ok=True,
)
_figure("supervised", "督办建议", "件", "本年度主席团发督办函的建议，一件发几次的计一件", _supervised, zero_ok=True)
for key, label, definition, rows, whole in (
    (
        "reply_rate",
        "答复率",
        "本年度首次书面答复的建议",
        _share(_handled, lambda s, asked: bool(first_reply(s))),
        _HANDLED,
    ),
    (
        "on_time_rate",
        "按期答复率",
        f"在法定或者经同意延长的期限内首次答复的建议；{_APART}，其中一个逾期即为逾期",
        _share(_judged, _in_time),
        "本年度首次答复的建议，以及截止日已超期仍未答复的建议",
    ),
    (
        "closed_rate",
        "办结率",
        "本年度办结的建议",
        _share(_open, lambda s, asked: _within(s.closed_on, asked)),
        "截止日前已交办、年初尚未办结的建议",
    ),
    (
        "talk_rate",
        "面商率",
        "截止日前承办单位与代表有过面商的建议",
        _share(_handled, lambda s, asked: bool(s.the_talks)),
        _HANDLED,
    ),
    (
        "solved_rate",
        "已解决或基本解决（A类）比例",
        "最近一次答复为A类的建议，分办的各单位都为A类",
        _share(_replied, _solved),
        "本年度首次书面答复的建议",
    ),
    (
        "first_good_rate",
        "首次满意率",
        "首次评价办理结果为“满意”的建议",
        _opinions(_first_rating, "satisfied"),
        f"首次评价在本年度作出的、{suggestion_steps.SATISFACTION_BASE}",
    ),
    (
        "final_good_rate",
        "最终满意率",
        "最近一次评价办理结果为“满意”的建议",
        _opinions(_last_rating, "satisfied"),
        f"截止日前最近一次评价在本年度作出的、{suggestion_steps.SATISFACTION_BASE}",
    ),
    (
        "final_fair_rate",
        "最终满意和基本满意率",
        "最近一次评价办理结果为“满意”或者“基本满意”的建议",
        _opinions(_last_rating, "satisfied_or_basic"),
        f"截止日前最近一次评价在本年度作出的、{suggestion_steps.SATISFACTION_BASE}",
    ),
):
    _figure(key, label, "", definition, rows, kind=Kind.SHARE, denominator=whole)
