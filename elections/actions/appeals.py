"""Appeals against the list: received, decided, sued over, judged; the list changes by the decision or judgement alone."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from congress.guard.action import action, verb
from congress.law import elections as law
from congress.law.finding import Finding
from congress.law.suggestions import Due
from congress.steps import Attempt, change
from congress.wording import chinese_date
from congress.work.workdays import at_rest
from elections.actions import roll
from elections.actions.voters import save_voter
from elections.models import Appeal, Registration, RollChange
from elections.queries.days import day_of

DECISION = "选举委员会对申诉的处理决定"  # the paper of a change where no other is named
RECEIVE = verb("elections.receive_appeal", "受理了对选民名单的申诉")


def receive(actor, appeal: Appeal) -> Appeal:
    """Keep an appeal as it came in. Side effect: one event that names its kind and no person."""
    with action(RECEIVE, actor=actor, subject=appeal):
        appeal.save(force_insert=True)
    return appeal


def received_findings(appeal: Appeal) -> list[Finding]:
    """Whether it came in time: five days from the publication, that day not counted (选举法二十九)."""
    voter_list = appeal.voter_list
    published, day = voter_list.published_on, day_of_appeal(appeal)
    if published is None or published >= day:
        return []
    dates = law.appeal_dates(published, day)
    rest = at_rest(dates.appeal_by)
    if appeal.received_on < published:
        return [Finding("appeal.early", "提出日期早于名单公布日期，请核对。", field="received_on", blocking=False)]
    if appeal.received_on > dates.appeal_by:
        message = f"申诉应在{chinese_date(dates.appeal_by)}以前提出，这件晚了；确有错误的，选举委员会仍可自行更正"
        return [Finding("appeal.late", message, dates.citation, blocking=False, field="received_on"), *rest]
    return []


def day_of_appeal(appeal: Appeal) -> date:
    """The election day an appeal is counted back from: that of the district it concerns, where it names an entry of the list."""
    election, entry = appeal.voter_list.election, appeal.registration
    return day_of(election, entry.district_id) if entry else election.election_day


def decision_due(appeal: Appeal) -> Due:
    """Three days from the appeal."""
    return law.appeal_decision_due(appeal.received_on)


def decided_findings(attempt: Attempt) -> Iterable[Finding]:
    """The day of the decision: not before the appeal; late after three days, which is told and does not undo it."""
    appeal, due = attempt.record, decision_due(attempt.record)
    if attempt.on < appeal.received_on:
        yield Finding("appeal.decided_early", "决定日期不能早于提出日期。", field="on")
    elif attempt.on > due.date:
        message = f"处理决定应在{chinese_date(due.date)}以前作出（{due.formula}），已经逾期"
        yield Finding("appeal.decided_late", message, due.citation, blocking=False, field="on")
        yield from at_rest(due.date)


def check_change(attempt: Attempt) -> Iterable[Finding]:
    """What has to be entered where the list is to change: the ground, or the right name."""
    appeal, data = attempt.record, attempt.data
    if not (data.get("upheld") or data.get("judged_for")):
        return
    if appeal.kind == Appeal.Kind.LISTED and not data.get("ground"):
        yield Finding("appeal.ground", "申诉成立的，请选择除名事由。", field="ground")
    if appeal.kind == Appeal.Kind.WRONG:
        yield from _against_correction(appeal, data)


def _against_correction(appeal: Appeal, data: dict) -> Iterable[Finding]:
    """The right name or sex is entered, and the list does not have it from the beginning; who corrected it before the decision was
    right to."""
    entry = appeal.registration
    if not (data.get("name") or data.get("gender")):
        yield Finding("appeal.nothing", "申诉成立的，请填写更正后的姓名或者性别。", field="name")
    elif entry is not None and entry.on_roll and not _corrections(entry).exists():
        voter = entry.voter
        if data.get("name", "") in ("", voter.name) and data.get("gender", "") in ("", voter.gender):
            message = f"选民名单上已是“{voter.name}（{voter.get_gender_display()}）”，没有需要更正的，请核对。"
            yield Finding("appeal.same", message, field="name" if data.get("name") else "gender")


def _corrections(entry: Registration) -> QuerySet:
    """What was corrected of an entry since the list was frozen."""
    return entry.changes.kept().filter(kind=RollChange.Kind.CORRECTED, after_freeze=True)


def decide(attempt: Attempt) -> dict:
    """The committee's decision; upheld, it changes the roll at once, and the next supplement tells it."""
    data = attempt.data
    said = {"decided_on": attempt.on, "upheld": data["upheld"], "decision": data["decision"]}
    change(attempt.record, **said, **_changed(attempt, data["upheld"]))
    return {"决定日期": attempt.on, "申诉成立": data["upheld"]}


def deliver(attempt: Attempt) -> dict:
    """The letter reached the appellant, who may go to court from then on."""
    change(attempt.record, delivered_on=attempt.on)
    return {"送达日期": attempt.on}


def sue(attempt: Attempt) -> dict:
    """The appellant does not accept the decision (选举法二十九)."""
    change(attempt.record, sued_on=attempt.on, court=attempt.data["court"])
    return {"起诉日期": attempt.on}


def judge(attempt: Attempt) -> dict:
    """The judgement is final; where it is for the plaintiff it changes the roll."""
    data = attempt.data
    said = {"judged_on": attempt.on, "judged_for": data["judged_for"], "judgement": data["judgement"]}
    change(attempt.record, **said, **_changed(attempt, data["judged_for"]))
    return {"判决日期": attempt.on, "支持起诉人": data["judged_for"]}


def link(attempt: Attempt) -> dict:
    """Who was entered in consequence of a decision or judgement."""
    added = attempt.data["entered"].changes.kept().filter(kind=RollChange.Kind.ADDED).first()
    change(attempt.record, registration=attempt.data["entered"], change=added)
    return {}


def take_back(attempt: Attempt) -> dict:
    """The appellant does not insist on it; the row stays, with what was said."""
    change(attempt.record, decided_on=attempt.on, upheld=False, decision=f"申诉人撤回申诉：{attempt.data['reason']}")
    return {}


def _changed(attempt: Attempt, holds: bool) -> dict:
    """The change of the roll that follows, where one follows at once."""
    appeal, data = attempt.record, attempt.data
    registration = appeal.registration
    if not holds or registration is None or not registration.on_roll:
        return {}
    if appeal.kind == Appeal.Kind.LISTED:
        body, paper = ("court", data.get("judgement")) if appeal.sued_on else ("committee", DECISION)
        basis = roll.Basis(paper=data.get("paper") or paper, body=body, reason="对选民名单的申诉成立")
        made = roll.change(attempt.actor, registration, data["ground"], attempt.on, basis)
        return {"change": next(one for one in made if one.registration_id == registration.pk)}
    if appeal.kind == Appeal.Kind.WRONG:
        voter = registration.voter
        voter.name, voter.gender = data.get("name") or voter.name, data.get("gender") or voter.gender
        save_voter(attempt.actor, voter)
        return {"change": _corrections(registration).latest("created_at")}
    return {}
