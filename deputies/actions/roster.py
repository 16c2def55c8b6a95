"""The roster: entries and their approval."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import F

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse, refuse_blocking
from congress.law.finding import Finding
from congress.names.written import problem
from congress.people import idnumber
from deputies.actions.common import take_back
from deputies.models import Deputy
from deputies.models.names import set_name_keys

SAVE = verb("deputies.save", "维护了代表信息")
APPROVE = verb("deputies.approve", "审核通过了代表信息")
WITHDRAW = verb("deputies.withdraw", "撤回了代表信息")

IDENTITY_FIELDS = {"id.birth_date_differs": "birth_date", "id.sex_differs": "gender"}


def check_identity(deputy: Deputy, today: date) -> list[Finding]:
    """What does not agree between ID number, birth date and sex; sets the birth date when it was left out."""
    number = deputy.id_number
    if not isinstance(number, str) or not number:
        return []
    wrong = idnumber.problem(number, today)
    if wrong:
        return [replace(wrong, field="id_number")]
    parsed = idnumber.parse(number, today)
    if parsed.number != number:
        deputy.id_number = parsed.number
    if deputy.birth_date is None:
        deputy.birth_date = parsed.birth_date
    sex = deputy.get_gender_display() or None
    found = idnumber.disagreements(parsed, birth_date=deputy.birth_date, sex=sex)
    return [replace(problem, field=IDENTITY_FIELDS[problem.code]) for problem in found]


def _registered(deputy: Deputy) -> bool:
    """Whether another kept entry has the same ID number."""
    if deputy.id_index is None:
        return False
    same = Deputy.objects.kept().filter(id_index=deputy.id_index)
    return same.exclude(pk=deputy.pk).exists()


def save_deputy(actor, deputy: Deputy, version=None) -> Deputy:
    """Add or change an entry; a new one waits for the chair's approval.

    Raises Refused when the name cannot be one, when ID number, birth date and sex contradict each other or the number is
    in the roster already, Conflict when somebody else was quicker.
    """
    set_name_keys(deputy)
    findings = check_identity(deputy, clock.today())
    if wrong := problem(deputy.name):
        findings.append(Finding("name", f"{wrong}。", field="name"))
    if not findings and _registered(deputy):
        refuse("花名册中已有同一身份证号的代表，请核对。", "id_number")
    refuse_blocking(findings)
    new = deputy._state.adding
    with action(SAVE, actor=actor, subject=deputy, detail={"新建": new}):
        if not new:
            lock(deputy, version)
        deputy.save()
    return deputy


def approve(actor, deputies: Iterable[Deputy]) -> int:
    """The chair approves entries in one go; those approved already or withdrawn are passed over. Returns how many."""
    wanted = [deputy.pk for deputy in deputies]
    pending = Deputy.objects.kept().filter(pk__in=wanted, state=Deputy.State.PENDING)
    with action(APPROVE, actor=actor) as act:
        waiting = list(pending.select_for_update(of=("self",)))
        act.subject = waiting[0] if len(waiting) == 1 else None
        act.detail = {"人数": len(waiting)}
        Deputy.objects.filter(pk__in=[row.pk for row in waiting]).update(
            state=Deputy.State.APPROVED, approved_at=clock.now(), version=F("version") + 1
        )
    return len(waiting)


def withdraw_deputy(actor, deputy: Deputy, reason: str) -> None:
    """Take back an entry made by mistake; refused when an account, mandates, receptions or suggestions depend on it."""
    if deputy.account_id is not None:
        refuse("该代表已开通账号，不能撤回；资格结束请登记资格终止。")
    take_back(WITHDRAW, actor, deputy, reason, despite="；资格结束请登记资格终止，误登的资格请先撤回")
