"""Long work: started in a transaction, run by a worker, watched by anyone entitled, cancelled within a second.

The database is the truth. A worker holds a session advisory lock while it runs a job; when it is killed the lock falls
with its connection and the sweep puts the job back. Progress goes to the cache, so that it shows while the work's own
transaction is still open; it is for the eye only, and work goes on when the cache is away.
"""

import logging
import time
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection, transaction
from django.urls import reverse

from congress import clock
from congress.guard import scope
from congress.guard.action import Refused
from congress.models import Job, Township, User
from congress.permissions import Permission, standing_in_township
from congress.work import outbox

ATTEMPTS = 3
NOTHING_LEFT = "已按要求取消，未留下任何改动"
NO_RIGHT = "发起人办理这件事的权限（{}）已经终止，没有办理，未留下任何改动；仍需办理的，请有权限的人重新提交"
NO_ACCOUNT = "发起人的账号已经停用或者过期，没有办理，未留下任何改动；仍需办理的，请有权限的人重新提交"
KEEP_PROGRESS = 24 * 3600
logger = logging.getLogger(__name__)


class Cancelled(Exception):
    """The owner asked for the job to stop."""


class JobRefused(Exception):
    """The work cannot be done; the message is shown to the owner."""


class RightEnded(JobRefused):
    """The owner may not have it done any more."""


@dataclass(frozen=True)
class JobKind:
    """A kind of work: `run(job, progress)` returns {"note", "result", "url", "file"} (all optional).

    `rights(job)` are those by which it was asked for: hours may lie between asking and doing, so that they are asked again
    before the work and before anything of it stays.
    Work that must write although it was refused or cancelled (to clear what it was given) returns its own "state".
    """

    key: str
    label: str
    run: Callable
    rights: Callable[[Job], Collection[Permission]]


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    """Add a kind of work. Raises ValueError when the key is taken."""
    if _kinds.setdefault(kind.key, kind) is not kind:
        raise ValueError(f"job kind {kind.key} is registered twice")


class Progress:
    """Handed to the work: call it with (done, total) as often as you like; raises Cancelled when asked to stop."""

    def __init__(self, job: Job):
        self.job, self.last = job, 0.0

    def __call__(self, done: int, total: int, note: str = "") -> None:
        now = time.monotonic()
        if now - self.last < 0.5 and done < total:
            return
        self.last = now
        _tell(self.job.pk, {"done": done, "total": total, "note": note})
        if Job.objects.filter(pk=self.job.pk, cancel_asked=True).exists():
            raise Cancelled


def _cache_key(pk) -> str:
    return f"job:{pk}"


def _tell(pk, seen: dict) -> None:
    cache.set(_cache_key(pk), seen, KEEP_PROGRESS)


def _told(pk) -> dict:
    return cache.get(_cache_key(pk)) or {}


def start(
    kind: str, title: str, *, owner, township: Township, arguments: dict | None = None, key: uuid.UUID | None = None
) -> Job:
    """Queue a job in the current transaction and scope. Arguments hold identifiers, never personal data.

    `key` becomes the job's number: that of the form it was asked for with. Raises KeyError for an unknown kind. When the
    broker is away the job stays queued, and `resume` finds it.
    """
    from congress.work.tasks import run_job  # noqa: PLC0415  circle: the task runs what is started here

    job = Job.objects.create(
        id=key or uuid.uuid4(),
        kind=_kinds[kind].key,
        title=title,
        owner=owner,
        township=township,
        arguments=arguments or {},
    )
    transaction.on_commit(lambda: run_job.delay(str(job.pk), township.code), robust=True)
    return job


def under_way(kind: str) -> Job | None:
    """A job of this kind that has not ended, in the township of the scope."""
    return Job.objects.filter(kind=kind, state__in=[Job.State.QUEUED, Job.State.RUNNING]).first()


def watch(job: Job) -> Job:
    """The job with the progress its worker last reported."""
    if job.state == Job.State.RUNNING:
        seen = _told(job.pk)
        job.done, job.total = seen.get("done", job.done), seen.get("total", job.total)
        job.note = seen.get("note", job.note)
    return job


def ask_to_cancel(job: Job) -> None:
    """A queued job is cancelled at once, a running one at its next step."""
    queued = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED)
    if not queued.update(state=Job.State.CANCELLED, finished_at=clock.now(), cancel_asked=True):
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_asked=True)


def _lock_number(pk: uuid.UUID) -> int:
    return uuid.UUID(str(pk)).int % 2**63


def is_held(pk: uuid.UUID) -> bool:
    """Whether a worker is running the job at this moment. Call inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_lock_number(pk)])
        return not cursor.fetchone()[0]


def run(pk: uuid.UUID, township: Township) -> None:
    """Run a queued job in this process. Does nothing when another worker holds it or it has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_lock_number(pk)])
        if not cursor.fetchone()[0]:
            return
    try:
        job = _begin(pk, township)
        if job is not None:
            _work(job, township)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_lock_number(pk)])


def _begin(pk, township: Township) -> Job | None:
    with scope.township(township):
        job = Job.objects.select_for_update(of=("self",)).select_related("owner").get(pk=pk)
        if job.state not in (Job.State.QUEUED, Job.State.RUNNING):
            return None
        if job.cancel_asked:
            _finish(job, Job.State.CANCELLED, {"note": NOTHING_LEFT})
            return None
        if job.attempts >= ATTEMPTS:
            _finish(job, Job.State.FAILED, {"note": "多次中断，未能完成"})
            return None
        job.attempts += 1
        job.state, job.started_at = Job.State.RUNNING, clock.now()
        job.save()
        return job


def _work(job: Job, township: Township) -> None:
    ended = False
    try:
        with scope.township(township):
            _ask_again(job, township)
            answer = _kinds[job.kind].run(job, Progress(job)) or {}
            _ask_again(job, township)
            # In the work's own transaction: a worker killed between the two would do finished work a second time.
            _finish(job, answer.get("state", Job.State.DONE), answer)
        return
    except Cancelled:
        state, note = Job.State.CANCELLED, NOTHING_LEFT
    except (JobRefused, Refused) as refused:
        state, note = Job.State.FAILED, str(refused)[:200]
        ended = isinstance(refused, RightEnded)
    except (OperationalError, InterfaceError):
        raise  # the database went away or two workers were in each other's way: `resume` puts the job back
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        state, note = Job.State.FAILED, "程序出错，未留下任何改动；请联系系统管理员"
    with scope.township(township):
        _finish(job, state, {"note": note})
        if ended:
            url = reverse("job", args=[township.code, job.pk])
            title = f"没有办理：{job.title}"[:120]
            outbox.send(township, [outbox.Note(job.owner, f"jobs:{job.pk}", "jobs", title, note, url)])


def _ask_again(job: Job, township: Township) -> None:
    """Raises RightEnded when the owner may no longer ask for this: a role, a delegation or an account has ended since."""
    owner = User.objects.get(pk=job.owner_id)
    if not (owner.is_active and owner.in_time):
        raise RightEnded(NO_ACCOUNT)
    standing = standing_in_township(owner, township)
    lost = [one.label for one in _kinds[job.kind].rights(job) if not standing.allows(one)]
    if lost:
        raise RightEnded(NO_RIGHT.format("、".join(lost)))


def _finish(job: Job, state: str, answer: dict) -> None:
    seen = _told(job.pk)
    Job.objects.filter(pk=job.pk).update(
        state=state,
        note=answer.get("note", ""),
        result=answer.get("result", {}),
        result_url=answer.get("url", ""),
        file=answer.get("file"),
        done=seen.get("done", 0),
        total=seen.get("total", 0),
        finished_at=clock.now(),
    )


def resume(township: Township) -> list[str]:
    """Put back jobs whose worker is gone and find queued ones the broker forgot; returns their numbers."""
    with scope.township(township):
        waiting = Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
        return [str(job.pk) for job in waiting if not is_held(job.pk)]
