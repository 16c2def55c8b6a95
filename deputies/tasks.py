"""Accounts of deputies opened as background work."""

from congress import slips
from congress.models import Job
from congress.work import jobs
from deputies.actions import open_account
from deputies.models import Deputy

OPEN_ACCOUNTS = "deputies.accounts"


def run_accounts(job: Job, progress) -> dict:
    """Open accounts for the deputies of the job; who has one already is left out."""
    people = Deputy.objects.filter(pk__in=job.arguments["deputies"]).select_related("township").order_by("stroke_key")
    return slips.issue(job, progress, list(people), lambda row, once: open_account(job.owner, row, once))


jobs.register(jobs.JobKind(OPEN_ACCOUNTS, "开通代表账号", run_accounts))
