"""Reads of boxes, rooms and forms, and what is to be said of each."""

from datetime import date

from django.db.models import QuerySet

from congress.law.finding import PRACTICE, Finding
from congress.law.sources import cite
from congress.wording import people_in
from elections.models import BallotBox, Campaign, HandedForm, MobileBox, PollingPlace, RoomCheck
from elections.queries.gathered import gathered

HANDS = 2  # who carry and who receive a box


def ballot_boxes(campaign: Campaign) -> QuerySet:
    """The register of boxes with place or mobile box."""
    rows = BallotBox.objects.kept().filter(campaign=campaign)
    return rows.select_related("campaign", "place__district", "mobile__district", "township__county")


def rooms(campaign: Campaign) -> QuerySet:
    """What was checked at the places of a campaign."""
    rows = RoomCheck.objects.kept().filter(place__campaign=campaign)
    return rows.select_related("place__campaign", "place__district", "township")


def handed(campaign: Campaign) -> QuerySet:
    """The forms handed out."""
    return HandedForm.objects.kept().filter(campaign=campaign).select_related("campaign", "district")


def box_findings(row: BallotBox) -> list[Finding]:
    """Who and what is missing at a box; another seal on arrival than at departure is the gravest."""
    found = []
    if row.seals_found and not row.seals:
        found.append(Finding("box.unsealed", "没有登记封签号，无法核对票箱是否完好", None, False, "seals"))
    elif row.seals_found and row.seals_found != row.seals:
        message = f"接收时的封签号“{row.seals_found}”与交出时的“{row.seals}”不一致，请查明，不要开箱"
        found.append(Finding("box.seals", message, None, False, "seals_found"))
    for name, label in (("shown_by", "检查、加封的监票人"), ("carriers", "护送人"), ("received_by", "接收人")):
        text = getattr(row, name)
        if text.strip() and len(people_in(text)) < HANDS:
            message = f"{label}只有一人，应有{HANDS}人，互相监督"
            found.append(Finding(f"box.{name}", message, None, False, name, PRACTICE))
    return found


def boxes_told(campaign: Campaign) -> list[Finding]:
    """What is to be said of all boxes: seals that differ, and places and mobile boxes without a box."""
    rows = list(ballot_boxes(campaign))
    found = gathered(((row, one) for row in rows for one in box_findings(row)), "个")
    there = {pk for row in rows for pk in (row.place_id, row.mobile_id)}
    for model, label in ((PollingPlace, "投票站（选举大会）"), (MobileBox, "流动票箱")):
        lacking = sum(
            pk not in there for pk in model.objects.kept().filter(campaign=campaign).values_list("pk", flat=True)
        )
        if lacking:
            message = f"还有{lacking}处{label}没有登记票箱和封签"
            found.append(Finding("boxes.lacking", message, None, False, force=PRACTICE))
    return found


def room_findings(row: RoomCheck) -> list[Finding]:
    """What is not ready: without a secret booth nobody votes there (选举法四十), the rest is practice."""
    lacking = [row.label_of(item) for item in row.lacking if item != "booth"]
    found = []
    if not row.booth:
        ground = cite("election_law", "secret_ballot", row.place.campaign.election_day)
        found.append(Finding("room.booth", "没有设秘密写票处，不能在这里投票", ground, field="booth"))
    if lacking:
        found.append(Finding("room.lacking", f"还没有备好：{'、'.join(lacking)}", None, False, force=PRACTICE))
    return found


def rooms_told(campaign: Campaign) -> list[Finding]:
    """Places where something lacks, and how many nobody has looked at."""
    rows = list(rooms(campaign))
    found = gathered((row.place, one) for row in rows for one in room_findings(row))
    unseen = PollingPlace.objects.kept().filter(campaign=campaign).count() - len(rows)
    if unseen > 0:
        message = f"还有{unseen}处投票站（选举大会）没有检查"
        found.append(Finding("rooms.unseen", message, None, False, force=PRACTICE))
    return found


def handed_state(row: HandedForm, today: date) -> tuple[str, str]:
    """Where a form stands, as a word and its tone."""
    if row.received_on:
        short = row.received is not None and row.received < row.copies
        return (f"交回，少{row.copies - row.received}份", "warning") if short else ("已交回", "good")
    if row.due_on is None:
        return "不用交回", "neutral"
    return ("逾期未交回", "bad") if row.due_on < today else ("待交回", "info")
