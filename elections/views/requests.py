"""What was sent in from the public pages: the inbox of staff, and from when until when it is open."""

from django.conf import settings
from django.urls import reverse

from congress.people.fields import masked
from congress.permissions import REVEAL
from congress.web.pages import page, township_view
from congress.web.records import at, form_page, kept_or_404, url_of
from congress.web.steps import buttons, found_or_404
from congress.web.table import show
from congress.wording import chinese_date
from elections.actions import requests as acts
from elections.forms.requests import OnlineForm
from elections.life import REQUEST
from elections.listings.requests import REQUESTS
from elections.models import Campaign, RegistrationRequest
from elections.permissions import EDIT

HIDDEN = ("id_number", "phone")


@township_view(EDIT)
def request_list(request, township):
    """All that were sent in, the newest first."""
    campaign = Campaign.objects.kept().filter(closed_on__isnull=True).first()
    actions = [("网上登记时间", at(township, "elections-online", campaign.pk), "calendar3")] if campaign else []
    return show(request, township, REQUESTS, RegistrationRequest.objects.kept(), actions=actions)


@township_view(EDIT)
def registration_request(request, township, pk):
    """One request: what was entered, masked where it is stored encrypted, and what became of it."""
    found = found_or_404(REQUEST, request, pk)
    others = RegistrationRequest.objects.kept().filter(id_index=found.id_index).exclude(pk=found.pk)
    context = {
        "found": found,
        "rows": [
            ("姓名", found.name),
            ("性别", found.get_gender_display()),
            ("出生日期", chinese_date(found.birth_date)),
            ("户籍", found.get_household_display()),
            ("现住", found.village),
            ("说明", found.note or "—"),
        ],
        "hidden": [_hidden(request, township, found, name) for name in HIDDEN],
        "others": [(row, url_of(row, township)) for row in others[:5]] if found.id_index else [],
        "buttons": buttons(REQUEST, request.standing, found),
        "breadcrumbs": [("网上登记申请", at(township, "elections-requests")), (found.receipt, "")],
    }
    return page(request, "elections/request.html", context)


def _hidden(request, township, found, name: str) -> dict:
    url = reverse("reveal", args=[township.code, "elections.registrationrequest", found.pk, name])
    return {
        "label": found._meta.get_field(name).verbose_name,
        "value": masked(found, name),
        "url": f"{url}?next={url_of(found, township)}" if request.allows(REVEAL) else "",
    }


@township_view(EDIT)
def online(request, township, pk):
    """From when until when registration may be asked for from the public pages."""
    campaign = kept_or_404(Campaign, pk)
    given = {"since": campaign.online_from, "until": campaign.online_until, "contact": campaign.online_contact}
    address = settings.SITE_URL.rstrip("/") + at(township, "public")
    form = OnlineForm(request.POST or None, row=campaign, initial=given)

    def act():
        data = form.cleaned_data
        return acts.open_online(request.user, campaign, data["since"], data["until"], data["contact"], data["version"])

    return form_page(
        request,
        form,
        act,
        title="网上登记时间",
        lead=f"开放期间，任何人可以在公开页面（{address}）提交登记申请；申请由工作人员核对后才登记。",
        said="已保存网上登记时间。",
        back=at(township, "elections-requests"),
    )
