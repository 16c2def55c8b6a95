"""Where somebody is logged in: each session with its device, its place and its last use, to be ended one by one or all others."""

import ipaddress
from datetime import UTC, datetime

from allauth.usersessions.models import UserSession
from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress import accounts
from congress.web.pages import done, page, personal_view
from congress.web.sessions import SessionStore

# What a browser says of itself → what people call it; the first that fits.
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "鸿蒙手机"),
    ("Android", "安卓手机"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("wxwork", "企业微信"),
    ("Edg", "Edge"),
    ("Firefox", "火狐"),
    ("Chrome", "Chrome 内核浏览器"),
    ("Safari", "Safari"),
)


def device_of(agent: str) -> str:
    """Device and browser in words, by what the browser says of itself."""
    device = next((word for mark, word in DEVICES if mark in agent), "其他设备")
    browser = next((word for mark, word in BROWSERS if mark in agent), "")
    return f"{device}，{browser}" if browser else device


def place_of(address: str) -> str:
    """A network address without its last part, which would tell one desk from another."""
    found = ipaddress.ip_address(address)
    if found.is_loopback:
        return "本机"
    parts = found.exploded.split(":" if found.version == 6 else ".")
    shown = ":".join(parts[:3]) + ":*" if found.version == 6 else ".".join([*parts[:3], "*"])
    return f"{'内网 ' if found.is_private else ''}{shown}"


def _last_used(row: UserSession) -> datetime:
    """When the session was last used, to half a minute; the session itself knows."""
    seen = SessionStore(row.session_key).get("seen")
    return datetime.fromtimestamp(seen, UTC) if seen else row.last_seen_at


@personal_view
def sessions(request):
    """The user's own sessions; ending one, or all but this one."""
    rows = UserSession.objects.filter(user=request.user)
    here = request.session.session_key
    if request.method == "POST" and "others" in request.POST:
        count = accounts.end_sessions(request.user, rows.exclude(session_key=here))
        return done(request, f"已退出其他{count}处登录。" if count else "没有其他登录。", request.path)
    if request.method == "POST":
        wanted = request.POST.get("end", "")
        row = get_object_or_404(
            rows.exclude(session_key=here), pk=wanted if wanted.isascii() and wanted.isdigit() else 0
        )
        accounts.end_sessions(request.user, rows.filter(pk=row.pk))
        return done(request, "已退出这处登录。", request.path)
    found = [
        {
            "pk": row.pk,
            "here": row.session_key == here,
            "device": device_of(row.user_agent),
            "place": place_of(row.ip),
            "began": row.created_at,
            "used": _last_used(row),
        }
        for row in UserSession.objects.purge_and_list(request.user)
    ]
    found.sort(key=lambda one: (one["here"], one["used"]), reverse=True)
    return page(request, "congress/sessions.html", {"rows": found, "back": reverse("home")})
