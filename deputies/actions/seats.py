"""Mandates: from election to end, with suspension in between."""

from datetime import date

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse, refuse_blocking, refuse_where
from congress.law import deputies as law
from congress.wording import chinese_date
from deputies.actions.common import take_back
from deputies.models import Deputy, District, Mandate, Term

ADD_MANDATE = verb("deputies.add_mandate", "登记了代表资格")
CONFIRM = verb("deputies.confirm_mandate", "登记了代表资格确认")
END_MANDATE = verb("deputies.end_mandate", "登记了代表资格终止")
SUSPEND = verb("deputies.suspend_mandate", "登记了暂时停止执行代表职务")
RESUME = verb("deputies.resume_mandate", "登记了恢复执行代表职务")
WITHDRAW_MANDATE = verb("deputies.withdraw_mandate", "撤回了误登的代表资格")

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
# Grounds on which the exercise of a mandate rests (代表法 on suspension); two, each a fact of its own.
GROUNDS = {"detained": "因刑事案件被羁押", "serving": "正在服刑，没有附加剥夺政治权利"}


def add_mandate(
    actor,
    deputy: Deputy,
    term: Term,
    *,
    elected_on: date,
    district: District | None = None,
    how: str = Mandate.How.GENERAL,
    confirmed_on: date | None = None,
) -> Mandate:
    """Register a seat in one congress for one term.

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
            township=deputy.township,
            deputy=deputy,
            term=term,
            level=term.level,
            district=district,
            elected_on=elected_on,
            how=how,
            confirmed_on=confirmed_on,
        )


def confirm_mandate(actor, mandate: Mandate, *, confirmed_on: date, version=None) -> Mandate:
    """Register the day on which the qualification was confirmed (选举法四十七、五十七); who was by-elected is in office then.

    Raises Refused when that is registered already, for a day before the election or to come, Conflict when somebody
    else was quicker.
    """
    if mandate.confirmed_on:
        refuse(f"该代表资格已于{chinese_date(mandate.confirmed_on)}确认。")
    refuse_where(
        [
            (confirmed_on < mandate.elected_on, "资格确认日期不能早于当选日期。", "confirmed_on"),
            (confirmed_on > clock.today(), "资格确认日期不能晚于今天。", "confirmed_on"),
        ]
    )
    with action(CONFIRM, actor=actor, subject=mandate.deputy):
        row = lock(mandate, version)
        row.confirmed_on = confirmed_on
        row.save()
    return row


def end_ruling(reason: str, on: date, level: str, is_chair_or_vice: bool = False) -> law.MandateEnd:
    """What the law says of an end on a day, for a mandate of that level. Raises Refused for a reason unknown then."""
    try:
        return law.mandate_end(LAW_REASONS[Mandate.End(reason)], on, is_chair_or_vice, level)
    except ValueError as unknown:
        refuse(f"{unknown}。", "reason")


def check_end(mandate: Mandate, *, ended_on: date, reason: str, is_chair_or_vice: bool = False) -> law.MandateEnd:
    """What the law says of this end, without doing it. Raises Refused like `end_mandate`."""
    if mandate.ended_on:
        refuse(f"该代表资格已于{chinese_date(mandate.ended_on)}终止。")
    refuse_where(
        [
            (ended_on < mandate.elected_on, "终止日期不能早于当选日期。", "ended_on"),
            (ended_on > clock.today(), "终止日期不能晚于今天。", "ended_on"),
        ]
    )
    return end_ruling(reason, ended_on, mandate.level, is_chair_or_vice)


def end_mandate(
    actor, mandate: Mandate, *, ended_on: date, reason: str, is_chair_or_vice: bool = False, version=None
) -> law.MandateEnd:
    """Register the end of a mandate; returns what the law says of it (who decides, who announces, what falls with it).

    Raises Refused when it has ended already or would end before it began, Conflict when somebody else was quicker.
    """
    ruling = check_end(mandate, ended_on=ended_on, reason=reason, is_chair_or_vice=is_chair_or_vice)
    detail = {"原因": Mandate.End(reason).label, "依据": str(ruling.citation)}
    with action(END_MANDATE, actor=actor, subject=mandate.deputy, detail=detail):
        row = lock(mandate, version)
        row.ended_on, row.end_reason = ended_on, reason
        row.save()
    return ruling


def suspend_mandate(actor, mandate: Mandate, *, since: date, ground: str, version=None) -> Mandate:
    """Register that the deputy may not exercise the mandate since a day, on one of GROUNDS.

    Raises Refused when the mandate has ended or rests already, or for a day before the election or to come.
    """
    ended = mandate.ended_on is not None
    findings = law.suspension(ground == "detained", ground == "serving", ended, since, mandate.level)
    if mandate.ended_on:
        refuse_blocking(findings)
    if mandate.suspended_from and not mandate.suspended_until:
        refuse("已登记暂时停止执行代表职务。")
    refuse_where(
        [
            (ground not in GROUNDS, "请选择暂停的情形。", "ground"),
            (since < mandate.elected_on, "不能早于当选日期。", "since"),
            (since > clock.today(), "不能晚于今天。", "since"),
        ]
    )
    detail = {"情形": GROUNDS[ground], "依据": str(findings[0].citation)}
    with action(SUSPEND, actor=actor, subject=mandate.deputy, detail=detail):
        row = lock(mandate, version)
        row.suspended_from, row.suspended_until = since, None
        row.save()
    return row


def resume_mandate(actor, mandate: Mandate, *, until: date, version=None) -> Mandate:
    """Register the day the ground of a suspension fell away: the mandate is exercised again by itself (代表法)."""
    if not mandate.suspended_from or mandate.suspended_until:
        refuse("该代表没有暂时停止执行代表职务。")
    refuse_where(
        [
            (until < mandate.suspended_from, "不能早于暂停日期。", "until"),
            (until > clock.today(), "不能晚于今天。", "until"),
        ]
    )
    with action(RESUME, actor=actor, subject=mandate.deputy):
        row = lock(mandate, version)
        row.suspended_until = until
        row.save()
    return row


def withdraw_mandate(actor, mandate: Mandate, reason: str) -> None:
    """Take back a mandate registered by mistake; one that ended is history and stays."""
    if mandate.ended_on:
        refuse("已终止的代表资格是履职历史，不能撤回。")
    take_back(WITHDRAW_MANDATE, actor, mandate, reason, subject=mandate.deputy)
