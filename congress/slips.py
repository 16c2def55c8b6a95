"""Accounts and one-time codes for many at once: made by a job, fetched as slips by the clerk who asked, dropped soon.

The codes are hashed before anything is written, because that takes most of the time and locks nobody out. What the slips
say is sealed under a key of the batch's own and dropped when everybody has come in, or after some days.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from congress import accounts, clock
from congress.documents.slips import Slip, slips_pdf
from congress.guard import scope
from congress.guard.action import Refused, action, lock, verb
from congress.guard.refusal import refuse
from congress.models import Job, Membership, Role, SlipBatch, Township, User
from congress.people import keys
from congress.web.codes import heading_of
from congress.work import jobs, outbox
from congress.work.tasks import in_every_township

MADE = verb("accounts.slips", "生成了登录凭条")
FETCHED = verb("accounts.slips_fetched", "下载了登录凭条")
DROPPED = verb("accounts.slips_dropped", "清除了登录凭条")
KEPT = timedelta(days=7)  # shorter than a code is good for: what lies about is not worth more than what is handed over
GIVEN_BY_CLERK = (Role.DEPUTY, Role.UNIT)


def page_of(job: Job) -> str:
    """Where the slips of a job are fetched; their batch has the job's number."""
    return reverse("slips", args=[job.township.code, job.pk])


def start(kind: str, title: str, actor, township: Township, arguments: dict, key) -> Job:
    """Queue the job of a form with this key. Raises Refused while one of the kind is under way in the township."""
    if jobs.under_way(kind):
        refuse("上一批还在办理，请等它完成后再提交；进度在“办理进度”里看，已经开通的人不会重复开通。")
    return jobs.start(kind, title, owner=actor, township=township, arguments=arguments, key=key)


def issue(job: Job, progress, people: Sequence, write: Callable[[Any, accounts.OneTime], User | None]) -> dict:
    """Give each of the people a one-time code and make the slips; returns what the job tells.

    `write(person, once)` gives the code and returns the account, or None where there is nothing to do; whom it refuses
    stays as he was, and the page says why. Side effects: its own and one event.
    """
    once = []
    for at, _ in enumerate(people):
        progress(at, len(people) + 1, "正在生成口令")
        once.append(accounts.OneTime())
    slips, users, refused = [], [], {}
    for person, code in zip(people, once, strict=True):
        try:
            with transaction.atomic():
                user = write(person, code)
        except Refused as found:
            refused[str(getattr(person, "pk", ""))] = str(found)
            continue
        if user is not None:
            users.append(user.pk)
            slips.append(Slip(user.display_name, user.username, code.code))
    left = len(people) - len(slips)
    note = f"{len(slips)}人的登录凭条已生成" + (f"，{left}人没有办理" if left else "")
    if not slips and not refused:
        return {"note": "所选的人都已有账号，没有重复开通"}
    _keep(job, slips, users, refused)
    _tell(job, note)
    return {"note": note, "url": page_of(job)}


def _keep(job: Job, slips: Sequence[Slip], users: list[int], refused: dict) -> None:
    with action(MADE, actor=job.owner) as act:
        batch = SlipBatch(id=job.pk, township=job.township, owner=job.owner, users=users, refused=refused)
        batch.expires_at = clock.now() + KEPT
        batch.data_key = keys.new_data_key(job.township_id, SlipBatch._meta.label_lower)
        batch.data_key.save(force_insert=True)
        if slips:
            made = slips_pdf(slips, heading_of(job.township.name))
            batch.content = keys.seal(batch.data_key, made, _place(batch))
        batch.save(force_insert=True)
        act.subject = batch


def _tell(job: Job, note: str) -> None:
    where = page_of(job)
    outbox.send(
        job.township, [outbox.Note(job.owner, f"slips:{job.pk}", "slips", note, "请打开下载、打印、裁开。", where)]
    )


def _place(batch: SlipBatch) -> str:
    return f"{batch._meta.db_table}:{batch.pk}:content"


def of(owner) -> QuerySet:
    """The batches of a clerk that can still be fetched; nobody else sees them."""
    return SlipBatch.objects.filter(owner=owner, content__isnull=False, expires_at__gt=clock.now())


def fetch(actor, batch: SlipBatch) -> bytes:
    """The PDF. Raises Refused when it is not the actor's, was dropped, or is past its time. Side effect: one event."""
    with action(FETCHED, actor=actor, subject=batch):
        row = lock(batch)
        if row.owner_id != actor.pk or row.content is None or row.expires_at <= clock.now():
            refuse("这批凭条已经清除，请给还没有登录的人重发。")
        row.fetched_at = clock.now()
        row.save()
        return keys.unseal(row.data_key, bytes(row.content), _place(row))


def drop(actor, batch: SlipBatch) -> None:
    """Forget what the slips say; who has not logged in gets another code. Side effect: one event."""
    with action(DROPPED, actor=actor, subject=batch):
        row = lock(batch)
        row.content = None
        row.save()


def drop_of(user: User) -> int:
    """Forget every slip on which a user stands; returns how many batches there were."""
    found = SlipBatch.objects.filter(users__contains=[user.pk], content__isnull=False)
    for batch in found:
        drop(None, batch)
    return len(found)


@shared_task
def purge() -> int:
    """Drop the slips that are past their time or whose people have all logged in; returns how many."""
    return in_every_township(_purge)


def _purge(township: Township) -> int:
    with scope.township(township):
        held = list(SlipBatch.objects.filter(content__isnull=False))
        named = User.objects.filter(pk__in=[pk for one in held for pk in one.users], must_change_password=True)
        waiting = set(named.values_list("pk", flat=True))
        over = [one for one in held if one.expires_at <= clock.now() or not waiting & set(one.users)]
        for batch in over:
            drop(None, batch)
    return len(over)


def may_get_code(standing) -> QuerySet:
    """Memberships of a township whose people this clerk or chair may give a new code, those who never came in first."""
    roles = list(Role) if standing.has(Role.CHAIR) else GIVEN_BY_CLERK
    mine = Membership.objects.filter(township=standing.township, ended_at__isnull=True, role__in=roles)
    others = mine.filter(user__is_active=True).exclude(user=standing.user).select_related("user")
    return others.order_by("-user__must_change_password", "role", "user__username")


def run_reissue(job: Job, progress) -> dict:
    """New codes for these users; whom the owner of the job may not decide on is told beside the slips."""
    people = User.objects.filter(pk__in=job.arguments["users"]).order_by("username")

    def write(user: User, once: accounts.OneTime) -> User:
        accounts.reset_code(job.owner, user, once)
        return user

    return issue(job, progress, list(people), write)


REISSUE = "accounts.reissue"
jobs.register(jobs.JobKind(REISSUE, "重发一次性口令", run_reissue))
