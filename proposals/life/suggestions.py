"""The steps of a suggestion: one row each. The order of the table is the order of the buttons."""

from congress.guard.action import verb
from congress.steps import Attempt, Life, Step, Words, register
from congress.wording import chinese_date
from proposals import permissions as may
from proposals import queries
from proposals.actions import answers, handling
from proposals.actions import suggestions as entering
from proposals.forms import suggestions as forms
from proposals.life import hints, notices, rules
from proposals.models import Assignment, Suggestion

AGREED = verb("proposals.agree_extension", "同意延期答复")
NOT_AGREED = verb("proposals.decline_extension", "不同意延期答复")
CORRECTED = ("title", "situation", "proposal", "category", "scale", "confidential")

# -- what the page says


def _waiting(attempt: Attempt) -> list:
    return queries.unconfirmed(attempt.standing, attempt.record)


def _due(attempt: Attempt) -> str:
    limit = queries.due_of(attempt.record, queries.facts_for(attempt.standing, attempt.record))
    return f"答复期限{chinese_date(limit.date)}（{limit.formula}，依据{limit.citation.brief}）" if limit else ""


def _until(attempt: Attempt) -> str:
    return f"答复期限{chinese_date(queries.due_of(attempt.after).date)}"


def _to(attempt: Attempt) -> str:
    return "、".join(str(unit) for unit in handling.answering(attempt.data))


def _asked(attempt: Attempt) -> str:
    """What each unit asks, with the day it would have otherwise."""
    row, facts = attempt.record, queries.facts_of(attempt.record)
    said = []
    for share in rules.DECIDING.waiting(attempt):
        asked, limit = queries.asked_extension(row, share), queries.due_of(row, facts.of(share.strand))
        said.append(
            f"{share.unit}申请延至{chinese_date(asked.new_due)}，理由：{asked.reason}。"
            f"答复期限{chinese_date(limit.date)}（{limit.formula}，依据{limit.citation.brief}）"
        )
    return "；".join(said)


def _rated(attempt: Attempt) -> str:
    if answers.dissatisfied(attempt.data):
        return "评价已提交，由主席团交承办单位重新办理。"
    return "评价已提交，这件建议就此办结。"


def _signed(attempt: Attempt) -> str:
    return f"已签收。{_due(attempt)}" if queries.due_of(attempt.record) else "已签收。"


def _extended(attempt: Attempt) -> str:
    if not handling.agrees(attempt.data):
        return "已答复不同意延期，期限不变。"
    share = queries.share_of(attempt.after, attempt.data["unit"])
    limit = queries.due_of(attempt.after, queries.facts_of(attempt.after).of(share.strand))
    return f"已同意延期，答复期限{chinese_date(limit.date)}。"


def _led(attempt: Attempt) -> dict:
    shares = queries.answering_shares(attempt.record)
    led = all(share.part == Assignment.Part.LEAD for share in shares)
    return {**rules.REASSIGNING.options(attempt), "led": led}


SUGGESTION = register(
    Life(
        name="proposals-suggestion",
        kind="suggestion",
        model=Suggestion,
        read=queries.with_facts,
        visible=queries.visible_suggestions,
        steps=(
            Step(
                "register",
                Words("登记编号", "登记代表建议"),
                said=lambda attempt: f"已登记并编号{attempt.record.number}。",
                verb=verb("proposals.register", "登记了代表建议"),
                form=forms.RegisterForm,
                permission=may.REGISTER,
                act=entering.register,
                when=rules.following(rules.REGISTER),
                hints=hints.one_matter,
                notices=notices.registered,
                lead="登记后自动编号，并提醒主席交办。",
            ),
            Step(
                "assign",
                Words("交办", "交办代表建议"),
                said=lambda attempt: f"已交办{_to(attempt)}，{_until(attempt)}；{notices.reached(attempt)}",
                verb=verb("proposals.assign", "交办了代表建议"),
                form=forms.AssignForm,
                permission=may.ASSIGN,
                act=handling.assign,
                when=rules.following(rules.ASSIGN),
                check=handling.check_units,
                hints=hints.unlisted_motion,
                notices=notices.assigned,
                lead="自交办之日起计算答复期限。",
            ),
            Step(
                "reassign",
                Words("重新确定承办单位", "重新确定承办单位", "交办"),
                said=lambda attempt: f"已改由{attempt.data['lead']}承办，期限不变。",
                verb=verb("proposals.reassign", "重新确定了承办单位"),
                form=forms.ReassignForm,
                permission=may.ASSIGN,
                act=handling.reassign,
                when=rules.REASSIGNING.when,
                initial=rules.REASSIGNING.initial,
                options=_led,
                check=handling.check_another_unit,
                notices=notices.reassigned,
                lead=lambda attempt: f"退办不重新起算期限。{_due(attempt)}",
            ),
            Step(
                "reopen",
                Words("重新交办"),
                said=lambda attempt: f"已重新交办{_to(attempt)}，{_until(attempt)}。",
                verb=verb("proposals.reopen", "重新交办了代表建议"),
                form=forms.GiveForm,
                permission=may.ASSIGN,
                act=handling.reopen,
                when=rules.following(rules.REOPEN),
                check=handling.check_units,
                notices=notices.reopened,
                lead="代表评价不满意，交承办单位重新办理并再次答复；首次评价保留。",
                initial=lambda attempt: handling.as_before(attempt.record),
            ),
            Step(
                "sign",
                Words("签收"),
                said=_signed,
                verb=verb("proposals.sign", "签收了代表建议"),
                form=forms.SignForm,
                permission=may.HANDLE,
                act=handling.sign,
                who=rules.has_share,
                when=rules.SIGNING.when,
                initial=rules.SIGNING.initial,
                options=rules.SIGNING.options,
                lead=_due,
            ),
            Step(
                "talk",
                Words("记录面商", "记录面商", "保存"),
                said="已记录面商情况。",
                verb=verb("proposals.talk", "与代表面商"),
                form=forms.TalkForm,
                permission=may.HANDLE,
                act=answers.talk,
                who=rules.answers,
                when=rules.TALKING.when,
                initial=rules.TALKING.initial,
                options=rules.TALKING.options,
                hints=hints.local_period("first_contact", "首次联系代表"),
                lead=_due,
                guard=True,
            ),
            Step(
                "reply",
                Words("书面答复", "书面答复", "答复代表"),
                said="已答复，代表会收到消息。",
                verb=verb("proposals.reply", "答复了代表建议"),
                form=forms.ReplyForm,
                permission=may.HANDLE,
                act=answers.reply,
                who=rules.answers,
                when=rules.REPLYING.when,
                initial=rules.REPLYING.initial,
                options=rules.REPLYING.options,
                hints=hints.repliees,
                notices=notices.replied,
                lead=_due,
                guard=True,
            ),
            Step(
                "advise",
                Words("提出协办意见", "协办意见", "提交"),
                said="已提交协办意见。",
                verb=verb("proposals.advise", "提出了协办意见"),
                form=forms.AdviseForm,
                permission=may.HANDLE,
                act=answers.advise,
                who=rules.assists,
                when=rules.may_advise,
                initial=rules.ADVISING.initial,
                options=rules.ADVISING.options,
                hints=hints.local_period("assisting", "协办意见"),
                guard=True,
            ),
            Step(
                "rate",
                Words("评价办理", "评价办理", "提交评价"),
                said=_rated,
                verb=verb("proposals.rate", "评价了建议办理"),
                form=forms.RateForm,
                permission=may.RATE,
                act=answers.rate,
                who=rules.own,
                when=rules.following(rules.RATE),
                check=answers.check_rating,
                notices=notices.rated,
                lead="态度和结果分开评价；任一项不满意的，交承办单位重新办理。",
                guard=True,
            ),
            Step(
                "paper-rating",
                Words("录入征询意见表", "录入纸质征询意见表", "保存"),
                said=_rated,
                verb=verb("proposals.rate_on_paper", "录入了纸质征询意见表"),
                form=forms.PaperRatingForm,
                permission=may.RATE_ON_PAPER,
                act=answers.rate_on_paper,
                when=rules.following(rules.RATE),
                check=answers.check_paper,
                notices=notices.rated_on_paper,
                lead="代表没有账号或者以书面反馈的，按表上所写录入；代表有账号的会收到消息。",
                initial=lambda attempt: {"signed_by": attempt.record.lead.name},
                main=False,
                guard=True,
            ),
            Step(
                "extension",
                Words("答复延期申请", "答复延期申请", "确定"),
                said=_extended,
                verb=lambda data: AGREED if handling.agrees(data) else NOT_AGREED,
                form=forms.AnswerExtensionForm,
                permission=may.EXTEND,
                act=handling.answer_extension,
                when=rules.DECIDING.when,
                initial=rules.DECIDING.initial,
                options=rules.DECIDING.options,
                check=handling.check_answer,
                notices=notices.extension_answered,
                lead=_asked,
            ),
            Step(
                "confirm",
                Words("确认联名", "确认联名", "我知道内容，同意联名"),
                said="已确认联名。",
                verb=verb("proposals.confirm", "确认了联名"),
                form=forms.ConfirmForm,
                permission=may.CONFIRM,
                act=answers.confirm,
                who=rules.cosigns,
                when=rules.may_confirm,
                check=answers.check_cosigning,
                initial=lambda attempt: {"deputy": _waiting(attempt)[0].deputy},
                options=lambda attempt: {"waiting": _waiting(attempt)},
            ),
            Step(
                "ask-extension",
                Words("申请延期", "申请延期", "申请"),
                said="已申请，等待主席团答复。",
                verb=verb("proposals.ask_extension", "申请延期答复"),
                form=forms.AskExtensionForm,
                permission=may.HANDLE,
                act=handling.ask_extension,
                who=rules.answers,
                when=rules.ASKING.when,
                initial=rules.ASKING.initial,
                options=rules.ASKING.options,
                check=handling.check_asked,
                notices=notices.extension_asked,
                lead=_due,
                main=False,
            ),
            Step(
                "return",
                Words("退办"),
                said="已退办，主席团会重新确定承办单位。",
                verb=verb("proposals.return", "退办了代表建议"),
                form=forms.ReturnForm,
                permission=may.HANDLE,
                act=handling.give_back,
                who=rules.answers,
                when=rules.RETURNING.when,
                initial=rules.RETURNING.initial,
                options=rules.RETURNING.options,
                hints=hints.local_period("return", "退办说明"),
                notices=notices.returned,
                lead="不属于本单位职责的，说明理由退回主席团；期限照常计算。",
                main=False,
            ),
            Step(
                "correct",
                Words("修改", "修改建议", "保存"),
                said="已修改。",
                verb=verb("proposals.correct", "修改了代表建议"),
                form=forms.CorrectForm,
                permission=may.SUBMIT,
                act=entering.correct,
                who=rules.own_or_on_paper,
                when=rules.following(rules.CORRECT),
                lead="交办以前可以修改；文字改动后联名代表要重新确认。",
                initial=lambda attempt: {name: getattr(attempt.record, name) for name in CORRECTED},
                main=False,
                guard=True,
            ),
            Step(
                "decline",
                Words("不予受理", "不予受理", "不予受理并告知代表"),
                said="已记录不予受理，并告知代表。",
                verb=verb("proposals.decline", "对代表建议不予受理"),
                form=forms.DeclineForm,
                permission=may.DECLINE,
                act=entering.decline,
                when=rules.following(rules.DECLINE),
                check=entering.check_grounds,
                hints=hints.one_matter,
                notices=notices.declined,
                lead="内容不会丢失；代表会收到理由和依据，可以修改后重新提出。",
                main=False,
            ),
            Step(
                "close",
                Words("办结"),
                said="已办结。",
                verb=verb("proposals.close", "办结了代表建议"),
                form=forms.CloseForm,
                permission=may.CLOSE,
                act=answers.close,
                when=rules.may_close,
                notices=notices.closed,
                lead="代表满意或者基本满意的自动办结；这里用于代表未反馈，或者再次不满意经主席团研究后办结。",
                main=False,
            ),
            Step(
                "withdraw",
                Words("撤回", "撤回代表建议"),
                said="已撤回，办理终止。",
                verb=verb("proposals.withdraw", "撤回了代表建议"),
                form=forms.WithdrawForm,
                permission=may.WITHDRAW,
                act=entering.withdraw,
                who=rules.own_or_on_paper,
                when=rules.following(rules.WITHDRAW),
                notices=notices.withdrawn,
                main=False,
            ),
        ),
    )
)
