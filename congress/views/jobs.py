"""Background work: its list, its progress, stopping it, what it made."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from congress import files, sealed
from congress.models import Job, Role
from congress.permissions import JOBS
from congress.views import listings
from congress.web.pages import done, page, township_view
from congress.web.table import show
from congress.work import jobs


def _jobs_of(request):
    mine = Job.objects.select_related("owner")
    return mine if request.standing.has(Role.CLERK, Role.CHAIR) else mine.filter(owner=request.user)


def _may_stop(request, found: Job) -> bool:
    """One's own; the clerk and the chair any. A vice-chair sees what the chair sees and stops none of it."""
    office = request.standing.has_role(Role.CLERK) or request.standing.has_role(Role.CHAIR)
    return office or found.owner_id == request.user.pk


@township_view(JOBS)
def job_list(request, township):
    """Background work, one's own; clerk and chair see all of it."""
    return show(request, township, listings.JOBS, _jobs_of(request))


@township_view(JOBS)
def job(request, township, pk):
    """Progress of a job; htmx asks again every two seconds until it has ended (286)."""
    found = jobs.watch(get_object_or_404(_jobs_of(request), pk=pk))
    running = found.state in (Job.State.QUEUED, Job.State.RUNNING)
    if found.result_url and found.owner_id != request.user.pk and sealed.made_by(found):
        found.result_url, found.note = "", f"{found.note}；只有{found.owner.display_name}能下载。"
    context = {
        "job": found,
        "job_url": reverse("job", args=[township.code, found.pk]),
        "cancel_url": reverse("job-cancel", args=[township.code, found.pk]) if _may_stop(request, found) else "",
    }
    asked_again = bool(request.htmx) and not running
    return page(
        request, "congress/job.html", context, fragment="congress/_job.html", status=286 if asked_again else 200
    )


@township_view(JOBS)
def job_cancel(request, township, pk):
    """Ask a job to stop."""
    found = get_object_or_404(_jobs_of(request), pk=pk)
    if not _may_stop(request, found):
        raise PermissionDenied(found.title)
    if request.method == "POST":
        jobs.ask_to_cancel(found)
        return done(request, "已请求取消。", reverse("job", args=[township.code, pk]))
    return redirect("job", code=township.code, pk=pk)


@township_view(JOBS)
def job_file(request, township, pk):
    """The file a job made."""
    found = get_object_or_404(_jobs_of(request).select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    return files.serve(found.file)
