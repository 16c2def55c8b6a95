"""The steps of a matter: one row each. The order of the table is the order of the buttons."""

from collections.abc import Iterator

from django.urls import reverse

from congress.guard.action import verb
from congress.models import Role
from congress.steps import Attempt, Life, Notice, Step, Words, register
from congress.web.forms import ReasonForm
from congress.wording import chinese_date
from proposals import permissions as may
from proposals import queries
from proposals.actions import matters as acts
from proposals.actions.common import account_of, accounts_of, staff_of
from proposals.forms import receptions as forms
from proposals.forms.promising import AskForm
from proposals.forms.suggestions import SuggestionForm
from proposals.life import pressing
from proposals.life.matter_rules import (
    handed,
    hands_over,
    in_hands,
    kept,
    mistaken,
    near,
    near_or_handed,
    office,
    passed_on,
    proposed,
    proposes,
    undecided,
    undelivered,
    untold,
    with_a_unit,
)
from proposals.life.suggestions import SUGGESTION
from proposals.models import Matter, Suggestion

# -- what the page says


def _words(attempt: Attempt) -> str:
    return attempt.record.words


def _of_the_matter(attempt: Attempt) -> dict:
    """The suggestion's form, filled from the matter; the clerk writes it down for a deputy who received."""
    matter = attempt.record
    receivers = [row.deputy for row in matter.reception.receivers.all()]
    shown = {"situation": "" if matter.confidential else f"接待选民时反映：{matter.words}", "category": matter.category}
    return {**shown, "lead": receivers[0]} if receivers and attempt.standing.has(Role.CLERK) else shown


def _reached(attempt: Attempt) -> str:
    """What happened to the hand-over: to how many accounts it went, or that it has to be carried on paper."""
    unit = attempt.after.unit
    return f"已转办{unit}；{queries.reached([unit])}"


def _to_the_unit(attempt: Attempt) -> Iterator[Notice]:
    matter = attempt.after
    people = accounts_of(matter.township_id, [matter.unit_id])
    yield Notice(
        f"handed:{matter.unit_id}:{attempt.on}", people, "收到转办的反映事项", matter.answer, units=[matter.unit]
    )


def _to_the_clerk(attempt: Attempt) -> Iterator[Notice]:
    matter = attempt.after
    clerks = staff_of(matter.township_id, Role.CLERK)
    title = f"代表建议转办{matter.proposed_unit}，请确认"
    yield Notice(f"proposed:{matter.proposed_unit_id}", clerks, title, matter.proposed_note)


def _to_the_office(attempt: Attempt) -> Iterator[Notice]:
    office = staff_of(attempt.record.township_id, Role.CLERK)
    yield Notice(f"given_back:{attempt.on}", office, "转办事项被退回，请另行分流", f"理由：{attempt.data['reason']}")


def _to_the_receivers(attempt: Attempt) -> Iterator[Notice]:
    """Who heard the voter tells the voter; whoever took the step knows of it."""
    matter = attempt.after
    heard = [user for row in matter.reception.receivers.all() for user in account_of(row.deputy)]
    people = [user for user in heard if user != attempt.actor]
    yield Notice(f"resolved:{attempt.on}", people, "您接待的事项已办结，请向选民反馈", matter.answer)


def _resolved(attempt: Attempt) -> str:
    tells = "由接待的代表" if attempt.standing.has(Role.UNIT) else "请"
    return f"已办结，{tells}向选民反馈。"


def _own_name(attempt: Attempt) -> dict:
    clerk = attempt.standing.has(Role.CLERK)
    return {"own": None if clerk else queries.deputy_of(attempt.actor)}


def _sent_before(data) -> Suggestion | None:
    return Suggestion.objects.filter(pk=data["key"]).first() if data.get("key") else None


ROWS = (
    Step(
        "agree",
        Words("按代表意见转办"),
        _reached,
        verb=verb("proposals.agree_to_unit", "按代表意见转办了反映事项"),
        form=forms.HandOverForm,
        permission=may.CHANNEL,
        act=acts.agree,
        who=office,
        when=proposed,
        notices=_to_the_unit,
    ),
    Step(
        "answer",
        Words("当场答复", submit="保存"),
        "已记录当场答复。",
        verb=verb("proposals.answer_matter", "当场答复了反映事项"),
        form=forms.OnTheSpotForm,
        permission=may.CHANNEL,
        act=acts.answer,
        who=near,
        when=undecided,
        lead=_words,
        guard=True,
    ),
    Step(
        "unit",
        Words("转办"),
        _reached,
        verb=verb("proposals.hand_matter", "转办了反映事项"),
        form=forms.HandForm,
        permission=may.CHANNEL,
        act=acts.hand,
        who=hands_over,
        when=undecided,
        notices=_to_the_unit,
        lead=_words,
        many=True,
    ),
    Step(
        "propose",
        Words("提出转办意见", submit="提交"),
        lambda attempt: f"已建议转办{attempt.data['unit']}，等待办事员确认。",
        verb=verb("proposals.propose_unit", "提出了转办意见"),
        form=forms.HandForm,
        permission=may.CHANNEL,
        act=acts.propose,
        who=proposes,
        when=undecided,
        notices=_to_the_clerk,
        lead=_words,
    ),
    Step(
        "suggestion",
        Words("转建议", "转为代表建议", "提交建议"),
        "已转为代表建议，等待登记。",
        verb=verb("proposals.turn_matter", "将反映事项转为代表建议"),
        form=SuggestionForm,
        permission=may.SUBMIT,
        act=acts.turn,
        who=near,
        when=undecided,
        day="submitted_on",
        initial=_of_the_matter,
        options=_own_name,
        before=_sent_before,
        then=lambda attempt: SUGGESTION.url(attempt.made),
        guard=True,
        lead=lambda attempt: f"来自{attempt.record.reception}接待的事项，办理结果会回到这件事项。",
    ),
    Step(
        "upward",
        Words("报上级", submit="保存"),
        lambda attempt: f"已记录报送{attempt.data['passed_to']}。",
        verb=verb("proposals.pass_matter", "向上级报送了反映事项"),
        form=forms.UpwardForm,
        permission=may.CHANNEL,
        act=acts.pass_upward,
        who=near,
        when=undecided,
        check=acts.check_asking,
        lead=_words,
    ),
    Step(
        "decline",
        Words("不予受理并告知", submit="保存"),
        "已记录，并已告知选民。",
        verb=verb("proposals.decline_matter", "告知了反映事项的正当渠道"),
        form=forms.ProperChannelForm,
        permission=may.CHANNEL,
        act=acts.decline,
        who=near,
        when=undecided,
        lead="诉讼、仲裁、复议和个人信访一类事项不由人大办理，应当告知选民正当的渠道。",
    ),
    Step(
        "deliver",
        Words("登记送达", "登记交办单送达", "保存"),
        lambda attempt: f"已登记交办单送达{attempt.record.unit}。",
        verb=verb("proposals.deliver_matter", "书面送达了交办单"),
        form=forms.SlipForm,
        permission=may.DELIVER,
        act=acts.deliver,
        when=undelivered,
        lead="交办单在这件事项的页面上打印；送到后在这里登记。",
        main=False,
    ),
    pressing.matter(with_a_unit),
    Step(
        "ask",
        Words("询问上级", "询问上级办理情况", "保存"),
        lambda attempt: f"已记录，{chinese_date(attempt.data['ask_on'])}再问。",
        verb=verb("proposals.ask_upward", "询问了上级的办理情况"),
        form=AskForm,
        permission=may.CHANNEL,
        act=acts.ask,
        who=near,
        when=passed_on,
        check=acts.check_asking,
        lead=lambda attempt: f"报送{attempt.record.passed_to}。",
        main=False,
    ),
    Step(
        "resolve",
        Words("记录办理结果", submit="办结"),
        _resolved,
        verb=verb("proposals.resolve_matter", "记录了反映事项的办理结果"),
        form=forms.ResolveForm,
        permission=may.RESOLVE,
        act=acts.resolve,
        who=near_or_handed,
        when=in_hands,
        notices=_to_the_receivers,
        lead=_words,
        guard=True,
    ),
    Step(
        "return",
        Words("退回", "退回转办", "退回"),
        "已退回，由办公室另行分流。",
        verb=verb("proposals.give_back_matter", "退回了转办事项"),
        form=forms.GiveBackForm,
        permission=may.RESOLVE,
        act=acts.give_back,
        who=handed,
        when=with_a_unit,
        notices=_to_the_office,
        main=False,
        apart=True,
        lead="不属于本单位职责的，写明理由退回；转办的经过留在时间轴里。",
    ),
    Step(
        "redirect",
        Words("改办", "改由其他单位办理", "转办"),
        _reached,
        verb=verb("proposals.redirect_matter", "改由其他单位办理反映事项"),
        form=forms.HandForm,
        permission=may.CHANNEL,
        act=acts.hand_to_another,
        who=hands_over,
        when=with_a_unit,
        check=acts.check_another_unit,
        notices=_to_the_unit,
        main=False,
        lead=_words,
    ),
    Step(
        "tell",
        Words("向选民反馈", submit="保存"),
        "已记录反馈。",
        verb=verb("proposals.tell_voter", "向选民反馈了办理结果"),
        form=forms.TellForm,
        permission=may.TELL,
        act=acts.tell,
        who=near,
        when=untold,
        lead=lambda attempt: attempt.record.answer,
        many=True,
    ),
    Step(
        "correct",
        Words("更正", "更正事项", "保存"),
        "已更正。",
        verb=verb("proposals.correct_matter", "更正了反映事项"),
        form=forms.MatterCorrectForm,
        permission=may.CHANNEL,
        act=acts.correct,
        who=near,
        when=kept,
        main=False,
        apart=True,
        guard=True,
        initial=lambda attempt: {name: getattr(attempt.record, name) for name in ("words", "category", "confidential")},
    ),
    Step(
        "withdraw",
        Words("撤回误录", "撤回误录的事项", "撤回"),
        "已撤回。",
        verb=verb("proposals.withdraw_matter", "撤回了误录的反映事项"),
        form=ReasonForm,
        permission=may.UNDO,
        act=acts.withdraw,
        when=mistaken,
        main=False,
        apart=True,
        lead="原记录保留备查，不再计入统计。",
        then=lambda attempt: reverse("proposals-matters", args=[attempt.record.township.code]),
    ),
)
MATTER = register(
    Life(
        name="proposals-matter",
        kind="matter",
        model=Matter,
        read=queries.with_matter,
        visible=queries.visible_matters,
        steps=ROWS,
    )
)
