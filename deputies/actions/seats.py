"""Mandates: from election to end, with suspension in between; who may do what, and when, stands in `life`."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from congress import clock
from congress.guard.action import Refused, action, lock, verb
from congress.guard.refusal import refuse, refuse_blocking, refuse_where
from congress.law import deputies as law
from congress.law.finding import Finding
from congress.law.provinces import PackLike
from congress.steps import Attempt, change
from congress.wording import chinese_date
from deputies.actions.accounts import close_accounts
from deputies.models import Deputy, District, Mandate, Suspension, Term

ADD_MANDATE = verb("deputies.add_mandate", "登记了代表资格")
ANNUL = verb("deputies.annul_mandate", "登记了当选无效")

# Our end reasons and the law library's.
LAW_REASONS = {
    Mandate.End.EXPIRED: "term_over",
    Mandate.End.MOVED: "moved_away",
    Mandate.End.RESIGNED: "resigned",
    Mandate.End.ORDERED: "ordered_resignation",
    Mandate.End.RECALLED: "recalled",
    Mandate.End.ABSENT: "two_absences",
    Mandate.End.NATIONALITY: "lost_nationality",
    Mandate.End.RIGHTS: "political_rights",
    Mandate.End.CAPACITY: "incapacity",
    Mandate.End.DIED: "death",
}


def add_mandate(
    actor,
    deputy: Deputy,
    term: Term,
    *,
    elected_on: date,
    district: District | None = None,
    how: str = Mandate.How.GENERAL,
    confirmed_on: date | None = None,
    key: uuid.UUID | None = None,
) -> Mandate:
    """Register a seat in one congress for one term; `key` becomes its id.

    Who lost it may win it again at a by-election of the same term (选举法五十七). Raises Refused for a second one that has not
    ended, for one won before the last one ended, and for dates out of order.
    """
    before = list(Mandate.objects.kept().filter(deputy=deputy, term=term))
    known = any(mandate.ended_on is None for mandate in before)
    last = max((mandate.ended_on for mandate in before if mandate.ended_on), default=None)
    again = last is not None and not known
    refuse_where(
        [
            (
                again and elected_on < last,
                f"上一次代表资格{chinese_date(last)}才终止，当选日期不能更早。",
                "elected_on",
            ),
            (again and how != Mandate.How.BY_ELECTION, "这一届的代表资格终止后再次当选的，产生方式是补选。", "how"),
            (district is not None and district.term_id != term.pk, "选区不属于所选的届。", "district"),
            (elected_on > clock.today(), "当选日期不能晚于今天。", "elected_on"),
            (
                confirmed_on is not None and confirmed_on < elected_on,
                "资格确认日期不能早于当选日期。",
                "confirmed_on",
            ),
            (known, f"{term}的代表资格已经登记过，尚未终止。", "term"),
        ]
    )
    with action(ADD_MANDATE, actor=actor, subject=deputy, detail={"届": str(term), "级别": term.get_level_display()}):
        return Mandate.objects.create(
            id=key or uuid.uuid4(),
            township=deputy.township,
            deputy=deputy,
            term=term,
            level=term.level,
            district=district,
            elected_on=elected_on,
            how=how,
            confirmed_on=confirmed_on,
        )


def confirm(attempt: Attempt) -> dict:
    """The day on which the qualification was confirmed (选举法四十七、五十七); who was by-elected is in office then."""
    change(attempt.record, confirmed_on=attempt.on)
    return {"确认日期": str(attempt.on)}


def end_ruling(
    reason: str, on: date, level: str, is_chair_or_vice: bool = False, pack: PackLike = "national"
) -> law.MandateEnd:
    """What the law says of an end on a day, for a mandate of that level. Raises Refused for a reason unknown then."""
    if reason == Mandate.End.VOID:
        refuse("当选无效不是代表资格终止，在选举的投票页面由“当选无效”登记。", "reason")
    try:
        return law.mandate_end(LAW_REASONS[Mandate.End(reason)], on, is_chair_or_vice, level, pack)
    except ValueError as unknown:
        refuse(f"{unknown}。", "reason")


def no_day_before(on: date, first: date, words: str, day: str = "日期") -> list[Finding]:
    """The day of a step of a mandate, called `day`: not before the fact it follows, and not to come."""
    if on < first:
        return [Finding("order.date", f"{day}不能早于{words}{chinese_date(first)}。", field="on")]
    if on > clock.today():
        return [Finding("order.date", f"{day}不能晚于今天。", field="on")]
    return []


def against_end(mandate: Mandate, on: date) -> list[Finding]:
    """What stands against an end on a day: it has ended already, or it had not begun."""
    if mandate.ended_on:
        return [Finding("order.done", f"该代表资格已于{chinese_date(mandate.ended_on)}终止。")]
    return no_day_before(on, mandate.elected_on, "当选日期", "终止日期")


def check_end(mandate: Mandate, *, ended_on: date, reason: str) -> None:
    """Whether a seat a table tells of can have ended so. Raises Refused with what stands against it."""
    refuse_blocking(against_end(mandate, ended_on))
    if reason == Mandate.End.VOID:
        return
    end_ruling(reason, ended_on, mandate.level)


def check_reason(attempt: Attempt) -> Iterable[Finding]:
    """A reason the law knew on that day."""
    try:
        ruling_of(attempt)
    except Refused as unknown:
        yield from unknown.findings


def ruling_of(attempt: Attempt) -> law.MandateEnd:
    """What the law says of the end as it was entered."""
    data = attempt.data
    seat = attempt.record
    return end_ruling(data["reason"], attempt.on, seat.level, data["is_chair_or_vice"], seat.township.pack)


def end(attempt: Attempt) -> dict:
    """The end of a mandate: who decides, who announces and what falls with it is the law's (`end_ruling`)."""
    change(attempt.record, ended_on=attempt.on, end_reason=attempt.data["reason"])
    close_accounts(attempt.actor, [attempt.record.deputy])
    ruling = ruling_of(attempt)
    return {"原因": Mandate.End(attempt.data["reason"]).label, "依据": str(ruling.citation)}


def annul(actor, mandate: Mandate, on: date) -> Mandate:
    """Whose election was determined to be void holds no seat from that day on (选举法四十七、五十八); the account goes with it.

    Returns the mandate. Raises Refused for one that has ended. Side effect: one event.
    """
    with transaction.atomic(), action(ANNUL, actor=actor, subject=mandate.deputy) as act:
        held: Mandate = lock(mandate)
        refuse_blocking(against_end(held, on))
        change(held, ended_on=on, end_reason=Mandate.End.VOID)
        close_accounts(actor, [held.deputy])
        act.detail = {"日期": str(on), "原因": Mandate.End.VOID.label}
    return held


def suspension(mandate: Mandate, ground: str, on: date) -> tuple[Finding, ...]:
    """What the law says of a suspension on a ground, and of one of a mandate that has ended."""
    ended, grounds = mandate.ended_on is not None, Suspension.Ground
    detained, serving, pack = ground == grounds.DETAINED, ground == grounds.SERVING, mandate.township.pack
    return law.suspension(detained, serving, ended, on, mandate.level, pack)


def _turned(row: Mandate) -> None:
    """Count the mandate's version up: a page that showed it with other suspensions is an old one."""
    row.save(update_fields=())


def suspend(attempt: Attempt) -> dict:
    """The deputy may not exercise the mandate since a day, on one of the grounds; every time is a row of its own."""
    row, ground = attempt.record, Suspension.Ground(attempt.data["ground"])
    Suspension.objects.create(
        township=row.township, mandate=row, since=attempt.on, ground=ground, decision=attempt.data["decision"]
    )
    _turned(row)
    return {"情形": ground.label, "依据": str(suspension(row, ground, attempt.on)[0].citation)}


def resume(attempt: Attempt) -> dict:
    """The day the ground of a suspension fell away: the mandate is exercised again by itself (代表法)."""
    change(attempt.record.rests[-1], until=attempt.on)
    _turned(attempt.record)
    return {}


def withdraw_suspension(attempt: Attempt) -> dict:
    """The last suspension was registered by mistake: it counts for no day, and the row stays with its reason."""
    last = attempt.record.rests[-1]
    change(last, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    _turned(attempt.record)
    return {"暂停起始日期": str(last.since), "理由": attempt.data["reason"]}


def withdraw(attempt: Attempt) -> dict:
    """A mandate registered by mistake; the row stays, with its reason."""
    change(attempt.record, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {"理由": attempt.data["reason"]}
