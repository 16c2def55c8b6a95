"""From the chair's assigning to the unit's taking it up: assigned, signed for, returned, assigned again, extended."""

from collections.abc import Iterable, Mapping
from datetime import date

from congress.law import suggestions as law
from congress.law.finding import Finding
from congress.models import Unit
from congress.steps import Attempt, change
from congress.wording import chinese_date
from proposals import queries
from proposals.models import Assignment, Extension, Suggestion


def assign(attempt: Attempt) -> dict:
    """Give the suggestion to a lead unit (主办) and perhaps assisting ones (协办), or to several that each answer for
    themselves (分办); the clock starts. `difficult` (涉及面广、处理难度大) takes the longer limit."""
    row = attempt.record
    change(row, assigned_on=attempt.on, difficult=attempt.data["difficult"])
    _give_round(attempt, 1)
    return {**given(attempt.data), "期限": _due(attempt), "难度大": row.difficult}


def _due(attempt: Attempt) -> str:
    return str(queries.due_of(attempt.after).date)


def separate(data: Mapping) -> bool:
    """Whether the units each answer for themselves."""
    return data["way"] == Assignment.Part.SEPARATE


def answering(data: Mapping) -> list[Unit]:
    """The units that are to answer."""
    return list(data["separate"]) if separate(data) else [data["lead"]]


def given(data: Mapping) -> dict[str, str]:
    """To whom it went, as the trail and the messages tell it."""
    part = Assignment.Part.SEPARATE if separate(data) else Assignment.Part.LEAD
    return {part.label: "、".join(str(unit) for unit in answering(data))}


def _give_round(attempt: Attempt, number: int) -> None:
    data = attempt.data
    part = Assignment.Part.SEPARATE if separate(data) else Assignment.Part.LEAD
    for strand, unit in enumerate(answering(data), start=1):
        _give(attempt, unit, part, number, strand)
    for unit in data["assisting"]:
        _give(attempt, unit, Assignment.Part.ASSIST, number)


def _give(attempt: Attempt, unit: Unit, part: str, number: int, strand: int = 1) -> None:
    Assignment.objects.create(
        township_id=attempt.record.township_id,
        suggestion=attempt.record,
        unit=unit,
        part=part,
        round=number,
        strand=strand,
        assigned_on=attempt.on,
    )


def check_units(attempt: Attempt) -> Iterable[Finding]:
    """One lead unit that does not assist as well, or two and more that answer for themselves."""
    data = attempt.data
    lead, assisting, apart = data["lead"], list(data["assisting"]), list(data["separate"])
    if not separate(data):
        if apart:
            yield Finding("units", "勾选了分办单位的，办理方式请选“分办”；不是分办的请取消勾选。", field="way")
        if lead is None:
            yield Finding("required", "请选择主办单位。", field="lead")
        yield from _not_twice(lead, assisting)
        return
    if len({unit.pk for unit in apart}) < 2:
        yield Finding("units", "分办至少要有两个单位，请在“分办单位”中勾选。", field="separate")
    elif len({unit.pk for unit in apart}) < len(apart):
        yield Finding("units", "同一单位只能分办一次。", field="separate")
    if lead is not None and lead not in apart:
        yield Finding("units", f"分办没有主办单位；{lead}也要答复的，请在“分办单位”中勾选。", field="lead")
    if assisting:
        yield Finding("units", "分办没有协办单位；也要答复的，请在“分办单位”中勾选。", field="assisting")


def _not_twice(lead: Unit | None, assisting: list[Unit]) -> Iterable[Finding]:
    if lead in assisting:
        yield Finding("units", "主办单位不能同时协办。", field="assisting")


def check_another_unit(attempt: Attempt) -> Iterable[Finding]:
    """After 退办 it goes to another unit, which has no share already."""
    lead, assisting = attempt.data["lead"], list(attempt.data["assisting"])
    if lead == attempt.data["unit"]:
        yield Finding("units", f"{lead}刚刚退办，请选择其他单位。", field="lead")
    for share in queries.current_shares(attempt.record):
        if share.unit_id == lead.pk:
            yield Finding("units", f"{lead}正在{share.get_part_display()}；请选择其他单位。", field="lead")
    if assisting and _given_back(attempt).part == Assignment.Part.SEPARATE:
        yield Finding("units", "分办没有协办单位。", field="assisting")
    yield from _not_twice(lead, assisting)


def _given_back(attempt: Attempt) -> Assignment:
    """The share the unit that is named gave back."""
    shares = queries.answering_shares(attempt.record)
    return next(share for share in shares if share.returned_on and share.unit_id == attempt.data["unit"].pk)


def deliver(attempt: Attempt) -> dict:
    """The printed slip was given to a unit; what comes back on it is entered as the signing."""
    share = queries.share_of(attempt.record, attempt.data["unit"])
    change(share, delivered_on=attempt.on)
    return _of(share)


def check_signer(attempt: Attempt) -> Iterable[Finding]:
    """Of a unit for which nobody signs here the office enters what the returned slip says: the day and who signed."""
    unit = attempt.data["unit"]
    if attempt.actor is not None and not attempt.data["signed_by"] and unit.pk not in queries.readers([unit.pk]):
        yield Finding("required", f"{unit}没有账号，请按交办单回执填写签收人。", field="signed_by")


def sign(attempt: Attempt) -> dict:
    """The unit (each for its own part) confirms that it has received the suggestion."""
    share = queries.share_of(attempt.record, attempt.data["unit"])
    change(share, signed_on=attempt.on, signed_by=attempt.data["signed_by"])
    return _of(share)


def _of(share: Assignment) -> dict:
    return {"行": str(share.pk), "单位": str(share.unit)}


def give_back(attempt: Attempt) -> dict:
    """The unit says that the suggestion is not its business (退办); the clock runs on while another is found."""
    share = queries.share_of(attempt.record, attempt.data["unit"])
    change(share, returned_on=attempt.on, return_reason=attempt.data["reason"])
    return _of(share)


def reassign(attempt: Attempt) -> dict:
    """Another unit after 退办. No rule restarts the clock, so the original one keeps running."""
    row, lead, before = attempt.record, attempt.data["lead"], _given_back(attempt)
    kept = {other.unit_id for other in queries.current_shares(row)}
    _give(attempt, lead, before.part, before.round, before.strand)
    for unit in attempt.data["assisting"]:
        if unit.pk not in kept:
            _give(attempt, unit, Assignment.Part.ASSIST, before.round)
    facts = queries.facts_of(attempt.after).of(before.strand)
    return {before.get_part_display(): str(lead), "期限不变": str(queries.due_of(attempt.after, facts).date)}


def reopen(attempt: Attempt) -> dict:
    """A second handling after 不满意: a round with clocks of its own. The first rating stays as it is."""
    row = attempt.record
    number = queries.facts_of(row).now.number + 1
    change(row, reopened_on=attempt.on)
    _give_round(attempt, number)
    return {"轮次": number, **given(attempt.data), "期限": _due(attempt)}


def as_before(suggestion: Suggestion) -> dict:
    """The units that answered last, in the same way: what the form of another round begins with."""
    shares = queries.answering_shares(suggestion)
    if shares[0].part == Assignment.Part.SEPARATE:
        return {"way": Assignment.Part.SEPARATE, "separate": [share.unit for share in shares]}
    assisting = [one.unit for one in queries.current_shares(suggestion) if one.part == Assignment.Part.ASSIST]
    return {"lead": shares[0].unit, "assisting": assisting}


def ask_extension(attempt: Attempt) -> dict:
    """The unit asks to reply later; the chair decides."""
    share = queries.share_of(attempt.record, attempt.data["unit"])
    row = Extension.objects.create(
        township_id=attempt.record.township_id,
        suggestion=attempt.record,
        round=share.round,
        strand=share.strand,
        asked_on=attempt.on,
        new_due=attempt.data["new_due"],
        reason=attempt.data["reason"],
    )
    return {"行": str(row.pk), "单位": str(share.unit), "申请延至": str(row.new_due)}


def check_asked(attempt: Attempt) -> Iterable[Finding]:
    """Whether the unit may still ask, and for this day."""
    return _check_extension(attempt, attempt.on, None, attempt.data["new_due"])


def _check_extension(attempt: Attempt, asked_on: date, agreed_on: date | None, new_due: date) -> Iterable[Finding]:
    suggestion = attempt.record
    strand = queries.share_of(suggestion, attempt.data["unit"]).strand
    due = queries.due_of(suggestion, queries.facts_of(suggestion).of(strand))
    latest = queries.latest_due(suggestion)
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


def asked(attempt: Attempt) -> Extension:
    """The request that is answered: that of the unit named, which has one (see the step's `when`)."""
    row = attempt.record
    return queries.asked_extension(row, queries.share_of(row, attempt.data["unit"]))


def check_answer(attempt: Attempt) -> Iterable[Finding]:
    """A consent comes before the due day and moves it no further than the law lets it."""
    if not agrees(attempt.data):
        return []
    row = asked(attempt)
    return _check_extension(attempt, row.asked_on, attempt.on, attempt.data["new_due"] or row.new_due)


def answer_extension(attempt: Attempt) -> dict:
    """The chair agrees to the day asked for or to another; or does not, and the due day stays."""
    row, unit = asked(attempt), str(attempt.data["unit"])
    if not agrees(attempt.data):
        change(row, declined_on=attempt.on)
        return {"行": str(row.pk), "单位": unit}
    change(row, agreed_on=attempt.on, new_due=attempt.data["new_due"] or row.new_due)
    return {"行": str(row.pk), "单位": unit, "延至": str(row.new_due)}
