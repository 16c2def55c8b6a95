"""The first page of the day, for each role what waits; and the choice between places for those who have several."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from congress import backups, clock
from congress.accounts import SETTINGS
from congress.guard.action import action
from congress.models import Message, Role
from congress.permissions import TOWNSHIP_HOME, active_memberships
from congress.web import first_day, nav, todo
from congress.web.forms import FontSizeForm
from congress.web.orders import by_index
from congress.web.pages import open_view, page, personal_view, township_view
from congress.web.paging import Pages
from congress.web.records import form_page
from congress.work import deadlines

MESSAGES = 30  # a page


@personal_view
def home(request):
    """Go to the only place there is, or choose."""
    places = {}
    for membership in active_memberships(request.user):
        place = membership.township or membership.county
        if place is not None:
            places.setdefault((type(place).__name__, place.code), (place, []))[1].append(membership.get_role_display())
        else:
            return redirect("administration")
    if len(places) == 1:
        ((kind, code),) = places
        return redirect("township_home" if kind == "Township" else "county_home", code=code)
    rows = [
        {"place": place, "roles": roles, "url": ("/t/" if kind == "Township" else "/c/") + f"{code}/"}
        for (kind, code), (place, roles) in places.items()
    ]
    return page(request, "congress/choose.html", {"rows": rows})


@township_view(TOWNSHIP_HOME)
def township_home(request, township):
    """What waits today, what is due next, the newest messages."""
    reads_all = request.standing.has(Role.CHAIR, Role.CLERK, Role.COUNTY)
    lines = deadlines.lines(by_index(deadlines.open_days(), township)[:8]) if reads_all else []
    context = {
        "todos": todo.waiting_for(request.standing),
        "deadlines": lines,
        "recent": Message.objects.filter(recipient=request.user)[:5],
        "shortcuts": nav.shortcuts_for(request.standing),
        "backup": _backup_missing(request.standing),
        "beginning": _still_to_begin(request.standing),
    }
    return page(request, "congress/home.html", context)


def _still_to_begin(standing) -> list[first_day.Line]:
    """For the clerk the tasks of the first day, until the office's own are done or put off; one query."""
    if not standing.has(Role.CLERK):
        return []
    return [line for line in first_day.lines(standing, offices=True) if line.waits]


def _backup_missing(standing) -> backups.Standing | None:
    """How backups stand, for those who would lose their work, when one is overdue; a demonstration has none to lose."""
    if settings.DEMO or not standing.has(Role.CHAIR, Role.CLERK):
        return None
    found = backups.standing()
    return found if found.overdue else None


@personal_view
def inbox(request):
    """The user's messages of all places, the newest first."""
    rows = Message.objects.filter(recipient=request.user).select_related("township")
    if request.GET.get("unread"):
        rows = rows.filter(read_at__isnull=True)
    current = Pages(rows, MESSAGES).get_page(request.GET.get("page"))
    return page(request, "congress/inbox.html", {"page": current, "only_unread": bool(request.GET.get("unread"))})


@personal_view
def open_message(request, pk):
    """Mark as read and go where it points."""
    message = get_object_or_404(Message, pk=pk, recipient=request.user)
    if request.method != "POST":
        raise Http404
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=clock.now())
    return redirect(message.url or "inbox")


@personal_view
def read_all(request):
    """Mark every message as read."""
    if request.method == "POST":
        count = Message.objects.filter(recipient=request.user, read_at__isnull=True).update(read_at=clock.now())
        messages.success(request, f"已将{count}条消息标为已读。")
    return redirect("inbox")


@personal_view
def settings_page(request):
    """Size of letters, kept with the user."""
    form = FontSizeForm(request.POST or None, instance=request.user)

    def act():
        with action(SETTINGS, actor=request.user, subject=request.user):
            return form.save()

    return form_page(
        request,
        form,
        act,
        title="个人设置",
        lead="企业微信、钉钉群机器人和短信，在本乡镇的“设置—通知方式”中设置。",
        submit="保存设置",
        said="已保存。",
        back=request.path,
        cancel_url=reverse("home"),
    )


@personal_view
def unread(request):
    """The number of unread messages alone, for the bell; the page asks every minute."""
    return page(request, "components/unread.html")


@open_view("演示数据写到哪里了，只在演示环境中有，不含业务数据")
@never_cache
def filling_line(request):
    """The line that says how far the demonstration is filled, nothing when it is whole; the pages ask every five seconds."""
    return page(request, "components/filling.html")
