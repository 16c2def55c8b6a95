"""The steps of a proxy: agreed to or not, a slip handed out, cancelled; corrected or taken back where it was entered wrongly."""

from collections.abc import Callable

from congress import clock
from congress.guard.action import verb
from congress.law.finding import Finding
from congress.law.sources import cite
from congress.steps import Attempt, Consequences, Life, Step, Words, change, register
from congress.web.forms import ReasonForm
from congress.web.records import at
from congress.wording import chinese_date
from elections.actions import proxies as acts
from elections.forms import proxies as forms
from elections.models import ProxyVote
from elections.permissions import VOTERS_EDIT
from elections.queries import proxies as queries

AGREE = verb("elections.agree_proxy", "登记了同意委托投票")
REFUSE = verb("elections.refuse_proxy", "登记了不同意委托投票")
SLIP = verb("elections.proxy_slip", "制发了委托投票证")
CANCEL = verb("elections.cancel_proxy", "取消了委托投票")
CORRECT = verb("elections.correct_proxy", "更正了委托投票的登记")
TAKE_BACK = verb("elections.take_back_proxy", "撤回了误录的委托投票")
State = ProxyVote.State


def _in(*states: str) -> Callable[[Attempt], list[Finding]]:
    """Offered while it stands in one of these states, on a day not before the authority came."""

    def when(attempt: Attempt) -> list[Finding]:
        row = attempt.record
        if row.state not in states:
            return [Finding("order.state", f"这份委托{row.get_state_display()}。")]
        if attempt.on < row.came_on:
            return [Finding("order.day", f"不能早于收到日期{chinese_date(row.came_on)}。", field="on")]
        return []

    return when


def _ballot_out(attempt: Attempt) -> list[Finding]:
    """Once the agent has the ballot the vote is out: neither cancelled nor given to the voter again (选举法五)."""
    handed = attempt.once(queries.handed_on)
    if handed is None:
        return []
    citation = cite("election_law", "one_vote", attempt.record.election.election_day)
    message = f"选票已于{chinese_date(handed)}发给受托人，不能再取消；委托人本人到场的，不再发给选票。"
    return [Finding("proxy.ballot_out", message, citation)]


def _used(attempt: Attempt) -> list[Finding]:
    """By what a ballot was handed out, in whichever vote, is no entry made by mistake."""
    if found := _ballot_out(attempt):
        return found
    handed = attempt.record.ballot_on
    if handed is None:
        return []
    message = f"凭这份委托已于{chinese_date(handed)}发过选票，不能撤回；以后的投票不再委托的，用“取消委托”。"
    return [Finding("proxy.used", message)]


def _cancelling(attempt: Attempt) -> list[Finding]:
    return [*_in(State.ASKED, State.AGREED)(attempt), *_ballot_out(attempt)]


def _to_slip(attempt: Attempt) -> list[Finding]:
    found = _in(State.AGREED)(attempt)
    if not found and attempt.record.slip_on:
        found.append(Finding("order.slip", f"委托投票证已于{chinese_date(attempt.record.slip_on)}制发。"))
    return found


def _findings(attempt: Attempt) -> list[Finding]:
    return attempt.once(queries.findings)


def _blocking(attempt: Attempt) -> list[Finding]:
    found = [one for one in _findings(attempt) if one.blocking]
    if issued := attempt.once(queries.issued_to):
        citation = cite("election_law", "one_vote", issued.issued_on)
        found.append(Finding("proxy.issued", "委托人已经领过选票，不能再由他人代为投票。", citation))
    return found


def _told(attempt: Attempt) -> list[Finding]:
    return [one for one in _findings(attempt) if not one.blocking]


def facts_of(row: ProxyVote) -> list[tuple[str, str]]:
    """What the paper says, as (term, value)."""
    days = "至".join(chinese_date(day) for day in (row.since, row.until) if day)
    place = f"第{row.place}份" if row.place else "已满三份，没有占用"
    return [
        ("级别", f"{row.election.term.get_level_display()}（{row.election}）"),
        ("委托人", row.principal.voter.name),
        ("委托人选区", f"{row.principal.district}{row.principal.group or ''}"),
        ("受托人", row.agent_called),
        ("受托人是", row.get_agent_is_display()),
        ("受托人选区", str(row.agent.district) if row.agent else ""),
        ("受托第几份", place if row.state in (State.ASKED, State.AGREED) else ""),
        ("委托原因", row.get_reason_display()),
        ("外出地、情况", row.where),
        ("外出期间", days),
        ("委托方式", row.get_form_display()),
        ("收到日期", chinese_date(row.came_on)),
    ]


def _facts(attempt: Attempt) -> Consequences:
    return Consequences(tuple(facts_of(attempt.record)), (), title="委托投票")


def _take_back(attempt: Attempt) -> dict:
    change(attempt.record, withdrawn_at=clock.now(), withdrawn_reason=attempt.data["reason"])
    return {}


def _written(attempt: Attempt) -> dict:
    row = attempt.record
    return {name: getattr(row, name) for name in (*forms.AWAY, "agent_place")}


PROXY = register(
    Life(
        name="elections-proxy",
        kind="elections.proxy",
        model=ProxyVote,
        read=lambda rows: rows.select_related(*queries.READS),
        visible=lambda standing: ProxyVote.objects.kept(),
        called=lambda row: f"{row}（{row.principal.voter.name}委托{row.agent_called}）",
        steps=(
            Step(
                "agree",
                Words("同意", "登记同意委托投票", "登记同意"),
                said=lambda attempt: f"已登记同意，是受托人的第{attempt.record.place}份。",
                verb=AGREE,
                form=forms.AgreeForm,
                permission=VOTERS_EDIT,
                act=acts.agree,
                when=_in(State.ASKED),
                lacks=_blocking,
                hints=_told,
                check=acts.consent_findings,
                many=True,
            ),
            Step(
                "refuse",
                Words("不同意", "登记不同意委托投票", "登记不同意"),
                said="已登记不同意。本人的选举权利不受影响：可以到场投票、依法在流动票箱投票，或者另行委托。",
                verb=REFUSE,
                form=forms.RefuseProxyForm,
                permission=VOTERS_EDIT,
                act=acts.refuse_proxy,
                when=_in(State.ASKED),
                lead="不同意委托不等于放弃投票，请告诉本人仍可怎样投票。",
                main=False,
                many=True,
            ),
            Step(
                "slip",
                Words("制发委托投票证", "登记制发委托投票证", "登记制发"),
                said="已登记制发，请打印委托投票证。",
                verb=SLIP,
                form=forms.SlipForm,
                permission=VOTERS_EDIT,
                act=acts.hand_slip,
                when=_to_slip,
                many=True,
            ),
            Step(
                "cancel",
                Words("取消委托", "取消委托投票"),
                said="已取消，受托人空出一份；委托人可以本人投票。",
                verb=CANCEL,
                form=forms.CancelProxyForm,
                permission=VOTERS_EDIT,
                act=acts.cancel,
                when=_cancelling,
                lead="委托人本人到场、选票还没有发给受托人的，取消后由本人投票。没有寄回委托书、没有回音的不是放弃，不在这里登记。",
                shows=_facts,
                main=False,
            ),
            Step(
                "correct",
                Words("更正登记", "更正委托投票的登记", "保存"),
                said="已更正。",
                verb=CORRECT,
                form=forms.CorrectProxyForm,
                permission=VOTERS_EDIT,
                act=acts.correct,
                when=_in(State.ASKED),
                initial=_written,
                lead="登错委托人、受托人的，撤回误录以后重新登记。",
                main=False,
            ),
            Step(
                "take-back",
                Words("撤回误录", "撤回误录的委托投票", "撤回"),
                said="已撤回，记录和原因仍保留在操作历史中。",
                verb=TAKE_BACK,
                form=ReasonForm,
                permission=VOTERS_EDIT,
                act=_take_back,
                when=_used,
                lead="只用于登错的；委托人改变主意的，用“取消委托”。",
                then=lambda attempt: at(attempt.record.township, "elections-proxies"),
                apart=True,
            ),
        ),
    )
)
