"""Erasing a person: asked for by one of clerk and chair, carried out by another."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from congress import clock
from congress.models import Erasure
from congress.people.fields import masked
from congress.people.requests import ask_erasing, carry_out, erasable_model, person_of, withdraw
from congress.permissions import ERASE
from congress.views.listings_erasing import ERASURES
from congress.web.forms_people import CarryOutErasureForm, ErasureForm
from congress.web.pages import page, township_view
from congress.web.proof import proved
from congress.web.records import at, form_page
from congress.web.table import show

CONSEQUENCES = [
    "姓名、号码、住址、检索和排序用的拼音笔画，连同修改历史里的，全部销毁，任何人都不能恢复。",
    "只担任代表的账号随之停用并去掉姓名；消息和报告数据里的姓名一并去掉。",
    "已经印发的文件依法存档，不受影响；此前的备份在过期以前仍有这些信息。",
    "办理记录和统计数字保留，但不再能看出是谁。",
]


@township_view(ERASE)
def erasures(request, township):
    """Requests to erase, those that wait first."""
    return show(request, township, ERASURES, Erasure.objects.select_related("asked_by", "carried_out_by"))


@township_view(ERASE)
def erasure_new(request, township, model, pk):
    """Ask for a person to be erased."""
    person = _person(request, model, pk)
    form = ErasureForm(request.POST or None)
    return form_page(
        request,
        form,
        lambda: ask_erasing(request.user, person, **form.cleaned_data),
        title="申请销毁个人信息",
        lead="申请后由另一人（主席或办事员）确认才会销毁。",
        submit="申请销毁",
        said="已申请，等待另一人确认。",
        back=lambda made: at(township, "erasure", made.pk),
        cancel_url=at(township, "erasures"),
        template="congress/confirm.html",
        rows=_who(person),
        consequences=CONSEQUENCES,
    )


def _person(request, model: str, pk):
    """The person's row; 404 for what is no person, and for one this standing may not see."""
    try:
        person = get_object_or_404(erasable_model(model), pk=pk)
    except (LookupError, ValueError) as error:
        raise Http404 from error
    if not getattr(person, "revealable_by", lambda standing: True)(request.standing):
        raise Http404
    return person


def _who(person) -> list[tuple[str, str]]:
    """Enough to know whom it concerns: a name that is kept encrypted is shown masked."""
    sealed = "name_sealed" in {field.attname for field in person._meta.concrete_fields}
    return [("类别", person._meta.verbose_name), ("姓名", masked(person, "name") if sealed else person.name)]


@township_view(ERASE)
@proved
def erasure(request, township, pk):
    """One request: carried out or withdrawn while it is open."""
    found = get_object_or_404(Erasure.objects.select_related("asked_by", "carried_out_by"), pk=pk)
    back = at(township, "erasures")
    rows = [*_who(person_of(found)), *_story(found)]
    if found.carried_out_at or found.withdrawn_at:
        return page(request, "congress/erasure.html", {"title": "销毁申请", "rows": rows, "back": back})
    form = CarryOutErasureForm(request.POST or None, initial={"version": found.version})
    return form_page(
        request,
        form,
        lambda: _settle(request.user, found, form.cleaned_data),
        title="销毁申请",
        submit="确定",
        said="已办结。",
        back=request.path,
        cancel_url=back,
        template="congress/confirm.html",
        rows=rows,
        consequences=CONSEQUENCES,
    )


def _settle(actor, found: Erasure, values: dict) -> None:
    if values["what"] == "withdraw":
        withdraw(actor, found, values["reason"], values["version"])
    else:
        carry_out(actor, found, values["version"])


def _story(found: Erasure) -> list[tuple[str, object]]:
    rows = [
        ("依据", found.reason),
        ("申请人", found.asked_by),
        ("申请日期", found.created_at.astimezone(clock.SHANGHAI).date()),
    ]
    if found.carried_out_at:
        rows += [("确认人", found.carried_out_by), ("销毁日期", found.carried_out_at.date())]
    if found.withdrawn_at:
        rows += [("撤回日期", found.withdrawn_at.date()), ("撤回原因", found.withdrawn_reason)]
    return rows
