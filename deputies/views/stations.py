"""Liaison stations and the local check-list they are built up by."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress import clock, history
from congress.models import Category, Role
from congress.web.pages import page, township_view
from congress.web.table import show
from deputies import actions
from deputies.forms import CloseForm, ItemForm, LostForm, ReasonForm, StationForm
from deputies.listings import STATIONS
from deputies.models import Station, StationCheck
from deputies.permissions import DETAIL, STRUCTURE
from deputies.permissions import STATIONS as MAY_SEE
from deputies.queries import checklist, roster, stations
from deputies.views.common import ask, kept_or_404, save


def _page_of(township, pk) -> str:
    return reverse("deputies-station", args=[township.code, pk])


@township_view(MAY_SEE)
def station_list(request, township):
    """Stations with their days of reception and how far they are built up."""
    place = [township.code]
    heads = [
        ("新增联络站", reverse("deputies-station-new", args=place), "plus-lg"),
        ("导入联络站", reverse("import-new", args=[*place, "deputies.stations"]), "upload"),
    ]
    return show(request, township, STATIONS, stations(), actions=heads if request.allows(STRUCTURE) else [])


@township_view(MAY_SEE)
def station(request, township, pk):
    """A station: where and when, the check-list item by item, its deputies."""
    found = kept_or_404(Station, pk)
    items = checklist(found)
    context = {
        "station": found,
        "items": items,
        "met": sum(check is not None for _, check in items),
        "deputies": roster().filter(station=found).order_by("stroke_key"),
        "may_edit": request.allows(STRUCTURE),
        "may_see_deputies": request.allows(DETAIL),
        "history": history.of(found) if request.standing.has(Role.CHAIR, Role.CLERK) else [],
        "reason_form": ReasonForm(),
    }
    return page(request, "deputies/station.html", context)


@township_view(STRUCTURE)
def station_edit(request, township, pk=None):
    """Add or change a station."""
    row = kept_or_404(Station, pk) if pk else Station(township=township)
    form = StationForm(request.POST or None, instance=row)
    title = "修改联络站" if pk else "新增联络站"
    back = _page_of(township, pk) if pk else reverse("deputies-stations", args=[township.code])
    return ask(request, form, save(request, form, actions.save_station), title=title, said="已保存联络站。", back=back)


@township_view(STRUCTURE)
def station_close(request, township, pk):
    """Close a station, or take back one entered by mistake."""
    found = kept_or_404(Station, pk)
    back = _page_of(township, pk)
    if "reason" in request.POST:
        reason = ReasonForm(request.POST)
        return ask(
            request,
            reason,
            lambda: actions.withdraw_place(request.user, found, reason.cleaned_data["reason"]),
            title=f"撤回联络站“{found}”",
            said="已撤回。",
            submit="撤回",
            back=reverse("deputies-stations", args=[township.code]),
            cancel_url=back,
        )
    form = CloseForm(request.POST or None, initial={"closed_on": clock.today()})
    return ask(
        request,
        form,
        lambda: actions.close_station(request.user, found, form.cleaned_data["closed_on"]),
        title=f"停用{found}",
        lead="停用后不能再在该站登记接待，以前的接待记录和统计不变。",
        said="联络站已停用。",
        submit="停用",
        back=back,
    )


@township_view(STRUCTURE)
def station_item(request, township, pk, item):
    """One item of the check-list: since when it is met and what shows it; or that it was entered by mistake."""
    found = kept_or_404(Station, pk)
    category = get_object_or_404(Category, pk=item, kind=Category.Kind.CHECKLIST)
    checks = StationCheck.objects.kept().select_related("station", "item")
    check = checks.filter(station=found, item=category, lost_on__isnull=True).first()
    if check and "reason" in request.POST:
        reason = ReasonForm(request.POST)
        return ask(
            request,
            reason,
            lambda: actions.lose_item(request.user, check, reason.cleaned_data["reason"]),
            title=f"撤回“{category}”",
            said="已撤回该项。",
            submit="撤回",
            back=_page_of(township, pk),
        )
    lost = LostForm(request.POST if check and "lost_on" in request.POST else None, initial={"lost_on": clock.today()})
    if lost.is_bound:
        return ask(
            request,
            lost,
            lambda: actions.end_item(request.user, check, **lost.cleaned_data),
            title=f"“{category}”不再达到",
            lead="自这一天起不再计入，以前的统计和报告不变。",
            said="已登记不再达到。",
            back=_page_of(township, pk),
        )
    initial = {"met_on": check.met_on if check else clock.today(), "evidence": check.evidence if check else ""}
    form = ItemForm(request.POST or None, initial=initial)
    return ask(
        request,
        form,
        lambda: actions.meet_item(request.user, found, category, **form.cleaned_data),
        title=category.label,
        lead=f"{found}：从哪一天起达到，有什么佐证。",
        said=f"已登记“{category}”。",
        back=_page_of(township, pk),
        template="deputies/station_item.html",
        check=check,
        reason_form=ReasonForm(),
        lost_form=lost,
    )
