"""What of the reports the search over all finds."""

from congress.web.overall import Kind, register
from reports.models import Guiding, PlanItem, Template
from reports.permissions import EDIT, VIEW
from reports.views.composing import GUIDING_LIST, TEMPLATE_LIST
from reports.views.plans import PLAN_LIST

register(
    Kind(
        "年度计划事项",
        "reports-plan",
        VIEW,
        lambda standing: PlanItem.objects.kept(),
        lambda standing: PLAN_LIST,
        subject="words",
        day="due_on",
        state="source",
        rank=44,
    )
)
register(
    Kind(
        "重要提法",
        "reports-guidings",
        VIEW,
        lambda standing: Guiding.objects.kept(),
        lambda standing: GUIDING_LIST,
        subject="words",
        day="from_on",
        state="kind",
        rank=82,
    )
)
register(
    Kind(
        "报告结构",
        "reports-templates",
        EDIT,
        lambda standing: Template.objects.kept(),
        lambda standing: TEMPLATE_LIST,
        subject="name",
        order=("name",),
        rank=83,
    )
)
