"""Papers of boxes and rooms: the sheet on which boxes are handed over, and the check-list of each room."""

from itertools import groupby
from uuid import UUID

from congress.guard.refusal import refuse
from congress.wording import cdatew
from elections.documents.tables import of_campaign, sheet, table_kind, tables
from elections.models import BallotBox, Campaign, RoomCheck
from elections.queries.boxes import ballot_boxes
from elections.queries.places import own_days, places

BLANK = "　"
COLUMNS = (
    ("票箱编号", 1.3),
    ("投票站、流动票箱", 3.4, "left"),
    ("封签号", 1.8),
    ("检查空箱、加封（时间、两名监票人）", 2.8),
    ("移交人（两人签名）", 2.4),
    ("接收人（两人签名）", 2.4),
    ("交接时间", 1.4),
    ("接收时的封签号", 1.8),
    ("异常", 1.4),
)


def _district(row: BallotBox) -> tuple[int, str, UUID]:
    found = row.whose.district
    return found.number, str(found), found.pk


def handover(campaign: Campaign) -> dict:
    """The sheets of hand-over, a page for each district; what is not written yet is left to be filled in by hand. Raises Refused
    while no box is on record."""
    rows = sorted(ballot_boxes(campaign), key=lambda row: (_district(row), row.number))
    if not rows:
        refuse("还没有登记票箱。")
    own = own_days(campaign)
    notes = ["注：封签号与移交时不一致、封签破损的，不开箱，当场报告选举委员会。移交人、接收人各两人签名。"]
    sheets = [
        sheet(
            f"{campaign}票箱交接单",
            COLUMNS,
            [_line(row) for row in found],
            subtitle=f"{name}　{cdatew(own.get(pk, campaign.election_day))}",
            notes=notes,
        )
        for (_, name, pk), found in groupby(rows, key=_district)
    ]
    return tables(campaign, sheets)


def _line(row: BallotBox) -> list[str]:
    return [
        row.number,
        str(row.whose),
        row.seals or BLANK,
        row.shown_by or BLANK,
        row.carriers or BLANK,
        row.received_by or BLANK,
        BLANK,
        row.seals_found or BLANK,
        row.trouble or BLANK,
    ]


def checklist(campaign: Campaign) -> dict:
    """A check-list for each place, to be ticked on the spot. Raises Refused while there is no place."""
    found = list(places(campaign).order_by("district__number", "name"))
    if not found:
        refuse("还没有登记投票站。")
    labels = [RoomCheck.label_of(item) for item in RoomCheck.ITEMS]
    rows = [[str(at), label, BLANK, BLANK] for at, label in enumerate(labels, start=1)]
    columns = (("序", 0.8), ("项目", 4.0, "left"), ("有（打勾）", 1.6), ("缺什么、何时补齐", 3.6))
    notes = ["注：秘密写票处是法律的要求（选举法第四十条），其他是通常的准备。", "检查人：　　　　　　检查日期："]
    sheets = [
        sheet(f"{one}检查表", columns, rows, subtitle=f"{one.district}　{one.spot}", notes=notes, landscape=False)
        for one in found
    ]
    return tables(campaign, sheets)


HANDOVER = of_campaign(table_kind("box_handover", "票箱交接单"), handover)
CHECKLIST = of_campaign(table_kind("room_checklist", "投票场所检查表"), checklist)
