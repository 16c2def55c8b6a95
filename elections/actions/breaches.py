"""Reports of disturbed elections are looked into, found or not, handed on and closed; elections of single people become void."""

from congress import clock
from congress.guard.refusal import refuse, refuse_where
from congress.keeping import Keeping
from congress.law import offences as law
from congress.law.elections import invalid_election
from congress.law.finding import Finding
from congress.steps import Attempt, change
from congress.wording import chinese_date, people_in
from deputies.actions.seats import annul
from elections.models import Annulment, Breach, ReviewedWinner

Ground = ReviewedWinner.Ground


def _check_breach(row: Breach) -> None:
    refuse_where(
        [
            (row.closed_on is not None, "已经办结的不能再改；有新情况的先“重新调查”。", ""),
            (row.received_on > clock.today(), "收到日期不能晚于今天。", "received_on"),
            (
                row.how == Breach.How.FOUND and bool(row.reporter),
                "选举委员会自己发现的没有举报人，请清空或者改选来源。",
                "reporter",
            ),
        ]
    )


def _stays(row: Breach) -> None:
    if row.looked_on is not None:
        refuse("已经开始调查的不能撤回误录；查明不成立的，登记为不成立。")


BREACHES = Keeping(Breach, "elections.breach", check=_check_breach, stays=_stays, route="elections-breach")


def look(attempt: Attempt) -> dict:
    """Who looks into it, since when."""
    change(attempt.record, looked_on=attempt.on, looked_by=attempt.data["looked_by"])
    return {"开始调查": attempt.on}


def check_lookers(attempt: Attempt) -> list[Finding]:
    """Two people look into it, none of whom it is about, nor who reported it."""
    people = people_in(attempt.data["looked_by"])
    row: Breach = attempt.record
    found = []
    if len(people) < 2:
        message = "调查由两人进行，请填写两人姓名，用顿号分开。"
        found.append(Finding("breach.two", message, field="looked_by"))
    if barred := sorted({*people} & {*people_in(row.subject), *people_in(row.reporter)}):
        message = f"{'、'.join(barred)}是被反映的人或者举报人，不能调查这件事。"
        found.append(Finding("breach.own_case", message, field="looked_by"))
    return found


def settle(attempt: Attempt) -> dict:
    """What was found."""
    upheld = attempt.data["upheld"] == "yes"
    change(attempt.record, settled_on=attempt.on, upheld=upheld, finding=attempt.data["finding"])
    return {"查明日期": attempt.on, "查实": "是" if upheld else "否"}


def hand(attempt: Attempt) -> dict:
    """Handed to the body that answers for punishing it."""
    said = attempt.data
    change(attempt.record, handed_on=attempt.on, handed_to=said["handed_to"], handed_paper=said["handed_paper"])
    return {"移送日期": attempt.on}


def close(attempt: Attempt) -> dict:
    """What came of it."""
    change(attempt.record, closed_on=attempt.on, outcome=attempt.data["outcome"])
    return {"办结日期": attempt.on}


def reopen(attempt: Attempt) -> dict:
    """Looked into once more: what was found before stays in the history of the row."""
    empty = {"settled_on": None, "upheld": None, "finding": "", "handed_on": None, "handed_to": "", "handed_paper": ""}
    change(attempt.record, closed_on=None, outcome="", **empty)
    return {"原因": attempt.data["reason"]}


# -- 当选无效, of somebody who was seated


def _check_annulment(row: Annulment) -> None:
    mandate, breach = row.mandate, row.breach
    offence = row.ground in (Ground.OFFENCE, Ground.FUNDED)
    refuse_where(
        [
            (row.decided_on is not None, "已经确定的不能再改。", ""),
            (mandate.term_id != row.election.term_id, "所选的代表资格不是这一届的。", "mandate"),
            (
                row.reviewed_on < mandate.elected_on,
                f"审查意见日期不能早于当选日期{chinese_date(mandate.elected_on)}。",
                "reviewed_on",
            ),
            (breach is not None and not offence, "只有以违法行为当选、接受境外资助的，才选择所依据的查实。", "breach"),
            (breach is not None and breach.upheld is not True, "所选的反映还没有查实。", "breach"),
        ]
    )


def _undecided(row: Annulment) -> None:
    if row.decided_on is not None:
        refuse("已经确定的是选举结果的一部分，不能撤回误录。")


ANNULMENTS = Keeping(
    Annulment, "elections.annulment", check=_check_annulment, stays=_undecided, route="elections-annulment"
)


def against_void(attempt: Attempt) -> list[Finding]:
    """What the law says of determining it on this day."""
    row: Annulment = attempt.record
    proved = row.breach is not None and row.breach.upheld is True  # looked into once more since, it is open again
    return list(law.check_void(row.ground, proved, row.reviewed_on, attempt.on))


def grounds_of(row: Annulment) -> list[Finding]:
    """The article by which the election is void, where one names the ground."""
    found = invalid_election(row.ground == Ground.FUNDED, row.ground == Ground.OFFENCE, row.reviewed_on)
    return [Finding(one.code, one.message, one.citation, blocking=False) for one in found]


def decide(attempt: Attempt) -> dict:
    """Determined by the presidium, the county's standing committee for its own deputies. The seat is given up on that day, unless the
    mandate ended before; it is told as void and not as ended."""
    row, said = attempt.record, attempt.data
    void = said["void"] == "yes"
    change(row, decided_on=attempt.on, decided_by=said["decided_by"], paper=said["paper"], void=void)
    if void and row.mandate.ended_on is None:
        annul(attempt.actor, row.mandate, attempt.on)
    return {"确定日期": attempt.on, "无效": "是" if void else "否"}


def announce(attempt: Attempt) -> dict:
    """The day on which it was told."""
    change(attempt.record, announced_on=attempt.on)
    return {"公布日期": attempt.on}
