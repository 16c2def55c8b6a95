"""Figures about the general election: from its certified totals, or from the records where a campaign has them."""

from collections.abc import Callable, Iterable

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from congress.figures import ELECTION, Asked, Figure, Kind, Row, keeper
from congress.guard.record import kept
from deputies.models import District, Level, Mandate
from elections.models import Election, Supplement, VoterList

register = keeper("历次选举", "elections-list")


def _elections(asked: Asked) -> list[Election]:
    def read():
        rows = asked.kept(Election, "term").filter(
            **asked.within("election_day"), term__level=Level.TOWNSHIP, how=Mandate.How.GENERAL
        )
        return list(_with_records(rows.select_related("term")).order_by("election_day", "pk"))

    return asked.once("elections.township", read)


def _with_records(rows: QuerySet) -> QuerySet:
    """What the records of a campaign say: its districts, and the voters on the list as it was last published."""
    districts = District.objects.kept().filter(term=OuterRef("term")).order_by().values("term")
    published = VoterList.objects.kept().filter(election=OuterRef("pk"), published_on__isnull=False)
    last = Supplement.objects.kept().filter(kept("voter_list"), voter_list__election=OuterRef("pk")).order_by("-number")
    return rows.annotate(
        kept_districts=Subquery(districts.values(number=Count("pk"))),
        kept_seats=Subquery(districts.values(number=Sum("seats"))),
        kept_registered=Coalesce(Subquery(last.values("after")[:1]), Subquery(published.values("voters")[:1])),
    )


RECORDED = {"districts": "kept_districts", "seats": "kept_seats", "registered": "kept_registered"}


def _value(election: Election, name: str) -> int | None:
    """The number of an election; None while a campaign's records do not say it."""
    if election.campaign_id is None:
        return getattr(election, name)
    return getattr(election, RECORDED[name]) if name in RECORDED else getattr(election, name) or None


def _total(name: str) -> Callable[[Asked], Iterable[Row]]:
    def rows(asked: Asked) -> list[Row]:
        told = [(election, _value(election, name)) for election in _elections(asked)]
        return [
            Row.of(election, str(election), election.election_day, value=value)
            for election, value in told
            if value is not None
        ]

    return rows


def _turnout(asked: Asked) -> Iterable[Row]:
    return [
        Row.of(election, str(election), election.election_day, value=election.took_part, whole=election.registered)
        for election in _elections(asked)
        if election.took_part or election.campaign_id is None
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
        Figure(
            key,
            "换届选举",
            label,
            unit,
            f"{label}：经确认的选举总数，选举正在进行的取选区和已公布选民名单的记录；不含补选。{_WHICH}",
            ELECTION,
            _total(name),
        )
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
