"""Which steps a viewer may take now: asked by the page for its buttons and by the step's own page. The actions ask again."""

from dataclasses import dataclass
from datetime import date

from congress.models import Role
from congress.permissions import Permission, Standing
from proposals import permissions as may
from proposals import stages
from proposals.models import Assignment, Matter, Suggestion
from proposals.queries.facts import current_shares, facts_of, lead_share
from proposals.queries.matters import matter_is_open
from proposals.queries.visible import may_reveal
from proposals.stages import Step


@dataclass(frozen=True)
class Button:
    """A step with its words; the address is made of `slug`. `main` is what is expected next, the others are side ways."""

    slug: str
    label: str
    permission: Permission
    main: bool = True


_BUTTONS = {
    Step.REGISTER: Button("register", "登记编号", may.REGISTER),
    Step.ASSIGN: Button("assign", "交办", may.ASSIGN),
    Step.REASSIGN: Button("reassign", "重新确定承办单位", may.ASSIGN),
    Step.REOPEN: Button("reopen", "重新交办", may.ASSIGN),
    Step.SIGN: Button("sign", "签收", may.HANDLE),
    Step.TALK: Button("talk", "记录面商", may.HANDLE),
    Step.REPLY: Button("reply", "书面答复", may.HANDLE),
    Step.ADVISE: Button("advise", "提出协办意见", may.HANDLE),
    Step.RATE: Button("rate", "评价办理", may.RATE),
    Step.ANSWER_EXTENSION: Button("extension", "答复延期申请", may.EXTEND),
    Step.ASK_EXTENSION: Button("ask-extension", "申请延期", may.HANDLE, False),
    Step.RETURN: Button("return", "退办", may.HANDLE, False),
    Step.CORRECT: Button("correct", "修改", may.SUBMIT, False),
    Step.DECLINE: Button("decline", "不予受理", may.DECLINE, False),
    Step.CLOSE: Button("close", "办结", may.CLOSE, False),
    Step.WITHDRAW: Button("withdraw", "撤回", may.WITHDRAW, False),
}
CONFIRM = Button("confirm", "确认联名", may.MINE)


def steps_for(standing: Standing, suggestion: Suggestion, today: date) -> list[Button]:
    """The steps the viewer may take now, the expected one first; `suggestion` comes with its facts."""
    facts = facts_of(suggestion)
    found = [
        button
        for step, button in _BUTTONS.items()
        if standing.writes
        and standing.allows(button.permission)
        and _relates(step, standing, suggestion)
        and not any(finding.blocking and not finding.field for finding in stages.may(step, facts, today))
    ]
    if standing.writes and unconfirmed(standing, suggestion):
        found.insert(0, CONFIRM)
    return found


def unconfirmed(standing: Standing, suggestion: Suggestion):
    """The viewer's own cosigning that waits for confirmation, or None."""
    if stages.stage(facts_of(suggestion)) in stages.ENDED:
        return None
    rows = suggestion.cosigners.all()
    own = (row for row in rows if row.deputy.account_id == standing.user.pk and row.confirmed_on is None)
    return next(own, None)


def _relates(step: Step, standing: Standing, suggestion: Suggestion) -> bool:
    clerk = standing.has(Role.CLERK)
    if step in (Step.CORRECT, Step.WITHDRAW):
        return clerk or suggestion.lead.account_id == standing.user.pk
    if step is Step.RATE:
        return suggestion.lead.account_id == standing.user.pk
    if step is Step.ANSWER_EXTENSION:
        return _extension_waits(suggestion)
    if step is Step.SIGN:
        return any(share.signed_on is None for share in _own(standing, suggestion))
    if step is Step.ADVISE:
        own = [share for share in _own(standing, suggestion) if share.part == Assignment.Part.ASSIST]
        return any(share.advice_on is None for share in own)
    if step in (Step.TALK, Step.REPLY, Step.RETURN, Step.ASK_EXTENSION):
        lead = lead_share(suggestion)
        own_lead = lead is not None and (clerk or lead.unit_id in standing.unit_ids)
        return own_lead and not (step is Step.ASK_EXTENSION and _extension_waits(suggestion))
    return True


def _own(standing: Standing, suggestion: Suggestion) -> list[Assignment]:
    shares = current_shares(suggestion)
    return shares if standing.has(Role.CLERK) else [share for share in shares if share.unit_id in standing.unit_ids]


def _extension_waits(suggestion: Suggestion) -> bool:
    return any(row.agreed_on is None and row.declined_on is None for row in suggestion.extensions.all())


def matter_steps_for(standing: Standing, matter: Matter) -> list[Button]:
    """The steps the viewer may take with a matter; it comes from `with_matter`."""
    if not standing.writes or matter.withdrawn_at is not None:
        return []
    received = may_reveal(standing, matter)
    near = received or standing.has(Role.CHAIR)
    unit = matter.unit_id in standing.unit_ids
    handed = matter.channel in (Matter.Channel.UNIT, Matter.Channel.UPWARD)
    offered = [
        (not matter.channel and near, Button("answer", "当场答复", may.CHANNEL)),
        (not matter.channel and near, Button("unit", "转办", may.CHANNEL)),
        (not matter.channel and near, Button("suggestion", "转建议", may.SUBMIT)),
        (not matter.channel and near, Button("upward", "报上级", may.CHANNEL)),
        (not matter.channel and near, Button("decline", "不予受理并告知", may.CHANNEL)),
        (handed and matter_is_open(matter) and (near or unit), Button("resolve", "记录办理结果", may.RESOLVE)),
        (matter.resolved_on and not matter.told_on and near, Button("tell", "向选民反馈", may.TELL)),
        (near, Button("correct", "更正", may.CHANNEL, False)),
        (not matter.suggestions.all(), Button("withdraw", "撤回误录", may.UNDO, False)),
    ]
    return [button for wanted, button in offered if wanted and standing.allows(button.permission)]
