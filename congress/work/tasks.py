"""Background tasks: thin wrappers that enter a scope per township and call the kernel."""

import logging
import shutil
import time
from collections.abc import Callable, Collection

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from celery import shared_task
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command

from congress import audit, clock
from congress.guard import scope
from congress.models import Delivery, Township
from congress.work import deadlines, jobs, outbox, sources

HEARTBEAT = "worker:heartbeat"
MAILS_A_RUN, REFUSALS_A_RUN = 50, 3
logger = logging.getLogger(__name__)


def in_every_township(work: Callable[[Township], int], only: Collection[int] | None = None) -> int:
    """The sum over the townships, or those of these numbers; the fault of one is logged and keeps no other waiting."""
    total = 0
    places = Township.objects.all() if only is None else Township.objects.filter(pk__in=only)
    for township in places:
        try:
            total += work(township)
        except Exception:
            logger.exception("%s failed in township %s", getattr(work, "__name__", work), township.code)
    return total


@shared_task
def sweep_deadlines() -> int:
    """Remind of what is due in every township."""
    return in_every_township(deadlines.sweep)


@shared_task
def check_summaries() -> int:
    """Derive everything again and mend what differs, which only happens when the program is wrong: the log says so."""
    return in_every_township(_mended)


def _mended(township: Township) -> int:
    found = sources.renew(township)
    if found:
        logger.error("%s derived rows differed from the facts in township %s", found, township.code)
    return found


@shared_task
def send_deliveries() -> int:
    """Send what waits to go outside, where there is any: asked every half minute, mostly in vain."""
    return in_every_township(_send_some, only=outbox.waiting())


def _send_some(township: Township) -> int:
    """How many were sent, channel by channel: robots that do not answer keep no mail waiting."""
    return sum(_send_by(township, channel) for channel in Delivery.Kind.values)


def _send_by(township: Township, channel: str) -> int:
    """How many were sent. They are claimed one by one: a worker that is killed leaves one in doubt, not fifty."""
    sent = refused = 0
    # A server that takes nothing is asked again at the next run; every refusal may have cost ten seconds.
    while sent < MAILS_A_RUN and refused < REFUSALS_A_RUN and (rows := outbox.claim(township, 1, channel)):
        if not _still_true(township, rows[0]):
            outbox.drop(township, rows[0])
        elif outbox.deliver(township, rows[0]):
            sent += 1
        else:
            refused += 1
    return sent


def _still_true(township: Township, row: Delivery) -> bool:
    with scope.township(township):
        return deadlines.stands(row.message)


@shared_task
def run_job(job_id: str, township_code: str) -> None:
    """Run one job; what it needs beyond its number it reads itself."""
    jobs.run(job_id, Township.objects.get(code=township_code))


@shared_task
def resume_jobs() -> int:
    """Find jobs that nobody is running and run them."""
    return in_every_township(_resume)


def _resume(township: Township) -> int:
    found = jobs.resume(township)
    for pk in found:
        run_job.delay(pk, township.code)
    return len(found)


@shared_task
def anchor_audit() -> int:
    """Seal the head of every chain under the key outside the database."""
    return audit.anchor()


@shared_task
def tidy() -> int:
    """Remove what the log-in machinery no longer needs: expired sessions, wrong passwords of days gone by, and the
    list of log-ins that older versions kept beside the trail. Returns how many rows of the last two."""
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    old = AccessAttempt.objects.filter(attempt_time__lt=clock.now() - settings.AXES_COOLOFF_TIME * 2)
    return old.delete()[0] + AccessLog.objects.all().delete()[0]


@shared_task
def mail_anchors() -> int:
    """Send the newest anchor of every chain to those who keep them; does nothing without CONGRESS_ANCHOR_MAIL."""
    return audit.mail()


@shared_task
def heartbeat() -> None:
    """Say that a worker is alive and how full its disk is; /healthz reads it."""
    usage = shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.exists() else settings.BASE_DIR)
    cache.set(HEARTBEAT, {"at": time.time(), "disk_free": usage.free / usage.total}, 3600)
