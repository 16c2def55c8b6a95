"""The steps of a correction a deputy asked for."""

from django.urls import reverse

from congress.guard.action import verb
from congress.law.finding import Finding
from congress.models import User
from congress.steps import Attempt, Life, Notice, Step, Words, register
from deputies import permissions as may
from deputies.actions import corrections
from deputies.forms import AcceptForm, DeclineForm
from deputies.models import Correction

ANSWER = verb("deputies.answer_correction", "处理了更正申请")


def _open(attempt: Attempt) -> list[Finding]:
    row = attempt.record
    if row.state != Correction.State.ASKED:
        return [Finding("order.done", "这条申请已经处理过。")]
    if row.deputy.withdrawn_at is not None:
        return [Finding("order.withdrawn", "该代表信息已经撤回。")]
    return []


def _answered(attempt: Attempt) -> list[Notice]:
    """The deputy; what was asked for stays out of the message."""
    account: User | None = attempt.record.deputy.account
    word, url = attempt.record.get_state_display(), reverse("deputies-me", args=[attempt.record.township.code])
    return [Notice("answered", [account] if account else [], f"更正申请{word}", attempt.data["answer"], url)]


CORRECTION = register(
    Life(
        name="deputies-correction",
        kind=corrections.ANSWERED,
        model=Correction,
        read=lambda rows: rows.select_related("township", "data_key", "deputy__data_key", "deputy__account"),
        visible=lambda standing: Correction.objects.kept(),
        about=lambda row: row.deputy,
        steps=(
            Step(
                "accept",
                Words("采纳并更正", "采纳更正申请"),
                said="已更正，代表会收到消息。",
                verb=ANSWER,
                form=AcceptForm,
                permission=may.EDIT,
                act=corrections.accept,
                when=_open,
                check=corrections.check_value,
                notices=_answered,
            ),
            Step(
                "decline",
                Words("不采纳", "不采纳更正申请"),
                said="已答复不采纳，代表会收到消息。",
                verb=ANSWER,
                form=DeclineForm,
                permission=may.EDIT,
                act=corrections.decline,
                when=_open,
                notices=_answered,
                main=False,
            ),
        ),
    )
)
