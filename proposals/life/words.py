"""What the steps of a suggestion say on their pages: until when, to whom, what is asked, and what their forms begin with."""

from congress.steps import Attempt, Consequences
from congress.wording import chinese_date
from proposals import queries
from proposals.actions import answers, handling, joining
from proposals.life import rules
from proposals.models import Assignment, Suggestion


def waiting(attempt: Attempt) -> list:
    """The cosignings that wait for this one."""
    return queries.unconfirmed(attempt.standing, attempt.record)


def due(attempt: Attempt) -> str:
    """Until when a reply is owed, of a unit that answers separately its own; empty before the assigning."""
    limit = queries.due_of(attempt.record, queries.facts_for(attempt.standing, attempt.record))
    return f"答复期限{chinese_date(limit.date)}（{limit.formula}，依据{limit.citation.brief}）" if limit else ""


def until(attempt: Attempt) -> str:
    """Until when, after the step."""
    return f"答复期限{chinese_date(queries.due_of(attempt.after).date)}"


def to_whom(attempt: Attempt) -> str:
    """The units that are to answer."""
    return "、".join(str(unit) for unit in handling.answering(attempt.data))


def asked(attempt: Attempt) -> str:
    """What each unit asks, with the day it would have otherwise."""
    row, facts = attempt.record, queries.facts_of(attempt.record)
    said = []
    for share in rules.DECIDING.waiting(attempt):
        asked, limit = queries.asked_extension(row, share), queries.due_of(row, facts.of(share.strand))
        said.append(
            f"{share.unit}申请延至{chinese_date(asked.new_due)}，理由：{asked.reason}。"
            f"答复期限{chinese_date(limit.date)}（{limit.formula}，依据{limit.citation.brief}）"
        )
    return "；".join(said)


def rated(attempt: Attempt) -> str:
    """What follows from the rating."""
    if answers.dissatisfied(attempt.data):
        return "评价已提交，由主席团交承办单位重新办理。"
    return "评价已提交，这件建议就此办结。"


def signing(attempt: Attempt) -> dict:
    """Whose part the form of the signing is for, and whether it is entered from the slip that came back."""
    return {**rules.SIGNING.options(attempt), "on_paper": not attempt.standing.unit_ids}


def signed(attempt: Attempt) -> str:
    """That it was signed for, and until when a reply is owed."""
    return f"已签收。{due(attempt)}" if queries.due_of(attempt.record) else "已签收。"


def extended(attempt: Attempt) -> str:
    """What the chair decided, and until when the unit replies now."""
    if not handling.agrees(attempt.data):
        return "已答复不同意延期，期限不变。"
    share = queries.share_of(attempt.after, attempt.data["unit"])
    limit = queries.due_of(attempt.after, queries.facts_of(attempt.after).of(share.strand))
    return f"已同意延期，答复期限{chinese_date(limit.date)}。"


def reply_begins(attempt: Attempt) -> dict:
    """The unit; of a joined suggestion what it answered the main one."""
    begun = rules.REPLYING.initial(attempt)
    unit = attempt.data.get("unit") or begun.get("unit")
    return {**begun, **(joining.as_the_main_one(attempt.record, unit) if unit else {})}


def question(attempt: Attempt) -> Consequences:
    """What the deputy asks, and what was said about it since: before one's eyes while answering."""
    row, facts = attempt.record, queries.facts_of(attempt.record)
    number = facts.now.number if facts.now else 0
    talks = [(f"{one.unit}面商", one.summary) for one in row.talks.all() if one.round == number]
    advice = [(f"{one.unit}协办意见", one.advice) for one in queries.current_shares(row) if one.advice]
    asked = (("事由", row.situation), ("具体建议", row.proposal))
    return Consequences((*asked, *talks, *advice), (), title="代表的建议")


def answer(attempt: Attempt) -> Consequences:
    """What the units answered, then what was asked: before one's eyes while rating."""
    row = attempt.record
    asked = (("事由", row.situation), ("具体建议", row.proposal))
    return Consequences((*replies(row), *asked), (), title="承办单位的答复")


def replies(suggestion: Suggestion) -> list[tuple[str, str]]:
    """The replies of the last round that has any, each with its class and what it promises."""
    rows = list(suggestion.replies.all())
    promised = {one.unit_id: one.due_on for one in suggestion.promises.all() if one.settled_on is None}
    found = []
    for one in (one for one in rows if one.round == rows[-1].round):
        due = f"\n承诺完成日期：{chinese_date(promised[one.unit_id])}" if one.unit_id in promised else ""
        said = "\n".join(filter(None, (one.get_grade_display(), one.text + due, one.letter)))
        found.append((f"{one.unit} {chinese_date(one.replied_on)}", said))
    return found


def led(attempt: Attempt) -> dict:
    """What the form of another unit has to know: who gave it back, and whether units may assist."""
    shares = queries.answering_shares(attempt.record)
    alone = all(share.part == Assignment.Part.LEAD for share in shares)
    return {**rules.REASSIGNING.options(attempt), "led": alone}
