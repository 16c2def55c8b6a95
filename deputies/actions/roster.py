"""The roster: entries and their approval."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import InTheWay, refuse, refuse_blocking
from congress.keeping import differences, withdraw
from congress.law.finding import Finding
from congress.people.entries import fill_from_number, identity_findings
from deputies.models import Deputy
from deputies.models.names import set_name_keys

SAVE = verb("deputies.save", "维护了代表信息")
APPROVE = verb("deputies.approve", "审核通过了代表信息")
WITHDRAW = verb("deputies.withdraw", "撤回了代表信息")

ENTERED = [column.name for column in Deputy._meta.concrete_fields if column.editable]


def entry_findings(deputy: Deputy, today: date, *, registered: bool, about: Deputy | None = None) -> list[Finding]:
    """What is wrong with an entry as it would stand: its name, the party named in full against the class it counts
    in, and what does not agree between ID number, birth date and sex. Asked by form and import alike; changes nothing.

    `registered`: whether another standing entry has the same ID number; `about` is that entry.
    """
    found = identity_findings(deputy, today)
    if deputy.affiliation and Deputy.AFFILIATIONS.get(deputy.affiliation) != deputy.party:
        found.append(Finding("affiliation", f"“{deputy.affiliation}”与政治面貌不一致。", field="affiliation"))
    if registered and deputy.id_number and not found:
        said = "花名册中已有同一身份证号的代表，请核对。"
        found.append(InTheWay("registered", said, field="id_number", about=about))
    return found


def _registered(deputy: Deputy) -> Deputy | None:
    """Another kept entry that has the same ID number."""
    if deputy.id_index is None:
        return None
    return Deputy.objects.kept().filter(id_index=deputy.id_index).exclude(pk=deputy.pk).first()


def back_to_review(deputy: Deputy) -> bool:
    """What was approved and is written over waits for the chair again; returns whether it was approved. The caller saves.

    Called by the import of the roster for every entry it changes.
    """
    approved = deputy.state == Deputy.State.APPROVED
    deputy.state, deputy.approved_at = Deputy.State.PENDING, None
    return approved


def save_deputy(actor, deputy: Deputy, version=None) -> Deputy:
    """Add or change an entry; a new one waits for the chair's approval.

    Raises Refused when the name cannot be one, when ID number, birth date and sex contradict each other or the number is
    in the roster already, Conflict when somebody else was quicker.
    """
    set_name_keys(deputy)
    fill_from_number(deputy, clock.today())
    there = _registered(deputy)
    refuse_blocking(entry_findings(deputy, clock.today(), registered=there is not None, about=there))
    new = deputy._state.adding
    with action(SAVE, actor=actor, subject=deputy, detail={"新建": new}) as act:
        if not new:
            act.detail = {"项目": differences(lock(deputy, version), {name: getattr(deputy, name) for name in ENTERED})}
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


def withdraw_deputy(actor, deputy: Deputy, reason: str, version) -> None:
    """Take back an entry made by mistake; refused when an account, mandates, receptions or suggestions depend on it."""
    if deputy.account_id is not None:
        refuse("该代表已开通账号，不能撤回；资格结束请登记资格终止。")
    instead = "；资格结束请登记资格终止，误登的资格请先撤回"
    withdraw(WITHDRAW, actor, deputy, reason, version, instead=instead)
