"""What was promised, column by column."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from congress import clock
from congress.models import Unit
from congress.web.search import Said
from congress.web.table import Badge, Col, Filter, Listing
from congress.wording import deadline
from proposals.models import Promise

OPEN = Q(settled_on__isnull=True)
SOON = timedelta(days=7)
STATES = (("open", "未到期"), ("soon", "7天内到期"), ("late", "到期未落实"), ("kept", "已落实"), ("unkept", "未能落实"))
OUTCOMES = Said({**{label: Q(outcome=value) for value, label in Promise.Outcome.choices}, "待落实": OPEN})


def _state(promise: Promise) -> Badge:
    if promise.settled_on:
        tone = "good" if promise.outcome == Promise.Outcome.KEPT else "neutral"
        return Badge(promise.get_outcome_display(), tone)
    return Badge("待落实", deadline(promise.due_on, None, clock.today()).tone)


def _left(promise: Promise) -> Badge | str:
    if promise.settled_on:
        return ""
    spoken = deadline(promise.due_on, None, clock.today())
    return Badge(spoken.word, spoken.tone)


def _of_state(rows: QuerySet, value: str) -> QuerySet:
    today = clock.today()
    wanted = {
        "open": OPEN & Q(due_on__gte=today),
        "soon": OPEN & Q(due_on__range=(today, today + SOON)),
        "late": OPEN & Q(due_on__lt=today),
        "kept": Q(outcome=Promise.Outcome.KEPT),
        "unkept": Q(outcome=Promise.Outcome.UNKEPT),
    }
    return rows.filter(wanted[value]) if value in wanted else rows


def _units():
    return [(str(pk), name) for pk, name in Unit.objects.kept().values_list("pk", "name")]


def _of_unit(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(unit_id=value) if value in dict(_units()) else rows


PROMISES = Listing(
    title="承诺事项",
    name="promises",
    columns=[
        Col(
            "suggestion",
            "建议",
            lambda p: str(p.suggestion),
            "suggestion__number",
            lambda p, t: reverse("proposals-suggestion", args=[t.code, p.suggestion_id]),
            width=36,
            find=("suggestion__number", "suggestion__title"),
        ),
        Col("unit", "承办单位", lambda p: p.unit.name, "unit__name", width=18, find="unit__name"),
        Col("made_on", "承诺日期", lambda p: p.made_on, "made_on", find="made_on"),
        Col("due_on", "承诺完成日期", lambda p: p.due_on, "due_on", find="due_on"),
        Col("state", "落实情况", _state, "outcome", find=OUTCOMES),
        Col("left", "还有几天", _left, "due_on"),
        Col("settled_on", "反馈日期", lambda p: p.settled_on, "settled_on", find="settled_on"),
        Col("note", "反馈内容", lambda p: p.note, "note", width=40, screen=False, find="note"),
    ],
    default="due_on",
    days="made_on",
    search_hint="编号、标题、单位、反馈内容",
    filters=[Filter("state", "落实情况", lambda: STATES, _of_state), Filter("unit", "承办单位", _units, _of_unit)],
    empty=("没有承诺事项", "承办单位答复为B类或者C类、写明承诺完成日期的，列在这里，直到落实或者说明原因。"),
    empty_icon="clipboard-check",
)
