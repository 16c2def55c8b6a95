"""A deputy asks for the own entry to be corrected; clerk or chair answers."""

from django.urls import reverse

from congress import clock
from congress.guard.action import action, lock, verb
from congress.guard.refusal import refuse
from congress.models import Message
from congress.names.parts import tidy
from congress.names.written import problem
from congress.people import phone
from congress.work import outbox
from deputies.actions.roster import set_name_keys
from deputies.models import Correction, Deputy

ASK = verb("deputies.ask_correction", "申请更正代表信息")
ANSWER = verb("deputies.answer_correction", "处理了更正申请")

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


def ask_correction(actor, deputy: Deputy, field: str, value: str, reason: str = "") -> Correction:
    """The deputy asks; only the deputy's own account may. Raises Refused."""
    if deputy.account_id != actor.pk:
        refuse("只能申请更正本人的信息。")
    if field not in CORRECTABLE:
        refuse("该项目不能在线申请更正，请联系人大办公室。")
    value = value.strip()
    if not value:
        refuse("请填写更正后的内容。")
    _accepted(field, value)
    if Correction.objects.filter(deputy=deputy, field=field, state=Correction.State.ASKED).exists():
        refuse("该项目已有一条申请等待处理。")
    with action(ASK, actor=actor, subject=deputy, detail={"fields": [field]}):
        return Correction.objects.create(
            township=deputy.township, deputy=deputy, field=field, value=value, reason=reason
        )


def answer_correction(actor, correction: Correction, *, accept: bool, answer: str = "") -> Correction:
    """Accept (the entry is changed at once) or decline with a reason. Raises Refused when it was answered already."""
    if not accept and not answer.strip():
        refuse("不采纳时请写明理由，代表会看到。")
    with action(ANSWER, actor=actor, subject=correction.deputy, detail={"fields": [correction.field], "采纳": accept}):
        row = lock(correction)
        if row.state != Correction.State.ASKED:
            refuse("这条申请已经处理过。")
        if accept:
            deputy = lock(correction.deputy)
            if deputy.withdrawn_at is not None:
                refuse("该代表信息已经撤回。")
            setattr(deputy, row.field, _accepted(row.field, row.value))
            if row.field == "party":
                deputy.affiliation = ""  # named in full it belonged to the old answer
            set_name_keys(deputy)
            deputy.save()
        row.state = Correction.State.ACCEPTED if accept else Correction.State.DECLINED
        row.answer, row.answered_at = answer.strip(), clock.now()
        row.save()
        _tell(row)
    return row


def _tell(row: Correction) -> None:
    """A message to the deputy; what was asked for stays out of it."""
    deputy = row.deputy
    if deputy.account is None:
        return
    label = Deputy._meta.get_field(row.field).verbose_name
    note = outbox.Note(
        recipient=deputy.account,
        key=f"deputies.correction:{row.pk}",
        kind=ANSWERED,
        title=f"您申请更正“{label}”：{row.get_state_display()}",
        body=row.answer,
        url=reverse("deputies-me", args=[row.township.code]),
    )
    outbox.send(row.township, [note])


def mark_seen(user) -> None:
    """The deputy has read the answers: their messages count as read. Messages are no records of an action."""
    Message.objects.filter(recipient=user, kind=ANSWERED, read_at__isnull=True).update(read_at=clock.now())
