"""Where the kernel keeps a person's name besides the person's own row: accounts, messages, imports on their way.

And the line on the home page of whoever can carry out what another asked for.
"""

import json
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.db.models import F, Q, Value
from django.db.models.functions import Left, Replace
from django.urls import reverse

from congress import slips
from congress.channels import close
from congress.guard import scope
from congress.guard.refusal import refuse
from congress.imports.content import forget_before, pieces_of, source_of, unseal
from congress.models import Channel, Erasure, ImportBatch, Job, Membership, Message, PrintedPaper, Role
from congress.people.erase import Erasing, elsewhere
from congress.people.erased import ERASED
from congress.permissions import ERASE, Standing
from congress.printing import PAPERS
from congress.web.todo import Todo, provider


@elsewhere
def imports(erasing: Erasing) -> None:
    """Refuses while a table waits to be decided about that has the name; what a taken one kept for undoing is dropped."""
    for batch in ImportBatch.objects.select_for_update(of=("self",)).exclude(state=ImportBatch.State.DROPPED):
        if batch.state == ImportBatch.State.PREVIEW and any(
            name in text for name in erasing.names for text in _texts(batch)
        ):
            refuse(f"待确认的导入“{batch.file_name}”里有这个人的信息，请先导入或者放弃这份表格，再销毁。")
        if batch.state == ImportBatch.State.TAKEN and forget_before(batch, {str(erasing.person.pk)}):
            erasing.count(ImportBatch, 1)


def _texts(batch: ImportBatch) -> Iterator[str]:
    """What a waiting table says: its preview, or its cells while the columns are not known."""
    held = unseal(batch)
    if "preview" in held:
        yield json.dumps(held["preview"], ensure_ascii=False)
        yield from (json.dumps(unseal(piece), ensure_ascii=False) for piece in pieces_of(batch))
    elif (book := source_of(batch)) is not None:
        for sheet in book.sheets:
            yield from (str(cell) for row in sheet.rows for cell in row if cell is not None)


@elsewhere
def papers(erasing: Erasing) -> None:
    """Papers that lie finished may name anybody, and are made again with a click: none outlasts an erasing."""
    erasing.count(PrintedPaper, PAPERS.drop_all(PAPERS.lying()))


@elsewhere
def jobs(erasing: Erasing) -> None:
    """What work that is over told its owner may name whomever it was refused for: none of that outlasts an erasing, and what it is
    called loses the name."""
    over = Job.objects.filter(state__in=(Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED))
    erasing.count(Job, over.exclude(note="").update(note=""))
    for name in erasing.spoken:
        named = Left(Replace(F("title"), Value(name), Value(str(ERASED))), 100)
        erasing.count(Job, Job.objects.filter(title__contains=name).update(title=named))


@elsewhere
def account(erasing: Erasing) -> None:
    """The person's account is closed for good, unless it has another role or another township: then it belongs there too."""
    user = getattr(erasing.person, "account", None)
    if user is None or not _is_of_this_office_alone(user, erasing.person.township_id):
        return
    for technical in (AccessAttempt, AccessLog):
        technical.objects.filter(username__iexact=user.username).delete()
    slips.drop_of(user)
    for channel in Channel.objects.kept().filter(user=user).select_related("data_key"):
        close(channel)
        erasing.count(Channel, 1)
    for held in (UserSession, Authenticator):
        held.objects.filter(user=user).delete()
    user.set_unusable_password()
    erasing.empty_all([user])


def _is_of_this_office_alone(user, township_id: int) -> bool:
    with scope.user(user):
        held = list(Membership.objects.filter(user=user))
    return all(one.role in (Role.DEPUTY, Role.POLL) and one.township_id == township_id for one in held)


@elsewhere
def messages(erasing: Erasing) -> None:
    """Messages to others that name the person."""
    for name in erasing.spoken:
        named = Message.objects.filter(Q(title__contains=name) | Q(body__contains=name))
        changed = named.update(
            title=Left(Replace(F("title"), Value(name), Value(str(ERASED))), 120),
            body=Replace(F("body"), Value(name), Value(str(ERASED))),
        )
        erasing.count(Message, changed)


@provider
def waiting(standing: Standing):
    """Requests to erase that another has made."""
    if standing.township is not None and standing.allows(ERASE):
        open_ones = Erasure.objects.kept().filter(carried_out_at__isnull=True).exclude(asked_by=standing.user)
        yield Todo("销毁申请待确认", open_ones, reverse("erasures", args=[standing.township.code]), "warning")
