"""Figures about what became of the matters voters raised: passed to units, made suggestions of, how soon."""

from collections.abc import Iterable
from datetime import date, timedelta

from congress.figures import Asked, Kind, Row
from deputies.figures.activities import activities_in
from deputies.models import Activity
from proposals.figures.receptions import (
    CHANNEL,
    HELD,
    TOLD_ELSEWHERE,
    channelled,
    declined,
    figure,
    happened,
    held_in,
    matter_row,
    matters_in,
)
from proposals.models import Matter
from proposals.queries.matters import FOLLOW_UP_DAYS

GROUP = "接待选民"
_RAISED = "本年度收集（含走访、电话、来信）的反映事项中"
_LATER = f"没有当场答复的；{TOLD_ELSEWHERE}。内部时限按接待当天适用的，从接待之日起算"


def _passed_on(asked: Asked) -> list[Matter]:
    return [matter for matter in matters_in(asked) if matter.way[0] == CHANNEL.UNIT]


def _passed_on_solved(asked: Asked) -> Iterable[Row]:
    return [matter_row(m, m.way[1], value=int(happened(m.resolved_on, asked)), whole=1) for m in _passed_on(asked)]


def _kinds(asked: Asked) -> Iterable[Row]:
    """The first matter of each category, by the categories of the period's last day."""
    first: dict = {}
    for matter in sorted(matters_in(asked), key=lambda matter: (matter.reception.held_on, matter.number)):
        first.setdefault(matter.category.on(asked.period.end).label, matter)
    return [matter_row(matter, matter.reception.held_on) for matter in first.values()]


def _limit(matter: Matter) -> date:
    """The last day of the office's own period for it."""
    return matter.reception.held_on + timedelta(days=matter.office_days or FOLLOW_UP_DAYS)


def _taking_time(asked: Asked) -> list[Matter]:
    return [m for m in matters_in(asked) if m.way[0] != CHANNEL.ON_THE_SPOT and not declined(m)]


def _solved_soon(matter: Matter, asked: Asked) -> bool:
    return happened(matter.resolved_on, asked) and matter.resolved_on <= _limit(matter)


def _soon(asked: Asked) -> Iterable[Row]:
    return [matter_row(m, m.resolved_on) for m in _taking_time(asked) if _solved_soon(m, asked)]


def _long(asked: Asked) -> Iterable[Row]:
    """Those whose period was over by the end and that were not solved in it."""
    end = asked.period.end
    return [
        matter_row(m, m.reception.held_on)
        for m in _taking_time(asked)
        if _limit(m) < end and not _solved_soon(m, asked)
    ]


def _contacts(asked: Asked) -> Iterable[Row]:
    heard = [Row.of(r, str(r), r.held_on, value=r.people) for r in held_in(asked)]
    visits = [activity for activity in activities_in(asked, Activity.Kind.VISIT) if activity.visited]
    return heard + [Row.of(a, a.title, a.held_on, value=a.visited) for a in visits]


figure(
    "receptions.passed_on",
    GROUP,
    "转交有关部门",
    "条",
    f"{_RAISED}，截止日前转办给承办单位的，办结后仍计在内，退回后没有再转办的不计",
    lambda asked: [matter_row(m, m.way[1]) for m in _passed_on(asked)],
    zero_ok=True,
)
figure(
    "receptions.passed_on_rate",
    GROUP,
    "转交事项办结率",
    "",
    f"{_RAISED}转办给承办单位、截止日前办结的",
    _passed_on_solved,
    kind=Kind.SHARE,
    denominator="截止日前转办给承办单位的反映事项",
)
figure(
    "receptions.suggestions",
    GROUP,
    "形成代表建议",
    "条",
    f"{_RAISED}，截止日前转为代表建议的",
    channelled(CHANNEL.SUGGESTION),
    zero_ok=True,
)
figure("receptions.kinds", GROUP, "反映事项的类别数", "类", f"{_RAISED}不同类别的个数，类别按截止日的名称", _kinds)
figure(
    "receptions.short_term",
    GROUP,
    "短期办结",
    "条",
    f"{_RAISED}，截止日前在内部时限内办结、{_LATER}",
    _soon,
    zero_ok=True,
)
figure(
    "receptions.long_term",
    GROUP,
    "长期推进",
    "条",
    f"{_RAISED}，截止日已过内部时限、没有在时限内办结、{_LATER}",
    _long,
    zero_ok=True,
)
figure(
    "contacts.people",
    GROUP,
    "联系群众",
    "人次",
    f"本年度接待选民人次与走访群众人次之和；接待{HELD}，走访按履职活动的日期和走访群众人次计",
    _contacts,
)
