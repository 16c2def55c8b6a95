"""The steps of the work of an election: its levels, its day, its seats and districts, its end."""

from congress.guard.action import verb
from congress.law.finding import Finding
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.web.records import at
from congress.wording import cdatew
from elections import permissions as may
from elections.actions import campaigns as acts
from elections.actions import work
from elections.forms import campaigns as forms
from elections.forms.work import DoneForm, PlanForm
from elections.models import Campaign
from elections.queries import work as queries
from elections.queries.campaigns import moved_findings, voted, with_levels

PLANNED = verb("elections.plan_campaign", "编排了选举日程")
FINISHED = verb("elections.finish_tasks", "登记了完成的事项")
MOVE_DAY = verb("elections.move_day", "变更了选举日")
ADD_LEVEL = verb("elections.add_level", "加入了一级选举")
DROP_LEVEL = verb("elections.drop_level", "退出了一级选举")
SEATS = verb("elections.decide_seats", "登记了代表名额的决定")
CARRY = verb("elections.carry_districts", "沿用了上届选区")
CLOSE = verb("elections.close_campaign", "结束了选举工作")
REOPEN = verb("elections.reopen_campaign", "重新打开了选举工作")


def _open(attempt: Attempt) -> list[Finding]:
    """It is not over."""
    if attempt.record.closed_on:
        return [Finding("order.closed", "这次选举工作已经结束；要再办理的，先重新打开。")]
    return []


def _before_vote(attempt: Attempt) -> list[Finding]:
    """It is not over, and nobody has voted: its day, its districts and its levels are those under which the vote was held."""
    found = _open(attempt)
    if not found and (row := attempt.once(voted)):
        said = f"{row}已经投票（投票日{cdatew(row.held_on)}），选举日、选区和级别不能再变；没有举行投票的，先撤回那次投票的安排。"
        return [Finding("order.voted", said)]
    return found


def _may_add(attempt: Attempt) -> list[Finding]:
    found = _before_vote(attempt)
    if not found and len(attempt.record.held) > 1:
        return [Finding("order.both", "乡镇和县级的选举都已在这次选举工作中。")]
    return found


def _some_level(attempt: Attempt) -> list[Finding]:
    found = _open(attempt)
    return found or ([] if attempt.record.held else [Finding("order.none", "这次选举工作还没有任何一级选举。")])


def _held_before_vote(attempt: Attempt) -> list[Finding]:
    return _before_vote(attempt) or _some_level(attempt)


def _something_waits(attempt: Attempt) -> list[Finding]:
    found = _open(attempt)
    if not found and not queries.waiting(attempt.record):
        return [Finding("order.nothing", "日程里没有还没完成的事项。")]
    return found


def _may_reopen(attempt: Attempt) -> list[Finding]:
    if attempt.record.roll_destroyed_on:
        return [Finding("order.destroyed", "这次选举工作的选民册已按规定销毁，不能再重新打开。")]
    return [] if attempt.record.closed_on else [Finding("order.open", "这次选举工作没有结束。")]


def _levels(attempt: Attempt) -> dict:
    return {"elections": attempt.record.held}


def _only_level(attempt: Attempt) -> dict:
    held = attempt.record.held
    return {"election": held[0]} if len(held) == 1 else {}


def _moving(attempt: Attempt) -> Consequences:
    """What follows from another day, before it binds."""
    campaign, day = attempt.record, attempt.data["election_day"]
    rows = (("原选举日", cdatew(campaign.election_day)), ("新的选举日", cdatew(day)))
    follows = (
        "法定日程按新的选举日重新推算，没有办理的各步计划日期随之改变。",
        "已经办理的各步日期不变，晚于新的法定最迟日期的会逐项提示。",
    )
    return Consequences(rows, follows, tuple(moved_findings(campaign, day)))


def _carried(attempt: Attempt) -> str:
    return f"已沿用{attempt.outcome}个选区；调整的请逐个修改并在“选区沿革”里写明原因。"


def _districts_page(attempt: Attempt) -> str:
    return at(attempt.record.township, "deputies-districts", attempt.data["election"].term_id)


PLAN = Step(
    "plan",
    Words("编排日程", icon="list-check"),
    said=lambda attempt: f"已加入{attempt.outcome}个事项。",
    verb=PLANNED,
    form=PlanForm,
    permission=may.EDIT,
    act=work.plan,
    when=_some_level,
    then=lambda attempt: at(attempt.record.township, "elections-calendar", attempt.record.pk),
    lead="法定步骤按选举日倒推，按满整日的算法安排，按减日的算法检查；已经在日程里的不重复加入。",
)
DONE = Step(
    "done",
    Words("登记完成", "登记已经完成的事项", "登记完成", "check-lg"),
    said=lambda attempt: f"已登记{attempt.outcome}个事项的完成日期。",
    verb=FINISHED,
    form=DoneForm,
    permission=may.EDIT,
    act=work.finish,
    when=_something_waits,
    check=work.check_finished,
    options=lambda attempt: {"waiting": queries.waiting(attempt.record)},
    then=lambda attempt: at(attempt.record.township, "elections-calendar", attempt.record.pk),
    lead="已经在纸上办完的，一次登记；公布选民名单在名单的页面登记，不在这里。",
    main=False,
)
LEVELS = (
    Step(
        "add-level",
        Words("加入一级选举", icon="plus-lg"),
        said="已加入。",
        verb=ADD_LEVEL,
        form=forms.AddLevelForm,
        permission=may.EDIT,
        act=acts.add_level,
        when=_may_add,
        check=acts.check_level,
        lead="两级人大代表在同一天选举的，县级的选区在本乡镇也登记在这里。县级的选举由县级选举委员会主持，本乡镇受委托办理。",
        main=False,
    ),
    Step(
        "drop-level",
        Words("退出一级选举"),
        said="已退出。",
        verb=DROP_LEVEL,
        form=forms.DropLevelForm,
        permission=may.EDIT,
        act=acts.drop_level,
        when=_held_before_vote,
        check=acts.check_drop,
        options=_levels,
        initial=_only_level,
        main=False,
        apart=True,
    ),
)
DECISIONS = (
    Step(
        "seats",
        Words("登记代表名额", "登记县级人大常委会决定的代表名额", "保存", "pencil"),
        said="已登记代表名额。",
        verb=SEATS,
        form=forms.SeatsForm,
        permission=may.EDIT,
        act=acts.decide_seats,
        when=_some_level,
        options=_levels,
        initial=_only_level,
        lead="乡镇人大的代表名额由县级人大常委会根据选举法确定，确定后不再变动；与按人口计算的不一致时只提示，不阻止。",
        main=False,
    ),
    Step(
        "carry-districts",
        Words("沿用上届选区", icon="collection"),
        said=_carried,
        verb=CARRY,
        form=forms.CarryForm,
        permission=may.EDIT,
        act=acts.carry_districts,
        when=_held_before_vote,
        check=acts.check_carry,
        options=_levels,
        initial=_only_level,
        then=_districts_page,
        lead="选区号、名称、名额、人口和所辖村照上届带过来，再逐个修改有变化的；每个选区都记下来自上届哪个选区。",
        main=False,
    ),
    Step(
        "move-day",
        Words("变更选举日", icon="calendar-event"),
        said="已变更选举日，日程已重新推算。",
        verb=MOVE_DAY,
        form=forms.MoveDayForm,
        permission=may.EDIT,
        act=acts.move_day,
        when=_before_vote,
        check=acts.check_day,
        initial=lambda attempt: {"election_day": attempt.record.election_day},
        confirm=_moving,
        main=False,
    ),
)
ENDS = (
    Step(
        "close",
        Words("结束选举工作", icon="check-lg"),
        said="选举工作已结束。",
        verb=CLOSE,
        form=forms.CampaignStepForm,
        permission=may.EDIT,
        act=acts.close,
        when=_open,
        check=acts.check_close,
        hints=acts.left_undone,
        lead="结果已经确认公布、选票和文件已经移交之后结束；结束后仍可查看，也可以重新打开。",
        main=False,
    ),
    Step(
        "reopen",
        Words("重新打开"),
        said="已重新打开。",
        verb=REOPEN,
        form=forms.CampaignStepForm,
        permission=may.EDIT,
        act=acts.reopen,
        when=_may_reopen,
        main=False,
        apart=True,
    ),
)
CAMPAIGN = register(
    Life(
        name="elections-campaign",
        kind="elections.campaign",
        model=Campaign,
        read=with_levels,
        visible=lambda standing: Campaign.objects.kept().filter(township=standing.township),
        steps=(PLAN, DONE, *DECISIONS, *LEVELS, *ENDS),
    )
)
