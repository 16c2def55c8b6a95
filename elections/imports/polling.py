"""The polling places and election meetings of an election as one table."""

from congress.imports import register
from congress.spreadsheets.columns import Column
from elections.imports.by_level import COUNTY_DISTRICT, DISTRICT, ByLevel
from elections.imports.clock import hour, spread_hours
from elections.models import PollingPlace

KINDS = {
    "投票站": ("站", "固定投票站", "投票点", "固定", "固定站"),
    "选举大会": ("大会", "选举大会会场", "中心会场", "会场"),
}


@register
class PollingPlaces(ByLevel):
    """Places by their name."""

    key = "elections.places"
    label = "投票站和选举大会"
    noun = "处"
    model = PollingPlace
    natural = ("name",)
    times = ("opens_at", "closes_at")
    shown = ("district", "name", "kind", "spot", "opens_at", "closes_at")
    hint = "每处一行；已经登记的按名称核对，只补充、更正不同的。时间写“8:00”或者一格写“8:00-16:00”。"
    list_route = "elections-place-list"

    def columns(self):
        return [
            DISTRICT,
            COUNTY_DISTRICT,
            Column(
                "name",
                "名称",
                ("投票站", "投票站名称", "投票点", "会场", "投票场所"),
                required=True,
                max_length=60,
                width=22,
                example="东山村投票站",
            ),
            Column("kind", "类别", ("形式", "投票形式"), kind="choice", choices=KINDS, width=10, example="投票站"),
            Column(
                "spot",
                "地点",
                ("投票地点", "地址", "详细地址"),
                required=True,
                max_length=100,
                width=28,
                example="东山村委会一楼会议室",
            ),
            Column(
                "opens_at",
                "开始时间",
                ("投票时间", "投票起止时间", "时间"),
                required=True,
                check=hour,
                spread=spread_hours(*self.times),
                width=12,
                example="8:00",
            ),
            Column("closes_at", "结束时间", ("截止时间",), check=hour, width=12, example="16:00"),
            Column("closes_on", "投票结束日期", kind="date", width=14),
            Column("area", "在这里投票的选民", ("投票范围", "范围", "所辖小组", "参加投票的选民"), width=22),
            Column("voters", "选民数", ("选民人数", "登记选民"), kind="integer", least=0, width=10),
            Column("counted_at", "计票地点", max_length=100, width=20),
        ]

    def common(self):
        return {"campaign": self.election.campaign}

    def kept(self):
        return super().kept().select_related("campaign", "district", "county_district")

    def check_row(self, values):
        begins, ends = (values.get(name) for name in self.times)
        wrong = super().check_row(values)
        if not ends and values.get("kind") != "选举大会":
            wrong.append(("closes_at", "投票站请写结束时间"))
        if begins and ends and not values.get("closes_on") and ends <= begins:
            wrong.append(("closes_at", "结束时间应晚于开始时间"))
        return wrong
