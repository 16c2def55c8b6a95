"""Where the kernel keeps a person's name besides the person's own row: accounts, messages, imports on their way.

And the line on the home page of whoever can carry out what another asked for.
"""

import json
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.urls import reverse

from congress import slips
from congress.channels import close
from congress.guard import scope
from congress.guard.refusal import refuse
from congress.imports.content import forget_before, pieces_of, source_of, unseal
from congress.models import Channel, Erasure, ImportBatch, Job, Membership, Message, PrintedPaper, Role, SlipBatch
from congress.people.erase import Erasing, elsewhere
from congress.people.erased import ERASED
from congress.permissions import ERASE, Standing
from congress.printing import PAPERS
from congress.web.conditions import any_of
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


# What the program tells of its own work, and nobody corrects by hand: columns that lose the name wherever it stands in them.
TOLD: dict[type[models.Model], tuple[str, ...]] = {
    Job: ("title", "arguments", "result"),
    ImportBatch: ("file_name",),
    PrintedPaper: ("title",),
    SlipBatch: ("refused",),
    Message: ("title", "body"),
}


@elsewhere
def told(erasing: Erasing) -> None:
    """What work that is over told its owner may name whomever it was refused for: none of that outlasts an erasing. Whatever else
    tells of work, or told others, loses the name."""
    over = Job.objects.filter(state__in=(Job.State.DONE, Job.State.FAILED, Job.State.CANCELLED))
    erasing.count(Job, over.exclude(note="").update(note=""))
    for name in erasing.spoken:
        for model, columns in TOLD.items():
            erasing.count(model, _unnamed(model, columns, name))


def _unnamed(model: type[models.Model], columns: tuple[str, ...], name: str) -> int:
    """Take a name out of columns of texts, or of what JSON holds; returns from how many rows."""
    said = {f"_{column}": Cast(column, models.TextField()) for column in columns}
    holds = any_of(Q(**{f"{column}__contains": name}) for column in said)
    rows = list(model._default_manager.annotate(**said).filter(holds).values("pk", *columns))
    for row in rows:
        values = {column: _without(name, row[column]) for column in columns}
        longest = {column: model._meta.get_field(column).max_length for column in columns}
        values = {column: value[: longest[column]] if longest[column] else value for column, value in values.items()}
        model._default_manager.filter(pk=row["pk"]).update(**values)
    return len(rows)


def _without(name: str, value):
    if isinstance(value, str):
        return value.replace(name, ERASED)
    if isinstance(value, list):
        return [_without(name, each) for each in value]
    return {key: _without(name, each) for key, each in value.items()} if isinstance(value, dict) else value


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


@provider
def waiting(standing: Standing):
    """Requests to erase that another has made."""
    if standing.township is not None and standing.allows(ERASE):
        open_ones = Erasure.objects.kept().filter(carried_out_at__isnull=True).exclude(asked_by=standing.user)
        yield Todo("销毁申请待确认", open_ones, reverse("erasures", args=[standing.township.code]), "warning")
