"""The steps of an import that take long, as background work."""

from celery import shared_task
from django.urls import reverse

from congress.guard import scope
from congress.guard.action import action, lock
from congress.imports import batches
from congress.imports.content import forget
from congress.imports.kinds import kind_of
from congress.models import ImportBatch, Job, Township
from congress.permissions import IMPORTS, Permission
from congress.spreadsheets.read import SheetRefused
from congress.work import jobs
from congress.work.tasks import in_every_township


def _batch(job: Job) -> ImportBatch:
    rows = ImportBatch.objects.select_related("township__county", "data_key", "owner")
    return rows.get(pk=job.arguments["batch"])


def _rights(job: Job) -> list[Permission]:
    return [IMPORTS, kind_of(_batch(job).kind).permission]


def _page(batch: ImportBatch) -> str:
    return reverse("import-batch", args=[batch.township.code, batch.pk])


def run_preview(job: Job, progress) -> dict:
    """Preview a large table. When it cannot be read, or the owner gives up, its content is dropped."""
    batch = _batch(job)
    try:
        batches.look_in_background(batch, job.owner, progress)
    except SheetRefused as refused:
        _forget(batch, job.owner)
        return {"state": Job.State.FAILED, "note": refused.message[:200]}
    except jobs.Cancelled:
        _forget(batch, job.owner)
        return {"state": Job.State.CANCELLED, "note": "已取消，上传的内容已清除"}
    return {"note": f"识别完成，共{sum(batch.counts.values())}行", "url": _page(batch)}


def _forget(batch: ImportBatch, actor) -> None:
    with action(batches.DROP, actor=actor, subject=batch):
        row = lock(batch)
        row.state = ImportBatch.State.DROPPED
        forget(row)
        row.save()


def run_take(job: Job, progress) -> dict:
    """Write the rows of a large table."""
    batch = _batch(job)
    if batch.state == ImportBatch.State.PREVIEW:  # a second worker finds the work of a killed one done
        only_good = bool(job.arguments.get("only_good"))
        batch = batches.take(job.owner, batch, only_good=only_good, progress=progress)
    return {"note": f"导入{batch.counts['taken']}行", "url": _page(batch)}


def run_undo(job: Job, progress) -> dict:
    """Take a large import back."""
    batch = _batch(job)
    undone = batch.state == ImportBatch.State.UNDONE
    held = {} if undone else batches.undo(job.owner, batch, progress=progress)
    note = f"已撤销，{len(held)}条因有后续记录而保留" if held else "已全部撤销"
    return {"note": note, "url": _page(batch)}


@shared_task
def drop_stale_imports() -> int:
    """Clear the tables nobody decided about for a week, in every township; returns how many."""
    return in_every_township(_drop_stale)


def _drop_stale(township: Township) -> int:
    with scope.township(township):
        return batches.drop_stale()


jobs.register(jobs.JobKind("imports.preview", "识别表格", run_preview, _rights))
jobs.register(jobs.JobKind("imports.take", "导入表格", run_take, _rights))
jobs.register(jobs.JobKind("imports.undo", "撤销导入", run_undo, _rights))
