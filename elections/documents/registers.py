"""The issue register on paper (领票登记册) of a vote's district: one line a voter, signed when the ballot is handed out; no hour."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from congress.documents.fonts import Typeface, replaced
from congress.guard.refusal import refuse
from congress.printing import WorkingPaper
from congress.printing import register as offer
from congress.wording import cdatew
from elections.documents.tables import pages_of, sheet, table_kind, tables
from elections.models import MobileVoter, Registration, Round
from elections.permissions import ISSUE
from elections.queries.campaigns import elections_of
from elections.queries.cards import IN_ORDER, with_number
from elections.queries.lists import on_roll
from elections.queries.proxies import in_force

REGISTER = table_kind("issue_register", "领票登记册")
BLANK = "　"
PEOPLE = (
    ("序", 0.8),
    ("选民证号", 1.2),
    ("姓名", 1.7, "center", True),
    ("性别", 0.8),
    ("选民小组", 1.4),
    ("委托、流动票箱", 3.0, "left"),
)
NOTES = (
    "每名选民一行，核对身份证或者选民证后发票、签名；受委托领票的由受托人签名，写坏换发的在“换票”栏打“√”；不写时间。",
    "领出选票　　张，发出　　张，其中受委托　　张，作废换发　　张，剩余　　张。　发票人、监票人签名：",
)


def register(row: Round) -> dict:
    """The register of the district of a vote, in the order of the list. Raises Refused while nobody is on it."""
    people = list(_people(row))
    if not people:
        refuse("这个选区的选民册上还没有选民。")
    levels = [one.term.get_level_display() for one in elections_of(row.election.campaign)]
    ballots = [f"{one}票" for one in levels] if len(levels) > 1 else ["领票"]
    marks = _marks(row)
    columns = (*PEOPLE, *((label, 0.9) for label in ballots), ("换票", 0.8), ("签名", 2.0))
    lines = [_line(at, one, marks, len(ballots)) for at, one in enumerate(people, start=1)]
    made = sheet(
        f"{row}领票登记册",
        columns,
        lines,
        subtitle=f"{cdatew(row.held_on)}　选民{len(people)}人",
        notes=NOTES,
    )
    return tables(row.election.campaign, [made])


def _people(row: Round) -> Iterable[Registration]:
    rows = with_number(on_roll(row.election).filter(district=row.district_id))
    return rows.select_related("voter", "group", "district").order_by(*IN_ORDER)


def _line(at: int, one: Registration, marks: Mapping[UUID, str], ballots: int) -> list[str]:
    name = replaced(one.voter.name, Typeface.NAME)[0]
    number = one.number or one.card_no or BLANK
    group = f"第{one.group.number}小组" if one.group else ""
    known = [str(at), str(number), name, str(one.voter.get_gender_display()), group]
    return [*known, marks.get(one.pk, ""), *(BLANK for _ in range(ballots)), BLANK, BLANK]


def _marks(row: Round) -> dict[UUID, str]:
    """Who votes for whom, and at which mobile box."""
    here = MobileVoter.objects.kept().filter(registration__election=row.election_id).select_related("box__district")
    found = {one.registration_id: f"流动票箱{one.box.number}号" for one in here}
    for one in in_force(row.election, row.held_on).select_related("agent__voter"):
        found[one.principal_id] = f"委托{replaced(one.agent_called, Typeface.NAME)[0]}"
    return found


def _rounds() -> QuerySet:
    return Round.objects.select_related(
        "election__campaign__township__county", "election__term", "district", "township"
    )


ISSUE_REGISTER = offer(
    WorkingPaper(
        REGISTER,
        _rounds,
        lambda row, _: register(row),
        pages_of,
        ISSUE,
        key="elections.issue_register",
        called=lambda row, _: f"（{row}）",
    )
)
