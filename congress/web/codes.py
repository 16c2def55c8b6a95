"""The page that shows one-time codes: once, and they are kept nowhere."""

from collections.abc import Sequence

from django.http import HttpResponse

from congress.models import User
from congress.web.pages import page

CODE_GONE = "账号刚才已经开通，没有重复开通。一次性口令只显示一次，没有记下的请重发。"


def code_row(user: User, code: str) -> dict[str, str]:
    """A line of the page."""
    return {"name": user.display_name, "username": user.username, "code": code}


def codes_page(request, rows: Sequence[dict[str, str]], back: str) -> HttpResponse:
    """The codes of these accounts, to be printed; `back` is where 完成 leads."""
    return page(request, "congress/codes.html", {"rows": rows, "back": back})
