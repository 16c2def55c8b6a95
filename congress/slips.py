"""Accounts and one-time codes for many at once: made by a job, fetched as slips by the clerk who asked, dropped soon.

The codes are hashed before anything is written, because that takes most of the time and locks nobody out. What the slips
say is sealed under a key of the batch's own and dropped when everybody has come in, or after some days.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from congress import accounts
from congress.documents.slips import Slip, slips_pdf
from congress.guard.action import Refused, verb
from congress.guard.refusal import refuse
from congress.guard.savepoint import savepoint
from congress.models import Job, Membership, Role, SlipBatch, Township, User
from congress.permissions import ACCOUNTS
from congress.sealed import Sealing, register
from congress.web.codes import heading_of
from congress.work import jobs, outbox


def _all_came_in(held: Sequence[SlipBatch]) -> list[SlipBatch]:
    """The batches whose people have all logged in."""
    named = User.objects.filter(pk__in=[pk for one in held for pk in one.users], must_change_password=True)
    waiting = set(named.values_list("pk", flat=True))
    return [one for one in held if not waiting & set(one.users)]


MADE = verb("accounts.slips", "生成了登录凭条")
FETCHED = verb("accounts.slips_fetched", "下载了登录凭条")
DROPPED = verb("accounts.slips_dropped", "清除了登录凭条")
SLIPS = register(
    Sealing(
        SlipBatch,
        MADE,
        FETCHED,
        DROPPED,
        kept=timedelta(
            days=7
        ),  # shorter than a code is good for: what lies about is not worth more than what is handed over
        gone="这批凭条已经清除，请给还没有登录的人重发。",
        served=_all_came_in,
    )
)


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
            with savepoint():
                user = write(person, code)
        except Refused as found:
            refused[str(getattr(person, "pk", ""))] = str(found)
            continue
        if user is not None:
            users.append(user.pk)
            slips.append(Slip(user.display_name, user.username, code.code))
    has_one = len(people) - len(slips) - len(refused)
    note = f"{len(slips)}人的登录凭条已生成" + (f"，{has_one}人用原有的账号" if has_one else "")
    note += f"，{len(refused)}人没有办理" if refused else ""
    if not slips and not refused:
        return {"note": "所选的人都已有账号，没有重复开通"}
    _keep(job, slips, users, refused)
    _tell(job, note)
    return {"note": note, "url": page_of(job)}


def _keep(job: Job, slips: Sequence[Slip], users: list[int], refused: dict) -> None:
    batch = SlipBatch(id=job.pk, township=job.township, owner=job.owner, users=users, refused=refused)
    SLIPS.keep(batch, slips_pdf(slips, heading_of(job.township.name)) if slips else None)


def _tell(job: Job, note: str) -> None:
    where = page_of(job)
    outbox.send(
        job.township, [outbox.Note(job.owner, f"slips:{job.pk}", "slips", note, "请打开下载、打印、裁开。", where)]
    )


def drop_of(user: User) -> int:
    """Forget every slip on which a user stands; returns how many batches there were."""
    return SLIPS.drop_all(SLIPS.lying().filter(users__contains=[user.pk]))


def may_get_code(standing) -> QuerySet:
    """Memberships of a township whose people this clerk or chair may give a new code, those who never came in first."""
    roles = list(Role) if standing.has(Role.CHAIR) else accounts.KEPT_BY_CLERK
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
jobs.register(jobs.JobKind(REISSUE, "重发一次性口令", run_reissue, lambda job: [ACCOUNTS]))
