"""Showing a masked value in full: for a reason, once, and on record."""

from django.core.exceptions import FieldDoesNotExist
from django.views.decorators.debug import sensitive_variables

from congress.guard.action import action, verb
from congress.guard.refusal import refuse
from congress.people.erased import Erased
from congress.people.fields import encrypted_fields
from congress.people.scrub import find_personal

REVEAL = verb("people.reveal", "查看了敏感信息")
SHORTEST_REASON = 4  # characters; enough for 核对身份
LONGEST_REASON = 100
SHOWN_SECONDS = 30  # how long a page leaves the value on screen


@sensitive_variables()
def reveal(actor, obj, field: str, reason: str) -> str:
    """The plain text of an encrypted field of a row, once an audit event with field name and reason is written.

    Whether the actor may see it at all is the page's permission. Raises Refused when the reason is missing, too short
    or itself holds personal data (the trail keeps none), or when the data was destroyed; FieldDoesNotExist for a field
    that is not encrypted.
    """
    if field not in {each.name for each in encrypted_fields(type(obj))}:
        raise FieldDoesNotExist(f"{field} is not an encrypted field of {type(obj).__name__}")
    reason = (reason or "").strip()
    value = getattr(obj, field)
    if isinstance(value, Erased):
        refuse("该信息已按规定销毁。")
    _check_reason(obj, reason)
    with action(REVEAL, actor=actor, subject=obj, detail={"fields": [field], "reason": reason}):
        return value or ""


def _check_reason(obj, reason: str) -> None:
    if len(reason) < SHORTEST_REASON:
        refuse(f"请写明查看的理由（至少{SHORTEST_REASON}个字）。")
    if len(reason) > LONGEST_REASON:
        refuse(f"查看理由请不超过{LONGEST_REASON}个字。")
    if find_personal(reason) or any(text in reason for text in known_texts(obj)):
        refuse("查看理由会写入审计记录，请不要写姓名、证件号或电话号码。")


def name_fields(obj) -> tuple[str, ...]:
    """The fields in which a record names persons: `name`, unless the model says others in `names_persons`."""
    return getattr(type(obj), "names_persons", ("name",))


def known_texts(obj) -> set[str]:
    """What is known of the person in words long enough to point at somebody."""
    names = [field.name for field in encrypted_fields(type(obj))]
    names += [name for name in name_fields(obj) if name in getattr(type(obj), "personal_fields", {})]
    values = (getattr(obj, name) for name in names)
    return {value for value in values if value and not isinstance(value, Erased) and len(value) >= 2}
