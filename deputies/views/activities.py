"""Activities of deputies and presidium, and who took part."""

from congress import clock
from congress.web.pages import township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, withdraw_page
from congress.web.table import show
from congress.wording import cdatew
from deputies import actions
from deputies.actions import ACTIVITIES as KEEPING
from deputies.forms import ActivityForm
from deputies.listings import ACTIVITIES
from deputies.models import Activity, ActivityAttendance
from deputies.permissions import ACTIVITIES as MAY_SEE
from deputies.permissions import DETAIL, RECORD_ACTIVITY
from deputies.queries import activities


@township_view(MAY_SEE)
def activity_list(request, township):
    """Activities, filtered by kind and year."""
    new = ("登记活动", at(township, "deputies-activity-new"), "plus-lg")
    old = ("导入台账", at(township, "import-new", "deputies.activities"), "upload")
    heads = [new, old] if request.allows(RECORD_ACTIVITY) else []
    return show(request, township, ACTIVITIES, activities(), actions=heads)


@township_view(MAY_SEE)
def activity(request, township, pk):
    """One activity with its deputies."""
    found = kept_or_404(Activity, pk)
    taking_part = (
        ActivityAttendance.objects.kept()
        .filter(activity=found)
        .select_related("deputy", "deputy__group")
        .order_by("deputy__stroke_key")
    )
    rows = [
        ("日期", cdatew(found.held_on)),
        ("类别", found.get_kind_display()),
        ("地点", found.place),
        ("组织单位", found.organiser),
        ("时长", f"{found.half_days}个半天"),
        ("参加代表", f"{len(taking_part)}人"),
        ("其他参加人次", str(found.people)),
        ("走访户数", str(found.households)),
        ("办实事件数", str(found.deeds)),
        ("情况", found.note),
    ]
    return detail_page(
        request,
        KEEPING,
        found,
        rows=rows,
        edit=RECORD_ACTIVITY,
        facts_title="活动情况",
        template="deputies/activity.html",
        attendances=taking_part,
        may_see_deputies=request.allows(DETAIL),
    )


@township_view(RECORD_ACTIVITY)
def activity_edit(request, township, pk=None):
    """Record an activity, or change what was recorded."""
    row = kept_or_404(Activity, pk) if pk else Activity(township=township, held_on=clock.today())
    form = ActivityForm(request.POST or None, instance=row)

    def act() -> Activity:
        if pk is None:
            return actions.record_activity(request.user, form.instance, form.attendances())
        version = form.cleaned_data["version"]
        return actions.change_activity(request.user, row, form.values, form.attendances(), version)

    lead = "活动开展后登记；参加代表会记入各自的履职档案，并计入年度工作报告。"
    return keep_page(request, KEEPING, form, listed=at(township, "deputies-activities"), act=act, lead=lead, draft=True)


@township_view(RECORD_ACTIVITY)
def activity_withdraw(request, township, pk):
    """Take back an activity recorded by mistake."""
    lead = "撤回后不再计入履职档案和报告数据，记录仍保留在操作历史中。"
    return withdraw_page(request, KEEPING, kept_or_404(Activity, pk), at(township, "deputies-activities"), lead)
