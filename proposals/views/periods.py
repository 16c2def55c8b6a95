"""The office's own periods: what they are, since when, on what decision."""

from django.urls import reverse

from congress.web.pages import township_view
from congress.web.records import form_page
from congress.web.table import Col, Listing, show
from proposals import actions
from proposals import permissions as may
from proposals.forms.suggestions import PeriodForm
from proposals.models import OfficePeriod

UNITS = {OfficePeriod.Kind.FOLLOW_UP: "日", OfficePeriod.Kind.SECOND_HANDLING: "个月"}

LISTING = Listing(
    title="内部时限",
    name="periods",
    columns=[
        Col("kind", "事项", lambda row: row.get_kind_display(), "kind,-effective_from", width=30, find="kind"),
        Col("value", "期限", lambda row: f"{row.value}{UNITS[row.kind]}", "value", numeric=True),
        Col("effective_from", "自何日起适用", lambda row: row.effective_from, "effective_from", find="effective_from"),
        Col("basis", "依据", lambda row: row.basis, "basis", width=40, find="basis"),
    ],
    default="kind",
    search_hint="事项、依据",
    empty=("还没有设定内部时限", "未设定时，接待事项按30日、无地方规定的重新办理按1个月掌握；都不是法定期限。"),
    empty_icon="clock-history",
)


@township_view(may.PERIODS)
def periods(request, township):
    """The periods of the office, newest first."""
    new = [("设定时限", reverse("proposals-period-new", args=[township.code]), "plus-lg")]
    shown = new if request.allows(may.SET_PERIODS) else []
    return show(request, township, LISTING, OfficePeriod.objects.kept(), actions=shown)


@township_view(may.SET_PERIODS)
def period_new(request, township):
    """A new period from a day on."""
    form = PeriodForm(request.POST or None)
    back = reverse("proposals-periods", args=[township.code])
    return form_page(
        request,
        form,
        lambda: actions.set_period(request.user, township, **form.cleaned_data),
        title="设定内部时限",
        lead="这是本机关自己的办理要求，页面上始终标明“内部时限，非法定”，不改变法定期限。",
        said="已设定。",
        back=back,
    )
