"""The places of polling day as lists."""

from congress.web.records import url_of
from congress.web.table import Col, Listing, by_field
from elections.models import PollingPlace

PLACES = Listing(
    title="投票站和选举大会",
    name="polling-places",
    columns=[
        Col("name", "名称", lambda row: row.name, "name", url_of, find="name"),
        Col(
            "district",
            "选区",
            lambda row: str(row.district),
            "district__number,name",
            find=("district__number", "district__name"),
        ),
        Col("kind", "类别", lambda row: row.get_kind_display(), "kind", find="kind"),
        Col("spot", "地点", lambda row: row.spot, "spot", find="spot", width=28),
        Col("hours", "投票时间", lambda row: row.hours, "opens_at,closes_at"),
        Col("area", "在这里投票的选民", lambda row: row.area, "area", find="area"),
        Col("voters", "选民数", lambda row: row.voters, "voters", numeric=True),
        Col("closes_on", "投票结束日期", lambda row: row.closes_on, "closes_on", find="closes_on", screen=False),
        Col("counted_at", "计票地点", lambda row: row.counted_at, "counted_at", find="counted_at", screen=False),
        Col(
            "county",
            "县级选区",
            lambda row: str(row.county_district or ""),
            "county_district__number",
            find=("county_district__number", "county_district__name"),
            screen=False,
        ),
    ],
    default="district",
    filters=[by_field("kind", "类别", PollingPlace.Kind.choices)],
    search_hint="名称、选区、地点",
    empty=("还没有投票站和选举大会", "每个选区至少设一处；各村的安排表可以一次导入。"),
    empty_icon="check-circle",
)
