"""The steps of a suggestion, one small page each."""

from congress.web.pages import township_view
from congress.wording import chinese_date
from proposals import actions, queries
from proposals import permissions as may
from proposals.forms import suggestions as forms
from proposals.stages import Step
from proposals.views.common import StepPage, suggestion_step


def _without(data: dict, *names: str) -> dict:
    return {name: value for name, value in data.items() if name not in names}


def _due(suggestion) -> str:
    limit = queries.due_of(suggestion)
    return f"答复期限{chinese_date(limit.date)}（{limit.formula}，依据{limit.citation.brief}）" if limit else ""


def _page(permission, spec: StepPage):
    @township_view(permission)
    def view(request, township, pk):
        return suggestion_step(request, township, pk, spec)

    view.__doc__ = f"{spec.title}。"
    return view


register = _page(
    may.REGISTER,
    StepPage(
        "register",
        "登记代表建议",
        forms.RegisterForm,
        lambda user, row, data: actions.register(user, row, **data),
        "已登记并编号。",
        "登记编号",
        Step.REGISTER,
        lambda row: "登记后自动编号，并提醒主席交办。",
    ),
)
decline = _page(
    may.DECLINE,
    StepPage(
        "decline",
        "不予受理",
        forms.DeclineForm,
        lambda user, row, data: actions.decline_suggestion(user, row, **{**data, "grounds": tuple(data["grounds"])}),
        "已记录不予受理，并告知代表。",
        "不予受理并告知代表",
        Step.DECLINE,
        lambda row: "内容不会丢失；代表会收到理由和依据，可以修改后重新提出。",
    ),
)
assign = _page(
    may.ASSIGN,
    StepPage(
        "assign",
        "交办代表建议",
        forms.AssignForm,
        lambda user, row, data: actions.assign(user, row, **data),
        "已交办，承办单位会收到消息。",
        "交办",
        Step.ASSIGN,
        lambda row: "自交办之日起计算答复期限。",
    ),
)
reassign = _page(
    may.ASSIGN,
    StepPage(
        "reassign",
        "重新确定承办单位",
        forms.GiveForm,
        lambda user, row, data: actions.reassign(user, row, **data),
        "已重新确定承办单位。",
        "交办",
        Step.REASSIGN,
        lambda row: f"退办不重新起算期限。{_due(row)}",
    ),
)
reopen = _page(
    may.ASSIGN,
    StepPage(
        "reopen",
        "重新交办",
        forms.GiveForm,
        lambda user, row, data: actions.reopen(user, row, **data),
        "已重新交办。",
        "重新交办",
        Step.REOPEN,
        lambda row: "代表评价不满意，交承办单位重新办理并再次答复；首次评价保留。",
        lambda row: {"lead": queries.lead_share(row).unit_id} if queries.lead_share(row) else {},
    ),
)
sign = _page(
    may.HANDLE,
    StepPage(
        "sign",
        "签收",
        forms.SignForm,
        lambda user, row, data: actions.sign_for(user, row, **data),
        "已签收。",
        "签收",
        Step.SIGN,
        _due,
    ),
)
return_ = _page(
    may.HANDLE,
    StepPage(
        "return",
        "退办",
        forms.ReturnForm,
        lambda user, row, data: actions.return_assignment(user, row, **data),
        "已退办，主席团会重新确定承办单位。",
        "退办",
        Step.RETURN,
        lambda row: "不属于本单位职责的，说明理由退回主席团；期限照常计算。",
    ),
)
talk = _page(
    may.HANDLE,
    StepPage(
        "talk",
        "记录面商",
        forms.TalkForm,
        lambda user, row, data: actions.talk(user, row, **data),
        "已记录面商情况。",
        "保存",
        Step.TALK,
        _due,
        guard=True,
    ),
)
advise = _page(
    may.HANDLE,
    StepPage(
        "advise",
        "协办意见",
        forms.AdviseForm,
        lambda user, row, data: actions.advise(user, row, **data),
        "已提交协办意见。",
        "提交",
        Step.ADVISE,
        guard=True,
    ),
)
ask_extension = _page(
    may.HANDLE,
    StepPage(
        "ask-extension",
        "申请延期",
        forms.AskExtensionForm,
        lambda user, row, data: actions.ask_extension(user, row, **data),
        "已申请，等待主席团答复。",
        "申请",
        Step.ASK_EXTENSION,
        _due,
    ),
)


def _answer_extension(user, row, data):
    act = actions.agree_extension if data["decision"] == "agree" else actions.decline_extension
    return act(user, row, **_without(data, "decision", *([] if data["decision"] == "agree" else ["new_due"])))


def _asked(row) -> str:
    waiting = [one for one in row.extensions.all() if one.agreed_on is None and one.declined_on is None]
    if not waiting:
        return _due(row)
    return f"申请延至{chinese_date(waiting[-1].new_due)}，理由：{waiting[-1].reason}。{_due(row)}"


answer_extension = _page(
    may.EXTEND,
    StepPage(
        "extension",
        "答复延期申请",
        forms.AnswerExtensionForm,
        _answer_extension,
        "已答复延期申请。",
        "确定",
        Step.ANSWER_EXTENSION,
        _asked,
    ),
)
reply = _page(
    may.HANDLE,
    StepPage(
        "reply",
        "书面答复",
        forms.ReplyForm,
        lambda user, row, data: actions.reply(user, row, **data),
        "已答复，代表会收到消息。",
        "答复代表",
        Step.REPLY,
        _due,
        guard=True,
    ),
)
rate = _page(
    may.RATE,
    StepPage(
        "rate",
        "评价办理",
        forms.RateForm,
        lambda user, row, data: actions.rate(user, row, **data),
        "评价已提交。满意、基本满意的就此办结；不满意的由主席团重新交办。",
        "提交评价",
        Step.RATE,
        lambda row: "态度和结果分开评价；任一项不满意的，交承办单位重新办理。",
        guard=True,
    ),
)
close = _page(
    may.CLOSE,
    StepPage(
        "close",
        "办结",
        forms.CloseForm,
        lambda user, row, data: actions.close(user, row, **data),
        "已办结。",
        "办结",
        Step.CLOSE,
        lambda row: "代表满意或者基本满意的自动办结；这里用于代表未反馈，或者再次不满意经主席团研究后办结。",
    ),
)
withdraw = _page(
    may.WITHDRAW,
    StepPage(
        "withdraw",
        "撤回代表建议",
        forms.WithdrawForm,
        lambda user, row, data: actions.withdraw_suggestion(user, row, **data),
        "已撤回，办理终止。",
        "撤回",
        Step.WITHDRAW,
    ),
)


def _confirm(user, row, data):
    deputy = queries.deputy_of(user)
    return actions.confirm_cosigning(user, row, deputy=deputy, on=data["on"])


confirm = _page(
    may.MINE,
    StepPage("confirm", "确认联名", forms.ConfirmForm, _confirm, "已确认联名。", "我知道内容，同意联名"),
)
