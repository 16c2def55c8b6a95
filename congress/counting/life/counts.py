"""The steps of a count: two people open it, two sign the whole, two close it; a closed one is opened again by two."""

from congress import order
from congress.counting import forms
from congress.counting import permissions as may
from congress.counting.actions import counts as acts
from congress.counting.actions import signing
from congress.counting.actions.findings import for_charge
from congress.counting.actions.recounts import is_recount
from congress.counting.life import recounts, written_in
from congress.counting.models import Count, CountTurn
from congress.counting.queries import CountFacts, named, visible, with_facts
from congress.counting.stages import SIGNERS, CountStage
from congress.guard.action import verb
from congress.law.finding import Finding
from congress.steps import Attempt, Consequences, Life, Step, Words, register, who
from congress.web.forms import ReasonForm
from congress.web.records import at
from congress.wording import cdatew

ASK_OPEN = verb("counting.ask_open", "提出开启计票")
ASK_CLOSE = verb("counting.ask_close", "提出结束计票")
ASK_AGAIN = verb("counting.ask_reopen", "提出重新开启计票")
LET = verb("counting.confirm", "确认了计票的开启或者结束")
REVOKE = verb("counting.revoke", "撤销了计票的开启或者结束的提出")
SIGN = verb("counting.sign_whole", "签认了全部计票结果")
DISCARD = verb("counting.discard", "撤回了误建的计票")
What = CountTurn.What


_at = order.at(lambda attempt: attempt.once(CountFacts).stage)


def _first(count) -> int | None:
    asked = CountFacts(count).asked
    return asked.first_by_id if asked else None


def _as_asked(attempt: Attempt) -> list[Finding]:
    """What the first word of closing was said of still stands."""
    found = _at(CountStage.OPENING, CountStage.CLOSING)(attempt)
    facts = attempt.once(CountFacts)
    if not found and facts.asked.what == What.CLOSE and facts.asked.fingerprint != facts.fingerprint:
        found.append(Finding("changed", "提出结束以后计票有变化，请撤销提出，核对后重新提出。"))
    return found


def _units_there(attempt: Attempt) -> list[Finding]:
    if attempt.once(CountFacts).units:
        return []
    return [Finding("no_units", "还没有登记计票单元（票箱或者会场）。")]


def _before_closing(attempt: Attempt) -> list[Finding]:
    facts = attempt.once(CountFacts)
    found = list(facts.unidentified)
    if not facts.signed:
        found.append(Finding("unsigned", f"全部结果须有{SIGNERS}个人签认；现在有效的签认{len(facts.holding)}个。"))
    return found


@who("您已经签认过（内容没有变化的不用再签），或者没有列为这次计票的计票人员。")
def _not_signed(standing, count) -> bool:
    if not named(standing, count):
        return False
    return standing.user is None or all(one.signed_by_id != standing.user.pk for one in CountFacts(count).holding)


def _untouched(attempt: Attempt) -> list[Finding]:
    facts = attempt.once(CountFacts)
    found = _at(CountStage.PREPARED)(attempt)
    if any(one.begun for one in facts.units) or facts.last:
        found.append(Finding("begun", "计票已经开启过，不能撤回。"))
    if is_recount(attempt.record):
        found.append(Finding("recount", "抽查复核的单元是当众抽出的，不能撤回。"))
    return found


def _sums(attempt: Attempt) -> Consequences:
    """The sums one signs or closes."""
    facts = attempt.once(CountFacts)
    totals = facts.counted.totals
    rows = [
        ("收回 / 参加投票", f"{totals.collected}张 / {totals.took_part}人"),
        ("有效 / 废票", f"{totals.valid} / {totals.void_in_all}"),
        *((line.label, f"赞成{line.yes}，反对{line.no}，弃权{line.abstain}") for line in totals.lines),
        *((f"另选 {line.label}", f"{line.yes}票") for line in totals.write_ins),
        ("计票指纹", facts.fingerprint),
    ]
    return Consequences(tuple(rows), (), tuple(for_charge(facts.notices, facts)))


def _asked(attempt: Attempt) -> Consequences:
    """What the second person lets be so."""
    facts = attempt.once(CountFacts)
    turn, count = facts.asked, attempt.record
    rows = [("计票事项", count.title), ("投票日期", cdatew(count.held_on)), ("提出人", str(turn.first_by))]
    rows += [("说明", turn.reason)] if turn.reason else []
    if turn.what == What.CLOSE:
        rows.append(("计票指纹", turn.fingerprint))
        follows = ("结束后不能再录入；结果交给组织这次投票的人宣布，在纸质报告单签字以前仍是未完成。",)
    else:
        follows = ("开启后各单元可以录入；两次录入由两个不同的人看纸进行，互相看不到。",)
    return Consequences(tuple(rows), follows)


def _said_of_turn(attempt: Attempt) -> str:
    return f"已由两人{attempt.once(CountFacts).last.get_what_display()}计票。"


COUNT = register(
    Life(
        name="counting-count",
        kind="counting.count",
        model=Count,
        read=with_facts,
        visible=lambda standing: visible(standing, Count.objects.kept()),
        steps=(
            Step(
                "open",
                Words("提出开启", "提出开启计票", "提出开启", "flag"),
                said="已提出开启，请另一人确认。",
                verb=ASK_OPEN,
                form=forms.TurnForm,
                permission=may.ORGANISE,
                act=acts.ask(What.OPEN),
                when=_at(CountStage.PREPARED),
                lacks=_units_there,
                lead="投票截止、票箱收齐并核对封签以后开启。开启由两个不同的人先后验证身份办理。",
                proved=True,
            ),
            Step(
                "confirm",
                Words("确认", "确认开启或者结束", "确认", "check-circle"),
                said=_said_of_turn,
                verb=LET,
                form=forms.LetForm,
                permission=may.ORGANISE,
                act=acts.let,
                who=order.another("开启和结束计票由两个不同的人办理，您是提出的人，请另一人确认。", _first),
                when=_as_asked,
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
                when=_at(CountStage.OPENING, CountStage.CLOSING),
                main=False,
                apart=True,
            ),
            *written_in.STEPS,
            Step(
                "sign",
                Words("签认全部结果", "签认全部计票结果", "签认", "pencil"),
                said="已签认。",
                verb=SIGN,
                form=forms.SignForm,
                permission=may.SIGN,
                act=signing.sign_whole,
                when=_at(CountStage.COUNTED),
                who=_not_signed,
                check=signing.check_whole,
                shows=_sums,
                proved=True,
            ),
            Step(
                "close",
                Words("提出结束", "提出结束计票", "提出结束", "lock"),
                said="已提出结束，请另一人确认。",
                verb=ASK_CLOSE,
                form=forms.TurnForm,
                permission=may.ORGANISE,
                act=acts.ask(What.CLOSE),
                when=_at(CountStage.COUNTED),
                lacks=_before_closing,
                shows=_sums,
                proved=True,
            ),
            Step(
                "reopen",
                Words("重新开启", "提出重新开启计票", "提出重新开启"),
                said="已提出重新开启，请另一人确认。",
                verb=ASK_AGAIN,
                form=forms.ReopenForm,
                permission=may.ORGANISE,
                act=acts.ask(What.OPEN),
                when=_at(CountStage.CLOSED),
                lead="结果已经宣布的，重新开启不改变宣布；先报告作出宣布的机关。",
                main=False,
                apart=True,
                proved=True,
            ),
            *recounts.STEPS,
            Step(
                "discard",
                Words("撤回误建", "撤回误建的计票", "撤回"),
                said="已撤回。",
                verb=DISCARD,
                form=ReasonForm,
                permission=may.ORGANISE,
                act=acts.discard,
                when=_untouched,
                then=lambda attempt: at(attempt.record.township, "counting-counts"),
                main=False,
                apart=True,
            ),
        ),
    )
)
