"""Receptions of voters and the matters raised there, column by column."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.expressions import OrderBy

from congress import clock, together
from congress.web.orders import first_of
from congress.web.records import at
from congress.web.search import Among, Name, Said, Serial
from congress.web.table import Badge, Col, Filter, Listing, by_field
from deputies.models import Deputy, Station
from deputies.queries import called, told_apart
from proposals import queries
from proposals.forms.base import categories
from proposals.listings.common import by_year, category_choices, named
from proposals.models import Matter, MatterSummary, Reception, ReceptionDeputy, ReceptionUnit

PROPOSED = Said({"代表意见": Q(channel="", proposed_unit__isnull=False)})
State = MatterSummary.State
MATTER_STATES = (
    ("waiting", "待分流"),
    ("open", "办理中"),
    ("resolved", "已办结"),
    ("declined", "已告知渠道"),
    ("untold", "待反馈"),
    ("unread", "交办单待送达"),
)


def reception_rows(rows: QuerySet) -> QuerySet:
    """Receptions with what the list shows."""
    deputies = Prefetch("receivers__deputy", told_apart(Deputy.objects.all()))
    counted = rows.annotate(matter_count=together.number_of(Matter.objects.kept(), "reception"))
    return counted.select_related("station").prefetch_related("receivers", deputies)


def _receivers(reception: Reception) -> str:
    rows = [row for row in reception.receivers.all() if row.withdrawn_at is None]
    return "、".join(f"{called(row.deputy)}（{row.office}）" if row.office else called(row.deputy) for row in rows)


def _by_receiver(reception: str) -> OrderBy:
    rows = ReceptionDeputy.objects.kept().order_by("deputy__stroke_key")
    return first_of(rows, "reception", "deputy__stroke_key", reception)


RECEPTIONS = Listing(
    title="接待选民登记",
    name="receptions",
    columns=[
        Col(
            "held_on",
            "日期",
            lambda r: r.held_on,
            "held_on",
            lambda r, t: at(t, "proposals-reception", r.pk),
            find="held_on",
        ),
        Col(
            "station",
            "联络站或地点",
            lambda r: r.where,
            "station__name",
            width=20,
            find=("station__name", "spot", "origin"),
        ),
        Col(
            "deputies",
            "接待代表",
            _receivers,
            _by_receiver("pk"),
            width=24,
            find=(Name("receivers__deputy__name"), "receivers__office"),
        ),
        Col("people", "人次", lambda r: r.people, "people", numeric=True, width=8),
        Col("batches", "批次", lambda r: r.batches, "batches", numeric=True, width=8),
        Col("matters", "事项", lambda r: r.matter_count, "matter_count", numeric=True, width=8),
        Col(
            "companions",
            "陪同部门",
            lambda r: "、".join(c.unit.name for c in r.companions.all()),
            first_of(ReceptionUnit.objects.kept().order_by("unit__name"), "reception", "unit__name"),
            width=24,
            screen=False,
            find="companions__unit__name",
            deep=True,
        ),
        Col("note", "备注", lambda r: r.note, "note", width=24, screen=False, find="note"),
    ],
    default="-held_on",
    days="held_on",
    search=("matters__words",),
    search_hint="日期、联络站、代表、反映内容",
    filters=[
        by_field("station", "联络站", lambda: named(Station.objects.all()), "station_id"),
        by_field("origin", "来源", Reception.Origin.choices),
        by_year(Reception, "held_on"),
    ],
    reads=lambda rows: rows.prefetch_related("companions__unit"),
    empty=("还没有接待选民的记录", "在联络站接待选民后，用手机登记，一分钟即可完成。"),
    empty_icon="people",
)


def matter_rows(rows: QuerySet) -> QuerySet:
    """Matters with what the list shows."""
    return rows.select_related("summary", "reception__station", "category", "unit", "proposed_unit")


TONES = {State.WAITING: "warning", State.OPEN: "info", State.UNTOLD: "info", State.RESOLVED: "good"}


def matter_state(matter: Matter) -> Badge:
    """How a matter stands, in a word."""
    state = queries.state_of(matter)
    return Badge(state.label, TONES.get(state, "neutral"))


def matter_due(matter: Matter) -> Badge | str:
    """Days left by the office's own period; nothing once it is dealt with or runs by a suggestion's clock."""
    if not queries.runs(matter):
        return ""
    return _office_left(queries.follow_up_due(matter).date)


def _office_left(due_on: date | None) -> Badge | str:
    if due_on is None:
        return ""
    left = (due_on - clock.today()).days
    # Never in the words and colour of a statutory deadline.
    return Badge(f"超内部时限{-left}天", "warning") if left < 0 else Badge(f"内部时限还有{left}天")


def _matter_states(rows: QuerySet, value: str) -> QuerySet:
    if value == "unread":
        return rows.filter(pk__in=queries.unread().values("matter"))
    wanted = (State.RESOLVED, State.UNTOLD) if value == State.RESOLVED else (value,)
    return rows.filter(summary__state__in=wanted)


def _whose(matter: Matter) -> str:
    """Who deals with it; where the clerk has to decide, whom its deputy proposed."""
    if matter.proposed_unit_id and not matter.channel:
        return f"{matter.proposed_unit}（代表意见）"
    return matter.unit.name if matter.unit else matter.passed_to


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _link(matter: Matter, place) -> str:
    return at(place, "proposals-matter", matter.pk)


MATTERS = Listing(
    title="选民反映事项",
    name="matters",
    columns=[
        Col(
            "number",
            "编号",
            lambda m: m.number,
            "number",
            _link,
            width=12,
            find=("number", Serial("number")),
        ),
        Col(
            "held_on",
            "接待日期",
            lambda m: m.reception.held_on,
            "summary__held_on,summary__number",
            width=12,
            facts="reception__held_on,number",
            find="reception__held_on",
        ),
        Col(
            "category",
            "类别",
            lambda m: m.category.label,
            "category__position,category__label",
            find=Among("category", categories),
        ),
        Col(
            "words",
            "反映内容",
            lambda m: _short(m.words),
            "words",
            _link,
            width=30,
            find="words",
        ),
        Col("channel", "处理方式", lambda m: m.get_channel_display(), "channel", find="channel"),
        Col(
            "unit",
            "承办单位",
            _whose,
            "unit__name",
            find=("unit__name", "passed_to", "proposed_unit__name", PROPOSED),
        ),
        Col("state", "状态", matter_state, "summary__state,-summary__held_on", find="summary__state"),
        Col("due", "内部时限", lambda m: _office_left(m.summary.due_on), "summary__due_on"),
        Col("full", "反映内容全文", lambda m: m.words, "words", width=50, screen=False, offered=False, find="words"),
        Col(
            "station",
            "联络站或地点",
            lambda m: m.reception.where,
            "reception__station__name",
            width=20,
            screen=False,
            find=("reception__station__name", "reception__spot", "reception__origin"),
        ),
        Col(
            "deputies",
            "接待代表",
            lambda m: _receivers(m.reception),
            _by_receiver("reception"),
            width=20,
            screen=False,
            find=Name("reception__receivers__deputy__name"),
            deep=True,
        ),
        Col(
            "channelled_on", "分流日期", lambda m: m.channelled_on, "channelled_on", screen=False, find="channelled_on"
        ),
        Col("answer", "答复或办理情况", lambda m: m.answer, "answer", width=40, screen=False, find="answer"),
        Col("resolved_on", "办结日期", lambda m: m.resolved_on, "resolved_on", screen=False, find="resolved_on"),
        Col("told_on", "反馈日期", lambda m: m.told_on, "told_on", screen=False, find="told_on"),
        Col("opinion", "选民评价", lambda m: m.get_opinion_display(), "opinion", screen=False, find="opinion"),
    ],
    default="-held_on",
    days="held_on",
    search=("proper_channel",),
    search_hint="编号、反映内容、代表、单位、联络站",
    filters=[
        Filter("state", "状态", lambda: MATTER_STATES, _matter_states),
        by_field("channel", "处理方式", Matter.Channel.choices),
        by_field("category", "类别", category_choices, "category_id"),
        by_field("station", "联络站", lambda: named(Station.objects.all()), "reception__station_id"),
        by_field("origin", "来源", Reception.Origin.choices, "reception__origin"),
        by_year(Reception, "held_on", "reception__"),
    ],
    reads=lambda rows: rows.prefetch_related("reception__receivers__deputy"),
    empty=("还没有反映事项", "接待选民时登记的事项会列在这里，从登记到反馈一件一件跟到底。"),
    empty_icon="list-check",
)
