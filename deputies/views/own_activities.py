"""What deputies enter of their own activities: the list, the form, and what became of each."""

import uuid

from congress.web import attachments
from congress.web.pages import page, township_view
from congress.web.records import at, form_page, url_of
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from deputies import actions
from deputies import permissions as may
from deputies.forms.own_activities import OwnActivityForm
from deputies.life import OWN_ACTIVITY
from deputies.life.own_activities import facts_of
from deputies.listings import OWN_ACTIVITIES
from deputies.models import Activity, OwnActivity
from deputies.queries import own_activities
from deputies.views.activities import choose_kind
from deputies.views.own import own_or_404


@township_view(may.OWN_ACTIVITIES)
def own_activity_list(request, township):
    """Those of the deputy, for the office those of everybody; what waits first."""
    new = [("登记我的活动", at(township, "deputies-own-activity-new"), "plus-lg")]
    rows = own_activities(request.standing).select_related("deputy")
    return show(request, township, OWN_ACTIVITIES, rows, actions=new if request.allows(may.OWN) else [])


@township_view(may.OWN_ACTIVITIES)
def own_activity(request, township, pk):
    """One of them: what was entered, its files, whether it counts."""
    found = found_or_404(OWN_ACTIVITY, request, pk)
    context = {
        "row": found,
        "rows": facts_of(found),
        "buttons": buttons(OWN_ACTIVITY, request.standing, found),
        "files": attachments.shown(request.standing, found),
    }
    return page(request, "deputies/own_activity.html", context)


@township_view(may.OWN)
def own_activity_new(request, township):
    """A few fields by kind, for a telephone."""
    deputy = own_or_404(request, township)
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    if kind not in Activity.Kind.values:
        return choose_kind(request, at(township, "deputies-own-activity-new"), "登记我的活动")
    form = OwnActivityForm(request.POST or None, request.FILES or None, kind=kind, deputy=deputy)

    def act() -> OwnActivity:
        row = actions.enter_activity(request.user, OwnActivity(township=township, deputy=deputy, **form.entered()))
        attachments.add_all(request.user, row, form.cleaned_data["files"], key=uuid.uuid5(row.pk, "files"))
        return row

    return form_page(
        request,
        form,
        act,
        title=f"登记我的活动：{Activity.Kind(kind).label}",
        lead="镇人大办公室确认后记入您的履职档案；确认以前不计入任何统计。",
        said="已提交，等待办公室确认；结果会在“消息”里告诉您。",
        back=url_of,
        cancel_url=at(township, "deputies-own-activities"),
        draft=True,
    )
