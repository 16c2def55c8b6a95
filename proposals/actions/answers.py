"""The unit's talk, advice and reply, the deputy's rating, and the end of a suggestion."""

from collections.abc import Iterable
from dataclasses import replace

from congress.law import suggestion_steps
from congress.law.finding import Finding
from congress.steps import Attempt, change
from congress.web import attachments
from proposals import queries
from proposals.actions.links import resolve_by_suggestion
from proposals.actions.promising import promise
from proposals.models import Assignment, Rating, Reply, Suggestion, Talk
from proposals.models.suggestions import LAW_WORDS, Opinion


def confirm(attempt: Attempt) -> dict:
    """A cosigner says that the content is known and shared; the clerk may enter a signature on paper."""
    row = _cosigning(attempt)
    change(row, confirmed_on=attempt.on)
    return {"行": str(row.pk)}


def _cosigning(attempt: Attempt):
    rows = queries.unconfirmed(attempt.standing, attempt.record)
    return next((row for row in rows if row.deputy == attempt.data["deputy"]), None)


def check_cosigning(attempt: Attempt) -> Iterable[Finding]:
    """Each confirms for himself or herself."""
    if _cosigning(attempt) is None:
        yield Finding("not_own", "联名由本人确认，没有等待这位代表确认的联名。", field="deputy")


def talk(attempt: Attempt) -> dict:
    """A unit that answers met or called the deputy and heard the deputy's opinion (面商)."""
    share = queries.share_of(attempt.record, attempt.data["unit"])
    row = Talk.objects.create(
        township_id=share.township_id,
        suggestion=attempt.record,
        round=share.round,
        held_on=attempt.on,
        **attempt.data,
    )
    return {"行": str(row.pk), "方式": row.get_way_display()}


def advise(attempt: Attempt) -> dict:
    """An assisting unit gives the lead unit its opinion (协办意见); once, and before the reply."""
    share = queries.share_of(attempt.record, attempt.data["unit"])
    change(share, advice=attempt.data["advice"], advice_on=attempt.on)
    return {"行": str(share.pk), "单位": str(share.unit)}


def reply(attempt: Attempt) -> dict:
    """The unit answers in writing, with the result's class (A-D). Late is judged on this day, whenever it is entered."""
    share = queries.share_of(attempt.record, attempt.data["unit"])
    said = dict(attempt.data)
    promised_on, scan = said.pop("promised_on"), said.pop("scan")
    row = Reply.objects.create(
        township_id=share.township_id,
        suggestion=attempt.record,
        round=share.round,
        strand=share.strand,
        replied_on=attempt.on,
        **said,
    )
    promise(attempt, share, promised_on)
    if scan:
        attachments.add(attempt.actor, attempt.record, scan, f"{share.unit}答复函")
    return {
        "行": str(row.pk),
        "分类": row.get_grade_display(),
        "单位": str(share.unit),
        "逾期天数": late_by(attempt, share),
        **({"承诺完成日期": str(promised_on)} if promised_on else {}),
        "提示": [warning.message for warning in attempt.warnings],
    }


def late_by(attempt: Attempt, share: Assignment) -> int:
    """Days the reply just given came late; 0 when in time."""
    return queries.late_by(attempt.after, attempt.on, queries.facts_of(attempt.after).of(share.strand))


def dissatisfied(data) -> bool:
    """Whether one of the two marks is 不满意."""
    return Opinion.BAD in (data["attitude"], data["result"])


def check_rating(attempt: Attempt) -> Iterable[Finding]:
    """The office's form wants a reason for 不满意 and the lead deputy's own hand, whatever force a rule has here."""
    own = attempt.actor is None or attempt.record.lead.account_id == attempt.actor.pk
    return _rating_findings(attempt, own)


def _rating_findings(attempt: Attempt, own: bool) -> Iterable[Finding]:
    data, row = attempt.data, attempt.record
    attitude, result = LAW_WORDS[Opinion(data["attitude"])], LAW_WORDS[Opinion(data["result"])]
    found = suggestion_steps.check_rating(attitude, result, data["reason"], own, attempt.on, row.township.pack)
    for one in found:
        yield replace(one, blocking=True)


def rate(attempt: Attempt) -> dict:
    """The lead deputy rates attitude and result apart; unless one is 不满意 the suggestion is closed.

    A rating stands for its round and is never overwritten.
    """
    return _rate(attempt, attempt.data)


def check_paper(attempt: Attempt) -> Iterable[Finding]:
    """What the form wants of a rating; the hand on the paper is the deputy's own."""
    return _rating_findings(attempt, own=True)


def rate_on_paper(attempt: Attempt) -> dict:
    """The clerk enters the paper form of a deputy without account, or who answers by letter; marked as such, with its scan."""
    entered = {name: value for name, value in attempt.data.items() if name != "scan"}
    told = _rate(attempt, {**entered, "on_paper": True})
    if scan := attempt.data["scan"]:
        attachments.add(attempt.actor, attempt.record, scan, "征询意见表")
    return {**told, "纸质": True, "扫描件": bool(scan)}


def _rate(attempt: Attempt, values: dict) -> dict:
    suggestion = attempt.record
    row = Rating.objects.create(
        township_id=suggestion.township_id,
        suggestion=suggestion,
        deputy_id=suggestion.lead_id,
        round=queries.facts_of(suggestion).now.number,
        rated_on=attempt.on,
        **values,
    )
    if not dissatisfied(attempt.data):
        change(suggestion, closed_on=attempt.on)
        resolve_by_suggestion(suggestion, attempt.on, _last_grade(suggestion))
    return {
        "行": str(row.pk),
        "轮次": row.round,
        "态度": row.get_attitude_display(),
        "结果": row.get_result_display(),
    }


def _last_grade(suggestion: Suggestion) -> str:
    replies = list(suggestion.replies.all())
    last = [reply for reply in replies if reply.round == replies[-1].round]
    if len(last) == 1:
        return last[0].get_grade_display()
    return "，".join(f"{reply.unit} {reply.get_grade_display()}" for reply in last)


def close(attempt: Attempt) -> dict:
    """The presidium ends the handling without a satisfied rating: the deputy stayed silent, or was dissatisfied again.

    Silence is not satisfaction: no rating is made up.
    """
    suggestion = attempt.record
    change(suggestion, closed_on=attempt.on, closing_note=attempt.data["note"])
    resolve_by_suggestion(suggestion, attempt.on, _last_grade(suggestion))
    return {}
