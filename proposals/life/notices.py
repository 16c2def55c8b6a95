"""Whom a step of a suggestion tells what. Never names a deputy of a confidential suggestion."""

from collections.abc import Iterable
from datetime import date

from congress.law import suggestion_steps
from congress.models import Role, User
from congress.steps import Attempt, Notice
from congress.wording import chinese_date
from proposals import queries
from proposals.actions import answers, handling
from proposals.actions.common import account_of, accounts_of, staff_of
from proposals.actions.suggestions import declined_reason
from proposals.life.words import to_whom
from proposals.models import Assignment


def _clerk(attempt: Attempt) -> list[User]:
    return staff_of(attempt.record.township_id, Role.CLERK)


def _chair(attempt: Attempt) -> list[User]:
    return staff_of(attempt.record.township_id, Role.CHAIR)


def _office(attempt: Attempt) -> list[User]:
    return staff_of(attempt.record.township_id, Role.CHAIR, Role.CLERK)


def _units(attempt: Attempt) -> list[User]:
    shares = queries.current_shares(attempt.record)
    return accounts_of(attempt.record.township_id, [share.unit_id for share in shares])


def _deputy(attempt: Attempt) -> list[User]:
    return account_of(attempt.record.lead)


def registered(attempt: Attempt) -> Iterable[Notice]:
    """The chair has to assign it; the deputy knows that it was taken in."""
    yield Notice("registered", _chair(attempt), "代表建议已登记，等待交办")
    yield Notice("registered", _deputy(attempt), "您的建议已登记")


def declined(attempt: Attempt) -> Iterable[Notice]:
    """The deputy is told the grounds and the law, and what can be done now."""
    grounds = tuple(attempt.data["grounds"])
    found = suggestion_steps.acceptable(grounds, attempt.on, attempt.record.township.pack)
    cited = "；".join(dict.fromkeys(finding.citation.text for finding in found))
    body = f"理由：{declined_reason(attempt)}。依据：{cited}。可以修改后重新提出，或者转有关方面。"
    yield Notice("declined", _deputy(attempt), "您的建议未予受理", body)


def joined(attempt: Attempt) -> Iterable[Notice]:
    """The deputy of the one that is joined; the other's deputy learns nothing of it, it may be confidential."""
    row = attempt.after
    body = "编号不变，分别答复。"
    yield Notice(f"joined:{row.joined_on}", _deputy(attempt), f"您的建议与第{row.joined_to.number}号并案办理", body)


def parted(attempt: Attempt) -> Iterable[Notice]:
    """The same deputy."""
    yield Notice(f"parted:{attempt.after.parted_on}", _deputy(attempt), "您的建议不再并案，单独办理")


def _told(attempt: Attempt, shares: list[Assignment], event: str, title: str) -> Iterable[Notice]:
    """Each unit until when it replies and why; those with the same day at once."""
    row = attempt.after
    facts = queries.facts_of(row)
    answering = [share for share in shares if share.part in Assignment.ANSWERING]
    for clock in answering:
        due = queries.due_of(row, facts.of(clock.strand))
        of_clock = [share for share in shares if share.strand == clock.strand]
        people = accounts_of(row.township_id, [share.unit_id for share in of_clock])
        body = f"答复期限{chinese_date(due.date)}：{due.formula}。依据：{due.citation}。"
        units = [share.unit for share in of_clock]
        yield Notice(f"{event}:{of_clock[-1].pk}", people, title, body, units=units)


def _lead(attempt: Attempt, told: str, paper: str) -> str:
    """What the deputy was told, or that somebody has to bring it: not every deputy has an account."""
    return told if _deputy(attempt) else f"领衔代表没有账号，{paper}"


def assigned(attempt: Attempt) -> Iterable[Notice]:
    """The units are told until when they reply and why; the deputy who has it."""
    yield from _told(attempt, queries.current_shares(attempt.after), "assigned", "收到交办的代表建议")
    yield Notice("assigned", _deputy(attempt), f"您的建议已交办{to_whom(attempt)}")


def reached(attempt: Attempt) -> str:
    """To how many accounts of which unit this hand-over went, and which units have to be told on paper."""
    shares = queries.current_shares(attempt.after)
    return queries.reached([one.unit for one in shares if one.assigned_on == attempt.on and one.signed_on is None])


def said_replied(attempt: Attempt) -> str:
    """Whether the deputy was told."""
    return f"已答复，{_lead(attempt, '已通知领衔代表。', '请把答复函送交代表。')}"


def said_declined(attempt: Attempt) -> str:
    """The same of the grounds."""
    return f"已记录不予受理，{_lead(attempt, '已通知领衔代表。', '请书面或者当面告知理由和依据。')}"


def reassigned(attempt: Attempt) -> Iterable[Notice]:
    """The new unit and those that assist."""
    new = queries.share_of(attempt.after, attempt.data["lead"])
    shares = [share for share in queries.current_shares(attempt.after) if share.strand == new.strand]
    yield from _told(attempt, shares, "assigned", "收到交办的代表建议")


def reopened(attempt: Attempt) -> Iterable[Notice]:
    """The units and the deputy, once a round."""
    number = queries.facts_of(attempt.after).now.number
    shares = queries.current_shares(attempt.after)
    yield from _told(attempt, shares, f"reopened{number}", "代表不满意，请重新办理")
    yield Notice(f"reopened{number}", _deputy(attempt), f"您的建议已重新交办{to_whom(attempt)}")


def returned(attempt: Attempt) -> Iterable[Notice]:
    """The office has to find another unit."""
    unit = attempt.data["unit"]
    share = next(one for one in queries.answering_shares(attempt.after) if one.unit_id == unit.pk)
    yield Notice(f"returned:{share.pk}", _office(attempt), f"{unit}退办", f"理由：{attempt.data['reason']}")


def extension_asked(attempt: Attempt) -> Iterable[Notice]:
    """The chair decides."""
    row = queries.asked_extension(attempt.after, queries.share_of(attempt.after, attempt.data["unit"]))
    body = f"{attempt.data['unit']}申请延至{chinese_date(row.new_due)}：{row.reason}"
    yield Notice(f"extension:{row.pk}", _chair(attempt), "申请延期答复", body)


def extension_answered(attempt: Attempt) -> Iterable[Notice]:
    """The unit that asked and those that assist it; of a consent the deputy as well."""
    share = queries.share_of(attempt.after, attempt.data["unit"])
    rows = [row for row in attempt.after.extensions.all() if (row.round, row.strand) == (share.round, share.strand)]
    row = max(rows, key=lambda one: one.agreed_on or one.declined_on or date.min)
    together = [one.unit_id for one in queries.current_shares(attempt.after) if one.strand == share.strand]
    units = accounts_of(row.township_id, together)
    if not handling.agrees(attempt.data):
        yield Notice(f"extended:{row.pk}", units, "不同意延期，请按期答复")
        return
    title = f"同意延期至{chinese_date(row.new_due)}"
    yield Notice(f"extended:{row.pk}", [*units, *_deputy(attempt)], title)


def replied(attempt: Attempt) -> Iterable[Notice]:
    """The deputy rates once every unit has replied; the clerk knows whether it was late."""
    facts = queries.facts_of(attempt.after)
    share = queries.share_of(attempt.after, attempt.data["unit"])
    late = answers.late_by(attempt, share)
    lateness = f"（逾期{late}天）" if late else ""
    event = f"replied{facts.now.number}"
    if len(facts.now.strands) == 1:
        yield Notice(event, _deputy(attempt), "您的建议已答复，请评价")
        yield Notice(event, _clerk(attempt), f"代表建议已答复{lateness}")
        return
    done = facts.now.replied_on is not None
    yield Notice(f"{event}.{share.strand}", _clerk(attempt), f"{share.unit}已答复代表建议{lateness}")
    waits = "各承办单位都已答复，请评价" if done else f"{share.unit}已答复，等待其他单位答复"
    yield Notice(f"{event}.{share.strand}", _deputy(attempt), f"您的建议，{waits}")


def rated(attempt: Attempt) -> Iterable[Notice]:
    """After 不满意 the office has to act, on the law's ground."""
    if not answers.dissatisfied(attempt.data):
        return
    number = queries.facts_of(attempt.record).now.number
    follow = suggestion_steps.second_handling("dissatisfied", number - 1, attempt.on, attempt.record.township.pack)
    body = "；".join(str(finding) for finding in follow)
    yield Notice(f"dissatisfied{number}", _office(attempt), "代表评价不满意，等待重新交办", body)


def rated_on_paper(attempt: Attempt) -> Iterable[Notice]:
    """The deputy, who can see that it was entered as written; after 不满意 the office too."""
    number = queries.facts_of(attempt.record).now.number
    yield Notice(f"paper{number}", _deputy(attempt), "办事员已录入您的征询意见表")
    yield from rated(attempt)


def closed(attempt: Attempt) -> Iterable[Notice]:
    """The deputy is told the presidium's words."""
    yield Notice("closed", _deputy(attempt), "您的建议已办结", attempt.data["note"])


def withdrawn(attempt: Attempt) -> Iterable[Notice]:
    """The units stop."""
    yield Notice("withdrawn", _units(attempt), "代表撤回建议，停止办理")
