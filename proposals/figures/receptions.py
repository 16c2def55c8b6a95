"""Figures about receptions of voters and the matters raised there. Every step counts by its own date."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from congress.figures import THIS_YEAR, Asked, Figure, Kind, Row, keeper
from congress.guard.record import kept
from congress.prepared import Around
from congress.recording import Facts, dated
from deputies.models import Deputy
from proposals.models import Handing, Matter, Reception, ReceptionDeputy
from proposals.queries.matters import office_days

register = keeper("接待选民", "proposals-receptions")
dated(Facts(Reception, "held_on"), "receptions", "officers_received", "contacts", "stations.silent")
dated(
    Facts(Matter, "reception__held_on", ("reception",)),
    *("matters", "receptions.matters", "officers_received.matters", "receptions.kinds"),
)
dated(
    Facts(Matter, "channelled_on", ("reception",)),
    *(f"receptions.{way}" for way in ("on_the_spot", "declined", "upward", "passed_on", "suggestions")),
)
dated(
    Facts(Matter, "resolved_on", ("reception",)),
    *(f"{slug}.{name}" for slug in ("receptions", "officers_received") for name in ("resolved", "remaining")),
    *(f"receptions.{name}" for name in ("handed", "carried", "resolved_rate", "passed_on_rate")),
    *("receptions.short_term", "receptions.long_term"),
)
dated(Facts(Matter, "told_on", ("reception",)), "receptions.satisfied_rate")
CHANNEL = Matter.Channel
HANDED = (CHANNEL.UNIT, CHANNEL.SUGGESTION, CHANNEL.UPWARD)


def happened(day: date | None, asked: Asked) -> bool:
    """Whether something dated had happened by the end of the period."""
    return day is not None and day <= asked.period.end


def _heard(asked: Asked) -> QuerySet:
    rows = asked.kept(Reception).filter(**asked.within("held_on")).select_related("station")
    there = ReceptionDeputy.objects.kept().filter(kept("deputy"), deputy__state=Deputy.State.APPROVED)
    there = Around("receivers", there.select_related("deputy"), to_attr="there")
    return rows.prefetch_related(there).order_by("held_on", "pk")


def receptions_in(asked: Asked) -> list[Reception]:
    """What voters were heard at in the period, in whatever way, with who received (`there`)."""
    return asked.once("proposals.receptions", lambda: asked.read(_heard))


def held_in(asked: Asked) -> list[Reception]:
    """Those that were receptions: at a station or in the market; visits, calls and letters only bring matters."""
    return [reception for reception in receptions_in(asked) if reception.origin in Reception.HELD]


def _with_officers(asked: Asked) -> list[Reception]:
    return [r for r in held_in(asked) if any(there.office for there in r.there)]


def matters_in(asked: Asked) -> list[Matter]:
    """The matters raised in the period, whatever the way: with `called`, their number and the category of its last day, and
    `way`, where they went by then."""

    def read():
        received = {reception.pk: reception for reception in receptions_in(asked)}
        matters = [one for one in _told(_raised, asked) if one.reception_id in received]
        for matter in matters:
            matter.reception = received[matter.reception_id]
        return matters

    return asked.once("proposals.matters", read)


def _raised(asked: Asked) -> QuerySet:
    return _with_their_ways(asked.kept(Matter, "reception").filter(**asked.within("reception__held_on")))


def _with_their_ways(rows: QuerySet) -> QuerySet:
    had = Around("handings", Handing.objects.kept(), to_attr="had")
    days = office_days().filter(effective_from__lte=OuterRef("reception__held_on"))
    rows = rows.select_related("category").annotate(office_days=Subquery(days.values("value")[:1]))
    return rows.prefetch_related("category__past", had).order_by("number")


def _told(rows: Callable[[Asked], QuerySet], asked: Asked) -> Iterable[Matter]:
    for matter in asked.read(rows):
        matter.called = f"{matter.number} {matter.category.on(asked.period.end).label}"
        matter.way = _way(matter, asked)
        yield matter


def _way(matter: Matter, asked: Asked) -> tuple[str, date | None]:
    """Which way a matter had gone by the end of the period, and when: what a unit gave back later it still had then."""
    if happened(matter.channelled_on, asked):
        return matter.channel, matter.channelled_on
    end = asked.period.end
    had = [one.handed_on for one in matter.had if one.handed_on <= end < one.ended_on]
    return (CHANNEL.UNIT, max(had)) if had else ("", None)


def _raised_before(asked: Asked) -> QuerySet:
    before = {"reception__held_on__lt": asked.period.start}
    return _with_their_ways(asked.kept(Matter, "reception").filter(**before, **asked.within("resolved_on")))


def _carried(asked: Asked) -> list[Matter]:
    """Raised before the year and resolved in it: told nowhere else, for the year of the reception is over."""
    return list(_told(_raised_before, asked))


Pick = Callable[[Asked], list]


def _officer_matters(asked: Asked) -> list[Matter]:
    with_officers = {reception.pk for reception in _with_officers(asked)}
    return [matter for matter in matters_in(asked) if matter.reception_id in with_officers]


def _reception_rows(pick: Pick, value: Callable[[Reception], int] = lambda reception: 1):
    return lambda asked: [Row.of(r, str(r), r.held_on, value=value(r)) for r in pick(asked)]


def matter_row(matter: Matter, on: date | None, **values) -> Row:
    """The row of a matter of `matters_in`."""
    return Row.of(matter, matter.called, on, **values)


def _resolved(pick: Pick):
    return lambda asked: [matter_row(m, m.resolved_on) for m in pick(asked) if happened(m.resolved_on, asked)]


def declined(matter: Matter) -> bool:
    """Not for the congress: the voter was told where to go, so nothing remains to be done here."""
    return matter.way[0] == CHANNEL.DECLINED


def _remaining(pick: Pick):
    return lambda asked: [
        matter_row(m, m.reception.held_on)
        for m in pick(asked)
        if not happened(m.resolved_on, asked) and not declined(m)
    ]


def _collected(pick: Pick):
    return lambda asked: [matter_row(m, m.reception.held_on) for m in pick(asked)]


def _categories(pick: Pick):
    """Categories in the words of the period's last day, the most frequent first, then as the township orders its list."""

    def rows(asked: Asked) -> Iterable[Row]:
        found = [(matter, matter.category.on(asked.period.end)) for matter in pick(asked)]
        often = Counter(was.label for _, was in found)
        found.sort(key=lambda pair: (-often[pair[1].label], pair[1].position, pair[1].label))
        return [matter_row(m, m.reception.held_on, word=was.label) for m, was in found]

    return rows


def channelled(*channels: str, open_only: bool = False):
    """The matters that had gone one of these ways by the end of the period, on the day they did; or those still open."""

    def rows(asked: Asked) -> Iterable[Row]:
        found = [m for m in matters_in(asked) if m.way[0] in channels]
        if open_only:
            found = [m for m in found if not happened(m.resolved_on, asked)]
        return [matter_row(m, m.way[1]) for m in found]

    return rows


def _solved_share(asked: Asked) -> Iterable[Row]:
    return [
        matter_row(m, m.reception.held_on, value=int(happened(m.resolved_on, asked)), whole=1)
        for m in matters_in(asked)
        if not declined(m)
    ]


def _came_by(*origins: str):
    return lambda asked: [
        matter_row(m, m.reception.held_on) for m in matters_in(asked) if m.reception.origin in origins
    ]


def _opinions(asked: Asked) -> Iterable[Row]:
    """Voters' opinions on answers and results told by the cut-off; who said nothing is in no number."""
    return [
        matter_row(m, m.told_on, value=int(m.opinion == "good"), whole=1)
        for m in matters_in(asked)
        if m.opinion and happened(m.told_on, asked)
    ]


def _officers(asked: Asked) -> Iterable[Row]:
    return [
        Row.of(there, f"{there.office}{there.deputy}", r.held_on, word=f"{there.office}{there.deputy}同志", page=r)
        for r in _with_officers(asked)
        for there in sorted(r.there, key=lambda t: (t.created_at, str(t.pk)))
        if there.office
    ]


def _receivers(asked: Asked) -> Iterable[Row]:
    first: dict = {}
    for reception in held_in(asked):
        for there in reception.there:
            first.setdefault(there.deputy_id, (there, reception))
    return [Row.of(there, str(there.deputy), r.held_on, page=r) for there, r in first.values()]


HELD = "按接待日期计，含流动接待，走访、电话和来信不计，撤回的不计"
TOLD_ELSEWHERE = "不属于受理范围、已告知其他渠道的不计"
_OFFICERS = "只计有担任国家机关领导职务的代表参加的接待"


def figure(key: str, group: str, label: str, unit: str, definition: str, rows, **more) -> None:
    """Register a figure of the year."""
    register(Figure(key, group, label, unit, definition, THIS_YEAR, rows, **more))


figure("receptions.count", "接待选民", "接待活动", "次", f"本年度接待选民活动次数，{HELD}", _reception_rows(held_in))
figure(
    "receptions.batches",
    "接待选民",
    "接待批次",
    "批",
    f"本年度接待选民批次之和，{HELD}",
    _reception_rows(held_in, lambda r: r.batches),
)
figure(
    "receptions.people",
    "接待选民",
    "接待选民",
    "人次",
    f"本年度接待选民人次之和，{HELD}",
    _reception_rows(held_in, lambda r: r.people),
)
figure("receptions.deputies", "接待选民", "参加接待的代表", "名", "本年度参加过接待的代表，一人只计一次", _receivers)
for slug, name, matters, people, scope in (
    ("receptions", "", matters_in, None, "本年度接待中收集"),
    ("officers_received", "领导干部代表接待：", _officer_matters, _with_officers, f"本年度接待中收集，{_OFFICERS}"),
):
    if people is not None:
        figure(
            f"{slug}.people",
            "接待选民",
            f"{name}接待选民",
            "人次",
            f"接待选民人次之和，{HELD}；{_OFFICERS}",
            _reception_rows(people, lambda r: r.people),
        )
        figure(
            f"{slug}.count",
            "接待选民",
            f"{name}接待活动",
            "次",
            f"接待次数，{HELD}；{_OFFICERS}",
            _reception_rows(people),
        )
    figure(
        f"{slug}.matters",
        "接待选民",
        f"{name}收集意见建议",
        "条",
        f"{scope}的反映事项",
        _collected(matters),
        zero_ok=True,
    )
    figure(
        f"{slug}.resolved",
        "接待选民",
        f"{name}已解决",
        "条",
        f"{scope}、本年度内、截止日前办结的反映事项",
        _resolved(matters),
        zero_ok=True,
    )
    figure(
        f"{slug}.remaining",
        "接待选民",
        f"{name}其余",
        "条",
        f"{scope}、截止日尚未办结的反映事项，{TOLD_ELSEWHERE}",
        _remaining(matters),
        zero_ok=True,
        bad=True,
    )
    figure(
        f"{slug}.categories",
        "接待选民",
        f"{name}反映的方面",
        "类",
        f"{scope}的反映事项的类别，由多到少",
        _categories(matters),
        kind=Kind.WORDS,
        sorts=True,
    )
figure(
    "officers_received.names",
    "接待选民",
    "参加接待的领导干部代表",
    "名",
    "本年度以普通代表身份参加接待、担任国家机关领导职务的代表，职务以接待登记为准",
    _officers,
    kind=Kind.WORDS,
)
figure(
    "receptions.on_the_spot",
    "接待选民",
    "当场答复",
    "条",
    "本年度接待中收集、截止日前当场答复的反映事项",
    channelled(CHANNEL.ON_THE_SPOT),
    zero_ok=True,
)
figure(
    "receptions.handed",
    "接待选民",
    "已交有关部门正在办理",
    "条",
    "本年度接待中收集、截止日前已转办、转建议或者报上级且尚未办结的反映事项",
    channelled(*HANDED, open_only=True),
    zero_ok=True,
)
figure(
    "receptions.declined",
    "接待选民",
    "告知其他渠道",
    "条",
    "本年度接待中收集、截止日前不予受理并告知其他渠道的反映事项",
    channelled(CHANNEL.DECLINED),
    zero_ok=True,
)
figure(
    "receptions.upward",
    "接待选民",
    "报上级办理",
    "条",
    "本年度接待中收集、截止日前报上级的反映事项",
    channelled(CHANNEL.UPWARD),
    zero_ok=True,
)
figure(
    "receptions.carried",
    "接待选民",
    "上年收集、本年办结",
    "条",
    "以前年度接待中收集、在本年度办结的反映事项，按办结日期计",
    lambda asked: [matter_row(m, m.resolved_on) for m in _carried(asked)],
    zero_ok=True,
)
figure(
    "receptions.resolved_rate",
    "接待选民",
    "反映事项办结率",
    "",
    "本年度内、截止日前办结的反映事项",
    _solved_share,
    kind=Kind.SHARE,
    denominator=f"本年度接待中收集的反映事项，{TOLD_ELSEWHERE}",
)
figure(
    "receptions.satisfied_rate",
    "接待选民",
    "选民评价满意率",
    "",
    "本年度接待中收集、截止日前已反馈的反映事项中，选民评价“满意”的；“基本满意”不合并计算",
    _opinions,
    kind=Kind.SHARE,
    denominator="选民作了评价的反映事项，未评价的不计",
)
for origin in Reception.Origin:
    figure(
        f"matters.by_{origin}",
        "接待选民",
        f"{origin.label}收集意见建议",
        "条",
        f"本年度以“{origin.label}”方式收集的反映事项，按听取意见的日期计",
        _came_by(origin),
        zero_ok=True,
    )
