"""What the county's committee declares of its deputies: the record goes up, the declaration is entered from its paper (选举法四十六)."""

import re

from congress import clock
from congress.law.finding import Finding
from congress.names.written import problem
from congress.steps import Attempt, change
from elections.models import DeclaredAbove, Round, Winner
from elections.queries.rounds import RoundFacts

LINE = re.compile(r"(?P<name>\S.*?)[\s，,：:]+(?P<votes>\d{1,7})\s*票?")


def elected_of(text: str) -> list[tuple[str, int]]:
    """The names with their votes, one a line: 丁一 480. Raises ValueError naming the line that is none."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        said = LINE.fullmatch(line)
        if said is None:
            raise ValueError(f"“{line}”里看不出姓名和得票数，请写成“丁一 480”。")
        found.append((said["name"], int(said["votes"])))
    return found


def send(attempt: Attempt) -> dict:
    """The record of the vote went up to the county's committee."""
    change(attempt.record, sent_on=attempt.on, sent_paper=attempt.data["sent_paper"])
    return {"上报日期": attempt.on}


def enter(attempt: Attempt) -> dict:
    """The first of two: what the county's committee declared, by which paper, as it stands there."""
    row, said, facts = attempt.record, attempt.data, attempt.once(RoundFacts)
    told = {"declared_by": said["declared_by"], "paper": said["paper"], "fingerprint": facts.result.fingerprint}
    change(row, declared_on=attempt.on, asked_by=attempt.actor, **told)
    people = elected_of(said["elected"])
    for at, (name, votes) in enumerate(people, start=1):
        made = DeclaredAbove(township=row.township, round=row, position=at, name=name, votes=votes)
        made.save(force_insert=True)
    return {"宣布日期": attempt.on, "当选": len(people), "计票指纹": facts.result.fingerprint}


def check_entered(attempt: Attempt) -> list[Finding]:
    """Names that can be names, each once, no more than there are seats; nobody elected is said in so many words."""
    row, said = attempt.record, attempt.data
    try:
        people = elected_of(said["elected"])
    except ValueError as wrong:
        return [Finding("above.line", str(wrong), None, field="elected")]
    names = [name for name, _ in people]
    found = [f"{name}：{why}。" for name in names for why in [problem(name.partition("（")[0])] if why]
    found += [f"票上有几位{name}，请照票上加注的写法填写。" for name in names if name in _shared(row)]
    found += [f"{name}写了两次。" for name in dict.fromkeys(names) if names.count(name) > 1]
    if len(people) > row.seats:
        found.append(f"应选{row.seats}名，不能宣布{len(people)}名当选。")
    if bool(people) == said["nobody"]:
        found.append("请逐行填写县级宣布的当选人和得票；没有人当选的，勾选“没有人当选”，二者只选一项。")
    return [Finding("above.elected", one, None, field="elected") for one in found]


def _shared(row: Round) -> set[str]:
    """Names that several on the ballot have, which tells them apart by what it puts beside them."""
    names = [one.nominee.name for one in row.listed if one.nominee]
    return {one for one in names if names.count(one) > 1} - {one.name for one in row.listed}


def declare(row: Round) -> int:
    """Whoever the county's paper names is elected; returns how many."""
    nominees = {one.nominee.name: one.nominee for one in row.listed if one.nominee} | {
        one.name: one.nominee for one in row.listed
    }
    for one in row.told_above:
        given = {"name": one.name, "votes": one.votes, "nominee": nominees.get(one.name)}
        Winner(township=row.township, round=row, position=one.position, **given).save(force_insert=True)
    return len(row.told_above)


def take_back(row: Round, reason: str) -> None:
    """What was entered of the county's declaration was wrong."""
    for one in row.told_above:
        change(one, withdrawn_at=clock.now(), withdrawn_reason=reason)
