"""Background tasks: thin wrappers that enter a scope per township and call the kernel."""

import shutil
import time

from celery import shared_task
from django.conf import settings
from django.core.cache import cache

from congress import audit, deadlines, jobs, outbox
from congress.models import Township

HEARTBEAT = "worker:heartbeat"


@shared_task
def sweep_deadlines() -> int:
    """Remind of what is due in every township."""
    return sum(deadlines.sweep(township) for township in Township.objects.all())


@shared_task
def send_deliveries() -> int:
    """Send queued e-mails of every township."""
    return sum(outbox.deliver(township, row) for township in Township.objects.all() for row in outbox.claim(township))


@shared_task
def run_job(job_id: str, township_code: str) -> None:
    """Run one job; what it needs beyond its number it reads itself."""
    jobs.run(job_id, Township.objects.get(code=township_code))


@shared_task
def resume_jobs() -> int:
    """Find jobs that nobody is running and run them."""
    found = [(pk, township.code) for township in Township.objects.all() for pk in jobs.resume(township)]
    for pk, code in found:
        run_job.delay(pk, code)
    return len(found)


@shared_task
def anchor_audit() -> int:
    """Seal the head of every chain under the key outside the database."""
    return audit.anchor()


@shared_task
def heartbeat() -> None:
    """Say that a worker is alive and how full its disk is; /healthz reads it."""
    usage = shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.exists() else settings.BASE_DIR)
    cache.set(HEARTBEAT, {"at": time.time(), "disk_free": usage.free / usage.total}, 3600)
