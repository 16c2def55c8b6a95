"""Papers of daily work: a small one is made while somebody waits, a large one by a job that shows how far it is; sealed, for
whoever asked, until it has been fetched or some days are over.

    CARDS = register(WorkingPaper(KIND, campaigns, gather=staff_cards, pages=card_pages, permission=ISSUE))

What is small is one rule for all: a page costs about a tenth of a second whatever stands on it, so that so many pages keep
nobody waiting. What a paper is made of is gathered when it is made: nothing but identifiers waits in the queue.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from congress.documents import kit
from congress.documents.joined import pages_in
from congress.documents.kit import DocumentKind
from congress.guard.action import verb
from congress.guard.record import kept
from congress.guard.refusal import refuse
from congress.models import Job, PrintedPaper, Township, User
from congress.permissions import Permission
from congress.sealed import Sealing
from congress.sealed import register as seal
from congress.work import jobs, outbox

KIND = "papers.print"
AT_ONCE = 12  # pages that are made while somebody waits

MADE = verb("documents.print_paper", "印制了工作用纸")
FETCHED = verb("documents.fetch_paper", "下载了工作用纸")
DROPPED = verb("documents.drop_paper", "清除了工作用纸")
PAPERS = seal(
    Sealing(
        PrintedPaper,
        MADE,
        FETCHED,
        DROPPED,
        kept=timedelta(days=3),  # made again with a click: longer would only be another copy of a roll that lies about
        gone="这份印件已经清除，请重新印制。",
    )
)


@dataclass(frozen=True)
class Form:
    """What kind of file a paper is: how it is called, of what it consists and how many it has of them, whether a small one is made
    while somebody waits, and by which digest the trail knows it."""

    suffix: str
    content_type: str
    unit: str
    parts: Callable[[bytes], int]
    noun: str = "印件"
    make: str = "印制"
    making: str = "排版"
    ready: str = "已排好"
    then: str = "请打开下载、打印。"
    at_once: bool = True
    digest: Callable[[bytes], str] | None = None


PDF = Form("pdf", "application/pdf", "页", pages_in)


@dataclass(frozen=True)
class WorkingPaper:
    """A paper about one of the `rows`, which may be printed with the `permission`.

    `gather(record, options)` gives the values it is made of (raises Refused where there is none yet), `pages(context)` about how
    many pages they fill. `options` are identifiers and choices. `key` and `title` are those of its kind where it brings none;
    `called(record, options)` tells one of the papers from another.
    """

    kind: DocumentKind
    rows: Callable[[], QuerySet]
    gather: Callable[[Any, dict], dict]
    pages: Callable[[dict], int]
    permission: Permission
    key: str = ""
    title: str = ""
    called: Callable[[Any, dict], str] | None = None
    form: Form = PDF

    @property
    def known_as(self) -> str:
        """By which key jobs and finished papers name it."""
        return self.key or self.kind.key

    @property
    def words(self) -> str:
        """What people call it."""
        return self.title or self.kind.title

    def name(self, subject: Any, options: dict) -> str:
        """What this very paper is called."""
        return f"{self.words}{self.called(subject, options) if self.called else ''}"[:100]


_papers: dict[str, WorkingPaper] = {}


def register(paper: WorkingPaper) -> WorkingPaper:
    """Add a paper. Raises ValueError when the key is taken."""
    if _papers.setdefault(paper.known_as, paper) is not paper:
        raise ValueError(f"working paper {paper.known_as} is registered twice")
    return paper


def paper_of(key: str) -> WorkingPaper:
    """The paper with this key. Raises KeyError."""
    return _papers[key]


def printed(paper: WorkingPaper, subject: Any, options: dict | None = None) -> bytes:
    """The PDF of a paper, however large. Raises Refused as its `gather`, and naming a character no font has."""
    return kit.working_paper(paper.kind, paper.gather(subject, options or {}))


def at_once(paper: WorkingPaper, subject: Any, options: dict) -> tuple[int, bytes | None]:
    """About how many pages a paper has, and its file where these are few enough to wait for. Raises Refused as `printed`."""
    context = paper.gather(subject, options)
    pages = paper.pages(context)
    small = paper.form.at_once and pages <= AT_ONCE
    return pages, kit.working_paper(paper.kind, context) if small else None


def make(
    actor: User, paper: WorkingPaper, township: Township, subject: Any, options: dict, key: uuid.UUID
) -> bytes | Job:
    """The PDF of a small paper, or the job that makes a large one. Raises Refused as `printed` and `start`."""
    _, pdf = at_once(paper, subject, options)
    return pdf if pdf is not None else start(actor, paper, township, subject, options, key)


def start(
    actor: User, paper: WorkingPaper, township: Township, subject: Any, options: dict, key: uuid.UUID | None = None
) -> Job:
    """Queue the job of a paper; `key` becomes its number. Raises Refused while the same is being made for the same person."""
    asked = {"paper": paper.known_as, "subject": str(subject.pk), "options": options}
    if waiting(actor, paper, subject).filter(arguments__contains=asked).exists():
        refuse(f"这份正在{paper.form.making}，完成后会有消息；进度在“办理进度”里看。")
    title = f"{paper.form.make}{paper.name(subject, options)}"[:100]
    return jobs.start(KIND, title, owner=actor, township=township, arguments=asked, key=key)


def waiting(actor: User, paper: WorkingPaper, subject: Any) -> QuerySet:
    """The jobs of somebody that make this paper of this record now."""
    asked = {"paper": paper.known_as, "subject": str(subject.pk)}
    under_way = Job.objects.filter(kind=KIND, owner=actor, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    return under_way.filter(arguments__contains=asked)


def lying(actor: User, paper: WorkingPaper) -> QuerySet:
    """The finished papers of a kind that somebody can fetch."""
    return PAPERS.of(actor).filter(kind=paper.known_as)


def run_print(job: Job, progress) -> dict:
    """Gather, typeset and seal the paper of a job, and tell whoever asked for it."""
    asked = job.arguments
    paper = paper_of(asked["paper"])
    subject = paper.rows().filter(kept(), pk=asked["subject"]).first()
    if subject is None:
        raise jobs.JobRefused("所印的记录已经撤回，没有印制")
    context, title, form = paper.gather(subject, asked["options"]), paper.name(subject, asked["options"]), paper.form
    told = _Told(progress, paper.pages(context), f"正在{form.making}")
    pdf = kit.working_paper(paper.kind, context, told)
    made = PrintedPaper(id=job.pk, township=job.township, owner=job.owner, kind=paper.known_as, title=title)
    made.pages, made.size = form.parts(pdf), len(pdf)
    progress(made.pages, made.pages)
    PAPERS.keep(made, pdf, **({"指纹": form.digest(pdf)} if form.digest else {}))
    note = f"{title}{form.ready}，共{made.pages}{form.unit}"[:120]
    url = reverse("printed-paper", args=[job.township.code, made.pk])
    outbox.send(job.township, [outbox.Note(job.owner, f"papers:{job.pk}", "papers", note, form.then, url)])
    return {"note": note, "url": url}


class _Told:
    """Progress in pages, from the first of them on: the work of a kind that tells nothing is told once."""

    def __init__(self, progress: Callable, pages: int, note: str):
        self.progress, self.pages, self.note = progress, pages, note
        self(0, pages)

    def __call__(self, done: int, total: int, note: str = "") -> None:
        self.progress(done, max(total, self.pages, done + 1), note or self.note)


jobs.register(jobs.JobKind(KIND, "印制工作用纸", run_print, lambda job: [paper_of(job.arguments["paper"]).permission]))
