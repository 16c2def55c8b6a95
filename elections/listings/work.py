"""Lists of the work of an election: tasks, requests and reports, coverage, inspections, progress."""

from django.db.models import Q

from congress.web.records import url_of
from congress.web.search import Name, Said
from congress.web.table import Badge, Col, Listing, by_field
from elections.models import Coverage, Inspection, ProgressReport, Submission


def link(row, place) -> str:
    """The page of a row."""
    return url_of(row, place)


def _where(row) -> str:
    return str(row.district or "全部")


def _mending(row: Inspection) -> Badge:
    if not row.problem:
        return Badge("没有问题", "good")
    return Badge("已整改", "good") if row.mended_on else Badge("待整改", "warning")


TASKS = Listing(
    title="责任台账",
    name="campaign-tasks",
    columns=[
        Col("label", "事项", lambda row: row.label, "label", link, find="label", width=28),
        Col(
            "basis",
            "依据",
            lambda row: "法定" if row.statutory else "非法定",
            "key",
            find=Said({"法定": ~Q(key=""), "非法定": Q(key="")}),
        ),
        Col("responsible", "责任人", lambda row: row.responsible, "responsible", find=Name("responsible")),
        Col("planned_on", "计划日期", lambda row: row.planned_on, "planned_on", find="planned_on"),
        Col("done_on", "完成日期", lambda row: row.done_on, "done_on", find="done_on"),
        Col("proof", "完成凭据", lambda row: row.proof, "proof", find="proof"),
        Col("note", "备注", lambda row: row.note, "note", find="note", screen=False),
    ],
    default="planned_on",
    search_hint="事项、责任人、凭据",
    empty=("还没有事项", "先“编排日程”，再逐个填写责任人；自己的事项也可以另加。"),
    empty_icon="list-check",
)
SUBMISSIONS = Listing(
    title="选举请示报告",
    name="submissions",
    columns=[
        Col("paper", "标题和文号", lambda row: row.paper, "paper", link, find="paper", width=28),
        Col("kind", "类别", lambda row: row.get_kind_display(), "kind", find="kind"),
        Col("node", "关键节点", lambda row: row.get_node_display(), "node", find="node"),
        Col("addressee", "呈送机关", lambda row: row.addressee, "addressee", find="addressee"),
        Col("submitted_on", "呈送日期", lambda row: row.submitted_on, "submitted_on", find="submitted_on"),
        Col("replied_on", "批复日期", lambda row: row.replied_on, "replied_on", find="replied_on"),
        Col("reply", "批复", lambda row: row.reply, "reply", find="reply"),
    ],
    default="-submitted_on",
    days="submitted_on",
    filters=[by_field("node", "关键节点", Submission.Node.choices), by_field("kind", "类别", Submission.Kind.choices)],
    search_hint="标题、文号、机关、节点",
    empty=("还没有请示报告", "关键节点先请示、后报告，批复也登记在这里。"),
)
COVERAGES = Listing(
    title="宣传培训情况",
    name="coverages",
    columns=[
        Col("what", "做了什么", lambda row: row.what, "what", link, find="what", width=28),
        Col("kind", "类别", lambda row: row.get_kind_display(), "kind", find="kind"),
        Col(
            "district",
            "选区",
            _where,
            "district__number",
            find=("district__number", "district__name", Said({"全部": Q(district__isnull=True)})),
        ),
        Col("held_on", "日期", lambda row: row.held_on, "held_on", find="held_on"),
        Col("number", "数量", lambda row: row.number, "number", numeric=True),
    ],
    default="-held_on",
    filters=[by_field("kind", "类别", Coverage.Kind.choices)],
    search_hint="内容、选区",
    empty=("还没有登记宣传和培训", "宣传发动、业务培训各做了什么、覆盖了哪些选区。"),
)
INSPECTIONS = Listing(
    title="选举督导",
    name="inspections",
    columns=[
        Col("inspected_on", "督导日期", lambda row: row.inspected_on, "inspected_on", link, find="inspected_on"),
        Col(
            "district",
            "选区",
            _where,
            "district__number",
            find=("district__number", "district__name", Said({"全部": Q(district__isnull=True)})),
        ),
        Col("inspector", "督导人", lambda row: row.inspector, "inspector", find=Name("inspector")),
        Col("problem", "发现的问题", lambda row: row.problem, "problem", find="problem", width=28),
        Col("mend_by", "整改期限", lambda row: row.mend_by, "mend_by", find="mend_by"),
        Col("state", "状态", _mending, "mended_on"),
    ],
    default="-inspected_on",
    days="inspected_on",
    search_hint="选区、督导人、问题",
    empty=("还没有登记督导", "每次督导看了哪里、发现什么问题、限期哪天整改。"),
)
PROGRESS = Listing(
    title="进度和突发事件报告",
    name="progress-reports",
    columns=[
        Col("reported_on", "日期", lambda row: row.reported_on, "reported_on", link, find="reported_on"),
        Col("kind", "类别", lambda row: row.get_kind_display(), "kind", find="kind"),
        Col("reported_to", "报送机关", lambda row: row.reported_to, "reported_to", find="reported_to"),
        Col("content", "内容", lambda row: row.content, "content", find="content", width=28),
        Col("handled", "处置情况", lambda row: row.handled, "handled", find="handled"),
    ],
    default="-reported_on",
    days="reported_on",
    filters=[by_field("kind", "类别", ProgressReport.Kind.choices)],
    search_hint="内容、机关",
    empty=("还没有登记报告", "每天的进度和突发事件，报给了谁、怎样处置的。"),
)
