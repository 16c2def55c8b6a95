"""Mandates of a deputy: registered, suspended, resumed, ended."""

from django.urls import reverse

from congress import clock
from congress.law.deputies import body_of
from congress.web.pages import page, perform, township_view
from deputies import actions
from deputies.forms import ConfirmForm, EndForm, MandateForm, ReasonForm, ResumeForm, SuspendForm
from deputies.models import Deputy, Mandate
from deputies.permissions import EDIT
from deputies.queries import current_term
from deputies.views.common import ask, kept_or_404

MANDATES = Mandate.objects.select_related("deputy__data_key", "term", "district")


def _page_of(township, deputy_id) -> str:
    return reverse("deputies-detail", args=[township.code, deputy_id])


@township_view(EDIT)
def mandate_new(request, township, pk):
    """Register a seat of a deputy."""
    deputy = kept_or_404(Deputy.objects.select_related("data_key"), pk)
    term = current_term(clock.today())
    form = MandateForm(request.POST or None, initial={"term": term, "elected_on": term.started_on if term else None})
    return ask(
        request,
        form,
        lambda: actions.add_mandate(request.user, deputy, **form.cleaned_data),
        title=f"登记{deputy}的代表资格",
        lead="一位代表在每一届登记一次，终止后又补选上的再登记一次；同时担任县级代表的，另外登记县级的届次。",
        said="已登记代表资格。",
        back=_page_of(township, pk),
    )


@township_view(EDIT)
def mandate_confirm(request, township, pk):
    """Register that a qualification was confirmed."""
    mandate = kept_or_404(MANDATES.all(), pk)
    form = ConfirmForm(request.POST or None, initial={"confirmed_on": clock.today()})
    return ask(
        request,
        form,
        lambda: actions.confirm_mandate(request.user, mandate, **form.cleaned_data),
        title=f"{mandate.deputy}：{mandate.get_level_display()}{mandate.term}代表资格确认",
        lead="代表资格审查委员会审查后，由主席团（县级为常委会）确认；补选的代表自确认之日起在任。",
        said="已登记代表资格确认。",
        back=_page_of(township, mandate.deputy_id),
    )


@township_view(EDIT)
def mandate_end(request, township, pk):
    """Register the end of a mandate; what the law says of it is shown before it is done."""
    mandate = kept_or_404(MANDATES.all(), pk)
    back = _page_of(township, mandate.deputy_id)
    form = EndForm(request.POST or None, initial={"ended_on": clock.today(), "version": mandate.version})
    title = f"{mandate.deputy}：{mandate.get_level_display()}{mandate.term}代表资格终止"
    if request.method == "POST" and form.is_valid() and not form.cleaned_data["confirmed"]:
        values = {key: value for key, value in form.cleaned_data.items() if key not in ("version", "confirmed")}
        ruling = perform(form, lambda: actions.check_end(mandate, **values))
        if ruling:
            return page(request, "congress/confirm.html", _end_page(mandate, ruling, form, title, back))
    return ask(
        request,
        form,
        lambda: actions.end_mandate(
            request.user, mandate, **{k: v for k, v in form.cleaned_data.items() if k != "confirmed"}
        ),
        title=title,
        lead="请按实际的法定程序办理后登记；下一步会列出依据和由谁决定、由谁公告。",
        said="已登记代表资格终止。",
        submit="下一步",
        back=back,
    )


def _end_page(mandate, ruling, form, title: str, back: str) -> dict:
    consequences = [
        f"{ruling.label}，决定机关：{ruling.decided_by}（依据：{ruling.decision}）",
        f"由{ruling.announced_by}予以公告（依据：{ruling.announcement}）" if ruling.announcement else "不需公告",
        "缺额可以补选" if ruling.by_election else "本届任期结束",
    ]
    if ruling.note:
        consequences.append(ruling.note)
    if mandate.deputy.account_id:
        consequences.append("代表账号不会自动停用；没有其他任职的，请随后在“账号”中停用")
    return {
        "title": title,
        "rows": [
            ("终止日期", form.cleaned_data["ended_on"]),
            ("终止原因", ruling.label),
            ("依据", str(ruling.citation)),
        ],
        "findings": ruling.also,
        "consequences": consequences,
        "form": EndForm.to_confirm(request_values(form)),
        "intro": "核对无误后确认；终止的资格是履职历史，登记后不能撤回。",
        "submit": "确认终止",
        "cancel_url": back,
    }


def request_values(form) -> dict:
    """What was sent, without the token of the request."""
    return {name: form.data.get(name) for name in form.fields if form.data.get(name)}


@township_view(EDIT)
def mandate_suspend(request, township, pk):
    """Register that a deputy may not exercise the mandate for a time."""
    mandate = kept_or_404(MANDATES.all(), pk)
    form = SuspendForm(request.POST or None, initial={"since": clock.today()})
    return ask(
        request,
        form,
        lambda: actions.suspend_mandate(request.user, mandate, **form.cleaned_data),
        title=f"{mandate.deputy}：暂时停止执行代表职务",
        lead=f"由代表资格审查委员会向{body_of(mandate.level)}报告；原因消失后自行恢复，代表资格终止的除外。",
        said="已登记暂时停止执行代表职务。",
        back=_page_of(township, mandate.deputy_id),
    )


@township_view(EDIT)
def mandate_resume(request, township, pk):
    """Register that the ground of a suspension fell away."""
    mandate = kept_or_404(MANDATES.all(), pk)
    form = ResumeForm(request.POST or None, initial={"until": clock.today()})
    return ask(
        request,
        form,
        lambda: actions.resume_mandate(request.user, mandate, **form.cleaned_data),
        title=f"{mandate.deputy}：恢复执行代表职务",
        said="已登记恢复执行代表职务。",
        back=_page_of(township, mandate.deputy_id),
    )


@township_view(EDIT)
def mandate_withdraw(request, township, pk):
    """Take back a mandate registered by mistake."""
    mandate = kept_or_404(MANDATES.all(), pk)
    form = ReasonForm(request.POST or None)
    return ask(
        request,
        form,
        lambda: actions.withdraw_mandate(request.user, mandate, form.cleaned_data["reason"]),
        title=f"撤回{mandate.deputy}误登的{mandate.get_level_display()}{mandate.term}代表资格",
        lead="只用于登记有误；辞职、调离等请登记资格终止。",
        said="已撤回代表资格。",
        submit="撤回",
        back=_page_of(township, mandate.deputy_id),
    )
