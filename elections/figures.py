"""Figures about the general election, from its certified totals."""

from collections.abc import Callable, Iterable

from congress.figures import ELECTION, Asked, Figure, Kind, Row, register
from deputies.models import Level, Mandate
from elections.models import Election


def _elections(asked: Asked) -> list[Election]:
    def read():
        rows = asked.kept(Election, "term").filter(
            **asked.within("election_day"), term__level=Level.TOWNSHIP, how=Mandate.How.GENERAL
        )
        return list(rows.select_related("term").order_by("election_day", "pk"))

    return asked.once("elections.township", read)


def _total(name: str) -> Callable[[Asked], Iterable[Row]]:
    return lambda asked: [
        Row.of(election, str(election), election.election_day, value=getattr(election, name))
        for election in _elections(asked)
    ]


def _turnout(asked: Asked) -> Iterable[Row]:
    return [
        Row.of(election, str(election), election.election_day, value=election.took_part, whole=election.registered)
        for election in _elections(asked)
    ]


_WHICH = "本级人大代表换届选举，选举日在上年1月1日至截止日之间"
for key, name, label, unit in (
    ("elections.districts", "districts", "换届选举选区", "个"),
    ("elections.seats", "seats", "应选代表名额", "名"),
    ("elections.registered", "registered", "登记选民", "人"),
    ("elections.took_part", "took_part", "参加投票", "人"),
    ("elections.meetings", "meetings", "换届选举专题会议和培训", "场"),
    ("elections.rules", "rules", "换届选举建立的制度", "项"),
):
    register(
        Figure(key, "换届选举", label, unit, f"{label}：经确认的选举总数，不含补选。{_WHICH}", ELECTION, _total(name))
    )
register(
    Figure(
        "elections.turnout",
        "换届选举",
        "参选率",
        "",
        f"参加投票的选民（含委托和流动票箱）。{_WHICH}",
        ELECTION,
        _turnout,
        Kind.SHARE,
        "登记选民总数",
    )
)
