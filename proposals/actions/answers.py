"""The unit's talk, advice and reply, the deputy's rating, and the end of a suggestion."""

from dataclasses import replace
from datetime import date

from congress.guard.action import action, verb
from congress.guard.refusal import refuse, refuse_blocking
from congress.law import suggestion_steps
from congress.models import Role
from congress.wording import chinese_date
from proposals import queries, stages
from proposals.actions.common import (
    account_of,
    ask,
    clean_words,
    is_account_of,
    is_clerk,
    need,
    notify,
    own_share,
    staff_of,
    taken,
    works_for,
)
from proposals.actions.links import resolve_by_suggestion
from proposals.models import Assignment, Cosigner, Rating, Reply, Suggestion, Talk
from proposals.models.suggestions import Opinion
from proposals.stages import Step

CONFIRM = verb("proposals.confirm", "确认了联名")
TALK = verb("proposals.talk", "与代表面商")
ADVISE = verb("proposals.advise", "提出了协办意见")
REPLY = verb("proposals.reply", "答复了代表建议")
RATE = verb("proposals.rate", "评价了建议办理")
CLOSE = verb("proposals.close", "办结了代表建议")

LAW_WORDS = {Opinion.GOOD: "satisfied", Opinion.FAIR: "basic", Opinion.BAD: "dissatisfied"}


def confirm_cosigning(actor, suggestion: Suggestion, *, deputy, on: date) -> Cosigner:
    """A cosigner says that the content is known and shared; the clerk may enter a signature on paper."""
    with action(CONFIRM, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion)
        row = next((row for row in suggestion.cosigners.all() if deputy and row.deputy_id == deputy.pk), None)
        if row is None:
            refuse("这件建议没有列您为联名代表。", code="not_own")
        if not (is_account_of(actor, row.deputy) or is_clerk(actor, suggestion.township_id)):
            refuse("联名由本人确认。", code="not_own")
        if queries.stage_of(suggestion) in stages.ENDED:
            refuse("这件建议已经结束，不再确认联名。")
        if row.confirmed_on:
            refuse(f"已于{chinese_date(row.confirmed_on)}确认。")
        if on < suggestion.submitted_on:
            refuse(f"确认日期早于提出日期{chinese_date(suggestion.submitted_on)}。", "on")
        row.confirmed_on = on
        row.save(update_fields=["confirmed_on"])
        act.detail = {"行": str(row.pk)}
    return row


def talk(actor, suggestion: Suggestion, *, way: str, summary: str, on: date, version=None) -> Talk:
    """The lead unit met or called the deputy and heard the deputy's opinion (面商)."""
    summary = need(summary, "summary", "请写明沟通情况。")
    clean_words(summary=summary)
    with action(TALK, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        share = own_share(actor, suggestion)
        ask(Step.TALK, suggestion, on)
        row = Talk.objects.create(
            township_id=suggestion.township_id,
            suggestion=suggestion,
            unit_id=share.unit_id,
            round=share.round,
            held_on=on,
            way=way,
            summary=summary,
        )
        act.detail = {"行": str(row.pk), "方式": row.get_way_display()}
    return row


def advise(actor, suggestion: Suggestion, *, advice: str, on: date, version=None) -> Assignment:
    """An assisting unit gives the lead unit its opinion (协办意见); once, and before the reply."""
    advice = need(advice, "advice", "请写明协办意见。")
    clean_words(advice=advice)
    with action(ADVISE, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        number = queries.facts_of(suggestion).now.number if queries.facts_of(suggestion).now else 0
        shares = [s for s in suggestion.assignments.all() if s.round == number and s.part == Assignment.Part.ASSIST]
        share = _own_assisting(actor, suggestion, shares)
        ask(Step.ADVISE, suggestion, on)
        if share.advice_on:
            refuse(f"已于{chinese_date(share.advice_on)}提出协办意见。")
        if on < share.assigned_on:
            refuse(f"日期早于交办日期{chinese_date(share.assigned_on)}。", "on")
        share.advice, share.advice_on = advice, on
        share.save(update_fields=["advice", "advice_on"])
        act.detail = {"行": str(share.pk), "单位": str(share.unit)}
    return share


def _own_assisting(actor, suggestion: Suggestion, shares: list[Assignment]) -> Assignment:
    own = [s for s in shares if works_for(actor, s.unit_id, suggestion.township_id)]
    waiting = [share for share in own if share.advice_on is None]
    if not own:
        refuse("这件建议不是交给您的单位协办的。", code="not_own")
    return (waiting or own)[0]


def reply(
    actor,
    suggestion: Suggestion,
    *,
    text: str,
    grade: str,
    on: date,
    letter_no: str = "",
    contact: str = "",
    version=None,
) -> Reply:
    """The lead unit answers in writing, with the result's class (A-D). Late is judged on this day, whenever it is entered.

    Raises Refused before the signing for, for another unit's suggestion, and for a second reply in the same round.
    """
    text = need(text, "text", "请写明答复内容。")
    clean_words(text=text, contact=contact, letter_no=letter_no)
    with action(REPLY, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        share = own_share(actor, suggestion)
        warnings = ask(Step.REPLY, suggestion, on)
        row = Reply.objects.create(
            township_id=suggestion.township_id,
            suggestion=suggestion,
            unit_id=share.unit_id,
            round=share.round,
            replied_on=on,
            grade=grade,
            text=text,
            letter_no=letter_no,
            contact=contact,
        )
        suggestion = queries.fresh(suggestion)
        late = queries.late_by(suggestion, on)
        act.detail = {
            "行": str(row.pk),
            "分类": row.get_grade_display(),
            "逾期天数": late,
            "提示": [w.message for w in warnings],
        }
        notify(suggestion, f"replied{share.round}", account_of(suggestion.lead), "您的建议已答复，请评价")
        staff = staff_of(suggestion.township_id, Role.CLERK)
        notify(suggestion, f"replied{share.round}", staff, "代表建议已答复" + (f"（逾期{late}天）" if late else ""))
    return row


def rate(
    actor,
    suggestion: Suggestion,
    *,
    attitude: str,
    result: str,
    on: date,
    reason: str = "",
    open_to_public: bool = True,
    version=None,
) -> Rating:
    """The lead deputy rates attitude and result apart. 不满意 needs a reason and leads to a second handling; else it is closed.

    A rating stands for its round and is never overwritten. Raises Refused for anybody but the lead deputy.
    """
    clean_words(reason=reason)
    with action(RATE, actor=actor, subject=suggestion) as act:
        suggestion = taken(suggestion, version)
        ask(Step.RATE, suggestion, on)
        _check_rating(actor, suggestion, attitude, result, reason, on)
        number = queries.facts_of(suggestion).now.number
        row = Rating.objects.create(
            township_id=suggestion.township_id,
            suggestion=suggestion,
            deputy_id=suggestion.lead_id,
            round=number,
            attitude=attitude,
            result=result,
            reason=reason.strip(),
            open_to_public=open_to_public,
            rated_on=on,
        )
        act.detail = {"行": str(row.pk), "轮次": number, "态度": row.get_attitude_display()}
        act.detail["结果"] = row.get_result_display()
        if Opinion.BAD in (attitude, result):
            _dissatisfied(suggestion, number, on)
        else:
            suggestion.closed_on = on
            suggestion.save(update_fields=["closed_on"])
            resolve_by_suggestion(suggestion, on, _last_grade(suggestion))
    return row


def _check_rating(actor, suggestion: Suggestion, attitude: str, result: str, reason: str, on: date) -> None:
    findings = suggestion_steps.check_rating(
        LAW_WORDS[Opinion(attitude)],
        LAW_WORDS[Opinion(result)],
        reason,
        is_account_of(actor, suggestion.lead),
        on,
        suggestion.township.pack,
    )
    fields = {"rating.no_reason": "reason"}
    refuse_blocking(replace(finding, field=fields.get(finding.code, "")) for finding in findings)


def _dissatisfied(suggestion: Suggestion, number: int, on: date) -> None:
    follow = suggestion_steps.second_handling("dissatisfied", number - 1, on, suggestion.township.pack)
    body = "；".join(f"{finding.message}（依据：{finding.citation}）" for finding in follow)
    people = staff_of(suggestion.township_id, Role.CHAIR, Role.CLERK)
    notify(suggestion, f"dissatisfied{number}", people, "代表评价不满意，等待重新交办", body)


def _last_grade(suggestion: Suggestion) -> str:
    replies = list(suggestion.replies.all())
    return replies[-1].get_grade_display() if replies else ""


def close(actor, suggestion: Suggestion, *, note: str, on: date, version=None) -> Suggestion:
    """The presidium ends the handling without a satisfied rating: the deputy stayed silent, or was dissatisfied again.

    Silence is not satisfaction: no rating is made up. Raises Refused without a note, and after a first 不满意.
    """
    note = need(note, "note", "请写明办结的说明或者处理意见。")
    clean_words(note=note)
    with action(CLOSE, actor=actor, subject=suggestion):
        suggestion = taken(suggestion, version)
        ask(Step.CLOSE, suggestion, on)
        suggestion.closed_on, suggestion.closing_note = on, note
        suggestion.save()
        resolve_by_suggestion(suggestion, on, _last_grade(suggestion))
        notify(suggestion, "closed", account_of(suggestion.lead), "您的建议已办结", note)
    return suggestion
