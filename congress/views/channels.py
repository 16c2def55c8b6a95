"""How somebody is told outside the application: the ways one has set, a new one, trying and ending one."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from congress import channels
from congress.models import Delivery
from congress.people.fields import masked
from congress.permissions import CHANNELS as SET
from congress.views import listings_delivery
from congress.web.forms_people import ChannelForm
from congress.web.pages import done, page, township_view
from congress.web.records import at, form_page
from congress.web.table import show


@township_view(SET)
def listed(request, township):
    """The ways the viewer may set."""
    heads = [("新增通知方式", at(township, "channel-new"), "plus-lg")] if request.standing.writes else []
    return show(request, township, listings_delivery.CHANNELS, channels.of(request.standing), actions=heads)


@township_view(SET)
def channel_new(request, township):
    """A new way, for oneself or for a unit."""
    form = ChannelForm(request.POST or None, units=channels.units_of(request.standing))

    def act():
        data = form.cleaned_data
        return channels.set_channel(request.standing, township, **data)

    return form_page(
        request,
        form,
        act,
        title="新增通知方式",
        lead="办理提醒会同时发到这里：只发标题和链接，不发内容。地址加密保存，停用即销毁。",
        said="已保存，请点“试发”看看能不能收到。",
        back=lambda row: at(township, "channel", row.pk),
        cancel_url=at(township, "channels"),
    )


@township_view(SET)
def channel(request, township, pk):
    """One way: whose it is, its address under a mask, and what became of what was sent last."""
    found = get_object_or_404(channels.of(request.standing), pk=pk)
    last = Delivery.objects.filter(to=found).select_related("message").order_by("-created_at")[:5]
    rows = [("谁的", str(found.user or found.unit)), ("方式", str(found)), ("地址", masked(found, "address"))]
    return page(request, "congress/channel.html", {"channel": found, "rows": rows, "sent": last})


@township_view(SET)
def channel_try(request, township, pk):
    """Send a word by this way."""
    found = get_object_or_404(channels.of(request.standing), pk=pk)
    if request.method != "POST":
        raise Http404
    channels.try_channel(request.user, found)
    return done(request, "已排队试发，一分钟内刷新本页看结果。", at(township, "channel", pk))


@township_view(SET)
def channel_end(request, township, pk):
    """Use it no more."""
    found = get_object_or_404(channels.of(request.standing), pk=pk)
    if request.method != "POST":
        raise Http404
    channels.end_channel(request.user, found)
    return done(request, "已停用，地址已销毁。", at(township, "channels"))
