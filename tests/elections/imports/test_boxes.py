"""Mobile boxes and ballot boxes as tables, completed after the vote and taken back whole."""

from datetime import time

import pytest

from congress import imports
from congress.guard.action import action
from elections.models import BallotBox, MobileBox, PollingPlace
from tests.cast import SET_UP
from tests.elections.imports.rolls import said

MOBILE = ["选区", "箱号", "路线", "起止时间", "混合票箱"]
BOXES = ["票箱编号", "投票站", "流动票箱", "封签号", "护送人", "接收时的封签号"]


@pytest.fixture
def table(world, under, bring):
    with world.in_township(), action(SET_UP, actor=None):
        for district, name in zip(under.districts, ("东山投票站", "西山投票站"), strict=True):
            PollingPlace.objects.create(
                township=world.township,
                campaign=under.campaign,
                district=district,
                name=name,
                spot="村委会",
                opens_at=time(8),
                closes_at=time(16),
            )
    return lambda kind, head, *rows: bring(list(rows), kind=kind, head=head)


def test_mobile_boxes_and_then_the_register_are_taken(world, under, table, take):
    with world.in_township():
        take(table("elections.mobile_boxes", MOBILE, ["1", "1", "五组、六组", "8:00-11:30", "东山投票站"]))
        row = MobileBox.objects.select_related("district").get()
        assert (row.number, row.leaves_at, row.returns_at, str(row.mixed_with)) == (
            1,
            time(8),
            time(11, 30),
            "东山投票站",
        )
        again = table("elections.mobile_boxes", MOBILE, ["东山村", "1", "五组", "8:00", ""])
        assert [status for status, _ in said(again)] == ["changed"]
        boxes = (["东1", "东山投票站", "", "0012", "程甲、程乙", ""], ["流1", "", str(row), "0013", "", ""])
        take(table("elections.boxes", BOXES, *boxes))
        assert [(one.number, str(one.place or one.mobile)) for one in BallotBox.objects.order_by("number")] == [
            ("东1", "东山投票站"),
            ("流1", "第1选区流动票箱1号"),
        ]
        later = table("elections.boxes", BOXES, ["东1", "西山投票站", "", "0012", "程甲、程乙", "0012"])
        take(later)
        assert (str(BallotBox.objects.get(number="东1").place), BallotBox.objects.get(number="东1").seals_found) == (
            "西山投票站",
            "0012",
        )
        assert imports.undo(world.clerk, later) == {}
        assert (str(BallotBox.objects.get(number="东1").place), BallotBox.objects.get(number="东1").seals_found) == (
            "东山投票站",
            "",
        )


@pytest.mark.parametrize(
    ("kind", "head", "cells", "words"),
    [
        ("elections.mobile_boxes", MOBILE, ["1", "0", "五组", "8:00", ""], "箱号应为正整数"),
        ("elections.mobile_boxes", MOBILE, ["1", "1", "五组", "8:00-7:00", ""], "返回时间应晚于出发时间"),
        ("elections.mobile_boxes", MOBILE, ["1", "1", "五组", "8:00", "西山投票站"], "只能与本选区的票箱混合"),
        ("elections.boxes", BOXES, ["1", "南山投票站", "", "", "", ""], "还没有登记这个投票站"),
        ("elections.boxes", BOXES, ["1", "", "", "0012", "", ""], "只写一项"),
        ("elections.boxes", BOXES, ["1", "", "第1选区流动票箱9号", "", "", ""], "还没有登记这个流动票箱"),
    ],
)
def test_a_wrong_cell_is_told_in_words(world, under, table, kind, head, cells, words):
    with world.in_township():
        ((status, told),) = said(table(kind, head, cells))
        assert status == "wrong"
        assert any(words in one for one in told)


def test_headings_of_offices_and_full_width_numbers(world, under, table):
    with world.in_township():
        boxes = table("elections.boxes", ["票箱编号", "使用地点"], ["１号", "东山投票站"], ["1号", "东山投票站"])
        assert [status for status, _ in said(boxes)] == ["new", "duplicate"]
        head = ["选区", "流动票箱编号", "路线", "时间"]
        mobile = table("elections.mobile_boxes", head, ["第一选区", "1号流动票箱", "五组", "8：00—11：30"])
        assert [row.values["number"] for row in imports.preview_of(mobile).rows] == [1]
