"""Accounts of deputies opened as background work."""

from celery import shared_task

from congress import slips
from congress.guard import scope
from congress.models import Job, Township
from congress.work import jobs
from congress.work.tasks import in_every_township
from deputies.actions import close_accounts, open_account
from deputies.models import Deputy
from deputies.permissions import EDIT

OPEN_ACCOUNTS = "deputies.accounts"


def run_accounts(job: Job, progress) -> dict:
    """Open accounts for the deputies of the job; who has one already is left out."""
    people = Deputy.objects.filter(pk__in=job.arguments["deputies"]).select_related("township").order_by("stroke_key")
    return slips.issue(job, progress, list(people), lambda row, once: open_account(job.owner, row, once))


@shared_task
def close_ended_accounts() -> int:
    """End roles and accounts of deputies whose term is over, in every township; returns how many."""
    return in_every_township(_close)


def _close(township: Township) -> int:
    with scope.township(township):
        return close_accounts(None)


jobs.register(jobs.JobKind(OPEN_ACCOUNTS, "开通代表账号", run_accounts, lambda job: [EDIT]))
