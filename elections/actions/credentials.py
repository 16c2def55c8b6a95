"""Reviews of credentials: opened, opinions, the report, what was confirmed, and with the publication the seats (选举法四十七)."""

import uuid
from dataclasses import replace
from datetime import date

from django.db.models import Max

from congress import clock
from congress.guard.action import Refused, action, lock, verb
from congress.guard.refusal import refuse, refuse_blocking
from congress.law.elections import invalid_election
from congress.law.finding import PRACTICE, Finding, blocking
from congress.steps import Attempt, change
from congress.wording import chinese_date
from deputies.actions import add_mandate, save_deputy
from deputies.models import Deputy
from elections.models import CredentialsReview, Election, Nominee, ReviewedWinner
from elections.queries import credentials as queries
from elections.queries.credentials import ReviewFacts

OPEN = verb("elections.open_review", "开始了代表资格审查")
Opinion, Ground = ReviewedWinner.Opinion, ReviewedWinner.Ground
TYPED = ("gender", "birth_date", "ethnicity", "party", "education", "employer_post")


def open_review(actor, election: Election, *, opened_on: date, key: uuid.UUID | None = None) -> CredentialsReview:
    """Begin to examine everybody whom declarations of this level name and no review has; `key` becomes its id.

    Raises Refused where nobody waits, and for a day before the last of these declarations.
    """
    with action(OPEN, actor=actor, subject=election) as act:
        held = lock(election)
        found = list(queries.waiting([held]).order_by("round__district__number", "round__number", "position"))
        if not found:
            refuse("没有等待审查的当选人：选举结果宣布以后才能审查。")
        last = max(one.round.declared_on for one in found)
        if opened_on < last:
            refuse(f"开始审查日期不能早于宣布日期{chinese_date(last)}。", "opened_on")
        # The last one and not how many there are: of several the first may have been taken back.
        last_number = CredentialsReview.objects.kept().filter(election=held).aggregate(last=Max("number"))["last"]
        number = (last_number or 0) + 1
        given = {"township": held.township, "election": held, "number": number, "opened_on": opened_on}
        row = CredentialsReview(id=key or uuid.uuid4(), **given)
        row.save(force_insert=True)
        for winner in found:
            entry = ReviewedWinner(township=held.township, review=row, winner=winner, deputy=queries.known_as(winner))
            entry.save(force_insert=True)
        act.detail = {"当选人": len(found)}
    return row


# -- opinions


def judge(attempt: Attempt) -> dict:
    """The committee's opinion of one who was elected, with the ground on which an election is void."""
    said = attempt.data
    told = {name: said[name] for name in ("opinion", "ground", "words")}
    change(attempt.record, judged_on=attempt.on, **told)
    return {
        "意见": str(Opinion(said["opinion"]).label),
        "情形": str(Ground(said["ground"]).label) if said["ground"] else "",
    }


LACKING = {
    Opinion.INVALID: "当选无效的，请写明查明的情况和依据的材料。",
    Opinion.DECLINED: "本人不接受当选的，请写明书面声明的日期和内容。",
}


def check_opinion(attempt: Attempt) -> list[Finding]:
    """A void election has its ground and what was found out, one that is not accepted the person's own words; a valid one has no
    ground, and nothing of the law against it."""
    said, entry, found = attempt.data, attempt.record, []
    if said["opinion"] == Opinion.INVALID and not said["ground"]:
        found.append(Finding("reviewed.ground", "当选无效的，请选择法定情形。", field="ground"))
    if said["opinion"] != Opinion.INVALID and said["ground"]:
        found.append(Finding("reviewed.ground", "只有当选无效的选择情形，请改选“—”。", field="ground"))
    if said["opinion"] in LACKING and not said["words"].strip():
        found.append(Finding("reviewed.words", LACKING[said["opinion"]], field="words"))
    if found or said["opinion"] != Opinion.VALID:
        return found
    against = [replace(one, field="opinion") for one in queries.conditions(entry)]
    return [replace(one, message=f"{one.message}；登记有误的，先更正登记") for one in against]


def ground_findings(entry: ReviewedWinner) -> list[Finding]:
    """The articles by which an election is void on the ground that was chosen."""
    on = entry.winner.round.held_on
    return list(invalid_election(entry.ground == Ground.FUNDED, entry.ground == Ground.OFFENCE, on))


def clear(attempt: Attempt) -> dict:
    """Whoever nothing is disputed of is held to be validly elected, in one go; the others are judged one by one."""
    facts = attempt.once(ReviewFacts)
    done = [one for one in facts.open if one not in facts.disputed]
    for entry in done:
        change(entry, opinion=Opinion.VALID, judged_on=attempt.on)
    attempt.outcome = (len(done), len(facts.disputed))
    return {"当选有效": len(done), "另行审查": len(facts.disputed)}


def particulars(attempt: Attempt) -> dict:
    """Who somebody is: in the roster already, or somebody new; of whom voters wrote in, the particulars."""
    said, entry = attempt.data, attempt.record
    who = said["deputy"]
    typed = {name: said[name] for name in TYPED if name in said} if entry.winner.nominee is None else {}
    names = change(entry, deputy=who, newcomer=said["newcomer"], **typed)
    return {"项目": [str(entry._meta.get_field(name).verbose_name) for name in names]}


def check_particulars(attempt: Attempt) -> list[Finding]:
    """Somebody of the roster or somebody new, not both; a birthday that has been."""
    said, found = attempt.data, []
    if said["deputy"] and said["newcomer"]:
        found.append(Finding("reviewed.both", "已选择花名册上的代表，就不是新登记的人。", field="newcomer"))
    if said.get("birth_date") and said["birth_date"] > clock.today():
        found.append(Finding("reviewed.birth_date", "出生日期不能晚于今天。", field="birth_date"))
    return found


def leave_out(attempt: Attempt) -> dict:
    """Somebody is not decided on this time; the next review has that person."""
    change(attempt.record, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {"原因": attempt.data["reason"]}


# -- the report, the confirmation


def report(attempt: Attempt) -> dict:
    """The committee reports to the presidium."""
    facts, said = attempt.once(ReviewFacts), attempt.data
    _hold(attempt.record)
    change(attempt.record, reported_on=attempt.on, present=said["present"], report_paper=said["report_paper"])
    return {"报告日期": attempt.on, **_numbers(facts)}


def _hold(row: CredentialsReview) -> None:
    """Keep opinions from changing while they are reported and confirmed. Raises Refused where one has since it was read."""
    rows = ReviewedWinner.objects.kept().filter(review=row).select_for_update()
    if dict(rows.values_list("pk", "version")) != {one.pk: one.version for one in row.listed}:
        refuse("审查意见刚刚有改动，请核对后再办。")


def check_report(attempt: Attempt) -> list[Finding]:
    """No more were present than sit in the committee; fewer than half is told, because no text says how many it takes."""
    number, there = len(queries.committee(attempt.record.election, attempt.on)), attempt.data["present"]
    if there > number:
        return [Finding("review.present", f"代表资格审查委员会有{number}人，到会不能多于此数。", field="present")]
    if there * 2 <= number:
        words = f"到会{there}人，没有超过全体{number}人的半数；法律没有规定，请按惯例掌握"
        return [Finding("review.quorum", words, None, False, "present", PRACTICE)]
    return []


def ask(attempt: Attempt) -> dict:
    """The first of two: what the presidium (the county's standing committee) confirmed."""
    said = attempt.data
    _hold(attempt.record)
    told = {name: said[name] for name in ("decided_by", "paper")}
    change(attempt.record, decided_on=attempt.on, asked_by=attempt.actor, **told)
    return {"确认日期": attempt.on}


def confirm(attempt: Attempt) -> dict:
    """The second of two: it is as the first entered it."""
    facts = attempt.once(ReviewFacts)
    change(attempt.record, confirmed_by=attempt.actor)
    return _numbers(facts)


def _numbers(facts: ReviewFacts) -> dict[str, int]:
    numbers = {"当选有效": len(facts.valid), "当选无效": len(facts.void)}
    return numbers | ({"不接受当选": len(facts.declined)} if facts.declined else {})


def revoke(attempt: Attempt) -> dict:
    """What the first entered is taken back."""
    change(attempt.record, decided_on=None, decided_by="", paper="", asked_by=None)
    return {"原因": attempt.data["reason"]}


# -- made public, and seated


def publish(attempt: Attempt) -> dict:
    """The list of deputies is made public, and whoever was confirmed has a seat: all of them, or nothing is written."""
    row, facts = attempt.record, attempt.once(ReviewFacts)
    change(row, published_on=attempt.on, publication=attempt.data["publication"])
    made = sum(seat(attempt.actor, row, entry) for entry in facts.valid)
    attempt.outcome = (len(facts.valid), made)
    return {"公布日期": attempt.on, "取得代表资格": len(facts.valid), "新登记": made}


def seat(actor, review: CredentialsReview, entry: ReviewedWinner) -> bool:
    """Give one who was confirmed the seat, and an entry in the roster where there is none. Returns whether one was made.

    Raises Refused naming whom it concerns, for whatever stands against the entry or the mandate.
    """
    round_, new = entry.winner.round, entry.deputy is None
    try:
        refuse_blocking(queries.lacking(entry))
        deputy = entry.deputy or save_deputy(actor, _as_deputy(entry))
        mandate = add_mandate(
            actor,
            deputy,
            review.election.term,
            elected_on=round_.held_on,
            district=round_.district,
            how=review.election.how,
            confirmed_on=review.decided_on,
        )
    except Refused as refused:
        where = f"{round_.district}{entry.name}"
        refuse_blocking(replace(one, message=f"{where}：{one.message}", field="") for one in blocking(refused.findings))
    # The roster has the particulars from now on; they are kept once.
    empty = dict.fromkeys(TYPED, "") | {"birth_date": None}
    change(entry, deputy=deputy, mandate=mandate, **empty)
    return new


def _as_deputy(entry: ReviewedWinner) -> Deputy:
    """The new entry of the roster, from what the election knows of the person."""
    nominee = entry.winner.nominee
    given = _of_nominee(nominee) if nominee else {name: getattr(entry, name) for name in TYPED if getattr(entry, name)}
    return Deputy(township=entry.township, name=entry.name, **given)


def _of_nominee(nominee: Nominee) -> dict:
    same = ("gender", "birth_date", "ethnicity", "party", "education", "occupation", "grassroots", "employer_post")
    return {name: getattr(nominee, name) for name in (*same, "id_number", "phone")}


def discard(attempt: Attempt) -> dict:
    """A review that was opened by mistake; its people wait again."""
    now, why = clock.now(), attempt.data["reason"]
    for entry in attempt.record.listed:
        change(entry, withdrawn_at=now, withdrawn_reason=why)
    change(attempt.record, withdrawn_at=now, withdrawn_reason=why)
    return {"原因": why}
