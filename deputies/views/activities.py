"""Activities of deputies and presidium, and who took part."""

from django.urls import reverse

from congress import clock, history
from congress.models import Role
from congress.web.pages import page, township_view
from congress.web.table import show
from deputies import actions
from deputies.forms import ActivityForm, ReasonForm
from deputies.listings import ACTIVITIES
from deputies.models import Activity, ActivityAttendance
from deputies.permissions import ACTIVITIES as MAY_SEE
from deputies.permissions import DETAIL, RECORD_ACTIVITY
from deputies.queries import activities
from deputies.views.common import ask, kept_or_404


def _page_of(township, pk) -> str:
    return reverse("deputies-activity", args=[township.code, pk])


@township_view(MAY_SEE)
def activity_list(request, township):
    """Activities, filtered by kind and year."""
    new = ("登记活动", reverse("deputies-activity-new", args=[township.code]), "plus-lg")
    old = ("导入台账", reverse("import-new", args=[township.code, "deputies.activities"]), "upload")
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
    context = {
        "activity": found,
        "attendances": taking_part,
        "may_edit": request.allows(RECORD_ACTIVITY),
        "may_see_deputies": request.allows(DETAIL),
        "history": history.of(found) if request.standing.has(Role.CHAIR, Role.CLERK) else [],
        "reason_form": ReasonForm(),
    }
    return page(request, "deputies/activity.html", context)


@township_view(RECORD_ACTIVITY)
def activity_edit(request, township, pk=None):
    """Record an activity, or change what was recorded."""
    row = kept_or_404(Activity, pk) if pk else Activity(township=township, held_on=clock.today())
    form = ActivityForm(request.POST or None, instance=row)
    return ask(
        request,
        form,
        lambda: actions.save_activity(
            request.user, form.instance, form.attendances(), form.cleaned_data.get("version")
        ),
        title="修改履职活动" if pk else "登记履职活动",
        lead="活动开展后登记；参加代表会记入各自的履职档案，并计入年度工作报告。",
        said="已保存履职活动。",
        back=lambda saved: _page_of(township, saved.pk),
        cancel_url=_page_of(township, pk) if pk else reverse("deputies-activities", args=[township.code]),
    )


@township_view(RECORD_ACTIVITY)
def activity_withdraw(request, township, pk):
    """Take back an activity recorded by mistake."""
    found = kept_or_404(Activity, pk)
    form = ReasonForm(request.POST or None)
    return ask(
        request,
        form,
        lambda: actions.withdraw_activity(request.user, found, form.cleaned_data["reason"]),
        title=f"撤回“{found}”",
        lead="撤回后不再计入履职档案和报告数据，记录仍保留在操作历史中。",
        said="已撤回履职活动。",
        submit="撤回",
        back=reverse("deputies-activities", args=[township.code]),
        cancel_url=_page_of(township, pk),
    )
