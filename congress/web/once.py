"""A form that makes no row of its own, sent twice, does its work once: the event it left bears the key it was sent with.

A browser that never got the answer sends the form again, and is told what became of the first one. Forms that make a record
have their own key (`congress.web.keyed`).
"""

import contextlib
import uuid

from congress.guard.action import answering
from congress.models import AuditEvent

SENT = "client_key"
ALREADY = "这张表单刚才已经保存过，没有重复保存。如果后来又改了内容，请打开它再修改。"


def key_of(request) -> uuid.UUID | None:
    """The key a form was sent with; None where it brings none, or what is none."""
    try:
        return uuid.UUID(request.POST.get(SENT, ""))
    except ValueError:
        return None


def _event_of(request) -> uuid.UUID | None:
    """The id of the event this form leaves: another one for every user and every address, so that nobody hits another's."""
    sent = key_of(request)
    return sent and uuid.uuid5(sent, f"{request.user.pk} {request.path}")


def once(request) -> contextlib.AbstractContextManager[None]:
    """What is done inside is known by the key of the form that asked for it."""
    return answering(_event_of(request) if request.method == "POST" else None)


def done_before(request) -> bool:
    """Whether this very form has done its work already; asks the database only where a key was sent."""
    event = _event_of(request) if request.method == "POST" else None
    return event is not None and AuditEvent.objects.filter(pk=event).exists()
