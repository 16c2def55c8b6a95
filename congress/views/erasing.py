"""Erasing a person: asked for by one of clerk and chair, carried out by another."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404

from congress.guard.action import Refused, lock
from congress.law.finding import Finding
from congress.models import Erasure, Job
from congress.people.fields import masked
from congress.people.requests import (
    ask_erasing,
    bulk_of,
    carry_out,
    check_second,
    check_subject,
    erasable_model,
    person_of,
    withdraw,
)
from congress.people.reveal import name_fields
from congress.permissions import ERASE
from congress.views.listings_erasing import ERASURES
from congress.web.forms_people import CarryOutErasureForm, ErasureForm
from congress.web.pages import page, township_view
from congress.web.proof import proved
from congress.web.records import at, form_page
from congress.web.table import show
from congress.wording import as_date
from congress.work import jobs

CONSEQUENCES = [
    "姓名、号码、住址、检索和排序用的拼音笔画，连同修改历史里的，全部销毁，任何人都不能恢复。",
    "已经印发的文件依法存档，不受影响；此前的备份在过期以前仍有这些信息。",
    "办理记录和统计数字保留，但不再能看出是谁；名单上有他的，以后只能核对人数，不能逐字核对。",
]
OF_THE_SPOKEN = "只担任代表的账号随之停用并去掉姓名；消息和报告数据里的姓名一并去掉。"


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
        title=f"申请销毁{_what(person)}",
        lead="申请后由另一人（主席或办事员）确认才会销毁。",
        submit="申请销毁",
        said="已申请，等待另一人确认。",
        back=lambda made: at(township, "erasure", made.pk),
        cancel_url=at(township, "erasures"),
        template="congress/confirm.html",
        rows=_who(person),
        findings=[] if form.is_bound else _against(person),
        consequences=_consequences(person),
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
    """Enough to know whom it concerns: a name that is kept encrypted is shown masked; of many, how many."""
    if (bulk := bulk_of(person._meta.label_lower)) is not None:
        return [("类别", bulk.what), (person._meta.verbose_name, str(person)), *bulk.preview(person)]
    sealed = "name_sealed" in {field.attname for field in person._meta.concrete_fields}
    return [("类别", person._meta.verbose_name), ("姓名", masked(person, "name") if sealed else _called(person))]


def _what(person) -> str:
    bulk = bulk_of(person._meta.label_lower)
    return bulk.what if bulk else "个人信息"


def _consequences(person) -> list[str]:
    """What comes of it; accounts and texts concern those alone of whom texts speak, and no text speaks of a voter."""
    if (bulk := bulk_of(person._meta.label_lower)) is not None:
        return list(bulk.consequences)
    first, *rest = CONSEQUENCES
    return [first, OF_THE_SPOKEN, *rest] if getattr(person, "named_in_texts", True) else CONSEQUENCES


def _against(person) -> list[Finding]:
    """Why it cannot be done now: told before anybody writes down a ground."""
    try:
        check_subject(person)
    except Refused as refused:
        return [replace(one, blocking=False) for one in refused.findings]
    return []


def _called(person) -> str:
    """The names that stand in the open in a person's row."""
    return "、".join(dict.fromkeys(str(getattr(person, name)) for name in name_fields(person)))


@township_view(ERASE)
@proved
def erasure(request, township, pk):
    """One request: carried out or withdrawn while it is open."""
    found = get_object_or_404(Erasure.objects.select_related("asked_by", "carried_out_by"), pk=pk)
    back = at(township, "erasures")
    person = person_of(found)
    rows = [*_who(person), *_story(found)]
    if found.carried_out_at or found.withdrawn_at:
        return page(request, "congress/erasure.html", {"title": "销毁申请", "rows": rows, "back": back})
    form = CarryOutErasureForm(request.POST or None, initial={"version": found.version})
    return form_page(
        request,
        form,
        lambda: _settle(request.user, found, form.cleaned_data),
        title="销毁申请",
        submit="确定",
        said=lambda job: "已开始销毁，完成后在本页查看结果。" if job else "已办结。",
        back=lambda job: at(township, "job", job.pk) if job else request.path,
        cancel_url=back,
        template="congress/confirm.html",
        rows=rows,
        consequences=_consequences(person),
    )


def _settle(actor, found: Erasure, values: dict) -> Job | None:
    """Do what was chosen; the job that destroys the data of many, where that was."""
    bulk = bulk_of(found.subject_type)
    if values["what"] == "withdraw":
        withdraw(actor, found, values["reason"], values["version"])
    elif bulk is None:
        carry_out(actor, found, values["version"])
    else:
        found = lock(found, values["version"])
        check_second(actor, found)
        check_subject(person_of(found))
        arguments = {"erasure": str(found.pk)}
        return jobs.start(bulk.job, f"销毁{bulk.what}", owner=actor, township=found.township, arguments=arguments)
    return None


def _story(found: Erasure) -> list[tuple[str, object]]:
    rows = [
        ("依据", found.reason),
        ("申请人", found.asked_by),
        ("申请日期", as_date(found.created_at)),
    ]
    if found.carried_out_at:
        rows += [("确认人", found.carried_out_by), ("销毁日期", as_date(found.carried_out_at))]
    if found.withdrawn_at:
        rows += [("撤回日期", as_date(found.withdrawn_at)), ("撤回原因", found.withdrawn_reason)]
    return rows
