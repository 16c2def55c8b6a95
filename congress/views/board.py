"""The board of deadlines: what is open, when it is due, and why on that day."""

from congress.permissions import DEADLINES
from congress.web.pages import township_view
from congress.web.table import Badge, Col, Filter, Listing, show
from congress.wording import deadline
from congress.work import deadlines

NEAR = {"overdue": ("已逾期", None, -1), "week": ("七天内", 0, 7), "month": ("三十天内", 0, 30)}


def _near(lines: list, value: str) -> list:
    _, low, high = NEAR[value]
    return [line for line in lines if (low is None or line.days_left >= low) and line.days_left <= high]


def _left(line) -> Badge:
    spoken = deadline(line.due.date)
    return Badge(spoken.word, spoken.tone)


def listing(lines: list) -> Listing:
    """The board of deadlines, with how many of the lines are near."""
    near = Filter("near", "到期", lambda: [(key, word[0], len(_near(lines, key))) for key, word in NEAR.items()], _near)
    return Listing(
        title="期限看板",
        name="deadlines",
        columns=[
            Col("title", "事项", lambda o: o.title, url=lambda o, _: o.url, width=40, by=lambda o: o.title),
            Col("label", "期限", lambda o: o.deadline.label, by=lambda o: o.deadline.label),
            Col("due", "到期日", lambda o: o.due.date, width=12, by=lambda o: o.due.date),
            Col("left", "剩余", _left, by=lambda o: o.days_left),
            Col("days", "剩余天数", lambda o: o.days_left, numeric=True, screen=False),
            Col("why", "为什么是这一天", lambda o: o.why, width=40),
            Col("citation", "依据", lambda o: o.due.citation or "", width=50),
        ],
        default="due",
        search_hint="事项、期限、日期",
        filters=[near],
        empty=("目前没有未到期的事项", "建议交办、事项转办之后，期限会自动出现在这里，并提前30天、7天、1天提醒。"),
        empty_icon="check-circle",
    )


@township_view(DEADLINES)
def deadline_board(request, township):
    """Everything open with a due date, why that date, and how urgent."""
    lines = deadlines.board()
    return show(request, township, listing(lines), lines, template="congress/deadlines.html")
