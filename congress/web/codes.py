"""The page that shows one-time codes: once, and they are kept nowhere."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from congress import clock
from congress.documents.slips import Heading, drawn_as_link, steps
from congress.models import User
from congress.web.pages import page

CODE_DAYS = 14  # that a one-time code is good for
CODE_GONE = "账号刚才已经开通，没有重复开通。一次性口令只显示一次，没有记下的请重发。"
SENT_BEFORE = "这张表单刚才已经提交过，没有重复办理；进度和结果在本页。"


def heading_of(place: str) -> Heading:
    """What stands on every slip made today."""
    base = settings.SITE_URL.rstrip("/")
    until = clock.today() + timedelta(days=CODE_DAYS)
    return Heading(place, f"{base}/", until, base + reverse("trust") if settings.AUTHORITY else "")


def code_row(user: User, code: str) -> dict[str, str]:
    """A line of the page."""
    return {"name": user.display_name, "username": user.username, "code": code}


def codes_page(request, rows: Sequence[dict[str, str]], back: str) -> HttpResponse:
    """The slips of these accounts, to be printed; `back` is where 完成 leads."""
    township = getattr(request.standing, "township", None)
    heading = heading_of(township.name if township else "乡镇人大工作平台")
    context = {
        "rows": rows,
        "back": back,
        "heading": heading,
        "steps": steps(heading),
        "drawn": drawn_as_link(heading.address),
    }
    return page(request, "congress/codes.html", context)
