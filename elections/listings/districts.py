"""The districts of a level side by side, and voters' groups."""

from congress.law.campaigns import DistrictPeople, people_per_seat
from congress.people.fields import masked
from congress.web.records import url_of
from congress.web.search import Name
from congress.web.table import Col, Listing
from congress.wording import percent


def share(row):
    """What the law's function says of a district that was read with the sums of the whole; None where numbers lack."""
    if row.population is None:
        return None
    people = DistrictPeople(str(row), row.population, row.seats, row.voters or None)
    found = people_per_seat((people,), row.asked_on, row.whole or 0, row.places or 0)
    return found[0] if found else None


def _per_seat(row):
    found = share(row)
    return found.people_per_seat if found else None


def _ratio(row) -> str:
    found = share(row)
    return f"{found.ratio_hundredths // 100}.{found.ratio_hundredths % 100:02d}" if found else ""


DISTRICTS = Listing(
    title="选区和名额",
    name="level-districts",
    columns=[
        Col("number", "选区号", lambda row: row.number, "number", url_of, numeric=True, find="number"),
        Col("name", "名称", lambda row: row.name, "name", find="name"),
        Col("kind", "划分方式", lambda row: row.get_kind_display(), "kind", find="kind", screen=False),
        Col("villages", "所辖村（社区）、单位", lambda row: row.villages, "villages", find="villages", width=28),
        Col("seats", "应选名额", lambda row: row.seats, "seats", numeric=True),
        Col("population", "人口数", lambda row: row.population, "population", numeric=True),
        Col("voters", "登记选民", lambda row: row.voters, "voters", numeric=True),
        Col("coverage", "登记率", lambda row: percent(row.voters, row.population), "voters", numeric=True),
        Col("per_seat", "每名代表的人口", _per_seat, "per_seat", numeric=True),
        Col("ratio", "与平均数之比", _ratio, "per_seat", numeric=True),
    ],
    default="number",
    search_hint="选区号、名称、所辖村",
    empty=("还没有选区", "可以沿用上届选区，也可以从表格导入选区划分方案。"),
)
GROUPS = Listing(
    title="选民小组",
    name="voter-groups",
    columns=[
        Col("name", "小组名称", lambda row: row.name, "name", url_of, find="name"),
        Col("number", "小组号", lambda row: row.number, "number", numeric=True),
        Col(
            "district",
            "选区",
            lambda row: str(row.district),
            "district__number,number",
            find=("district__number", "district__name"),
        ),
        Col(
            "county_district",
            "县级选区",
            lambda row: str(row.county_district or ""),
            "county_district__number",
            find=("county_district__number", "county_district__name"),
        ),
        Col("leader", "组长", lambda row: row.leader, "leader", find=Name("leader")),
        Col("phone", "组长手机", lambda row: masked(row, "leader_phone"), sortable=False, offered=False),
    ],
    default="district",
    search_hint="小组、选区、组长",
    empty=("还没有选民小组", "按村民小组、单位划分，可以从表格一次导入，也可以逐个登记；导入选民册时也会一并登记。"),
    empty_icon="people",
)
