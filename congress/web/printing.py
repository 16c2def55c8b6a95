"""Pages on which a paper of daily work is asked for: a small one is answered at once, a large one leads to its job."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from congress import clock, files, printing
from congress.guard.action import Refused
from congress.models import Job
from congress.printing import WorkingPaper
from congress.spreadsheets.write import safe_filename
from congress.web.forms import KeyedForm
from congress.web.pages import done, township_view
from congress.web.records import at, form_page, kept_or_404, url_of

PDF = "application/pdf"
BEGUN = "已开始排版，完成后在这里打开。"
LEAD = "约{}{}，在后台{}，可以离开；完成后有消息，打开下载。"
KEPT = "{}的文件加密保存三天，只有您能下载，每次下载记入操作记录。"


class PrintForm(KeyedForm):
    """That a large paper is to be made."""

    makes = Job


def print_view(paper: WorkingPaper, **options) -> Callable:
    """The view that gives a paper of one record. What is refused is told on the record's own page."""

    def view(request, township, pk):
        found = kept_or_404(paper.rows(), pk)
        return print_page(request, township, paper, found, options, url_of(found, township))

    return township_view(paper.permission)(view)


def print_page(
    request, township, paper: WorkingPaper, subject: Any, options: dict, back: str, title: str = ""
) -> HttpResponse:
    """The file of a small paper; of a large one the page that says how large it is, from which its job is started."""
    form = PrintForm(request.POST or None)
    try:
        pages, pdf = printing.at_once(paper, subject, options)
    except Refused as refused:
        for finding in refused.findings:
            messages.warning(request, str(finding))
        return redirect(back)
    if pdf is not None:
        return given(township, title or paper.words, pdf)
    kind = paper.form
    return form_page(
        request,
        form,
        lambda: printing.start(request.user, paper, township, subject, options, form.cleaned_data["key"]),
        title=f"{kind.make}{title or paper.words}",
        lead=LEAD.format(pages, kind.unit, kind.making),
        intro=KEPT.format(kind.ready.removeprefix("已")),
        submit=f"开始{kind.making}",
        said=f"已开始{kind.making}，完成后在这里打开。",
        back=lambda job: at(township, "job", job.pk),
        cancel_url=back,
        template="congress/print.html",
        **lies(request, paper, subject),
    )


def lies(request, paper: WorkingPaper, subject: Any) -> dict:
    """What is being made and what lies finished, for the page on which a paper is asked for."""
    return {
        "under_way": printing.waiting(request.user, paper, subject).first(),
        "printed": printing.lying(request.user, paper),
        "file_form": paper.form,
    }


def given(township, title: str, pdf: bytes) -> HttpResponse:
    """A paper as a file to be kept."""
    name = safe_filename(township.name, title, clock.today(), "pdf")
    return files.download(pdf, name=name, content_type=PDF)


def answered(request, township, title: str, made: bytes | Job) -> HttpResponse:
    """The answer to a form that asked for a paper: the file, or the way to the job that makes it."""
    return given(township, title, made) if isinstance(made, bytes) else done(request, BEGUN, job_at(township, made))


def job_at(township, made: bytes | Job) -> str:
    """Where the same form sent twice leads."""
    return at(township, "job", made.pk) if isinstance(made, Job) else ""
