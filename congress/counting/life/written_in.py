"""Steps of a count that tell who is meant by names that voters wrote in, each by two people, before it is closed."""

from congress.counting import permissions as may
from congress.counting.actions import written_in as acts
from congress.counting.forms import written_in as forms
from congress.counting.models import WrittenIn
from congress.counting.queries import CountFacts, rolls
from congress.counting.stages import CountStage
from congress.guard.action import verb
from congress.law.ballots import write_in
from congress.law.finding import Finding
from congress.steps import Attempt, Consequences, Step, Words, who

SAY = verb("counting.say_written_in", "提出认定另选的人")
AGREE = verb("counting.agree_written_in", "确认了另选的人的认定")
UNDO = verb("counting.undo_written_in", "撤销了另选的人的认定")
OPEN = (CountStage.OPEN, CountStage.COUNTED)


def _while_open(attempt: Attempt) -> list[Finding]:
    stage = attempt.once(CountFacts).stage
    if stage in OPEN:
        return []
    return [Finding("order.stage", f"现在是“{stage.label}”，不能认定另选的人；计票结束以后有错的，由两人重新开启。")]


@who("认定由两个不同的人办理，等待确认的是您提出的，请另一人确认。")
def _another(standing, count) -> bool:
    waiting = [one for one in count.identified if not one.second_by_id]
    return standing.user is None or not waiting or any(one.first_by_id != standing.user.pk for one in waiting)


def _open_names(facts: CountFacts) -> list[tuple[str, int]]:
    """Those of whom nobody has said anything yet."""
    asked = {name for one in facts.count.identified if not one.second_by_id for name in one.names}
    return [(name, votes) for name, votes in facts.meant.open_names if name not in asked] if facts.meant else []


def _to_say(attempt: Attempt) -> list[Finding]:
    found = _while_open(attempt)
    if not found and not _open_names(attempt.once(CountFacts)):
        found.append(Finding("written_in.none", "没有等待认定的另选人（全部单元确定以后才能认定）。"))
    return found


def _to_agree(attempt: Attempt) -> list[Finding]:
    found = _while_open(attempt)
    if not found and not any(not one.second_by_id for one in attempt.record.identified):
        found.append(Finding("written_in.none", "没有等待确认的认定。"))
    return found


def _to_undo(attempt: Attempt) -> list[Finding]:
    found = _while_open(attempt)
    if not found and not attempt.record.identified:
        found.append(Finding("written_in.none", "还没有认定过另选的人。"))
    return found


def _names(attempt: Attempt) -> dict:
    return {"names": _open_names(attempt.once(CountFacts))}


def told(row: WrittenIn) -> str:
    """One of them in a line."""
    votes = f"其中{row.votes}票" if row.votes is not None else "全部"
    names = "、".join(row.names)
    return f"第{row.number}项：{names}（{votes}）是{row.person}，{row.get_who_display()}；{row.reason}（{row.first_by}提出）"


def _waiting(attempt: Attempt) -> dict:
    return {"rows": [(str(one.pk), told(one)) for one in attempt.record.identified if not one.second_by_id]}


def _all(attempt: Attempt) -> dict:
    return {"rows": [(str(one.pk), told(one)) for one in attempt.record.identified]}


def _on_lists(attempt: Attempt) -> Consequences:
    """What the lists of voters say of the written names, and by which rules somebody may be chosen."""
    facts = attempt.once(CountFacts)
    names = _open_names(facts)
    said = rolls.known(attempt.record, [name for name, _ in names])
    rows = [(f"{name}（{votes}票）", said.get(name, "没有核对名单")) for name, votes in names]
    rules, on = facts.paper.rules, attempt.record.held_on
    kinds = [WrittenIn.Who.OUTSIDE, WrittenIn.Who.UNKNOWN, WrittenIn.Who.ELSEWHERE]
    findings = tuple(each for one in kinds for each in write_in(str(one), on, rules))
    return Consequences(tuple(rows), (), tuple(findings), title="没有认定的另选人")


STEPS = (
    Step(
        "identify",
        Words("认定另选的人", "认定另选的人是谁", "提出认定", "person-check"),
        said="已提出认定，请另一人确认。",
        verb=SAY,
        form=forms.SayForm,
        permission=may.ORGANISE,
        act=acts.say,
        when=_to_say,
        check=acts.against_said,
        options=_names,
        shows=_on_lists,
        lead="录入的姓名照票上写的保留，不删不改；几种写法是不是同一人、同名的是哪一人，由监票人看票认定，两人先后办理。",
    ),
    Step(
        "agree",
        Words("确认认定", "确认另选的人的认定", "确认", "check-circle"),
        said="已确认。",
        verb=AGREE,
        form=forms.AgreeForm,
        permission=may.ORGANISE,
        act=acts.agree,
        who=_another,
        when=_to_agree,
        check=acts.against_agreeing,
        options=_waiting,
    ),
    Step(
        "undo",
        Words("撤销认定", "撤销另选的人的认定", "撤销"),
        said="已撤销，这些票回到没有认定。",
        verb=UNDO,
        form=forms.UndoForm,
        permission=may.ORGANISE,
        act=acts.take_back,
        when=_to_undo,
        check=acts.against_undoing,
        options=_all,
        main=False,
        apart=True,
    ),
)
