"""A suggestion until it is assigned: submitted, corrected, registered or declined; and its withdrawal at any time."""

import uuid
from collections.abc import Iterable
from datetime import date

from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.law import suggestion_steps
from congress.law.finding import Finding
from congress.models import Category, Role, Township
from congress.numbers import next_number
from congress.steps import Attempt, change
from congress.wording import chinese_date
from deputies.models import Deputy, Level
from deputies.queries import idle
from proposals.actions.common import (
    account_of,
    at,
    clean_words,
    is_account_of,
    is_staff,
    need,
    notify,
    staff_of,
)
from proposals.actions.links import free_matter
from proposals.models import Cosigner, Matter, Suggestion
from proposals.numbers import SUGGESTION

SUBMIT = verb("proposals.submit", "提出了代表建议")


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
    _check_session(session, on)
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
        suggestion.save(force_insert=True)
        for deputy in cosigners:
            Cosigner.objects.create(township=township, suggestion=suggestion, deputy=deputy)
        act.subject = suggestion
        act.detail = {"联名": len(cosigners), "保密": confidential, "来自事项": matter.number if matter else ""}
        notify(suggestion, "submitted", staff_of(township.pk, Role.CLERK), "收到代表建议，等待登记")
        for deputy in cosigners:
            notify(suggestion, "cosign", account_of(deputy), "请您确认联名")
    return suggestion


def _check_session(session, on: date) -> None:
    """What was handed in after a session had ended was not handed in at it: another clock would run."""
    if session and session.closed_on and on > session.closed_on:
        held = f"{session}已于{chinese_date(session.closed_on)}闭幕"
        refuse(f"{held}，提出日期在闭幕以后的，请选“闭会期间”；是在会上提出的，请改提出日期。", "session")


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


def correct(attempt: Attempt) -> dict:
    """Change the text before it is assigned. Cosigners confirm again when words changed."""
    row = attempt.record
    changed = change(row, **attempt.data)
    if set(changed) & {"title", "situation", "proposal"}:
        for cosigner in row.cosigners.all():
            change(cosigner, confirmed_on=None)
    return {"项目": changed}


def register(attempt: Attempt) -> dict:
    """Take the suggestion in and give it its number, such as 2022-003 (a series a year of submission, without gaps)."""
    row = attempt.record
    year = row.submitted_on.year
    number = SUGGESTION.reads(row.township, year, next_number(row.township, SUGGESTION.key, year))
    change(row, number=number, registered_on=attempt.on)
    return {"编号": number}


def check_grounds(attempt: Attempt) -> Iterable[Finding]:
    """Grounds and note must fit where the deputy reads them."""
    if len(declined_reason(attempt)) > 200:
        yield Finding("too_long", "理由和说明合起来请不超过200个字。", field="note")


def declined_reason(attempt: Attempt) -> str:
    """The grounds in the law's words, then the note."""
    words = "；".join(suggestion_steps.UNACCEPTABLE[ground] for ground in attempt.data["grounds"])
    return f"{words}。{attempt.data['note']}" if attempt.data["note"] else words


def decline(attempt: Attempt) -> dict:
    """Not to be handled as a suggestion, on grounds of the law's list; a matter it came of waits for another way."""
    row = attempt.record
    change(row, declined_on=attempt.on, declined_reason=declined_reason(attempt))
    free_matter(row)
    return {"理由": [suggestion_steps.UNACCEPTABLE[ground] for ground in attempt.data["grounds"]]}


def withdraw(attempt: Attempt) -> dict:
    """The lead deputy takes the suggestion back in writing (or the clerk enters the letter); its handling ends."""
    row = attempt.record
    change(row, withdrawn_at=at(attempt.on), withdrawn_reason=attempt.data["reason"])
    free_matter(row)
    return {}
