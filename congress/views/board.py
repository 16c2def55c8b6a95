"""The board of deadlines: what is open, when it is due, and why on that day."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from congress import clock, together
from congress.models import DueDay
from congress.permissions import DEADLINES
from congress.web.pages import county_view, township_view
from congress.web.table import Badge, Col, Filter, Listing, show
from congress.wording import deadline
from congress.work import deadlines

NEAR = {"overdue": ("已逾期", None, -1), "week": ("七天内", 0, 7), "month": ("三十天内", 0, 30)}


def _within(value: str) -> Q:
    _, low, high = NEAR[value]
    today = clock.today()
    held = Q(due_on__lte=today + timedelta(days=high))
    return held if low is None else held & Q(due_on__gte=today + timedelta(days=low))


def _near(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(_within(value))


def _nears() -> list[tuple]:
    """How many are near; one query."""
    counts = together.numbers({key: _near(deadlines.open_days(), key) for key in NEAR})
    return [(key, words, together.said(counts[key])) for key, (words, *_) in NEAR.items()]


def _left(row: DueDay) -> Badge:
    spoken = deadline(row.due_on)
    return Badge(spoken.word, spoken.tone)


def _label(row: DueDay) -> str:
    return deadlines.registered()[row.key].label


def _grounded(word: str) -> Q:
    return Q(pk__in=deadlines.grounded(word).values("pk"))


def _called(word: str) -> Q:
    return Q(key__in=[key for key, kind in deadlines.registered().items() if word in kind.label])


BOARD = Listing(
    title="期限看板",
    name="deadlines",
    columns=[
        Col("title", "事项", lambda row: row.title, "title", url=lambda row, _: row.url, width=40, find="title"),
        Col("label", "期限", _label, "key,due_on", width=30, find=_called),
        Col("due", "到期日", lambda row: row.due_on, "due_on,title", width=12, find="due_on"),
        Col("left", "剩余", _left, "due_on,title"),
        Col(
            "days",
            "剩余天数",
            lambda row: (row.due_on - clock.today()).days,
            "due_on,title",
            numeric=True,
            screen=False,
        ),
        Col("why", "为什么是这一天", lambda row: row.why, "why", width=30, find="why"),
        Col("citation", "依据", lambda row: row.ground or "", "citation", width=28, find=_grounded),
    ],
    default="due",
    days="due",
    search_hint="事项、期限、日期",
    filters=[Filter("near", "到期", _nears, _near)],
    empty=("目前没有未到期的事项", "建议交办、事项转办之后，期限会自动出现在这里，并提前30天、7天、1天提醒。"),
    empty_icon="check-circle",
)


def _township(row: DueDay) -> str:
    return str(row.township)


COUNTY_BOARD = Listing(
    title="各乡镇期限",
    name="county-deadlines",
    columns=[Col("township", "乡镇", _township, "township__code,due_on", find="township__name"), *BOARD.columns],
    default=BOARD.default,
    days=BOARD.days,
    search_hint="乡镇、事项、期限、日期",
    filters=BOARD.filters,
    empty=("各乡镇目前没有未到期的事项", "乡镇的记录产生期限以后，在这里并列查看。"),
    empty_icon=BOARD.empty_icon,
)


@township_view(DEADLINES)
def deadline_board(request, township):
    """Everything open with a due date, why that date, and how urgent."""
    return show(request, township, BOARD, deadlines.open_days(), template="congress/deadlines.html")


@county_view(DEADLINES)
def county_board(request, county):
    """What is coming and what was missed in all townships, or in one."""
    rows, code = deadlines.open_days().select_related("township"), request.GET.get("township", "")
    rows = rows.filter(township__code=code) if code else rows
    return show(request, county, COUNTY_BOARD, rows, template="congress/deadlines.html")
