"""Documents of many pages, made by a job: whoever asked watches how far it is and finds the document at its end.

Everything happens in the job's own transaction: a worker that is killed leaves neither a number nor a file, and the job begins
again.
"""

import uuid
from datetime import date

from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from congress.documents import kit
from congress.documents.kit import DocumentKind
from congress.guard.refusal import refuse
from congress.models import Document, Job, Township, User
from congress.permissions import Permission
from congress.work import jobs

KIND = "documents.issue"


def document_of(job: Job) -> uuid.UUID:
    """The id of the document a job makes."""
    return uuid.uuid5(job.pk, "document")


def start(
    actor: User,
    kind: DocumentKind,
    township: Township,
    *,
    title: str,
    subject: Model,
    issued_on: date,
    number: str = "",
    again: bool = False,
    options: dict | None = None,
    key: uuid.UUID | None = None,
) -> Job:
    """Queue the issuing of a document; `options` are what its `gather` is told, identifiers and choices only.

    Raises Refused for what can be told before the work: the number is none or is used, the same was issued that day, or is
    being made. `key` becomes the job's number.
    """
    if kind.numbering is not None and number.strip():
        kind.numbering.typed(township, subject, issued_on, number)
    if not again:
        kit.refuse_second(kind, subject, issued_on)
    asked = {"kind": kind.key, "subject": str(subject.pk), "options": options or {}}
    waiting = Job.objects.filter(kind=KIND, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    if waiting.filter(arguments__contains=asked).exists():
        refuse("这份文件正在排版，请在“办理进度”里看，完成后再印发。")
    arguments = {
        **asked,
        "model": subject._meta.label_lower,
        "title": title,
        "issued_on": issued_on.isoformat(),
        "number": number,
        "again": again,
    }
    return jobs.start(KIND, f"印发《{title}》"[:100], owner=actor, township=township, arguments=arguments, key=key)


def run_issue(job: Job, progress) -> dict:
    """Gather, typeset and keep the document of the job."""
    asked = job.arguments
    kind = kit.kind_of(asked["kind"])
    subject = apps.get_model(asked["model"])._default_manager.get(pk=asked["subject"])
    day = date.fromisoformat(asked["issued_on"])
    if kind.prepare is not None:
        kind.prepare(job.owner, subject, day)
    document: Document = kit.issue(
        job.owner,
        kind,
        job.township,
        title=asked["title"],
        context=kind.gather(subject, day, asked["options"]),
        subject=subject,
        issued_on=day,
        number=asked["number"],
        again=asked["again"],
        key=document_of(job),
        progress=progress,
    )
    url = reverse("document", args=[job.township.code, document.pk])
    return {"note": f"已印发{document}"[:200], "url": url, "result": {"document": str(document.pk)}}


def _rights(job: Job) -> list[Permission]:
    permission = kit.kind_of(job.arguments["kind"]).permission
    return [permission] if permission else []


jobs.register(jobs.JobKind(KIND, "印发文件", run_issue, _rights))
