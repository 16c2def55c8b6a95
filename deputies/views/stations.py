"""Liaison stations and the local check-list they are built up by."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from congress import clock
from congress.models import Category
from congress.permissions import ACCOUNTS
from congress.web.forms import ReasonForm
from congress.web.pages import done, township_view
from congress.web.proof import proved
from congress.web.records import at, detail_page, form_page, keep_page, kept_or_404, url_of, withdraw_page
from congress.web.table import show
from congress.wording import chinese_date
from deputies import actions
from deputies.actions import STATIONS as KEEPING
from deputies.forms import CloseForm, ItemForm, LiaisonForm, LostForm, StationForm
from deputies.listings import STATIONS
from deputies.models import Station, StationCheck, StationLiaison
from deputies.permissions import DETAIL, STRUCTURE
from deputies.permissions import STATIONS as MAY_SEE
from deputies.queries import belonging, checklist, stations


@township_view(MAY_SEE)
def station_list(request, township):
    """Stations with their days of reception and how far they are built up."""
    heads = [
        ("新增联络站", at(township, "deputies-station-new"), "plus-lg"),
        ("导入联络站", at(township, "import-new", "deputies.stations"), "upload"),
    ]
    return show(request, township, STATIONS, stations(), actions=heads if request.allows(STRUCTURE) else [])


@township_view(MAY_SEE)
def station(request, township, pk):
    """A station: where and when, the check-list item by item, its deputies."""
    found = kept_or_404(Station, pk)
    items = checklist(found)
    rows = [
        ("状态", "停用" if found.closed_on else "在用"),
        ("类别", found.kind),
        ("地址", found.address),
        ("接待日", found.reception_days),
        ("启用日期", chinese_date(found.opened_on)),
        *([("停用日期", chinese_date(found.closed_on))] if found.closed_on else []),
    ]
    close = [] if found.closed_on else [("停用", at(township, "deputies-station-close", pk), "")]
    return detail_page(
        request,
        KEEPING,
        found,
        rows=rows,
        edit=STRUCTURE,
        facts_title="联络站",
        template="deputies/station.html",
        actions=close,
        items=items,
        met=sum(check is not None for _, check in items),
        deputies=belonging(station=found),
        may_see_deputies=request.allows(DETAIL),
        liaisons=found.liaisons.kept().filter(until__isnull=True).select_related("account"),
        may_name=request.allows(ACCOUNTS) and found.closed_on is None,
    )


@township_view(ACCOUNTS)
@proved
def liaison_new(request, township, pk):
    """Entrust a station to a liaison."""
    found = kept_or_404(Station.objects.select_related("township"), pk)
    form = LiaisonForm(request.POST or None, township=township)
    return form_page(
        request,
        form,
        lambda: actions.name_liaison(request.user, found, form.cleaned_data["account"], key=form.cleaned_data["key"]),
        title=f"指定{found}的联络员",
        lead="联络员只看到、只登记这个站的接待，看不到其他站、其他事项和选民的联系方式。",
        submit="指定",
        said="已指定联络员。",
        back=url_of(found, township),
    )


@township_view(ACCOUNTS)
def liaison_end(request, township, pk):
    """Release a liaison from the station."""
    row = get_object_or_404(StationLiaison.objects.kept().select_related("station", "account"), pk=pk)
    if request.method != "POST":
        raise Http404
    actions.release_liaison(request.user, row)
    return done(request, f"已解除{row.account}的联络员职责，即时生效。", url_of(row.station, township))


@township_view(STRUCTURE)
def station_edit(request, township, pk=None):
    """Add or change a station."""
    row = kept_or_404(Station, pk) if pk else Station(township=township)
    form = StationForm(request.POST or None, instance=row)
    title = "修改联络站" if pk else "新增联络站"
    return keep_page(request, KEEPING, form, listed=at(township, "deputies-stations"), title=title)


@township_view(STRUCTURE)
def station_withdraw(request, township, pk):
    """Take back a station entered by mistake."""
    return withdraw_page(request, KEEPING, kept_or_404(Station, pk), at(township, "deputies-stations"))


@township_view(STRUCTURE)
def station_close(request, township, pk):
    """Close a station from a day on."""
    found = kept_or_404(Station, pk)
    form = CloseForm(request.POST or None, row=found, initial={"closed_on": clock.today()})
    return form_page(
        request,
        form,
        lambda: actions.close_station(request.user, found, **form.cleaned_data),
        title=f"停用{found}",
        lead="停用后不能再在该站登记接待，以前的接待记录和统计不变。",
        said="联络站已停用。",
        submit="停用",
        back=url_of(found, township),
    )


@township_view(STRUCTURE)
def station_item(request, township, pk, item):
    """One item of the check-list: since when it is met and what shows it; or that it was entered by mistake."""
    found = kept_or_404(Station, pk)
    category = get_object_or_404(Category, pk=item, kind=Category.Kind.CHECKLIST)
    checks = StationCheck.objects.kept().select_related("station", "item")
    check = checks.filter(station=found, item=category, lost_on__isnull=True).first()
    if check and "reason" in request.POST:
        reason = ReasonForm(request.POST, row=check)
        return form_page(
            request,
            reason,
            lambda: actions.lose_item(request.user, check, **reason.cleaned_data),
            title=f"撤回“{category}”",
            said="已撤回该项。",
            submit="撤回",
            back=url_of(found, township),
        )
    sent = request.POST if check and "lost_on" in request.POST else None
    lost = LostForm(sent, row=check, initial={"lost_on": clock.today()})
    if lost.is_bound:
        return form_page(
            request,
            lost,
            lambda: actions.end_item(request.user, check, **lost.cleaned_data),
            title=f"“{category}”不再达到",
            lead="自这一天起不再计入，以前的统计和报告不变。",
            said="已登记不再达到。",
            back=url_of(found, township),
        )
    initial = {"met_on": check.met_on if check else clock.today(), "evidence": check.evidence if check else ""}
    form = ItemForm(request.POST or None, row=check, initial=initial)
    return form_page(
        request,
        form,
        lambda: actions.meet_item(request.user, found, category, **form.cleaned_data),
        title=category.label,
        lead=f"{found}：从哪一天起达到，有什么佐证。",
        said=f"已登记“{category}”。",
        back=url_of(found, township),
        template="deputies/station_item.html",
        check=check,
        reason_form=ReasonForm(row=check),
        lost_form=lost,
    )
