"""Mobile boxes and the register of ballot boxes as tables."""

import unicodedata

from congress.imports import register
from congress.spreadsheets.columns import Column
from elections.imports.by_level import COUNTY_DISTRICT, DISTRICT, PLACE, ByLevel, Called
from elections.imports.clock import hour, spread_hours
from elections.models import BallotBox, MobileBox
from elections.queries.mobile import boxes

MOBILE = Called(boxes, "还没有登记这个流动票箱；写如“第1选区流动票箱1号”")


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@register
class MobileBoxes(ByLevel):
    """Mobile boxes by district and number."""

    key = "elections.mobile_boxes"
    label = "流动票箱"
    model = MobileBox
    natural = ("district", "number")
    times = ("leaves_at", "returns_at")
    shown = ("district", "number", "route", "leaves_at", "returns_at")
    called = {"mixed_with": PLACE}
    hint = "每箱一行；已经登记的按选区和箱号核对，只补充、更正不同的。"
    list_route = "elections-mobile-box-list"

    def columns(self):
        return [
            DISTRICT,
            COUNTY_DISTRICT,
            Column(
                "number",
                "箱号",
                ("票箱号", "流动票箱号", "流动票箱编号", "票箱编号", "流动票箱"),
                required=True,
                kind="integer",
                least=1,
                width=8,
                example="1",
            ),
            Column(
                "route", "路线", ("流动路线", "到达地点", "范围"), required=True, width=30, example="东山五组、六组"
            ),
            Column(
                "leaves_at",
                "出发时间",
                ("时间", "起止时间"),
                required=True,
                check=hour,
                spread=spread_hours(*self.times),
                width=12,
                example="8:00",
            ),
            Column("returns_at", "返回时间", check=hour, width=12, example="11:30"),
            Column("mixed_with", "与哪处的票箱混合计票", ("混合票箱",), max_length=60, width=22),
            Column("why_many", "流动票箱选民较多的原因", offered=False),
        ]

    def common(self):
        return {"campaign": self.election.campaign}

    def kept(self):
        return super().kept().select_related("campaign", "district", "county_district", "mixed_with")

    def check_row(self, values):
        begins, ends = (values.get(name) for name in self.times)
        wrong = super().check_row(values)
        if begins and ends and ends <= begins:
            wrong.append(("returns_at", "返回时间应晚于出发时间"))
        mixed = self.named("mixed_with", values["mixed_with"]) if values.get("mixed_with") else None
        here = self.places.by_label.get(values.get("district"))
        if mixed is not None and here is not None and mixed.district_id != here.pk:
            wrong.append(("mixed_with", "只能与本选区的票箱混合计票"))
        return wrong


@register
class BallotBoxes(ByLevel):
    """Ballot boxes by their number, with seals, carriers and receivers."""

    key = "elections.boxes"
    label = "票箱登记册"
    model = BallotBox
    natural = ("number",)
    shown = ("number", "place", "mobile", "seals", "carriers")
    placed = ()
    called = {"place": PLACE, "mobile": MOBILE}
    hint = "每个票箱一行；投票以前导入编号和封签号，投票以后照交接单补上接收的情况，按票箱编号核对。"
    list_route = "elections-ballot-box-list"

    def columns(self):
        return [
            Column(
                "number",
                "票箱编号",
                ("编号", "票箱号"),
                required=True,
                check=_narrow,
                max_length=20,
                width=12,
                example="东山01",
            ),
            Column(
                "place",
                "投票站",
                ("投票站（选举大会）", "投票点", "使用地点", "使用投票站", "所在投票站"),
                max_length=60,
                width=22,
                example="东山村投票站",
            ),
            Column("mobile", "流动票箱", max_length=60, width=22),
            Column("seals", "封签号", ("封条号", "封签起止号"), max_length=40, width=16, example="0012—0013"),
            Column("shown_by", "检查、加封的监票人", max_length=60, width=16),
            Column("carriers", "护送人", ("移交人",), max_length=60, width=16),
            Column("received_by", "接收人", max_length=60, width=16),
            Column("seals_found", "接收时的封签号", max_length=40, width=16),
            Column("trouble", "异常情况", ("异常",), width=20),
        ]

    def common(self):
        return {"campaign": self.election.campaign}

    def kept(self):
        return super().kept().select_related("campaign", "place", "mobile__district")

    def check_row(self, values):
        wrong = super().check_row(values)
        if not wrong and bool(values.get("place")) == bool(values.get("mobile")):
            wrong.append(("place", "请写投票站（选举大会）或者流动票箱，只写一项"))
        return wrong
