"""From the chair's assigning to the unit's taking it up: assigned, signed for, returned, assigned again, extended."""

from collections.abc import Iterable
from datetime import date

from congress.law import suggestions as law
from congress.law.finding import Finding
from congress.models import Unit
from congress.steps import Attempt, change
from congress.wording import chinese_date
from proposals import queries
from proposals.models import Assignment, Extension, Suggestion


def assign(attempt: Attempt) -> dict:
    """Give the suggestion to a lead unit (主办) and perhaps assisting ones (协办); the clock starts.

    `difficult` (涉及面广、处理难度大) takes the longer limit.
    """
    row, lead = attempt.record, attempt.data["lead"]
    change(row, assigned_on=attempt.on, difficult=attempt.data["difficult"])
    _give(row, 1, lead, attempt.data["assisting"], attempt.on)
    return {"主办": str(lead), "期限": _due(attempt), "难度大": row.difficult}


def _due(attempt: Attempt) -> str:
    return str(queries.due_of(attempt.after).date)


def _give(suggestion: Suggestion, number: int, lead: Unit, assisting: Iterable[Unit], on: date) -> None:
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


def check_units(attempt: Attempt) -> Iterable[Finding]:
    """A unit is not both lead and assisting."""
    if attempt.data["lead"] in list(attempt.data["assisting"]):
        yield Finding("units", "主办单位不能同时协办。", field="assisting")


def check_another_unit(attempt: Attempt) -> Iterable[Finding]:
    """After 退办 it goes to another unit, which does not assist already."""
    lead = attempt.data["lead"]
    if queries.lead_share(attempt.record).unit_id == lead.pk:
        yield Finding("units", f"{lead}刚刚退办，请选择其他单位。", field="lead")
    if lead.pk in {other.unit_id for other in queries.current_shares(attempt.record)}:
        yield Finding("units", f"{lead}正在协办；请选择其他单位主办。", field="lead")
    yield from check_units(attempt)


def sign(attempt: Attempt) -> dict:
    """The unit (lead or assisting, each for its own part) confirms that it has received the suggestion."""
    share = queries.unsigned_share(attempt.standing, attempt.record)
    change(share, signed_on=attempt.on)
    return _of(share)


def _of(share: Assignment) -> dict:
    return {"行": str(share.pk), "单位": str(share.unit)}


def give_back(attempt: Attempt) -> dict:
    """The lead unit says that the suggestion is not its business (退办); the clock runs on while another is found."""
    share = queries.own_lead(attempt.standing, attempt.record)
    change(share, returned_on=attempt.on, return_reason=attempt.data["reason"])
    return _of(share)


def reassign(attempt: Attempt) -> dict:
    """Another lead unit after 退办. No rule restarts the clock, so the original one keeps running."""
    row, lead = attempt.record, attempt.data["lead"]
    kept = {other.unit_id for other in queries.current_shares(row)}
    assisting = [unit for unit in attempt.data["assisting"] if unit.pk not in kept]
    _give(row, queries.lead_share(row).round, lead, assisting, attempt.on)
    return {"主办": str(lead), "期限不变": _due(attempt)}


def reopen(attempt: Attempt) -> dict:
    """A second handling after 不满意: a round with a clock of its own. The first rating stays as it is."""
    row, lead = attempt.record, attempt.data["lead"]
    number = queries.facts_of(row).now.number + 1
    change(row, reopened_on=attempt.on)
    _give(row, number, lead, attempt.data["assisting"], attempt.on)
    return {"轮次": number, "主办": str(lead), "期限": _due(attempt)}


def ask_extension(attempt: Attempt) -> dict:
    """The lead unit asks to reply later; the chair decides."""
    row = Extension.objects.create(
        township_id=attempt.record.township_id,
        suggestion=attempt.record,
        round=queries.facts_of(attempt.record).now.number,
        asked_on=attempt.on,
        new_due=attempt.data["new_due"],
        reason=attempt.data["reason"],
    )
    return {"行": str(row.pk), "申请延至": str(row.new_due)}


def check_asked(attempt: Attempt) -> Iterable[Finding]:
    """Whether the lead unit may still ask, and for this day."""
    return _check_extension(attempt.record, attempt.on, None, attempt.data["new_due"])


def _check_extension(
    suggestion: Suggestion, asked_on: date, agreed_on: date | None, new_due: date
) -> Iterable[Finding]:
    due, latest = queries.due_of(suggestion), queries.latest_due(suggestion)
    for finding in law.may_extend(asked_on, agreed_on, due, suggestion.township.pack):
        if finding.blocking and finding.code != "extension.no_consent":
            yield Finding(finding.code, finding.message, finding.citation, field="on")
    if new_due <= due.date:
        yield Finding("extension.no_later", f"延至的日期应当晚于原期限{chinese_date(due.date)}。", field="new_due")
    if new_due > latest:
        message = f"延期最迟不超过{chinese_date(latest)}。"
        yield Finding("extension.over_limit", message, due.citation, field="new_due")


def agrees(data) -> bool:
    """Whether the chair's answer is a consent."""
    return data["decision"] == "agree"


def check_answer(attempt: Attempt) -> Iterable[Finding]:
    """A consent comes before the due day and moves it no further than the law lets it."""
    row = queries.asked_extension(attempt.record)
    if not agrees(attempt.data):
        return []
    return _check_extension(attempt.record, row.asked_on, attempt.on, attempt.data["new_due"] or row.new_due)


def answer_extension(attempt: Attempt) -> dict:
    """The chair agrees to the day asked for or to another; or does not, and the due day stays."""
    row = queries.asked_extension(attempt.record)
    if not agrees(attempt.data):
        change(row, declined_on=attempt.on)
        return {"行": str(row.pk)}
    change(row, agreed_on=attempt.on, new_due=attempt.data["new_due"] or row.new_due)
    return {"行": str(row.pk), "延至": str(row.new_due)}
