"""Lists that are taken along on a tablet: who has which, the page that puts one on the device, what comes back, what could not be
merged. The shell that works without network is one page for everybody, and holds nobody's data (ADR 23)."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache

from congress.guard.action import Refused
from congress.web.pages import open_view, page, township_view
from congress.web.records import at, form_page, url_of
from congress.web.steps import buttons, found_or_404
from congress.wording import cdatew, chinese_date
from elections import permissions as may
from elections.actions import tablets as acts
from elections.forms.tablets import MergeForm, TakeForm
from elections.life import CONFLICT, REGISTER, TABLET
from elections.models import IssueRegister, Tablet
from elections.queries import tablets as queries
from elections.queries.issue import Desk
from elections.views.issue import trail

_REASON = "没有网络时使用的领票登记页面和它的脚本，对所有人相同，不含业务数据"
_WORKER = Path(settings.BASE_DIR) / "static" / "js" / "tablet-worker.js"


def _register(request, pk) -> IssueRegister:
    return found_or_404(REGISTER, request, pk)


def _tablet(request, pk) -> Tablet:
    return found_or_404(TABLET, request, pk)


def _trail(register: IssueRegister, *more: tuple[str, str]) -> list[tuple[str, str]]:
    here = (str(register.whose), url_of(register))
    return trail(register.township, register.campaign, here, *more)


@township_view(may.ISSUE_BALLOTS)
def along(request, township, pk):
    """The lists of a register that were taken along, and what of them could not be merged."""
    register = _register(request, pk)
    conflicts = list(CONFLICT.visible(request.standing).filter(tablet__register=register))
    called = queries.called(conflicts)
    context = {
        "register": register,
        "take": "" if register.closed_on else at(township, "elections-tablet-take", pk),
        "tablets": TABLET.visible(request.standing).filter(register=register),
        "conflicts": [
            (called.get(one.registration_key, "选民名单上没有"), one, buttons(CONFLICT, request.standing, one))
            for one in conflicts
        ],
        "breadcrumbs": _trail(register, ("离线名册", "")),
    }
    return page(request, "elections/tablets.html", context)


@township_view(may.ISSUE_BALLOTS)
def take(request, township, pk):
    """Say on which device the list of a register is taken along; the next page puts it there."""
    register = _register(request, pk)
    form = TakeForm(request.POST or None)
    listed = at(township, "elections-issue-tablets", pk)
    return form_page(
        request,
        form,
        lambda: acts.take_along(request.user, register, form.cleaned_data["name"], key=form.cleaned_data["key"]),
        title="带走名册（离线）",
        lead="在要带走的那台设备上办理。名册只有这一处选民的姓名和选民证号，加密存在设备上；纸质领票登记册照常带走、照常登记。",
        submit="下一步",
        said="已登记带走，请把名册存到这台设备上。",
        back=lambda row: url_of(row, township),
        cancel_url=listed,
        template="elections/tablet_take.html",
        breadcrumbs=_trail(register, ("离线名册", listed), ("带走名册", "")),
    )


@township_view(may.ISSUE_BALLOTS)
def tablet(request, township, pk):
    """A list that was taken along: put on the device while it is out."""
    row = _tablet(request, pk)
    facts = [
        ("状态", row.state),
        ("带走", f"{row.taken_by}，{cdatew(row.taken_on)}"),
        ("名册有效至", f"{chinese_date(row.until)}中午，过后在设备上自动清除"),
        ("已并入", f"{row.merged}张"),
    ]
    facts += [("交回", chinese_date(row.back_on))] if row.back_on else []
    facts += [("没有带回", f"{chinese_date(row.lost_on)}，{row.lost_reason}")] if row.lost_on else []
    listed = at(township, "elections-issue-tablets", row.register_id)
    context = {
        "record": row,
        "title": row.audit_label,
        "rows": facts,
        "buttons": buttons(TABLET, request.standing, row),
        "breadcrumbs": _trail(row.register, ("离线名册", listed), (row.name, "")),
    }
    return page(request, "elections/tablet.html", context)


@township_view(may.ISSUE_BALLOTS)
def load(request, township, pk):
    """The list itself, as the device keeps it; each time is an event."""
    row = _tablet(request, pk)
    if request.method != "POST":
        return JsonResponse({"told": ["请从“离线名册”的页面存到设备上。"]}, status=405)
    try:
        register = acts.load(request.user, row)
    except Refused as refused:
        return JsonResponse({"told": [str(one) for one in refused.findings]}, status=409)
    answer = {
        "id": str(row.pk),
        "device": row.name,
        "until": int(row.until.timestamp() * 1000),
        "merge": at(township, "elections-tablet-merge", row.pk),
        "list": queries.content(Desk(register)),
    }
    return JsonResponse(answer)


@township_view(may.ISSUE_BALLOTS)
def merge(request, township, pk):
    """What a device sends. A GET says how its list stands, and gives the token with which it is sent."""
    row = _tablet(request, pk)
    if request.method != "POST":
        gone = not row.out or row.register.closed_on is not None
        return JsonResponse({"token": get_token(request), "gone": gone})
    form = MergeForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"told": [str(one) for several in form.errors.values() for one in several]}, status=422)
    try:
        said = acts.merge(request.user, row, **form.cleaned_data)
    except Refused as refused:
        return JsonResponse({"told": [str(one) for one in refused.findings]}, status=409)
    counted = {"taken": said.taken, "conflicts": said.conflicts, "again": said.again, "uncounted": said.uncounted}
    return JsonResponse(
        {"merged": str(row.pk), "where": at(township, "elections-issue-tablets", row.register_id)} | counted
    )


@open_view(_REASON)
@never_cache
def shell(request):
    """The register as a device without network shows it; its script opens what is kept there."""
    return page(request, "elections/tablet_shell.html")


@open_view(_REASON)
@never_cache
def worker(request):
    """The worker that has the shell ready; it is another one when the shell is, so that browsers stock up anew."""
    stocked = hashlib.sha256(render_to_string("elections/tablet_shell.html").encode()).hexdigest()
    script = f"const STOCKED = '{stocked[:16]}';\n{_WORKER.read_text(encoding='utf-8')}"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
