"""A deputy asks for their entry to be corrected; clerk or chair answers by the steps of `life`."""

import uuid
from collections.abc import Iterable
from dataclasses import replace

from congress import clock
from congress.guard.action import Refused, action, lock, verb
from congress.guard.refusal import refuse
from congress.law.finding import Finding
from congress.models import Message
from congress.names.parts import tidy
from congress.names.written import problem
from congress.people import phone
from congress.steps import Attempt, change
from deputies.actions.roster import set_name_keys
from deputies.models import Correction, Deputy

ASK = verb("deputies.ask_correction", "申请更正代表信息")

ANSWERED = "deputies.correction"  # kind of the message a deputy gets
# What a deputy may ask to be corrected, in the order of the form.
CORRECTABLE = ("phone", "address", "employer_post", "education", "party", "ethnicity", "certificate_no", "name")


def _accepted(field: str, value: str) -> str:
    """The value as it will stand in the entry. Raises Refused when the field cannot take it."""
    model_field = Deputy._meta.get_field(field)
    if model_field.choices:
        by_label = {str(label): key for key, label in model_field.choices} | {
            key: key for key, _ in model_field.choices
        }
        if value not in by_label:
            listed = "、".join(str(label) for _, label in model_field.choices)
            refuse(f"{model_field.verbose_name}请填写：{listed}。", "value")
        return by_label[value]
    if field == "phone":
        wrong = phone.problem(value)
        if wrong:
            refuse(wrong.message, "value")
        return phone.normalise(value)
    if field == "name":
        value = tidy(value)
        if wrong := problem(value):
            refuse(f"{wrong}。", "value")
    if model_field.max_length and len(value) > model_field.max_length:
        refuse(f"{model_field.verbose_name}不能超过{model_field.max_length}个字。", "value")
    return value


def ask_correction(
    actor, deputy: Deputy, field: str, value: str, reason: str = "", *, key: uuid.UUID | None = None
) -> Correction:
    """The deputy asks; only the deputy's own account may. `key` becomes the request's id. Raises Refused."""
    if deputy.account_id != actor.pk:
        refuse("只能申请更正本人的信息。")
    if field not in CORRECTABLE:
        refuse("该项目不能在线申请更正，请联系人大办公室。", "field")
    value = value.strip()
    if not value:
        refuse("请填写更正后的内容。", "value")
    _accepted(field, value)
    with action(ASK, actor=actor, subject=deputy, detail={"fields": [field]}):
        lock(deputy)  # two requests at once would both find none that waits
        if Correction.objects.filter(deputy=deputy, field=field, state=Correction.State.ASKED).exists():
            refuse("该项目已有一条申请等待处理。", "field")
        return Correction.objects.create(
            id=key or uuid.uuid4(),
            township=deputy.township,
            deputy=deputy,
            field=field,
            value=value,
            reason=reason,
        )


def accept(attempt: Attempt) -> dict:
    """The entry is changed at once, as the deputy asked."""
    row = attempt.record
    deputy = lock(row.deputy)
    setattr(deputy, row.field, _accepted(row.field, row.value))
    set_name_keys(deputy)
    deputy.save()
    return _answered(attempt, Correction.State.ACCEPTED)


def decline(attempt: Attempt) -> dict:
    """The entry stays as it is; the deputy reads why."""
    return _answered(attempt, Correction.State.DECLINED)


def _answered(attempt: Attempt, state: str) -> dict:
    change(attempt.record, state=state, answer=attempt.data["answer"], answered_at=clock.now())
    return {"fields": [attempt.record.field], "采纳": state == Correction.State.ACCEPTED}


def check_value(attempt: Attempt) -> Iterable[Finding]:
    """What was asked for must still fit the field."""
    try:
        _accepted(attempt.record.field, attempt.record.value)
    except Refused as wrong:
        yield from (replace(finding, field="") for finding in wrong.findings)


def mark_seen(user) -> None:
    """The deputy has read the answers: their messages count as read. Messages are no records of an action."""
    Message.objects.filter(recipient=user, kind=ANSWERED, read_at__isnull=True).update(read_at=clock.now())
