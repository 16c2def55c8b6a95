"""Figures about suggestions: put forward, assigned, replied to in time, rated. Every step counts by its own date."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Prefetch

from congress.figures import THIS_YEAR, Asked, Figure, Kind, Row, register
from proposals import stages
from proposals.models import Extension, Rating, Reply, Suggestion, Talk
from proposals.models.suggestions import Opinion

Pick = Callable[[Asked], list]


def _done(day: date | None, asked: Asked) -> bool:
    return day is not None and day <= asked.cut_off


def _suggestions(asked: Asked) -> list[Suggestion]:
    """Those put forward in the period and registered by the cut-off, with what was done about them by then."""

    def related(name: str, model, **filters) -> Prefetch:
        return Prefetch(name, queryset=model.objects.kept().filter(**filters), to_attr=f"the_{name}")

    def read():
        rows = asked.kept(Suggestion).filter(**asked.within("submitted_on"), registered_on__lte=asked.cut_off)
        rows = rows.exclude(declined_on__lte=asked.cut_off).select_related("session", "township__county")
        by = asked.cut_off
        rows = rows.prefetch_related(
            related("replies", Reply, replied_on__lte=by),
            related("ratings", Rating, rated_on__lte=by),
            related("talks", Talk, held_on__lte=by),
            related("extensions", Extension),
        )
        return list(rows.order_by("submitted_on", "number", "pk"))

    return asked.once("proposals.suggestions", read)


def _assigned(asked: Asked) -> list[Suggestion]:
    return [s for s in _suggestions(asked) if _done(s.assigned_on, asked)]


def first_reply(suggestion: Suggestion) -> date | None:
    """The day of the reply of the first round; needs the prefetched `the_replies`."""
    return min((reply.replied_on for reply in suggestion.the_replies if reply.round == 1), default=None)


def reply_due(suggestion: Suggestion, by: date) -> date:
    """The last day for the first reply: the law's clock, moved by an extension agreed to by then."""
    agreed = tuple(
        stages.Extension(extension.asked_on, extension.new_due, extension.agreed_on)
        for extension in suggestion.the_extensions
        if extension.round == 1 and extension.agreed_on and extension.agreed_on <= by
    )
    first = stages.Round(1, suggestion.assigned_on, suggestion.assigned_on, extensions=agreed)
    facts = stages.Facts(
        submitted_on=suggestion.submitted_on,
        difficult=suggestion.difficult,
        session_closed_on=suggestion.session.closed_on if suggestion.session else None,
    )
    return stages.due_of(facts, first, suggestion.township.pack).date


def _rows(pick: Pick, on: Callable[[Suggestion], date | None], **values):
    return lambda asked: [Row.of(s, str(s), on(s), **values) for s in pick(asked)]


def _share(pick: Pick, holds: Callable[[Suggestion, Asked], bool]):
    """A share of the picked suggestions; the day told is that of the assigning."""
    return lambda asked: [Row.of(s, str(s), s.assigned_on, value=int(holds(s, asked)), whole=1) for s in pick(asked)]


def _replied(asked: Asked) -> list[Suggestion]:
    return [s for s in _assigned(asked) if first_reply(s)]


def _judged(asked: Asked) -> list[Suggestion]:
    """Replied to, or due by the cut-off day: those of which it is known whether they were in time."""
    return [s for s in _assigned(asked) if first_reply(s) or reply_due(s, asked.cut_off) < asked.cut_off]


def _in_time(suggestion: Suggestion, asked: Asked) -> bool:
    replied = first_reply(suggestion)
    return replied is not None and replied <= reply_due(suggestion, asked.cut_off)


def _late(asked: Asked) -> list[Suggestion]:
    return [s for s in _judged(asked) if not _in_time(s, asked)]


def _closed(asked: Asked) -> list[Suggestion]:
    return [s for s in _assigned(asked) if _done(s.closed_on, asked)]


def _first_rating(suggestion: Suggestion) -> Rating | None:
    return next((rating for rating in suggestion.the_ratings if rating.round == 1), None)


def _last_rating(suggestion: Suggestion) -> Rating | None:
    return max(suggestion.the_ratings, key=lambda rating: rating.round, default=None)


def _opinions(which: Callable[[Suggestion], Rating | None], *wanted: str):
    def rows(asked: Asked) -> Iterable[Row]:
        rated = [(s, which(s)) for s in _assigned(asked)]
        return [
            Row.of(rating, str(s), rating.rated_on, value=int(rating.result in wanted), whole=1, page=s)
            for s, rating in rated
            if rating is not None
        ]

    return rows


def _solved(suggestion: Suggestion, asked: Asked) -> bool:
    last = max(suggestion.the_replies, key=lambda reply: reply.round, default=None)
    return last is not None and last.grade == Reply.Grade.A


def _none(asked: Asked) -> Iterable[Row]:
    return []


_PUT = "本年度提出并在截止日前登记的代表建议（不予受理和撤回的不计）"


def _figure(key: str, group: str, label: str, unit: str, definition: str, rows, **more) -> None:
    register(Figure(key, group, label, unit, definition, THIS_YEAR, rows, **more))


_S = "代表建议"
_figure("suggestions.submitted", _S, "提出建议", "件", _PUT, _rows(_suggestions, lambda s: s.submitted_on))
_figure(
    "suggestions.assigned",
    _S,
    "交办建议",
    "件",
    f"{_PUT}中，交办日期不晚于截止日的",
    _rows(_assigned, lambda s: s.assigned_on),
)
_figure(
    "suggestions.replied",
    _S,
    "已答复建议",
    "件",
    "本年度提出并已交办的建议中，截止日前有首次书面答复的",
    _rows(_replied, first_reply),
    zero_ok=True,
)
_figure(
    "suggestions.late",
    _S,
    "逾期建议",
    "件",
    "超过法定或者经同意延长的期限才答复，或者截止日已超期仍未答复的",
    _rows(_late, first_reply),
    zero_ok=True,
)
_figure(
    "suggestions.closed",
    _S,
    "办结建议",
    "件",
    "本年度提出并已交办的建议中，办结日期不晚于截止日的",
    _rows(_closed, lambda s: s.closed_on),
    zero_ok=True,
)
_figure(
    "suggestions.upward",
    _S,
    "向上级争取支持的建议",
    "件",
    f"{_PUT}中，办理层级为需争取上级支持的",
    _rows(
        lambda asked: [s for s in _suggestions(asked) if s.scale == Suggestion.Scale.UPWARD], lambda s: s.submitted_on
    ),
    zero_ok=True,
)
for key, label, definition, rows, whole in (
    (
        "reply_rate",
        "答复率",
        "截止日前有首次书面答复的建议",
        _share(_assigned, lambda s, asked: bool(first_reply(s))),
        "本年度提出并在截止日前交办的建议",
    ),
    (
        "on_time_rate",
        "按期答复率",
        "在法定或者经同意延长的期限内首次答复的建议",
        _share(_judged, _in_time),
        "本年度提出并已交办、截止日前已答复或者已到期的建议",
    ),
    (
        "closed_rate",
        "办结率",
        "办结日期不晚于截止日的建议",
        _share(_assigned, lambda s, asked: _done(s.closed_on, asked)),
        "本年度提出并在截止日前交办的建议",
    ),
    (
        "talk_rate",
        "面商率",
        "截止日前承办单位与代表有过面商的建议",
        _share(_assigned, lambda s, asked: bool(s.the_talks)),
        "本年度提出并在截止日前交办的建议",
    ),
    (
        "solved_rate",
        "已解决或基本解决（A类）比例",
        "最近一次答复为A类的建议",
        _share(_replied, _solved),
        "截止日前已答复的建议",
    ),
    (
        "first_good_rate",
        "首次满意率",
        "首次评价办理结果为“满意”的建议",
        _opinions(_first_rating, Opinion.GOOD),
        "截止日前代表已作首次评价的建议（未评价的不计）",
    ),
    (
        "final_good_rate",
        "最终满意率",
        "最近一次评价办理结果为“满意”的建议",
        _opinions(_last_rating, Opinion.GOOD),
        "截止日前代表已作评价的建议（未评价的不计）",
    ),
    (
        "final_fair_rate",
        "最终满意和基本满意率",
        "最近一次评价办理结果为“满意”或者“基本满意”的建议",
        _opinions(_last_rating, Opinion.GOOD, Opinion.FAIR),
        "截止日前代表已作评价的建议（未评价的不计）",
    ),
):
    _figure(f"suggestions.{key}", _S, label, "", definition, rows, kind=Kind.SHARE, denominator=whole)
_figure(
    "motions.count", _S, "代表议案", "件", "依法列入议程的代表议案；平台不登记议案，没有所据记录", _none, zero_ok=True
)
