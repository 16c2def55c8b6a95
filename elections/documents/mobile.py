"""Papers of mobile boxes: the register each voter signs, and the list of voters with their reasons."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from congress.documents.fonts import Typeface, replaced
from congress.guard.refusal import refuse
from congress.printing import WorkingPaper
from congress.printing import register as offer
from congress.wording import cdatew
from elections.documents.tables import of_campaign, pages_of, sheet, table_kind, tables
from elections.models import Campaign, MobileBox, MobileVoter
from elections.permissions import ISSUE
from elections.queries.campaigns import elections_of
from elections.queries.mobile import boxes, voters, voters_of

REGISTER = table_kind("mobile_register", "流动票箱投票登记册")
BLANK = "　"
PEOPLE = (("序", 0.7), ("姓名", 1.6, "center", True), ("性别", 0.9), ("选民小组", 2.4, "left"), ("原因", 3.6, "left"))


def _person(at: int, row: MobileVoter) -> list[str]:
    entry = row.registration
    name = replaced(entry.voter.name, Typeface.NAME)[0]
    reason = row.said if row.reason == MobileVoter.Reason.OTHER else str(row.get_reason_display())
    return [str(at), name, str(entry.voter.get_gender_display()), str(entry.group or ""), reason]


def register_sheet(box: MobileBox, people: Iterable[MobileVoter], ballots: list[str], day: date) -> dict:
    """The register of one box: who votes there on that day and signs; `ballots` are the ballots each gets, one for each
    level."""
    columns = (*PEOPLE, *((label, 1.0) for label in ballots), ("签名（盖章）", 2.0))
    rows = [[*_person(at, row), *(BLANK for _ in ballots), BLANK] for at, row in enumerate(people, start=1)]
    notes = [
        f"路线：{box.route}；{box.hours}。",
        "领出选票　　张，发出　　张，作废换发　　张，剩余　　张。　监票人（两人）签名：",
    ]
    return sheet(
        f"{box}投票登记册",
        columns,
        rows,
        subtitle=f"{box.district}　{cdatew(day)}",
        notes=notes,
        landscape=len(ballots) > 1,
    )


def _ballots(campaign: Campaign) -> list[str]:
    levels = [one.term.get_level_display() for one in elections_of(campaign)]
    return [f"{one}票" for one in levels] if len(levels) > 1 else ["领票"]


def registers(campaign: Campaign, only: MobileBox | None = None) -> dict:
    """The registers of all mobile boxes, or of one. Raises Refused while there is no box, or nobody votes at the one."""
    asked = boxes(campaign).filter(pk=only.pk) if only else boxes(campaign)
    found = list(asked.order_by("district__number", "number"))
    people: dict[object, list[MobileVoter]] = {box.pk: [] for box in found}
    rows = voters_of(only) if only else voters(campaign)
    for row in rows.order_by("registration__group__number", "registration__voter__stroke_key"):
        people[row.box_id].append(row)
    found = [box for box in found if people[box.pk]]
    if not found:
        refuse("还没有登记在流动票箱投票的选民。")
    ballots, day = _ballots(campaign), campaign.election_day
    sheets = [register_sheet(box, people[box.pk], ballots, box.own_day or day) for box in found]
    return tables(campaign, sheets)


def voters_list(campaign: Campaign) -> dict:
    """Who votes at which mobile box and why. Raises Refused while there is nobody."""
    rows = voters(campaign).order_by(
        "box__district__number", "box__number", "registration__group__number", "registration__voter__stroke_key"
    )
    lines = [[*_person(at, row), str(row.box)] for at, row in enumerate(rows, start=1)]
    if not lines:
        refuse("还没有登记在流动票箱投票的选民。")
    notes = ["注：依照选举法第三十八条，因患有疾病等原因行动不便或者居住分散并且交通不便的选民，可以在流动票箱投票。"]
    return tables(
        campaign,
        [sheet(f"{campaign}流动票箱投票选民名单", (*PEOPLE, ("流动票箱", 3.0)), lines, notes=notes, landscape=False)],
    )


def _boxes() -> QuerySet:
    return MobileBox.objects.select_related("campaign__township__county", "district")


REGISTERS = of_campaign(REGISTER, registers)
LIST = of_campaign(table_kind("mobile_list", "流动票箱投票选民名单"), voters_list)
OF_BOX = offer(
    WorkingPaper(
        REGISTER,
        _boxes,
        lambda box, _: registers(box.campaign, box),
        pages_of,
        ISSUE,
        key="elections.mobile_box_register",
        called=lambda box, _: f"（{box}）",
    )
)
