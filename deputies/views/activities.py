"""Activities of deputies and presidium, and who took part."""

from congress import clock
from congress.web import attachments
from congress.web.pages import page, township_view
from congress.web.records import at, detail_page, keep_page, kept_or_404, withdraw_page
from congress.web.table import show
from congress.wording import cdatew, chinese_date, percent
from deputies import actions
from deputies.actions import ACTIVITIES as KEEPING
from deputies.forms import ActivityForm
from deputies.listings import ACTIVITIES
from deputies.models import Activity, ActivityAttendance
from deputies.permissions import ACTIVITIES as MAY_SEE
from deputies.permissions import DETAIL, OWN_ACTIVITIES, RECORD_ACTIVITY
from deputies.queries import activities, own_activities


@township_view(MAY_SEE)
def activity_list(request, township):
    """Activities, filtered by kind and year."""
    new = ("登记活动", at(township, "deputies-activity-new"), "plus-lg")
    old = ("导入台账", at(township, "import-new", "deputies.activities"), "upload")
    entered = ("代表自报", at(township, "deputies-own-activities"), "person-circle")
    heads = [new, old, entered] if request.allows(RECORD_ACTIVITY) else []
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
    label = {name: str(Activity._meta.get_field(name).verbose_name) for name in Activity.COUNTS}
    counted = [(label[name], str(getattr(found, name))) for name in Activity.COUNTS if getattr(found, name)]
    rows = [
        ("日期", cdatew(found.held_on)),
        ("类别", found.get_kind_display()),
        ("地点", found.place),
        ("组织单位", found.organiser),
        ("时长", f"{found.half_days}个半天"),
        ("参加代表", f"{len(taking_part)}人"),
        ("其他参加人数", str(found.people)),
        *counted,
        *([("整改落实日期", chinese_date(found.mended_on))] if found.mended_on else []),
        *([("测评满意率", f"{percent(found.votes_good, found.votes)}（{found.votes}票）")] if found.votes else []),
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
        entered=[(row, attachments.shown(request.standing, row)) for row in _entered(request, found)],
    )


def _entered(request, found: Activity):
    """What deputies had entered of it, for those who may see that."""
    if not request.allows(OWN_ACTIVITIES):
        return []
    return own_activities(request.standing).filter(activity=found).select_related("deputy", "township")


@township_view(RECORD_ACTIVITY)
def activity_edit(request, township, pk=None):
    """Record an activity, or change what was recorded."""
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    if pk is None and kind not in Activity.Kind.values:
        return choose_kind(request, at(township, "deputies-activity-new"), "登记履职活动")
    row = kept_or_404(Activity, pk) if pk else Activity(township=township, held_on=clock.today(), kind=kind)
    form = ActivityForm(request.POST or None, instance=row)

    def act() -> Activity:
        if pk is None:
            return actions.record_activity(request.user, form.instance, form.attendances())
        version = form.cleaned_data["version"]
        return actions.change_activity(request.user, row, form.values, form.attendances(), version)

    lead = "" if pk else f"{row.get_kind_display()}。"
    lead += "活动开展后登记；参加代表会记入各自的履职档案，并计入年度工作报告。"
    return keep_page(request, KEEPING, form, listed=at(township, "deputies-activities"), act=act, lead=lead, draft=True)


def choose_kind(request, here: str, title: str):
    """Which kind it was, for each has a form of its own; `here` is the address of the forms."""
    kinds = [(label, f"{here}?kind={value}") for value, label in Activity.Kind.choices]
    return page(request, "deputies/activity_kinds.html", {"kinds": kinds, "title": title})


@township_view(RECORD_ACTIVITY)
def activity_withdraw(request, township, pk):
    """Take back an activity recorded by mistake."""
    lead = "撤回后不再计入履职档案和报告数据，记录仍保留在操作历史中。"
    return withdraw_page(request, KEEPING, kept_or_404(Activity, pk), at(township, "deputies-activities"), lead)
