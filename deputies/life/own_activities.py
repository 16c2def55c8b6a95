"""The steps of an activity a deputy entered."""

from django.urls import reverse

from congress.guard.action import verb
from congress.law.finding import Finding
from congress.models import Role
from congress.steps import Attempt, Consequences, Life, Notice, Step, Words, register, who
from congress.wording import chinese_date
from deputies import permissions as may
from deputies.actions import own_activities as acts
from deputies.forms.own_activities import ConfirmActivityForm, OwnActivityStepForm, SendBackForm, TakeBackForm
from deputies.models import OwnActivity
from deputies.queries import activities_alike, own_activities

REVISE = verb("deputies.revise_activity", "修改了自报的活动")
CONFIRM = verb("deputies.confirm_activity", "确认了代表自报的活动")
SEND_BACK = verb("deputies.return_activity", "退回了代表自报的活动")
TAKE_BACK = verb("deputies.take_back_activity", "撤回了自报的活动")
State = OwnActivity.State


@who("只能由登记的代表本人办理。")
def own(standing, row: OwnActivity) -> bool:
    """Whose it is."""
    return standing.has(Role.DEPUTY) and standing.user is not None and row.deputy.account_id == standing.user.pk


def _not_ended(attempt: Attempt) -> list[Finding]:
    row = attempt.record
    if row.withdrawn_at is not None:
        return [Finding("order.withdrawn", "该活动已经撤回。")]
    if row.state == State.CONFIRMED:
        return [Finding("order.confirmed", "该活动已经确认；有误的，请告诉镇人大办公室。")]
    return []


def _entered(attempt: Attempt) -> list[Finding]:
    found = _not_ended(attempt)
    if not found and attempt.record.state == State.RETURNED:
        return [Finding("order.returned", "已退回代表，等待代表修改后再确认。")]
    return found


def facts_of(row: OwnActivity) -> tuple[tuple[str, str], ...]:
    """What was entered, as rows of a page."""
    numbers = [
        (OwnActivity._meta.get_field(name).verbose_name, str(getattr(row, name)))
        for name in ("people", "households", "deeds")
        if getattr(row, name)
    ]
    return (
        ("代表", row.deputy.name),
        ("日期", chinese_date(row.held_on)),
        ("类别", row.get_kind_display()),
        ("做了什么", row.title),
        ("地点", row.place),
        *numbers,
        ("情况", row.note),
    )


def _shown(attempt: Attempt) -> Consequences:
    return Consequences(facts_of(attempt.record), ("记入该代表的履职档案，计入年度工作报告的数据",))


def _told(attempt: Attempt) -> list[Notice]:
    """The deputy, of what became of it."""
    row = attempt.after
    word = "已确认" if row.state == State.CONFIRMED else "被退回，请修改或者撤回"
    account = row.deputy.account
    return [Notice(f"{row.state}:{row.version}", [account] if account else [], f"自报的活动{word}", row.answer)]


OWN_ACTIVITY = register(
    Life(
        name="deputies-own-activity",
        kind="deputies.own_activity",
        model=OwnActivity,
        read=lambda rows: rows.select_related("township", "deputy__account", "activity"),
        visible=own_activities,
        steps=(
            Step(
                "confirm",
                Words("确认", "确认代表自报的活动", icon="check-lg"),
                said="已确认，记入该代表的履职档案。",
                verb=CONFIRM,
                form=ConfirmActivityForm,
                permission=may.RECORD_ACTIVITY,
                act=acts.confirm,
                when=_entered,
                check=acts.check_day,
                shows=_shown,
                options=lambda attempt: {"same_day": activities_alike(attempt.record)},
                notices=_told,
            ),
            Step(
                "send-back",
                Words("退回", "退回代表修改"),
                said="已退回，代表会收到消息。",
                verb=SEND_BACK,
                form=SendBackForm,
                permission=may.RECORD_ACTIVITY,
                act=acts.send_back,
                when=_entered,
                notices=_told,
                main=False,
            ),
            Step(
                "revise",
                Words("修改", "修改自报的活动", "保存", "pencil"),
                said="已保存，等待办公室确认。",
                verb=REVISE,
                form=OwnActivityStepForm,
                permission=may.OWN,
                act=acts.revise,
                who=own,
                when=_not_ended,
                check=acts.check_day,
                initial=lambda attempt: {name: getattr(attempt.record, name) for name in acts.ENTERED},
                options=lambda attempt: {"kind": attempt.record.kind},
                guard=True,
            ),
            Step(
                "take-back",
                Words("撤回", "撤回自报的活动"),
                said="已撤回，不再等待确认。",
                verb=TAKE_BACK,
                form=TakeBackForm,
                permission=may.OWN,
                act=acts.take_back,
                who=own,
                when=_not_ended,
                then=lambda attempt: reverse("deputies-own-activities", args=[attempt.record.township.code]),
                main=False,
            ),
        ),
    )
)
