"""The roster: entries, their approval, and mandates from election to end."""

from collections.abc import Iterable
from datetime import date

from congress import clock
from congress.guard.action import Refused, action, lock, verb
from congress.law import deputies as law
from congress.law.finding import Finding
from congress.names.pinyin import pinyin_sort_key, search_text
from congress.names.strokes import stroke_key
from congress.people import idnumber
from deputies.models import Deputy, District, Mandate, Term

SAVE = verb("deputies.save", "维护了代表信息")
APPROVE = verb("deputies.approve", "审核通过了代表信息")
WITHDRAW = verb("deputies.withdraw", "撤回了代表信息")
ADD_MANDATE = verb("deputies.add_mandate", "登记了代表资格")
END_MANDATE = verb("deputies.end_mandate", "登记了代表资格终止")

# Our end reasons and the law library's.
LAW_REASONS = {
    Mandate.End.EXPIRED: "term_over",
    Mandate.End.MOVED: "moved_away",
    Mandate.End.RESIGNED: "resigned",
    Mandate.End.RECALLED: "recalled",
    Mandate.End.ABSENT: "two_absences",
    Mandate.End.NATIONALITY: "lost_nationality",
    Mandate.End.RIGHTS: "political_rights",
    Mandate.End.CAPACITY: "incapacity",
    Mandate.End.DIED: "death",
}


def set_name_keys(deputy: Deputy) -> None:
    """Set the keys by which the name is found and sorted; call whenever the name changes."""
    deputy.search_text = search_text(deputy.name)
    deputy.pinyin_key = pinyin_sort_key(deputy.name)[:200]
    deputy.stroke_key = stroke_key(deputy.name)[:400]


def check_identity(deputy: Deputy, today: date) -> list[Finding]:
    """What does not agree between ID number, birth date and sex; sets the birth date when it was left out."""
    number = deputy.id_number
    if not isinstance(number, str) or not number:
        return []
    wrong = idnumber.problem(number, today)
    if wrong:
        return [Finding("deputy.id_number", wrong.message, None)]
    parsed = idnumber.parse(number, today)
    deputy.id_number = parsed.number
    if deputy.birth_date is None:
        deputy.birth_date = parsed.birth_date
    found = idnumber.disagreements(parsed, birth_date=deputy.birth_date, sex=deputy.get_gender_display() or None)
    return [Finding("deputy.identity", problem.message, None) for problem in found]


def save_deputy(actor, deputy: Deputy, version=None) -> Deputy:
    """Add or change an entry; a new one waits for the chair's approval.

    Raises Refused when ID number, birth date and sex contradict each other, Conflict when somebody else was quicker.
    """
    findings = check_identity(deputy, clock.today())
    if findings:
        raise Refused(findings)
    set_name_keys(deputy)
    new = deputy._state.adding
    with action(SAVE, actor=actor, subject=deputy, detail={"新建": new}):
        if not new:
            lock(deputy, version)
        deputy.save()
    return deputy


def approve(actor, deputies: Iterable[Deputy]) -> int:
    """The chair approves entries; those approved already are passed over. Returns how many were approved."""
    waiting = [deputy for deputy in deputies if deputy.state == Deputy.State.PENDING]
    for deputy in waiting:
        with action(APPROVE, actor=actor, subject=deputy):
            row = lock(deputy)
            row.state, row.approved_at = Deputy.State.APPROVED, clock.now()
            row.save(update_fields=["state", "approved_at"])
    return len(waiting)


def withdraw_deputy(actor, deputy: Deputy, reason: str) -> None:
    """Take back an entry made by mistake; refused when mandates, receptions or suggestions depend on it."""
    if not reason.strip():
        raise Refused("请写明撤回原因。")
    dependants = [
        str(relation.related_model._meta.verbose_name)
        for relation in Deputy._meta.related_objects
        if relation.related_model._default_manager.filter(
            **{relation.field.name: deputy, "withdrawn_at": None}
        ).exists()
    ]
    if dependants:
        raise Refused(f"该代表已有{'、'.join(dict.fromkeys(dependants))}记录，不能撤回；资格结束请登记资格终止。")
    with action(WITHDRAW, actor=actor, subject=deputy):
        row = lock(deputy)
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason
        row.save()


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
    """Register a seat in one congress for one term. Raises Refused for a second one of the term or dates out of order."""
    if district is not None and district.term_id != term.pk:
        raise Refused("选区不属于所选的届。")
    if confirmed_on and confirmed_on < elected_on:
        raise Refused("资格确认日期不能早于当选日期。")
    if Mandate.objects.filter(deputy=deputy, term=term, withdrawn_at=None).exists():
        raise Refused(f"{term}的代表资格已经登记过。")
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


def end_mandate(
    actor, mandate: Mandate, *, ended_on: date, reason: str, is_chair_or_vice: bool = False, version=None
) -> law.MandateEnd:
    """Register the end of a mandate; returns what the law says of it (who decides, who announces, what falls with it).

    Raises Refused when it has ended already or would end before it began, Conflict when somebody else was quicker.
    """
    if mandate.ended_on:
        raise Refused(f"该代表资格已于{mandate.ended_on}终止。")
    if ended_on < mandate.elected_on:
        raise Refused("终止日期不能早于当选日期。")
    ruling = law.mandate_end(LAW_REASONS[Mandate.End(reason)], ended_on, is_chair_or_vice)
    detail = {"原因": Mandate.End(reason).label, "依据": str(ruling.citation)}
    with action(END_MANDATE, actor=actor, subject=mandate.deputy, detail=detail):
        row = lock(mandate, version)
        row.ended_on, row.end_reason = ended_on, reason
        row.save()
    return ruling
