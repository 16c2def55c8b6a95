"""The steps of a registration that was asked for from the public pages."""

from congress.guard.action import verb
from congress.law.finding import Finding
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.wording import chinese_date
from elections import permissions as may
from elections.actions import requests as acts
from elections.forms.requests import AcceptRequestForm, RefuseRequestForm
from elections.models import RegistrationRequest

ACCEPT = verb("elections.accept_request", "核对并登记了网上申请")
REFUSE = verb("elections.refuse_request", "不予受理网上登记申请")


def _waiting(attempt: Attempt) -> list[Finding]:
    row = attempt.record
    if row.state != RegistrationRequest.State.WAITING:
        return [Finding("order.done", "这份申请已经办理。")]
    if row.campaign.closed_on:
        return [Finding("order.closed", "这次选举工作已经结束。")]
    return []


def _facts(attempt: Attempt) -> Consequences:
    row = attempt.record
    rows = (
        ("姓名", row.name),
        ("性别", row.get_gender_display()),
        ("出生日期", chinese_date(row.birth_date)),
        ("户籍", row.get_household_display()),
        ("现住", row.village),
        ("说明", row.note or "—"),
    )
    return Consequences(rows, (), title="申请内容")


REQUEST = register(
    Life(
        name="elections-request",
        kind="elections.request",
        model=RegistrationRequest,
        read=lambda rows: rows.select_related("township__county", "data_key", "campaign", "voter"),
        visible=lambda standing: RegistrationRequest.objects.kept(),
        steps=(
            Step(
                "accept",
                Words("核对并登记", "核对并登记网上申请", "登记"),
                said="已登记到选民册。",
                verb=ACCEPT,
                form=AcceptRequestForm,
                permission=may.EDIT,
                act=acts.accept,
                when=_waiting,
                lead="请先打电话或者当面同本人核对证件，再登记。身份证号、手机已由本人填写，登记时一并记入选民册。",
                options=lambda attempt: {"campaign": attempt.record.campaign},
                shows=_facts,
            ),
            Step(
                "refuse",
                Words("不予受理", "不予受理网上申请", "不予受理"),
                said="已记为不予受理。请告诉申请人原因。",
                verb=REFUSE,
                form=RefuseRequestForm,
                permission=may.EDIT,
                act=acts.refuse_request,
                when=_waiting,
                lead="这里只决定这份网上申请收不收，不决定选民资格；依法不列入名单的，按选民资格审查办理。",
                main=False,
                apart=True,
            ),
        ),
    )
)
