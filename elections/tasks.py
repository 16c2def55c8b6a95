"""Work on elections beside the pages: what is done by the clock, and what runs as a job."""

from collections.abc import Collection

from celery import shared_task

from congress import slips
from congress.guard import scope
from congress.guard.action import Refused
from congress.models import Erasure, Job, Township
from congress.people.requests import carry_out
from congress.permissions import ERASE
from congress.work import jobs
from congress.work.tasks import in_every_township
from elections.actions import clearing, county, destroying
from elections.actions.carrying import carry
from elections.actions.workers import close_accounts, open_account
from elections.models import Election, PollStaff
from elections.permissions import EDIT, VOTERS_EDIT

CARRY = "elections.carry"
OPEN_ACCOUNTS = "elections.accounts"


@shared_task
def take_roll_figures(only: Collection[int] | None = None) -> int:
    """Count the voters of the rolls under way anew where they have changed, in every township or in these."""
    return in_every_township(county.refresh, only)


@shared_task
def clear_public() -> int:
    """Clear what the public pages showed and took, once its time is over, in every township; returns how many rows."""
    return in_every_township(clearing.clear)


@shared_task
def close_ended_accounts() -> int:
    """End roles and accounts of election staff whose election is over, in every township; returns how many."""
    return in_every_township(_close)


def _close(township: Township) -> int:
    with scope.township(township):
        return close_accounts(None, township)


def run_accounts(job: Job, progress) -> dict:
    """Open accounts for the staff of the job; who has one already is left out."""
    people = PollStaff.objects.filter(pk__in=job.arguments["staff"]).select_related("township").order_by("name", "pk")
    return slips.issue(job, progress, list(people), lambda row, once: open_account(job.owner, row, once))


def run_carry(job: Job, progress) -> dict:
    """Carry the last roll over; killed and begun anew it finds what is there and adds the rest."""
    election = Election.objects.kept().select_related("term").get(pk=job.arguments["election"])
    try:
        done = carry(job.owner, election, progress)
    except Refused as refused:
        return {"state": Job.State.FAILED, "note": str(refused)[:200]}
    lost = f"；{'、'.join(done.lost)}这次没有对应的选区，请另行登记" if done.lost else ""
    return {"note": f"结转{done.entries}人{lost}"[:200]}


def run_destroying(job: Job, progress) -> dict:
    """Destroy the roll a request names; killed and begun anew it begins again, for nothing was written."""
    request = Erasure.objects.get(pk=job.arguments["erasure"])
    try:
        carry_out(job.owner, request)
    except Refused as refused:
        return {"state": Job.State.FAILED, "note": str(refused)[:200]}
    return {"note": "选民册的个人信息已销毁，登记和统计数字保留"}


jobs.register(jobs.JobKind(OPEN_ACCOUNTS, "开通选举工作人员账号", run_accounts, lambda job: [EDIT]))
jobs.register(jobs.JobKind(CARRY, "结转选民登记", run_carry, lambda job: [VOTERS_EDIT]))
jobs.register(jobs.JobKind(destroying.JOB, "销毁选民册", run_destroying, lambda job: [ERASE]))
