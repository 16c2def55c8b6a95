"""Requests about accounts: what the system administrator asked for, decided by another administrator."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress import account_requests as requests
from congress.models import AccountRequest
from congress.permissions import ADMINISTRATION
from congress.views.listings_accounts import ACCOUNT_REQUESTS
from congress.web.codes import code_row, codes_page
from congress.web.forms_people import SettleAccountRequestForm
from congress.web.pages import administration_view, done, page
from congress.web.proof import proved
from congress.web.records import form_page
from congress.web.table import show
from congress.wording import as_date


@administration_view(ADMINISTRATION)
def account_requests(request):
    """Every request; the three administrators see what the others asked for and decided."""
    return show(request, "系统", ACCOUNT_REQUESTS, requests.requests())


@administration_view(ADMINISTRATION)
@proved
def account_request(request, pk):
    """One request: agreed to or not by the administrator whose it is to decide."""
    found = get_object_or_404(requests.requests(), pk=pk)
    back = reverse("administration-requests")
    context = {"title": "账号申请", "rows": _story(found)}
    if found.state != AccountRequest.State.OPEN or not requests.may_decide(request.standing, found):
        return page(request, "congress/detail.html", context | {"actions": [("返回账号申请", back, "")]})
    form = SettleAccountRequestForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: _settled(request.user, found, form.cleaned_data),
        title=context["title"],
        submit="确定",
        said="",
        answer=lambda code: _answered(request, found, code),
        back=request.path,
        cancel_url=back,
        template="congress/confirm.html",
        rows=context["rows"],
        consequences=_consequences(found),
    )


def _settled(actor, found: AccountRequest, values: dict) -> str | None:
    """The new code, empty where none was asked for; None when the request was turned down."""
    if values["what"] == "decline":
        requests.decline(actor, found, values["reason"])
        return None
    return requests.agree(actor, found)


def _answered(request, found: AccountRequest, code: str | None):
    if code:
        return codes_page(request, [code_row(found.user, code)], reverse("administration-requests"))
    word = "已同意，即时生效。" if code is not None else "已记为不同意，账号没有变动。"
    return done(request, word, request.path)


def _consequences(found: AccountRequest) -> list[str]:
    told = "有关乡镇的主席、审计管理员和本人会收到消息。"
    if found.kind == AccountRequest.Kind.RESET:
        return ["同意后原密码立即失效，新的一次性口令只显示一次，请直接交给本人，不要交给申请人。", told]
    if found.kind == AccountRequest.Kind.FACTOR:
        return ["同意后该用户只凭密码就能登录，登录后须重新设置两步验证。请先当面或电话核实本人确实丢了手机。", told]
    return ["同意后该用户即可按这个角色登录办理，能看到相应范围的数据。请先核实确有其人、确有其职。", told]


def _story(found: AccountRequest) -> list[tuple[str, object]]:
    rows = [
        ("申请事项", found.what),
        ("用户", f"{found.user.display_name}（{found.user.username}）"),
        ("申请人", found.asked_by),
        ("申请日期", as_date(found.asked_at)),
        ("状态", found.get_state_display()),
    ]
    if found.settled_at:
        rows += [("决定人", found.settled_by), ("决定日期", as_date(found.settled_at))]
    if found.declined_reason:
        rows.append(("不同意的原因", found.declined_reason))
    return rows
