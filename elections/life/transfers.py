"""The steps of a voter handed over to another place, on either side."""

from collections.abc import Callable

from congress.guard.action import verb
from congress.law import roll as grounds
from congress.law.finding import Finding
from congress.people.fields import masked
from congress.steps import Attempt, Consequences, Life, Step, Words, register
from congress.wording import chinese_date
from elections.actions import transfers
from elections.forms.transfers import AcceptTransferForm, AnsweredForm, PapersForm, RefuseTransferForm
from elections.models import Transfer
from elections.permissions import VOTERS_EDIT

ACCEPT = verb("elections.accept_transfer", "接收了转入的选民")
REFUSE = verb("elections.refuse_transfer", "没有接收转入的选民")
TAKE_BACK = verb("elections.take_back_transfer", "撤回了选民转移")
PAPERS = verb("elections.transfer_papers", "登记了转入选民的材料")
CONFIRMED = verb("elections.transfer_accepted_elsewhere", "登记了对方已接收选民")
DECLINED = verb("elections.transfer_refused_elsewhere", "登记了对方没有接收选民")


def _asked(direction: str, *, paired: bool | None = None) -> Callable[[Attempt], list[Finding]]:
    """Offered on one side while no answer is here; `paired`: only where the other side is a township here, or is none."""

    def when(attempt: Attempt) -> list[Finding]:
        row = attempt.record
        if row.direction != direction:
            return [Finding("order.side", "这一步由另一方办理。")]
        if row.state != Transfer.State.ASKED:
            return [Finding("order.done", f"这件转移{row.get_state_display()}。")]
        if paired is not None and bool(row.pair) is not paired:
            return [Finding("order.reach", "对方在本系统内答复。" if row.pair else "这一步只用于县内转移。")]
        if attempt.on < row.sent_on:
            return [Finding("order.day", f"不能早于提出日期{chinese_date(row.sent_on)}。", field="on")]
        return []

    return when


def _papers(attempt: Attempt) -> list[Finding]:
    """Who comes from outside the county is registered when the papers the law asks for are here."""
    row = attempt.record
    if row.pair:
        return []
    on, pack = row.campaign.election_day, row.township.pack
    return list(grounds.check_outsider(bool(row.certificate), row.permit, on, pack))


def _person(attempt: Attempt) -> Consequences:
    row = attempt.record
    rows = (
        ("姓名", row.name),
        ("性别", row.get_gender_display()),
        ("出生日期", chinese_date(row.birth_date)),
        ("身份证号", masked(row, "id_number")),
        ("对方", row.other_township or row.other_place),
        ("原因", row.get_cause_display()),
    )
    return Consequences(rows, (), title="转移的选民")


def _of_campaign(attempt: Attempt) -> dict:
    return {"campaign": attempt.record.campaign}


IN, OUT = Transfer.Direction.IN, Transfer.Direction.OUT
TRANSFER = register(
    Life(
        name="elections-transfer",
        kind="elections.transfer",
        model=Transfer,
        read=lambda rows: rows.select_related(
            "township__county", "campaign", "other_township", "voter__data_key", "data_key"
        ),
        visible=lambda standing: Transfer.objects.kept(),
        steps=(
            Step(
                "accept",
                Words("接收并登记", "接收转入的选民"),
                said="已接收并登记，转出方的选民册同时除名。",
                verb=ACCEPT,
                form=AcceptTransferForm,
                permission=VOTERS_EDIT,
                act=transfers.accept,
                when=_asked(IN),
                lacks=_papers,
                shows=_person,
                options=_of_campaign,
            ),
            Step(
                "material",
                Words("登记材料", "登记选民资格证明和居住证"),
                said="已登记材料。",
                verb=PAPERS,
                form=PapersForm,
                permission=VOTERS_EDIT,
                act=transfers.bring_papers,
                when=_asked(IN, paired=False),
                initial=lambda attempt: {"certificate": attempt.record.certificate, "permit": attempt.record.permit},
                main=False,
            ),
            Step(
                "refuse",
                Words("不接收", "不接收转入的选民"),
                said="已答复不接收，选民仍在转出方的选民册上。",
                verb=REFUSE,
                form=RefuseTransferForm,
                permission=VOTERS_EDIT,
                act=transfers.refuse_transfer,
                when=_asked(IN),
                main=False,
            ),
            Step(
                "confirmed",
                Words("对方已登记", "登记对方已接收"),
                said="已登记，该选民从本地选民册除名。",
                verb=CONFIRMED,
                form=AnsweredForm,
                permission=VOTERS_EDIT,
                act=transfers.accepted_elsewhere,
                when=_asked(OUT, paired=False),
                lead="凭对方退回的参选联系单、通知回执填写；填写以后该选民不再列入本地名单。",
            ),
            Step(
                "declined",
                Words("对方没有接收", "登记对方没有接收"),
                said="已登记，该选民仍在本地选民册上。",
                verb=DECLINED,
                form=RefuseTransferForm,
                permission=VOTERS_EDIT,
                act=transfers.refuse_transfer,
                when=_asked(OUT, paired=False),
                main=False,
            ),
            Step(
                "take-back",
                Words("撤回转移", "撤回转移"),
                said="已撤回，该选民一直在本地选民册上。",
                verb=TAKE_BACK,
                form=RefuseTransferForm,
                permission=VOTERS_EDIT,
                act=transfers.take_back,
                when=_asked(OUT),
                apart=True,
            ),
        ),
    )
)
