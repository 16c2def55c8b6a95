"""The statistics as lists: to be searched, sorted, exported and printed like any other."""

from fractions import Fraction

from congress.web.table import Col, Listing
from congress.wording import percent

INDICATORS = Listing(
    title="选举统计指标",
    name="indicators",
    columns=[
        Col("group", "类别", lambda x: x.group, by=lambda x: x.position),
        Col("official_no", "官方项号", lambda x: x.official_no, by=lambda x: x.official_no),
        Col("label", "指标", lambda x: x.label, by=lambda x: x.label, width=30),
        Col("value", "数值", lambda x: "" if x.value is None else x.value, numeric=True),
        Col("unit", "单位", lambda x: x.unit, by=lambda x: x.unit, width=6),
        Col("note", "说明", lambda x: x.note, by=lambda x: x.note, width=30),
    ],
    default="group",
    search_hint="指标、类别",
    empty=("还没有统计", "登记选民以后这里自动汇总。"),
    empty_icon="bar-chart",
)
PARTS = Listing(
    title="选民登记分类统计",
    name="parts",
    columns=[
        Col("label", "分类", lambda x: x.label, by=lambda x: x.order, width=30),
        Col("voters", "选民", lambda x: x.voters, numeric=True),
        Col("men", "男", lambda x: x.men, numeric=True),
        Col("women", "女", lambda x: x.women, numeric=True),
        Col("minority", "少数民族", lambda x: x.minority, numeric=True),
        Col("population", "人口", lambda x: "" if x.population is None else x.population, numeric=True),
        Col(
            "share",
            "选民占人口",
            lambda x: percent(x.voters, x.population),
            numeric=True,
            by=lambda x: Fraction(x.voters, x.population or 1),
        ),
    ],
    default="label",
    search_hint="分类名称",
    empty=("还没有登记选民", "登记选民以后这里自动汇总。"),
    empty_icon="bar-chart",
)
