"""Boxes with their seals, the rooms, and forms that are due back."""

from datetime import date, time

import pytest
from django.urls import reverse

from congress.documents.inspection import check
from congress.guard.action import Refused
from congress.models import DueDay
from congress.printing import printed
from elections.actions.boxes import BOXES, HANDED, ROOMS
from elections.documents.boxes import CHECKLIST, HANDOVER
from elections.models import BallotBox, HandedForm, RoomCheck
from elections.queries.boxes import box_findings, boxes_told, handed_state, room_findings, rooms, rooms_told
from tests.elections.campaigns import campaign, districts
from tests.elections.papers import text_of
from tests.elections.test_mobile import box as mobile_box
from tests.elections.test_places import codes, kept


def box(world, election, number="1", **values) -> BallotBox:
    return BOXES.record(
        world.clerk, BallotBox(township=election.township, campaign=election.campaign, number=number, **values)
    )


def handed(election, **values) -> HandedForm:
    given = {"what": "推荐表", "copies": 10, "handed_to": "东山村", "handed_on": date(2026, 11, 20)} | values
    return HandedForm(township=election.township, campaign=election.campaign, **given)


def test_a_box_belongs_to_a_place_or_to_a_mobile_box(world, election):
    spot, there = kept(world, election), mobile_box(world, election)
    for values in ({}, {"place": spot, "mobile": there}):
        with pytest.raises(Refused, match="只选一项"):
            box(world, election, **values)
    with pytest.raises(Refused, match="移交时间不能早于"):
        box(world, election, place=spot, shown_at=time(8), handed_at=time(7))
    assert codes(boxes_told(election.campaign)) == ["boxes.lacking", "boxes.lacking"]
    box(world, election, "1", place=spot)
    box(world, election, "2", mobile=there)
    assert boxes_told(election.campaign) == []


def test_another_seal_on_arrival_and_a_lonely_carrier_are_told(world, election):
    row = box(world, election, place=kept(world, election), seals="0012", seals_found="0013", carriers="程甲")
    assert codes(box_findings(row)) == ["box.seals", "box.carriers"]
    assert box_findings(row)[0].message == "接收时的封签号“0013”与交出时的“0012”不一致，请查明，不要开箱"
    row = BOXES.change(world.clerk, row, {"seals_found": "0012", "carriers": "程甲、程乙"}, row.version)
    assert box_findings(row) == []


def test_a_box_that_left_without_a_seal_on_record_is_told_so_and_not_of_another_seal(world, election):
    row = box(world, election, place=kept(world, election))
    assert box_findings(row) == []
    row = BOXES.change(world.clerk, row, {"seals_found": "0012"}, row.version)
    (found,) = box_findings(row)
    assert (found.field, found.message, found.blocking) == ("seals", "没有登记封签号，无法核对票箱是否完好", False)


def test_the_sheet_of_hand_over_has_a_page_for_each_district(world, browse, election):
    box(world, election, "东1", place=kept(world, election), seals="0012—0013", carriers="程甲、程乙")
    box(world, election, "西1", place=kept(world, election, 2))
    pdf = printed(HANDOVER, election.campaign)
    text = text_of(pdf)
    for word in (
        "票箱交接单",
        "第1选区（东山村）",
        "第2选区（西山村）",
        "0012—0013",
        "程甲、程乙",
        "接收人（两人签名）",
    ):
        assert word in text
    assert [row.title for row in check(pdf, "table") if not row.ok] == []
    client = browse(world.clerk)
    for name in ("elections-box-handover", "elections-room-checklist"):
        answer = client.get(reverse(name, args=[world.township.code, election.campaign_id]))
        assert answer["Content-Type"] == "application/pdf"
    assert "第2投票站检查表" in text_of(printed(CHECKLIST, election.campaign))


def test_no_room_opens_without_a_secret_booth(world, election):
    """选举法四十: the booth is the law's, pens and paste are practice."""
    spot = kept(world, election)
    assert codes(rooms_told(election.campaign)) == ["rooms.unseen"]
    row = RoomCheck(township=election.township, place=spot, checked_on=date(2026, 12, 18), checked_by="程查")
    row = ROOMS.record(world.clerk, row)
    assert [(one.code, one.blocking) for one in room_findings(row)] == [("room.booth", True), ("room.lacking", False)]
    row = ROOMS.change(world.clerk, row, dict.fromkeys(RoomCheck.ITEMS, True), row.version)
    assert room_findings(row) == rooms_told(election.campaign) == []


def test_forms_come_back_or_are_late(world, election):
    wrong = [
        ({"copies": 0}, "copies", "发放份数应为正整数。"),
        ({"due_on": date(2026, 11, 19)}, "due_on", "应交回日期不能早于发放日期。"),
        ({"received": 11, "received_on": date(2026, 11, 25)}, "received", "交回份数不能多于发放份数。"),
        ({"received": 5}, "received", "交回份数和交回日期一起填写。"),
        ({"received": 5, "received_on": date(2026, 11, 19)}, "received_on", "交回日期不能早于发放日期。"),
    ]
    for values, field, words in wrong:
        with pytest.raises(Refused) as refused:
            HANDED.record(world.clerk, handed(election, **values))
        assert [(one.field, one.message) for one in refused.value.findings] == [(field, words)]
    assert not HandedForm.objects.exists()
    row = HANDED.record(world.clerk, handed(election, due_on=date(2026, 11, 28), district=districts(election)[0]))
    assert handed_state(row, date(2026, 11, 28))[0] == "待交回"
    assert handed_state(row, date(2026, 11, 29))[0] == "逾期未交回"
    row = HANDED.change(world.clerk, row, {"received": 9, "received_on": date(2026, 11, 30)}, row.version)
    assert handed_state(row, date(2026, 12, 1))[0] == "交回，少1份"


def test_what_is_handed_over_or_comes_back_whole_at_once_is_entered(world, election):
    box(world, election, place=kept(world, election), shown_at=time(8), handed_at=time(8))
    day = date(2026, 11, 20)
    row = HANDED.record(world.clerk, handed(election, handed_on=day, due_on=day, received_on=day, received=10))
    assert handed_state(row, day)[0] == "已交回"


def test_a_form_due_back_stands_among_the_deadlines_until_it_came(world, election):
    open_days = DueDay.objects.open().filter(key="elections.handed")
    row = HANDED.record(world.clerk, handed(election, due_on=date(2026, 11, 28)))
    HANDED.record(world.clerk, handed(election, what="宣传单"))
    assert [one.due_on for one in open_days.all()] == [date(2026, 11, 28)]
    HANDED.change(world.clerk, row, {"received": 10, "received_on": date(2026, 11, 27)}, row.version)
    assert not open_days.all().exists()


def test_rooms_that_are_alike_are_entered_at_once_and_each_is_mended_alone(world, browse, election):
    spots = [kept(world, election, number) for number in (1, 2)]
    address = reverse("elections-room-new", args=[world.township.code, election.campaign_id])
    client = browse(world.clerk)
    said = {"places": [one.pk for one in spots], "checked_on": "2026-12-18", "checked_by": "程查", "booth": "on"}
    assert client.post(address, said).status_code == 302
    rows = RoomCheck.objects.kept()
    assert sorted(row.place.name for row in rows) == ["第1投票站", "第2投票站"]
    assert all(row.booth and row.checked_by == "程查" for row in rows)
    assert not client.get(address).context["form"].fields["places"].queryset.exists()


def test_the_checks_of_a_campaign_are_those_of_its_own_places(world, election):
    other = campaign(world, later=2, name="2031年换届选举")
    rows = [RoomCheck(township=world.township, place=kept(world, one), checked_on=date(2026, 12, 18), checked_by="程查")
            for one in (election, other)]  # fmt: skip
    mine, _ = (ROOMS.record(world.clerk, row) for row in rows)
    assert list(rooms(election.campaign)) == [mine]
