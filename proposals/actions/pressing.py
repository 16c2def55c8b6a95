"""Pressing a unit that owes: a message, or a numbered letter of the presidium."""

from collections.abc import Iterable

from congress.documents import kit
from congress.law.finding import Finding
from congress.models import Document, Unit
from congress.steps import Attempt
from congress.wording import chinese_date
from proposals import queries
from proposals.models import Assignment, Suggestion, Urging

LETTER = "proposals.supervision"


def _pressed(attempt: Attempt, unit: Unit, **values) -> Urging:
    subject = "suggestion" if isinstance(attempt.record, Suggestion) else "matter"
    place = {"township_id": attempt.record.township_id, subject: attempt.record}
    return Urging.objects.create(**place, unit=unit, urged_on=attempt.on, **values)


def _told(rows: list[Urging]) -> dict:
    return {"行": str(rows[0].pk), "单位": [str(row.unit) for row in rows]}


def urge(attempt: Attempt) -> dict:
    """Press every unit that owes its reply; the words after the step tell whom it reached."""
    attempt.outcome = [_pressed(attempt, share.unit) for share in queries.owing(attempt.record)]
    return _told(attempt.outcome)


def urge_matter(attempt: Attempt) -> dict:
    """Press the unit that has the matter."""
    attempt.outcome = [_pressed(attempt, attempt.record.unit)]
    return _told(attempt.outcome)


def supervise(attempt: Attempt) -> dict:
    """Issue the presidium's letter to one unit. Side effects: a document number is used, a file is kept."""
    data = attempt.data
    share = queries.share_of(attempt.record, data["unit"])
    document = _letter(attempt, share)
    said = {"demand": data["demand"], "answer_by": data["answer_by"], "document": document}
    attempt.outcome = [_pressed(attempt, share.unit, way=Urging.Way.LETTER, **said)]
    return {**_told(attempt.outcome), "文号": document.number}


def check_letter(attempt: Attempt) -> Iterable[Finding]:
    """The day until which the unit answers lies ahead of the letter; a unit gets one letter a day."""
    share = queries.share_of(attempt.record, attempt.data["unit"])
    if before := kit.issued_before(kit.kind_of(LETTER), share, attempt.on):
        message = f"{chinese_date(attempt.on)}已向{share.unit}印发过督办函{before.number}。"
        yield Finding("order.done", message, field="on")
    if attempt.data["answer_by"] <= attempt.on:
        yield Finding("letter.day", "要求答复的日期应当在成文日期以后。", field="answer_by")


def _letter(attempt: Attempt, share: Assignment) -> Document:
    row = attempt.record
    limit = queries.due_of(row, queries.facts_of(row).of(share.strand))
    late = (attempt.on - limit.date).days
    context = {
        "office": row.township.presidium_name,
        "title": f"关于督办第{row.number}号代表建议的函",
        "unit": str(share.unit),
        "deputy": "" if row.confidential else row.lead.name,
        "suggestion": row.title,
        "number_of": row.number,
        "assigned_on": chinese_date(share.assigned_on),
        "due": chinese_date(limit.date),
        "ground": str(limit.citation.brief),
        "late": f"，已逾期{late}天" if late > 0 else "",
        "on": chinese_date(attempt.on),
        "demand": attempt.data["demand"],
        "answer_by": chinese_date(attempt.data["answer_by"]),
    }
    return kit.issue(
        attempt.actor,
        kit.kind_of(LETTER),
        row.township,
        title=context["title"],
        context=context,
        subject=share,
        issued_on=attempt.on,
        number=attempt.data["number"],
    )
