"""The report on paper: its PDF as a draft or as it was issued, and its layout measured."""

from django.shortcuts import redirect

from congress import clock
from congress.documents import kit
from congress.documents.inspection import check
from congress.documents.word_file import CONTENT_TYPE
from congress.documents.word_inspection import check as check_word
from congress.files import download
from congress.guard.refusal import refuse
from congress.web.pages import page, township_view
from reports.content import anchors_of, content_of
from reports.documents import paper_of
from reports.life.common import page_of
from reports.models import AnnualReport
from reports.permissions import VIEW
from reports.queries import annual
from reports.views.parts import frame, report_of


def as_it_stands(report: AnnualReport) -> dict:
    """What a draft says now; one with a head shows the number that would be next. Raises Refused for a figure that was not
    computed."""
    sections, uses = annual.sections(report), annual.kept_figures(report)
    absent = [key for key in annual.used_keys(sections) if key not in uses]
    if absent:
        refuse(f"正文中有没有计算的数据：{'、'.join(absent)}。请先重新计算数据。")
    content = content_of(report, sections, uses)
    if report.headed:
        numbering = paper_of(report).numbering
        content["foreseen"] = numbering.foreseen(report.township, report, clock.today()).reads if numbering else ""
    return content


@township_view(VIEW)
def pdf(request, township, pk):
    """The PDF: the stored bytes once issued, before that the draft as it stands, marked on every page."""
    found = report_of(pk)
    if found.document_id is not None:
        return redirect("document-file", code=township.code, pk=found.document_id)
    drawn = kit.draft(paper_of(found), as_it_stands(found))
    return download(drawn, name=f"{found}（草稿）.pdf", content_type="application/pdf", inline=True)


@township_view(VIEW)
def word(request, township, pk):
    """The words for a word processor, each section under a bookmark by which it is known when the file comes back."""
    found = report_of(pk)
    if found.document_id is not None:
        return redirect("document-word", code=township.code, pk=found.document_id)
    content = as_it_stands(found)
    copy = kit.word_copy(paper_of(found), content, anchors_of(content, annual.sections(found)))
    return download(copy, name=f"{found}（编辑稿）.docx", content_type=CONTENT_TYPE)


@township_view(VIEW)
def layout(request, township, pk):
    """版式检查 of the draft, measured on its PDF."""
    found = report_of(pk)
    if found.document_id is not None:
        return redirect("document-check", code=township.code, pk=found.document_id)
    content = as_it_stands(found)
    paper = paper_of(found)
    rows = check(kit.draft(paper, content), profile=paper.profile_of(content), draft=True)
    context = frame(request, found, page_of(found, "check")) | {
        "rows": rows,
        "failed": [row for row in rows if not row.ok],
        "words": check_word(kit.word_copy(paper, content)),
    }
    return page(request, "reports/layout.html", context)
