"""From the chair's assigning to the unit's taking it up: assigned, signed for, returned, assigned again, extended."""

from collections.abc import Iterable
from datetime import date

from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.law import suggestions as law
from congress.models import Role, Unit
from congress.wording import chinese_date
from proposals import queries, stages
from proposals.actions.common import (
    account_of,
    accounts_of,
    ask,
    clean_words,
    need,
    notify,
    own_share,
    staff_of,
    taken,
)
from proposals.models import Assignment, Extension, Suggestion
from proposals.stages import Step

ASSIGN = verb("proposals.assign", "交办了代表建议")
SIGN = verb("proposals.sign", "签收了代表建议")
RETURN = verb("proposals.return", "退办了代表建议")
REASSIGN = verb("proposals.reassign", "重新确定了承办单位")
REOPEN = verb("proposals.reopen", "重新交办了代表建议")
ASK_EXTENSION = verb("proposals.ask_extension", "申请延期答复")
AGREE_EXTENSION = verb("proposals.agree_extension", "同意延期答复")
DECLINE_EXTENSION = verb("proposals.decline_extension", "不同意延期答复")


def assign(
    actor,
    suggestion: Suggestion,
    *,
    lead: Unit,
    on: date,
    assisting: Iterable[Unit] = (),
    difficult: bool = False,
    version=None,
) -> Suggestion:
    """The presidium gives the suggestion to a lead unit (主办) and perhaps assisting ones (协办); the clock starts.

    `difficult` (涉及面广、处理难度大) takes the longer limit. Raises Refused out of order or before the registration.
    """
    with action(ASSIGN, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        ask(Step.ASSIGN, suggestion, on)
        suggestion.assigned_on, suggestion.difficult = on, difficult
        suggestion.save()
        _give(suggestion, 1, lead, assisting, on)
        suggestion = queries.fresh(suggestion)
        act.detail = {"主办": str(lead), "期限": str(queries.due_of(suggestion).date), "难度大": difficult}
        _tell_units(suggestion, "assigned", "收到交办的代表建议")
        notify(suggestion, "assigned", account_of(suggestion.lead), f"您的建议已交办{lead}")
    return suggestion


def _give(suggestion: Suggestion, number: int, lead: Unit, assisting: Iterable[Unit], on: date) -> None:
    assisting = list(assisting)
    if lead in assisting:
        refuse("主办单位不能同时协办。", "assisting")
    shares = [(lead, Assignment.Part.LEAD), *((unit, Assignment.Part.ASSIST) for unit in assisting)]
    for unit, part in shares:
        Assignment.objects.create(
            township_id=suggestion.township_id,
            suggestion=suggestion,
            unit=unit,
            part=part,
            round=number,
            assigned_on=on,
        )


def _tell_units(suggestion: Suggestion, event: str, title: str) -> None:
    shares = queries.current_shares(suggestion)
    due = queries.due_of(suggestion)
    body = f"答复期限{chinese_date(due.date)}：{due.formula}。依据：{due.citation}。"
    lead = shares[-1].pk if shares else ""
    people = accounts_of(suggestion.township_id, [share.unit_id for share in shares])
    notify(suggestion, f"{event}:{lead}", people, title, body)


def sign_for(actor, suggestion: Suggestion, *, on: date, version=None) -> Suggestion:
    """The lead unit (or, for its own part, an assisting one) confirms that it has received the suggestion."""
    with action(SIGN, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        share = own_share(actor, suggestion, lead=False)
        if share.signed_on:
            refuse(f"{share.unit}已于{chinese_date(share.signed_on)}签收。")
        if share.part == Assignment.Part.LEAD:
            ask(Step.SIGN, suggestion, on)
        elif on < share.assigned_on:
            refuse(f"签收日期早于交办日期{chinese_date(share.assigned_on)}。", "on")
        share.signed_on = on
        share.save(update_fields=["signed_on"])
        act.detail = {"行": str(share.pk), "单位": str(share.unit)}
    return queries.fresh(suggestion)


def return_assignment(actor, suggestion: Suggestion, *, reason: str, on: date, version=None) -> Suggestion:
    """The lead unit says that the suggestion is not its business (退办); the clock runs on while another is found."""
    reason = need(reason, "reason", "请写明退办的理由。")
    clean_words(reason=reason)
    with action(RETURN, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        share = own_share(actor, suggestion)
        ask(Step.RETURN, suggestion, on)
        share.returned_on, share.return_reason = on, reason
        share.save(update_fields=["returned_on", "return_reason"])
        act.detail = {"行": str(share.pk), "单位": str(share.unit)}
        people = staff_of(suggestion.township_id, Role.CHAIR, Role.CLERK)
        notify(suggestion, f"returned:{share.pk}", people, f"{share.unit}退办", f"理由：{reason}")
    return queries.fresh(suggestion)


def reassign(
    actor, suggestion: Suggestion, *, lead: Unit, on: date, assisting: Iterable[Unit] = (), version=None
) -> Suggestion:
    """The chair names another lead unit after 退办. No rule restarts the clock, so the original one keeps running."""
    with action(REASSIGN, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        ask(Step.REASSIGN, suggestion, on)
        share = queries.lead_share(suggestion)
        if share.unit_id == lead.pk:
            refuse(f"{lead}刚刚退办，请选择其他单位。", "lead")
        kept = {other.unit_id for other in queries.current_shares(suggestion)}
        if lead.pk in kept:
            refuse(f"{lead}正在协办；请选择其他单位主办。", "lead")
        _give(suggestion, share.round, lead, [unit for unit in assisting if unit.pk not in kept], on)
        suggestion = queries.fresh(suggestion)
        act.detail = {"主办": str(lead), "期限不变": str(queries.due_of(suggestion).date)}
        _tell_units(suggestion, "assigned", "收到交办的代表建议")
    return suggestion


def reopen(
    actor, suggestion: Suggestion, *, lead: Unit, on: date, assisting: Iterable[Unit] = (), version=None
) -> Suggestion:
    """After 不满意 the chair demands a second handling; a round with a clock of its own. The first rating stays as it is."""
    with action(REOPEN, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        ask(Step.REOPEN, suggestion, on)
        suggestion.reopened_on = on
        suggestion.save(update_fields=["reopened_on"])
        number = queries.facts_of(suggestion).now.number + 1
        _give(suggestion, number, lead, assisting, on)
        suggestion = queries.fresh(suggestion)
        act.detail = {"轮次": number, "主办": str(lead), "期限": str(queries.due_of(suggestion).date)}
        _tell_units(suggestion, f"reopened{number}", "代表不满意，请重新办理")
        notify(suggestion, f"reopened{number}", account_of(suggestion.lead), f"您的建议已重新交办{lead}")
    return suggestion


def ask_extension(actor, suggestion: Suggestion, *, new_due: date, reason: str, on: date, version=None) -> Extension:
    """The lead unit asks to reply later, before the day it is due; the chair decides.

    Raises Refused when it is too late to ask, or for a day that no extension may reach.
    """
    reason = need(reason, "reason", "请写明申请延期的理由。")
    clean_words(reason=reason)
    with action(ASK_EXTENSION, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        own_share(actor, suggestion)
        ask(Step.ASK_EXTENSION, suggestion, on)
        if pending_extension(suggestion):
            refuse("已有一份延期申请等待主席团答复。")
        _check_extension(suggestion, on, None, new_due)
        row = Extension.objects.create(
            township_id=suggestion.township_id,
            suggestion=suggestion,
            round=queries.facts_of(suggestion).now.number,
            asked_on=on,
            new_due=new_due,
            reason=reason,
        )
        act.detail = {"行": str(row.pk), "申请延至": str(new_due)}
        people = staff_of(suggestion.township_id, Role.CHAIR)
        notify(suggestion, f"extension:{row.pk}", people, "申请延期答复", f"申请延至{chinese_date(new_due)}：{reason}")
    return row


def pending_extension(suggestion: Suggestion) -> Extension | None:
    """The request that waits for an answer; `suggestion` comes with its facts."""
    waiting = [row for row in suggestion.extensions.all() if row.agreed_on is None and row.declined_on is None]
    return waiting[-1] if waiting else None


def _check_extension(suggestion: Suggestion, asked_on: date, agreed_on: date | None, new_due: date) -> None:
    facts, pack = queries.facts_of(suggestion), suggestion.township.pack
    due = queries.due_of(suggestion)
    latest = stages.latest_due(facts, facts.now, pack, queries.months_of(suggestion))
    found = law.may_extend(asked_on, agreed_on, due, pack)
    for finding in found:
        if finding.blocking and finding.code != "extension.no_consent":
            refuse(finding.message, "on", finding.code, finding.citation)
    if new_due <= due.date:
        refuse(f"延至的日期应当晚于原期限{chinese_date(due.date)}。", "new_due")
    if new_due > latest:
        message = f"延期最迟不超过{chinese_date(latest)}。"
        refuse(message, "new_due", "extension.over_limit", due.citation)


def agree_extension(actor, suggestion: Suggestion, *, on: date, new_due: date | None = None, version=None) -> Extension:
    """The chair agrees, before the due day, to the day asked for or to another; what is late stays late otherwise."""
    with action(AGREE_EXTENSION, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        row = _asked(suggestion, on)
        _check_extension(suggestion, row.asked_on, on, new_due or row.new_due)
        row.agreed_on, row.new_due = on, new_due or row.new_due
        row.save()
        act.detail = {"行": str(row.pk), "延至": str(row.new_due)}
        title = f"同意延期至{chinese_date(row.new_due)}"
        units = [share.unit_id for share in queries.current_shares(suggestion)]
        notify(suggestion, f"extended:{row.pk}", accounts_of(suggestion.township_id, units), title)
        notify(suggestion, f"extended:{row.pk}", account_of(suggestion.lead), title)
    return row


def decline_extension(actor, suggestion: Suggestion, *, on: date, version=None) -> Extension:
    """The chair does not agree; the due day stays."""
    with action(DECLINE_EXTENSION, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        row = _asked(suggestion, on)
        row.declined_on = on
        row.save()
        act.detail = {"行": str(row.pk)}
        units = [share.unit_id for share in queries.current_shares(suggestion)]
        notify(suggestion, f"extended:{row.pk}", accounts_of(suggestion.township_id, units), "不同意延期，请按期答复")
    return row


def _asked(suggestion: Suggestion, on: date) -> Extension:
    ask(Step.ANSWER_EXTENSION, suggestion, on)
    row = pending_extension(suggestion)
    if row is None:
        refuse("没有等待答复的延期申请。")
    if on < row.asked_on:
        refuse(f"日期早于申请日期{chinese_date(row.asked_on)}。", "on")
    return row
