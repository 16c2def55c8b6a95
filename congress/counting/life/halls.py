"""The steps of a secret vote of the hall: two people open it, two close it."""

from congress import order
from congress.counting import forms
from congress.counting import permissions as may
from congress.counting.actions import halls as acts
from congress.counting.models import HallVote
from congress.counting.queries.halls import HallFacts, HallStage, with_facts
from congress.guard.action import verb
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.web.forms import ReasonForm
from congress.web.records import at
from congress.wording import cdatew

ASK_OPEN = verb("counting.ask_open_hall", "提出开启会场表决")
ASK_CLOSE = verb("counting.ask_close_hall", "提出结束会场表决")
LET = verb("counting.confirm_hall", "确认了会场表决的开启或者结束")
REVOKE = verb("counting.revoke_hall", "撤销了会场表决的开启或者结束的提出")
DISCARD = verb("counting.discard_hall", "撤回了误建的会场表决")


_at = order.at(lambda attempt: attempt.once(HallFacts).stage)


def _first(row: HallVote) -> int | None:
    return row.open_asked_by_id if HallFacts(row).stage == HallStage.OPENING else row.close_asked_by_id


def _codes_there(attempt: Attempt) -> list[Finding]:
    facts = attempt.once(HallFacts)
    if facts.printed != attempt.record.present:
        return [Finding("hall.codes", "还没有印制表决码。")]
    return []


def _few(attempt: Attempt) -> list[Finding]:
    """Whether so many are there that a session may vote; who is present is what is typed, so it is told and stops nothing."""
    facts = attempt.once(HallFacts)
    if facts.enough:
        return []
    row = facts.row
    said = f"出席{row.present}人，不足全体代表{row.deputies}人的三分之二；代表大会表决须达到法定人数"
    return [Finding("hall.quorum", said, cite("organic_law", "quorum", row.held_on), blocking=False)]


def outcome_rows(facts: HallFacts) -> list[tuple[str, str]]:
    """The sums in words, question by question."""
    rows = []
    for line in facts.lines:
        said = "，".join(f"{facts.marks[mark]}{number}" for mark, number in line.numbers.items())
        rows.append((line.label, f"{said}。{line.outcome.formula}" if line.outcome else said))
    return rows


def _asked(attempt: Attempt) -> Consequences:
    facts = attempt.once(HallFacts)
    row = facts.row
    first = row.open_asked_by if facts.stage == HallStage.OPENING else row.close_asked_by
    rows = [("表决事项", row.title), ("表决日期", cdatew(row.held_on)), ("提出人", str(first))]
    if facts.over:
        rows.append(("已投", f"{facts.cast}张，出席{row.present}人"))
        return Consequences(tuple(rows), ("确认后显示票数；结束后不能再表决，也不能重新开启。",))
    follows = ("开启后凭表决码表决；在两人确认结束以前谁也看不到票数。",)
    return Consequences(tuple(rows), follows, tuple(_few(attempt)))


def _unchanged(attempt: Attempt) -> list[Finding]:
    facts = attempt.once(HallFacts)
    if facts.over and not facts.holds:
        return [Finding("hall.changed", "票数与投票的人数不一致，请停止使用并查明。")]
    return []


HALL = register(
    Life(
        name="counting-hall",
        kind="counting.hallvote",
        model=HallVote,
        read=with_facts,
        visible=lambda standing: HallVote.objects.kept(),
        steps=(
            Step(
                "open",
                Words("提出开启", "提出开启会场表决", "提出开启", "flag"),
                said="已提出开启，请另一人确认。",
                verb=ASK_OPEN,
                form=forms.LetForm,
                permission=may.ORGANISE,
                act=acts.ask_open,
                when=_at(HallStage.PREPARED),
                lacks=_codes_there,
                hints=_few,
                lead="表决码发到到会的人手里以后开启。开启由两个不同的人先后验证身份办理。",
                proved=True,
            ),
            Step(
                "confirm",
                Words("确认", "确认开启或者结束会场表决", "确认", "check-circle"),
                said=lambda attempt: f"会场表决{HallFacts(attempt.after).stage.label}。",
                verb=LET,
                form=forms.LetForm,
                permission=may.ORGANISE,
                act=acts.let,
                who=order.another("开启和结束表决由两个不同的人办理，您是提出的人，请另一人确认。", _first),
                when=_at(HallStage.OPENING, HallStage.CLOSING),
                lacks=_unchanged,
                shows=_asked,
                proved=True,
            ),
            Step(
                "revoke",
                Words("不同意", "撤销提出", "撤销"),
                said="已撤销提出。",
                verb=REVOKE,
                form=ReasonForm,
                permission=may.ORGANISE,
                act=acts.take_back,
                when=_at(HallStage.OPENING, HallStage.CLOSING),
                main=False,
                apart=True,
            ),
            Step(
                "close",
                Words("提出结束", "提出结束会场表决", "提出结束", "lock"),
                said="已提出结束，请另一人确认。",
                verb=ASK_CLOSE,
                form=forms.LetForm,
                permission=may.ORGANISE,
                act=acts.ask_close,
                when=_at(HallStage.OPEN),
                lead="主持人问过还有没有没投的人以后提出；提出以后就不能再投，另一人确认以后显示票数。",
                proved=True,
            ),
            Step(
                "discard",
                Words("撤回误建", "撤回误建的会场表决", "撤回"),
                said="已撤回。",
                verb=DISCARD,
                form=ReasonForm,
                permission=may.ORGANISE,
                act=acts.discard,
                when=_at(HallStage.PREPARED),
                then=lambda attempt: at(attempt.record.township, "counting-halls"),
                main=False,
                apart=True,
            ),
        ),
    )
)
