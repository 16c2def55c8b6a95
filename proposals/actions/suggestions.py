"""A suggestion until it is assigned: submitted, corrected, registered or declined; and its withdrawal at any time."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError

from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.law import suggestion_steps
from congress.models import Category, Role, Township
from congress.numbers import next_number
from congress.wording import chinese_date
from deputies.models import Deputy, Level
from deputies.queries import idle
from proposals import queries
from proposals.actions.common import (
    account_of,
    accounts_of,
    ask,
    at,
    clean_words,
    is_account_of,
    is_clerk,
    is_staff,
    need,
    notify,
    staff_of,
    taken,
)
from proposals.actions.links import free_matter
from proposals.models import Cosigner, Matter, Suggestion
from proposals.stages import Step

SUBMIT = verb("proposals.submit", "提出了代表建议")
CORRECT = verb("proposals.correct", "修改了代表建议")
REGISTER = verb("proposals.register", "登记了代表建议")
DECLINE = verb("proposals.decline", "对代表建议不予受理")
WITHDRAW = verb("proposals.withdraw", "撤回了代表建议")


def submit_suggestion(
    actor,
    township: Township,
    *,
    lead: Deputy,
    title: str,
    situation: str,
    proposal: str,
    category: Category,
    on: date,
    matter: Matter | None = None,
    session=None,
    scale: str = Suggestion.Scale.TOWNSHIP,
    confidential: bool = False,
    cosigners: Iterable[Deputy] = (),
    from_motion: bool = False,
    key: uuid.UUID | None = None,
) -> Suggestion:
    """A deputy's suggestion, put in by the deputy or by the clerk for one; it has no number until it is registered.

    `key` (made with the form) becomes its id: sent twice it is one suggestion. Cosigners confirm for themselves. Raises
    Refused for another deputy's name, a deputy without a mandate on that day, and personal numbers in the texts.
    """
    texts = _texts(title, situation, proposal)
    if not (is_account_of(actor, lead) or is_staff(actor, township.pk)):
        refuse("只能以自己的名义领衔提出。", "lead", code="not_own")
    _check_mandate(lead, on, "lead")
    cosigners = [deputy for deputy in cosigners if deputy.pk != lead.pk]
    for deputy in cosigners:
        _check_mandate(deputy, on, "cosigners")
    key = key or uuid.uuid4()
    if before := Suggestion.objects.filter(pk=key).first():
        return before
    with action(SUBMIT, actor=actor, township=township) as act:
        suggestion = Suggestion(
            id=key,
            township=township,
            **texts,
            category=category,
            lead=lead,
            matter=matter,
            session=session,
            scale=scale,
            confidential=confidential,
            submitted_on=on,
            from_motion=from_motion,
        )
        _insert(suggestion)
        for deputy in cosigners:
            Cosigner.objects.create(township=township, suggestion=suggestion, deputy=deputy)
        act.subject = suggestion
        act.detail = {"联名": len(cosigners), "保密": confidential, "来自事项": matter.number if matter else ""}
        notify(suggestion, "submitted", staff_of(township.pk, Role.CLERK), "收到代表建议，等待登记")
        for deputy in cosigners:
            notify(suggestion, "cosign", account_of(deputy), "请您确认联名")
    return suggestion


def _insert(suggestion: Suggestion) -> None:
    try:
        suggestion.save(force_insert=True)
    except IntegrityError:
        refuse("这件建议刚刚已经提交，请刷新列表查看。")


def _texts(title: str, situation: str, proposal: str) -> dict[str, str]:
    texts = {
        "title": need(title, "title", "请写标题。"),
        "situation": need(situation, "situation", "请写明情况和问题。"),
        "proposal": need(proposal, "proposal", "请写明具体建议。"),
    }
    clean_words(**texts)
    return texts


def _check_mandate(deputy: Deputy, on: date, field: str) -> None:
    if idle([deputy], on, Level.TOWNSHIP):
        refuse(f"{deputy.name}在{chinese_date(on)}没有代表资格或者不能执行本级人大代表职务，不能提出建议。", field)


def correct_suggestion(
    actor,
    suggestion: Suggestion,
    *,
    title: str,
    situation: str,
    proposal: str,
    category: Category,
    confidential: bool,
    on: date,
    scale: str | None = None,
    version=None,
) -> Suggestion:
    """Change the text before it is assigned: by its lead deputy or the clerk. Cosigners confirm again when words changed.

    Raises Refused, and Conflict when somebody else changed it meanwhile.
    """
    texts = _texts(title, situation, proposal)
    with action(CORRECT, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        if not (is_account_of(actor, suggestion.lead) or is_clerk(actor, suggestion.township_id)):
            refuse("只有领衔代表或者办事员可以修改。", code="not_own")
        ask(Step.CORRECT, suggestion, on)
        values = {**texts, "category": category, "confidential": confidential, "scale": scale or suggestion.scale}
        changed = [name for name, value in values.items() if getattr(suggestion, name) != value]
        for name, value in values.items():
            setattr(suggestion, name, value)
        suggestion.save()
        if set(changed) & {"title", "situation", "proposal"}:
            for row in suggestion.cosigners.all():
                row.confirmed_on = None
                row.save(update_fields=["confirmed_on"])
        act.detail = {"项目": changed}
    return suggestion


def register(actor, suggestion: Suggestion, *, on: date, version=None) -> Suggestion:
    """Take the suggestion in and give it its number, such as 2022-003 (a series a year of submission, without gaps)."""
    with action(REGISTER, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        ask(Step.REGISTER, suggestion, on)
        year = suggestion.submitted_on.year
        suggestion.number = f"{year}-{next_number(suggestion.township, 'suggestion', year):03d}"
        suggestion.registered_on = on
        suggestion.save()
        act.subject = suggestion
        notify(suggestion, "registered", staff_of(suggestion.township_id, Role.CHAIR), "代表建议已登记，等待交办")
        notify(suggestion, "registered", account_of(suggestion.lead), "您的建议已登记")
    return suggestion


def decline_suggestion(
    actor, suggestion: Suggestion, *, grounds: tuple[str, ...], on: date, note: str = "", version=None
) -> Suggestion:
    """Not to be handled as a suggestion, on grounds of the law's list; the deputy is told why, nothing is dropped.

    `grounds` are keys of `congress.law.suggestion_steps.UNACCEPTABLE`. Raises Refused without a ground.
    """
    clean_words(note=note)
    if not grounds:
        refuse("请选择不予受理的理由。", "grounds")
    with action(DECLINE, actor=actor, subject=suggestion, detail=_grounds_words(grounds)):
        suggestion = taken(suggestion, version)
        ask(Step.DECLINE, suggestion, on)
        findings = suggestion_steps.acceptable(tuple(grounds), on, suggestion.township.pack)
        words = "；".join(suggestion_steps.UNACCEPTABLE[ground] for ground in grounds)
        reason = f"{words}。{note}".strip() if note else words
        if len(reason) > 200:
            refuse("理由和说明合起来请不超过200个字。", "note")
        suggestion.declined_on, suggestion.declined_reason = on, reason
        suggestion.save()
        free_matter(suggestion)
        grounds_cited = "；".join(dict.fromkeys(finding.citation.text for finding in findings))
        body = f"理由：{reason}。依据：{grounds_cited}。可以修改后重新提出，或者转有关方面。"
        notify(suggestion, "declined", account_of(suggestion.lead), "您的建议未予受理", body)
    return suggestion


def _grounds_words(grounds: Iterable[str]) -> dict[str, list[str]]:
    """The grounds as the trail tells them; one the law does not know is refused later and never written."""
    return {"理由": [suggestion_steps.UNACCEPTABLE.get(ground, ground) for ground in grounds]}


def withdraw_suggestion(actor, suggestion: Suggestion, *, reason: str, on: date, version=None) -> Suggestion:
    """The lead deputy takes the suggestion back in writing (or the clerk enters the letter); its handling ends.

    Raises Refused for another's suggestion, and once it has ended.
    """
    reason = need(reason, "reason", "撤回须书面说明，请写明原因。")
    clean_words(reason=reason)
    with action(WITHDRAW, actor=actor, subject=suggestion):
        suggestion = taken(suggestion, version)
        if not (is_account_of(actor, suggestion.lead) or is_clerk(actor, suggestion.township_id)):
            refuse("只有领衔代表可以撤回（书面撤回的由办事员录入）。", code="not_own")
        ask(Step.WITHDRAW, suggestion, on)
        suggestion.withdrawn_at, suggestion.withdrawn_reason = at(on), reason
        suggestion.save()
        free_matter(suggestion)
        units = [share.unit_id for share in queries.current_shares(suggestion)]
        notify(suggestion, "withdrawn", accounts_of(suggestion.township_id, units), "代表撤回建议，停止办理")
    return suggestion
