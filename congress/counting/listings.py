"""Every count of the township, and every secret vote of the hall."""

from django.db.models import Q

from congress.counting.models import Count, HallVote
from congress.counting.queries import STATES
from congress.counting.queries.halls import HallStage
from congress.web.records import url_of
from congress.web.search import Said
from congress.web.table import Badge, Col, Listing, by_field

SHOWN = {"prepared": ("未开启", "neutral"), "open": ("正在计票", "info"), "close": ("已结束", "good")}

COUNTS = Listing(
    title="计票",
    name="counts",
    columns=[
        Col("title", "计票事项", lambda row: row.title, "title", lambda row, place: url_of(row, place), find="title"),
        Col("kind", "种类", lambda row: row.get_kind_display(), "kind,title", find="kind"),
        Col("measure", "当选条件", lambda row: row.get_measure_display(), "measure,title", find="measure"),
        Col("held_on", "投票日期", lambda row: row.held_on, "held_on,title", find="held_on"),
        Col("seats", "应选", lambda row: row.seats or "", "seats,title", numeric=True),
        Col(
            "state",
            "状态",
            lambda row: Badge(*SHOWN[row.state]),
            "state,title",
            find=Said({SHOWN[key][0]: Q(state=key) for key in STATES}),
        ),
    ],
    default="-held_on",
    days="held_on",
    filters=[by_field("kind", "种类", Count.Kind.choices), by_field("measure", "当选条件", Count.Measure.choices)],
    search_hint="事项、种类、状态",
    empty=("还没有计票", "选区投票、大会选举需要计票时，由相应的选举或者会议准备，在这里办理。"),
    empty_icon="clipboard-data",
)

HALLS = Listing(
    title="会场表决",
    name="halls",
    columns=[
        Col("title", "表决事项", lambda row: row.title, "title", lambda row, place: url_of(row, place), find="title"),
        Col("scale", "方式", lambda row: row.get_scale_display(), "scale,title", find="scale"),
        Col("held_on", "表决日期", lambda row: row.held_on, "held_on,title", find="held_on"),
        Col("deputies", "全体代表", lambda row: row.deputies, "deputies,title", numeric=True),
        Col("present", "出席", lambda row: row.present, "present,title", numeric=True),
        Col(
            "state",
            "状态",
            lambda row: Badge(HallStage(row.state).label, HallStage(row.state).tone),
            "state,title",
            find=Said({one.label: Q(state=str(one)) for one in HallStage}),
        ),
    ],
    default="-held_on",
    days="held_on",
    filters=[by_field("scale", "方式", HallVote.Scale.choices)],
    search_hint="事项、方式、状态",
    empty=("还没有会场表决", "代表大会、主席团会议要无记名表决或者测评时，在这里准备表决码，到会的人用手机表决。"),
    empty_icon="phone",
)
