"""Steps of a closed count by which some of its units are drawn by lot in public and counted again."""

from congress import order
from congress.counting import permissions as may
from congress.counting.actions import recounts as acts
from congress.counting.forms import recounts as forms
from congress.counting.queries import CountFacts
from congress.counting.stages import CountStage
from congress.guard.action import verb
from congress.law.finding import Finding
from congress.steps import Attempt, Consequences, Step, Words
from congress.web.forms import ReasonForm
from congress.web.records import at

ASK = verb("counting.ask_recount", "提出抽查复核")
DRAW = verb("counting.draw_recount", "抽出了复核的计票单元")
REVOKE = verb("counting.revoke_recount", "撤销了抽查复核")


def _to_ask(attempt: Attempt) -> list[Finding]:
    stage = attempt.once(CountFacts).stage
    if stage != CountStage.CLOSED:
        return [Finding("order.stage", f"现在是“{stage.label}”，计票结束以后才能抽查。")]
    if acts.waiting(attempt.record):
        return [Finding("recount.asked", "已有一次抽查等待另一人录入种子数字。")]
    return acts.findings(attempt.record)


def _asked(attempt: Attempt) -> list[Finding]:
    if acts.waiting(attempt.record):
        return []
    return [Finding("recount.none", "没有等待录入种子数字的抽查。")]


def _to_draw(attempt: Attempt) -> list[Finding]:
    found = _asked(attempt)
    row = acts.waiting(attempt.record)
    if row and row.fingerprint != attempt.once(CountFacts).fingerprint:
        found.append(Finding("recount.changed", "提出抽查以后计票有变化，请撤销抽查，计票结束以后重新提出。"))
    return found


def _first(count) -> int | None:
    row = acts.waiting(count)
    return row.first_by_id if row else None


def _shown(attempt: Attempt) -> Consequences:
    """What is fixed before the seed is rolled."""
    facts = attempt.once(CountFacts)
    rows = (("计票单元", f"{len(facts.read)}个"), ("计票指纹", facts.fingerprint))
    follows = (
        "抽出的单元：对“种子数字、计票指纹、单元序号”（中间用制表符隔开）求 SHA-256，取最小的几个；任何人都能重做。",
        "复核由没有录过这些单元的人看纸重新录入；原来的录入、签认和结果都不改动，不同的逐项列出。",
    )
    return Consequences(rows, follows, title="抽取以前已经确定的")


STEPS = (
    Step(
        "draw",
        Words("抽查复核", "提出抽查复核", "提出抽查", "search"),
        said="已录入种子数字，请另一人照唱出的再录一遍。",
        verb=ASK,
        form=forms.DrawForm,
        permission=may.ORGANISE,
        act=acts.ask,
        when=_to_ask,
        check=acts.check_asked,
        shows=_shown,
        lead="先宣布抽几个单元，再当众掷骰子；法律没有规定抽查，作不作、抽多少由组织投票的机关事先公布。",
        main=False,
        proved=True,
    ),
    Step(
        "draw-confirm",
        Words("录入种子数字", "录入同一种子数字", "录入并抽取", "check-circle"),
        said=lambda attempt: (
            f"抽出的单元：{'、'.join(map(str, attempt.made.recount_of.drawn))}。请两人开启复核的计票。"
        ),
        verb=DRAW,
        form=forms.SeedForm,
        permission=may.ORGANISE,
        act=acts.draw,
        who=order.another("种子数字由两个不同的人分别录入，您是提出的人，请另一人录入。", _first),
        when=_to_draw,
        check=acts.check_same,
        shows=_shown,
        then=lambda attempt: at(attempt.record.township, "counting-count", attempt.made.pk),
        proved=True,
    ),
    Step(
        "draw-revoke",
        Words("撤销抽查", "撤销等待的抽查", "撤销"),
        said="已撤销，没有抽取。",
        verb=REVOKE,
        form=ReasonForm,
        permission=may.ORGANISE,
        act=acts.take_back,
        when=_asked,
        main=False,
        apart=True,
    ),
)
