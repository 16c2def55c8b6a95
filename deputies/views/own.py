"""The deputy's own page: what the roster says of oneself, and how to have it corrected."""

from django.http import Http404
from django.urls import reverse

from congress import clock
from congress.guard.record import kept
from congress.web.pages import page, township_view
from congress.web.records import form_page
from deputies import actions
from deputies.forms import CorrectionForm
from deputies.models import ActivityAttendance, Correction, Deputy, Mandate
from deputies.permissions import OWN
from deputies.queries import own_entry, traces


def own_or_404(request, township) -> Deputy:
    """The entry of the deputy who asks."""
    deputy = own_entry(request.user, township)
    if deputy is None:
        raise Http404
    return deputy


@township_view(OWN)
def me(request, township):
    """The own entry, mandates, this year's activities and answers to corrections; fits a phone."""
    deputy = own_entry(request.user, township)
    if deputy is None:
        return page(request, "deputies/me_missing.html")
    attended = ActivityAttendance.objects.kept().filter(kept("activity"), deputy=deputy)
    context = {
        "deputy": deputy,
        "mandates": Mandate.objects.kept().filter(deputy=deputy).select_related("term", "district"),
        "attendances": attended.select_related("activity").order_by("-activity__held_on")[:10],
        "this_year": attended.filter(activity__held_on__year=clock.today().year).count(),
        "traces": traces(deputy),
        "corrections": Correction.objects.kept()
        .filter(deputy=deputy)
        .select_related("data_key")
        .order_by("-created_at")[:10],
        "correctable": [(name, deputy._meta.get_field(name).verbose_name) for name in actions.CORRECTABLE],
    }
    actions.mark_seen(request.user)
    return page(request, "deputies/me.html", context)


@township_view(OWN)
def correct(request, township):
    """Ask for a field of one's own entry to be corrected."""
    deputy = own_or_404(request, township)
    field = request.GET.get("field", "")
    form = CorrectionForm(request.POST or None, initial={"field": field})
    return form_page(
        request,
        form,
        lambda: actions.ask_correction(request.user, deputy, **form.cleaned_data),
        title="申请更正本人信息",
        lead="人大办公室核对后更正，结果会在“消息”和本页告诉您。",
        said="已提交更正申请。",
        submit="提交申请",
        back=reverse("deputies-me", args=[township.code]),
    )
