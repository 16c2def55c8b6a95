"""The steps of somebody who is named, and of the forms that name (选举法三十、三十二、三十五; 若干规定十)."""

from congress.law.finding import Finding, blocking
from congress.law.sources import cite
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.wording import chinese_date
from elections import permissions as may
from elections.actions import candidates as acts
from elections.actions import nominations as forms_of
from elections.forms.candidates import ConsentForm, DeclareForm, LeaveForm, ReturnForm, TellForm, UntrueForm
from elections.forms.nominations import ReopenForm, SettleForm
from elections.models import Nomination, Nominee

State = Nomination.State


def _answered(attempt: Attempt) -> list[Finding]:
    row: Nominee = attempt.record
    if row.consent == Nominee.Consent.AGREED:
        return [Finding("order.agreed", f"{chinese_date(row.consent_on)}已登记接受推荐。")]
    return acts.stands(attempt)


def _declined(attempt: Attempt) -> list[Finding]:
    row: Nominee = attempt.record
    if row.left_how != Nominee.Left.DECLINED:
        return [Finding("order.not_declined", "只有本人不接受推荐的才需要告知推荐者。")]
    if row.told_on is not None:
        return [Finding("order.told", f"{chinese_date(row.told_on)}已经告知。")]
    if attempt.on < row.left_on:
        return [Finding("order.before", "告知日期不能早于本人答复的日期。", field="on")]
    return []


def _left(attempt: Attempt) -> list[Finding]:
    if attempt.record.left_on is None:
        return [Finding("order.stands", "没有登记退出。")]
    return []


def _untold(attempt: Attempt) -> list[Finding]:
    if attempt.record.untrue_told_on is not None:
        return [Finding("order.told", "已经登记通报。")]
    return []


def _declaring(attempt: Attempt) -> list[Finding]:
    if attempt.record.declared_on is not None:
        return [Finding("order.declared", f"{chinese_date(attempt.record.declared_on)}已登记声明。")]
    return acts.stands(attempt)


NOMINEE = register(
    Life(
        name="elections-nominee",
        kind="elections.nominee",
        model=Nominee,
        read=lambda rows: rows.select_related(
            "township__county", "election__term", "election__campaign", "district", "data_key"
        ),
        visible=lambda standing: Nominee.objects.kept(),
        about=lambda row: row.election,
        steps=(
            Step(
                "answer",
                Words("登记本人意见", "登记被推荐人的意见", "保存", "person-check"),
                said="已登记本人意见。",
                verb=acts.ANSWER,
                form=ConsentForm,
                permission=may.EDIT,
                act=acts.answer,
                when=_answered,
                check=acts.check_answer,
                lead="不接受推荐的不列入名单，记录保留，并告知推荐的选民或者团体。",
            ),
            Step(
                "declare",
                Words("登记本人声明", "登记被推荐人的声明", "保存", "pencil"),
                said="已登记本人声明。",
                verb=acts.DECLARE,
                form=DeclareForm,
                permission=may.EDIT,
                act=acts.declare,
                when=_declaring,
                check=acts.check_declaration,
                main=False,
                lead="照本人签了字的声明登记；声明本身不使任何人离开名单。",
            ),
            Step(
                "tell",
                Words("登记告知", "登记已告知推荐者、通报选民"),
                said="已登记告知。",
                verb=acts.TELL,
                form=TellForm,
                permission=may.EDIT,
                act=acts.tell,
                when=_declined,
            ),
            Step(
                "untrue",
                Words("登记不实情况的通报", "登记不实情况的通报"),
                said="已登记向选民通报；名单没有改动。",
                verb=acts.UNTRUE,
                form=UntrueForm,
                permission=may.EDIT,
                act=acts.untrue,
                when=_untold,
                main=False,
                lead=f"提供的基本情况不实的，应当向选民通报（{cite('election_law', 'nomination').brief}）；法律没有规定因此除名。",
            ),
            Step(
                "leave",
                Words("登记退出", "登记代表候选人的退出"),
                said="已登记退出，记录保留。",
                verb=acts.LEAVE,
                form=LeaveForm,
                permission=may.EDIT,
                act=acts.leave,
                when=acts.stands,
                main=False,
                apart=True,
                guard=True,
                lead="依法推荐的候选人，选举委员会不得调换或者增减；联审意见、结构要求都不是退出的理由。",
            ),
            Step(
                "return",
                Words("撤销误登的退出", "撤销误登的退出"),
                said="已撤销，恢复为在名单上。",
                verb=acts.RETURN,
                form=ReturnForm,
                permission=may.EDIT,
                act=acts.come_back,
                when=_left,
                main=False,
                apart=True,
            ),
        ),
    )
)


def _accepting(attempt: Attempt) -> list[Finding]:
    """The order first; then what the law has against the form: what forbids, and what is to be known."""
    return forms_of.waiting(attempt) or _day(attempt)


def _day(attempt: Attempt) -> list[Finding]:
    if attempt.on < attempt.record.submitted_on:
        return [Finding("order.before", "核对日期不能早于提出日期。", field="on")]
    return []


def _against(attempt: Attempt) -> list[Finding]:
    return forms_of.against(attempt.record)


def _unlawful(attempt: Attempt) -> list[Finding]:
    """A form is refused for what the law has against it alone: a lawful nominee never vanishes."""
    if blocking(forms_of.against(attempt.record)):
        return []
    return [Finding("nomination.lawful", "推荐表没有不符合法定条件的地方，不能退回；被推荐人都应当列入名单。")]


def _reasons(attempt: Attempt) -> Consequences:
    found = forms_of.against(attempt.record)
    rows = tuple((f"第{at}项", one.message) for at, one in enumerate(blocking(found), start=1))
    return Consequences(rows, ("被推荐人有其他有效推荐表的，仍列入名单",), title="不符合的情形")


def _settled(attempt: Attempt) -> list[Finding]:
    """It was checked, and no closed list rests on it: who is named there is neither exchanged nor left out (若干规定十)."""
    if attempt.record.state == State.RECEIVED:
        return [Finding("order.waiting", "推荐表还没有核对。")]
    row = forms_of.resting_on(attempt.record)
    if row is None:
        return []
    way = "名单已经公布，不得调换或者增减" if row.published_on else "请先取消名单的定稿"
    return [Finding("order.listed", f"被推荐人凭这份推荐表列入已经定稿的{row}，{way}。")]


NOMINATION = register(
    Life(
        name="elections-nomination",
        kind="elections.nomination",
        model=Nomination,
        read=lambda rows: rows.select_related(
            "township__county",
            "nominee__township__county",
            "nominee__district",
            "nominee__data_key",
            "nominee__election__term",
            "nominee__election__campaign",
            "nominee__election__township__county",
        ),
        visible=lambda standing: Nomination.objects.kept(),
        about=lambda row: row.nominee,
        steps=(
            Step(
                "accept",
                Words("核对有效", "核对推荐表有效", "确认有效", "check-lg"),
                said="已核对有效，被推荐人列入代表候选人名单。",
                verb=forms_of.ACCEPT,
                form=SettleForm,
                permission=may.EDIT,
                act=forms_of.accept,
                when=_accepting,
                lacks=_against,
                many=True,
            ),
            Step(
                "refuse",
                Words("不符合法定条件", "登记推荐表不符合法定条件"),
                said="已登记；纸质推荐表退还或者存档，原因请告知推荐者。",
                verb=forms_of.REFUSE,
                form=SettleForm,
                permission=may.EDIT,
                act=forms_of.refuse_form,
                when=_accepting,
                lacks=_unlawful,
                shows=_reasons,
                main=False,
            ),
            Step(
                "reopen",
                Words("重新核对", "重新核对推荐表"),
                said="推荐表待核对，可以修改。",
                verb=forms_of.REOPEN,
                form=ReopenForm,
                permission=may.EDIT,
                act=forms_of.reopen,
                when=_settled,
                main=False,
                apart=True,
            ),
        ),
    )
)
