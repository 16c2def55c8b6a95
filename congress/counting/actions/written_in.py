"""Whom written names mean: said by one, agreed to by another, taken back before the count is closed (选举法四十一、四十三)."""

from congress import clock
from congress.counting.models import WrittenIn
from congress.counting.queries import CountFacts
from congress.law.finding import Finding
from congress.steps import Attempt, change


def say(attempt: Attempt) -> dict:
    """The first of two: these names mean this person."""
    said, count = attempt.data, attempt.record
    names = list(said["names"])
    made = WrittenIn(
        township=count.township,
        count=count,
        number=WrittenIn.objects.filter(count=count).count() + 1,
        names=names,
        votes=said["votes"],
        person=said["person"],
        who=said["who"],
        reason=said["reason"],
        first_by=attempt.actor,
    )
    made.save(force_insert=True)
    return {"次序": made.number, "姓名": len(names), "是不是选民": made.get_who_display()}


def against_said(attempt: Attempt) -> list[Finding]:
    """What cannot be said: a number of several names, more votes than there are, somebody who stands on the ballot, the same
    person once as a voter and once as none."""
    said, facts = attempt.data, attempt.once(CountFacts)
    open_votes, found = dict(facts.meant.open_names), []
    votes, names, person = said["votes"], said["names"], said["person"]
    if votes is not None and len(names) > 1:
        found.append(Finding("written_in.votes", "只认定一部分票的，一次选一个姓名。", field="votes"))
    elif votes is not None and not 1 <= votes <= open_votes.get(names[0], 0):
        message = f"{names[0]}还没有认定的是{open_votes.get(names[0], 0)}票，请填1到这个数；全部认定的不用填。"
        found.append(Finding("written_in.votes", message, field="votes"))
    if person in {one.label for one in facts.paper.names}:
        message = f"{person}是票上的人：票应当计在他自己那一行，请由复核人退回录入更正，不在这里认定。"
        found.append(Finding("written_in.listed", message, field="person"))
    other = next((one for one in attempt.record.identified if one.person == person and one.who != said["who"]), None)
    if other is not None:
        message = f"第{other.number}项已经认定{person}是“{other.get_who_display()}”；同名的另一人，请在姓名后注明住址加以区分。"
        found.append(Finding("written_in.twice", message, field="person"))
    waiting = {name for one in attempt.record.identified if not one.second_by_id for name in one.names}
    if waiting & set(names):
        message = f"{'、'.join(sorted(waiting & set(names)))}已有一项认定等待另一人确认，请先确认或者撤销。"
        found.append(Finding("written_in.asked", message, field="names"))
    return found


def _one(attempt: Attempt) -> WrittenIn | None:
    return next((one for one in attempt.record.identified if str(one.pk) == attempt.data["which"]), None)


def agree(attempt: Attempt) -> dict:
    """The second of two."""
    row = _one(attempt)
    change(row, second_by=attempt.actor)
    return {"次序": row.number, "提出人": row.first_by.username}


def against_agreeing(attempt: Attempt) -> list[Finding]:
    """One that waits is chosen, and nobody agrees to what he said himself."""
    row = _one(attempt)
    if row is None or row.second_by_id:
        return [Finding("written_in.which", "请选择等待确认的一项。", field="which")]
    if attempt.actor is None or row.first_by_id != attempt.actor.pk:
        return []
    return [Finding("written_in.own", "认定由两个不同的人办理，这一项是您提出的，请另一人确认。", field="which")]


def against_undoing(attempt: Attempt) -> list[Finding]:
    """One that stands is chosen."""
    return [] if _one(attempt) else [Finding("written_in.which", "请选择要撤销的一项。", field="which")]


def take_back(attempt: Attempt) -> dict:
    """What was said holds no longer; it stays on record with the reason, and so does what was typed."""
    row = _one(attempt)
    change(row, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {"次序": row.number}
